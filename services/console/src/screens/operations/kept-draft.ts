import { type DraftStorage, postPlace } from '../../drafts/operation-drafts.ts';
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

/** Keeps the draft on this device, or forgets it. */
export function keep(store: DraftStore, place: DraftPlace, draft: PostDraft | undefined): void {
  try {
    if (draft === undefined) store.removeItem(nameOf(place));
    else store.setItem(nameOf(place), JSON.stringify(draft));
  } catch {
    // A full storage keeps nothing more; what is typed still stands in the form.
  }
}
