import { type Digest, digestFromBytes, type EpochMs, fromHex, type OfficeId } from '../../../foundation/index.ts';
import type { AnyMessage, OfficeProjection } from '../../../ledger/index.ts';
import type { OperationRef, SeenPost, Timestamp } from '../../../wire/index.ts';
import type { OperationView } from '../types.ts';
import { type ChannelRecords, channelRecords, placeKey, subjectOf } from './channel-index.ts';
import { findForks } from './find-forks.ts';
import { orderPosts, transcriptDigest } from './order-posts.ts';
import { noticeVoidedBy, voidedBy } from './post-standing.ts';
import type { KnownPost, OperationPosts, PostPlace } from './types.ts';

const NONE: readonly KnownPost[] = Object.freeze([]);

/** A time of the contract to the millisecond. */
export function timeOf(time: Timestamp | null): EpochMs {
  return (time === null ? 0 : time.seconds * 1000 + Math.floor(time.nanos / 1e6)) as EpochMs;
}

/** A time as the contract writes it, to the millisecond. */
export function timestampAt(ms: number): Timestamp {
  return { seconds: Math.floor(ms / 1000), nanos: (ms % 1000) * 1e6 };
}

/** What names an operation in terms: its name and its charter's exact text. */
export function referenceOf(view: Pick<OperationView, 'id' | 'charter'>): OperationRef {
  return { operation: view.id, charter: fromHex(view.charter.document.digest) };
}

/** Places of other members' histories, as terms name them; one that has no digest names none. */
export function placesOf(seen: readonly SeenPost[]): readonly PostPlace[] {
  return seen
    .filter(({ digest }) => digest.length === 32)
    .map(({ office, number, digest }) => ({ office: office as OfficeId, number, digest: digestFromBytes(digest) }));
}

function postOf(view: OperationView, message: AnyMessage): KnownPost {
  const terms = message.terms?.post ?? null;
  if (terms === null) throw new TypeError('a post that is on record has its terms');
  return {
    office: message.origin,
    number: terms.number,
    digest: message.envelopeDigest,
    id: message.id,
    createdMs: message.createdMs,
    seen: placesOf(terms.seen),
    terms,
    message,
    gap: null,
    voided: voidedBy(view, message.origin, terms),
  };
}

function noticedPost(view: OperationView, { origin, terms }: AnyMessage): KnownPost {
  const gap = terms?.gap ?? null;
  if (gap === null) throw new TypeError('a notice that is on record has its terms');
  const office = subjectOf(origin, gap);
  return {
    office,
    number: gap.last,
    digest: digestFromBytes(gap.digest),
    id: null,
    createdMs: timeOf(gap.created),
    seen: placesOf(gap.seen),
    terms: null,
    message: null,
    gap: { reason: gap.reason, policies: gap.policies },
    voided: noticeVoidedBy(view, office, gap.last),
  };
}

/** Everything known of the posts of an operation, from what is on record and from nothing else. */
export function foldPosts(view: OperationView, records: ChannelRecords): OperationPosts {
  const places = new Map<string, KnownPost>();
  for (const [key, message] of records.notices) places.set(key, noticedPost(view, message));
  for (const [key, message] of records.posts) places.set(key, postOf(view, message));
  const byOffice = new Map<OfficeId, KnownPost[]>();
  for (const post of places.values()) {
    const own = byOffice.get(post.office);
    if (own === undefined) byOffice.set(post.office, [post]);
    else own.push(post);
  }
  for (const own of byOffice.values()) own.sort((a, b) => a.number - b.number);
  const ordered = orderPosts([...places.values()].filter(({ voided }) => voided === null));
  return {
    at: (office, number) => places.get(placeKey(office, number)),
    of: (office) => byOffice.get(office) ?? NONE,
    ordered,
    digest: transcriptDigest(ordered),
    awaited: awaitedIn(view, byOffice),
    through: (office) => withoutGap(byOffice.get(office) ?? NONE),
    forks: findForks([...places.values()]),
  };
}

/** The last one before the first gap. */
function withoutGap(posts: readonly KnownPost[]): KnownPost | null {
  const end = posts.findIndex(({ number }, index) => number !== index + 1);
  return posts[(end < 0 ? posts.length : end) - 1] ?? null;
}

/** Numbers that others have seen, or that a member said it reached, and that are not here. */
function awaitedIn(
  view: OperationView,
  byOffice: ReadonlyMap<OfficeId, readonly KnownPost[]>,
): OperationPosts['awaited'] {
  const reached = new Map<OfficeId, number>();
  const reach = (office: OfficeId, number: number): void => {
    const member = view.members.get(office);
    if (member === undefined) return;
    // What a member says of its own history goes before what others say they have seen of it.
    const upTo = Math.min(number, member.lastPost ?? number);
    reached.set(office, Math.max(reached.get(office) ?? 0, upTo));
  };
  for (const { office, lastPost } of view.members.values()) if (lastPost !== null) reach(office, lastPost);
  for (const posts of byOffice.values())
    for (const { office, number, seen, voided } of posts) {
      if (voided !== null) continue;
      reach(office, number);
      for (const place of seen) reach(place.office, place.number);
    }
  return [...reached].flatMap(([office, upTo]) => gapsBefore(office, byOffice.get(office) ?? NONE, upTo));
}

function gapsBefore(
  office: OfficeId,
  posts: readonly KnownPost[],
  upTo: number,
): { readonly office: OfficeId; readonly first: number; readonly last: number }[] {
  const gaps = [];
  let next = 1;
  for (const { number } of posts) {
    if (number > next && number <= upTo) gaps.push({ office, first: next, last: number - 1 });
    next = number + 1;
  }
  if (next <= upTo) gaps.push({ office, first: next, last: upTo });
  return gaps;
}

interface Folded {
  readonly made: string;
  readonly posts: OperationPosts;
}

/** Everything that the fold reads of a view besides its charter. */
function standingOf({ members, leadActs, acts }: OperationView): string {
  const each = [...members.values()].map(({ office, state, lastPost }) => `${office} ${state} ${lastPost}`);
  return `${leadActs} ${acts.length} ${each.join(' ')}`;
}

const folded = new WeakMap<object, Map<string, Folded>>();

/**
 * Posts of an operation as this office has them: own ones, received ones, and those that a member said it keeps back.
 * Folded anew only when something of the operation came on record.
 */
export function operationPosts(projection: Pick<OfficeProjection, 'ofKind'>, view: OperationView): OperationPosts {
  const records = channelRecords(projection, referenceOf(view));
  const known = folded.get(projection) ?? new Map<string, Folded>();
  folded.set(projection, known);
  const key = `${view.id}/${view.charter.document.digest}`;
  const made = `${records.version} ${standingOf(view)}`;
  const found = known.get(key);
  if (found?.made === made) return found.posts;
  const posts = foldPosts(view, records);
  known.set(key, { made, posts });
  return posts;
}

/** The newest digest of a member's history, as its next post names it; empty before the first. */
export function headOf(posts: OperationPosts, office: OfficeId): Digest | '' {
  return posts.of(office).at(-1)?.digest ?? '';
}
