export { countDrafts, type DraftOwner, dropAllDrafts } from './all-drafts.ts';
export { type Draft, isWorthKeeping, newestFirst, ownerOf, randomName, titleOf } from './draft.ts';
export { draftsOf, dropDraft, findDraft, type Kept, keepDraft, whileOpen } from './draft-store.ts';
export { charterPlace, type DraftStorage, keepText, postPlace } from './operation-drafts.ts';
