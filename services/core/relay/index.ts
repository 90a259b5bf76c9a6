export { createRelay } from './create-relay.ts';
export { RELAY_ERRORS, RelayError, type RelayErrorCode } from './errors.ts';
export { DEFAULT_SETTINGS, type RelayParts } from './parts.ts';
export type {
  Arrival,
  ArrivalPort,
  HeldKey,
  LinkLaneView,
  LinkPort,
  LinkView,
  MessageContent,
  Neighbour,
  PrecedenceWord,
  PreviewResult,
  RecipientResult,
  Relay,
  RelayEvents,
  RelaySettings,
  SubmissionInput,
  SubmissionResult,
} from './types.ts';
