import type { components } from '../../__generated__/api.js';

export { type Action, useAction } from './action.ts';
export { addressOf, ask, download, type RequestOptions, read, send } from './client.ts';
export { stillHere } from './go-on.ts';
export { type Connection, type LiveEvent, nodeConnection, onEvent, startFollowing, stopFollowing } from './live.ts';
export { type Fault, type Problem, ProblemError, problemFrom } from './problem.ts';
export { answerProof, isProofAsked } from './proof.ts';
export { type Resource, useResource } from './resource.ts';
export {
  may,
  type Session,
  type SessionState,
  session,
  sessionEnded,
  sessionIn,
  sessionState,
  signedIn,
} from './session.ts';
export { type Topic, topicsOf } from './topics.ts';
export { fetchFile, type Progress, upload } from './transfer.ts';

/** The forms of what the office answers and takes: `Schemas['InboxItem']`. */
export type Schemas = components['schemas'];
