export { assertNotRecalled, assertRecallAnswerInPlace, assertRecallInPlace } from './arrival.ts';
export { RECALL_ERRORS, RecallError, type RecallErrorCode } from './errors.ts';
export { recallDesk } from './recall-desk.ts';
export { isRestricted, type RecallInForce, recallInForce } from './recall-in-force.ts';
export { type HolderView, type RecallAnswerView, type RecallView, recallState } from './recall-state.ts';
export type { RecallAnswerInput, RecallDesk, RecallInput } from './types.ts';
