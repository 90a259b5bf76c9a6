export { REQUESTS_ERRORS, RequestsError, type RequestsErrorCode } from './errors.ts';
export { peerOf, requestFigures, type SidedLife } from './figures.ts';
export { livesOf } from './life.ts';
export { assertAnswerInPlace, assertRequestInPlace, assertStepInPlace } from './request-arrival.ts';
export { type AnswerInput, type RequestDesk, requestDesk, sideOf } from './request-desk.ts';
export { reminderTime } from './request-watch.ts';
export { assertStillAsked } from './still-asked.ts';
export {
  type ListedRequest,
  REQUEST_STATES,
  type RequestChange,
  type RequestDue,
  type RequestFact,
  type RequestFigures,
  type RequestKey,
  type RequestLife,
  type RequestSide,
  type RequestState,
  type StepInput,
} from './types.ts';
