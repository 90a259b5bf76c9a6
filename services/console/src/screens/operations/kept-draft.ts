import { type DraftStorage, keepText, postPlace } from '../../drafts/operation-drafts.ts';
import type { PostDraft } from './post-draft.ts';

/** Where drafts are kept: a part of the browser's own storage. */
export type DraftStore = Pick<DraftStorage, 'getItem' | 'setItem' | 'removeItem'>;

/** Who writes it, and in which operation. */
export interface DraftPlace {
  readonly office: string;
  readonly officer: string;
  readonly operation: string;
}

const nameOf = ({ office, officer, operation }: DraftPlace): string => postPlace(office, officer, operation);

/** The draft that this officer left in that operation on this device; undefined without one, or where it cannot be read. */
export function readKept(store: DraftStore, place: DraftPlace): PostDraft | undefined {
  try {
    const kept = JSON.parse(store.getItem(nameOf(place)) ?? 'null') as PostDraft | null;
    const isDraft = typeof kept?.submission === 'object' && kept.submission !== null && Array.isArray(kept.files);
    return isDraft ? kept : undefined;
  } catch {
    return undefined;
  }
}

/** Keeps the draft on this device, or forgets it; false where there is no room for it. */
export function keep(store: DraftStore, place: DraftPlace, draft: PostDraft | undefined): boolean {
  return keepText(store, nameOf(place), draft === undefined ? null : JSON.stringify(draft));
}
