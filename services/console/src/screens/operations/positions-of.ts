import { disclosedPost, type Entry, type PostType } from './types.ts';

/** A place that a post names, as a point where it has one. */
export interface PlacedPost {
  readonly office: string;
  readonly number: number;
  readonly type: PostType | null;
  readonly at: string | null;
  readonly name: string;
  readonly nation: string;
  readonly latitude: number | null;
  readonly longitude: number | null;
  readonly accuracyM: number | null;
}

/** Every post that says where, the newest first; of positions only the newest of each office. */
export function placedPosts(entries: readonly Entry[]): readonly PlacedPost[] {
  const seen = new Set<string>();
  const placed: PlacedPost[] = [];
  for (const entry of [...entries].reverse()) {
    const post = disclosedPost(entry);
    if (post?.place === undefined) continue;
    const { name = '', nation = '', position } = post.place;
    if (entry.type === 'POST_TYPE_POSITION') {
      if (seen.has(entry.office)) continue;
      seen.add(entry.office);
    }
    placed.push({
      office: entry.office,
      number: entry.number,
      type: entry.type,
      at: post.occurredAt ?? entry.createdAt,
      name,
      nation,
      latitude: position === undefined ? null : (position.latitude ?? 0),
      longitude: position === undefined ? null : (position.longitude ?? 0),
      accuracyM: position?.accuracyM ?? null,
    });
  }
  return placed;
}
