export { type Draft, isWorthKeeping, newestFirst, ownerOf, randomName, titleOf } from './draft.ts';
export { draftsOf, dropDraft, dropDraftsOf, findDraft, type Kept, keepDraft } from './draft-store.ts';
