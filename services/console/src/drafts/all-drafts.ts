import { ownerOf } from './draft.ts';
import { draftsOf, dropDraftsOf, keepOpenDrafts } from './draft-store.ts';
import { placesOf } from './operation-drafts.ts';

/** Whose drafts they are. */
export interface DraftOwner {
  readonly office: string;
  readonly officer: string;
}

/** How many drafts of theirs this device keeps, of every kind, with what was typed a moment ago. */
export async function countDrafts({ office, officer }: DraftOwner): Promise<number> {
  await keepOpenDrafts();
  const messages = await draftsOf(ownerOf(office, officer));
  return messages.length + placesOf(localStorage, office, officer).length;
}

/** Takes all of them away from this device; this page keeps none of theirs any more. */
export async function dropAllDrafts({ office, officer }: DraftOwner): Promise<void> {
  for (const place of placesOf(localStorage, office, officer)) localStorage.removeItem(place);
  await dropDraftsOf(ownerOf(office, officer));
}
