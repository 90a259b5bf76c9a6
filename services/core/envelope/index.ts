export { buildCrossing } from './build-crossing.ts';
export { composeMessage } from './compose-message.ts';
export { ENVELOPE_ERRORS, EnvelopeError, type EnvelopeErrorCode } from './errors.ts';
export { countForFrame } from './frame-content.ts';
export { carriedOn, laneOf } from './lanes.ts';
export { FRAME_MAX_CONTENT_BYTES, FRAME_MAX_ITEMS, MAX_TRANSIT_BYTES } from './limits.ts';
export { makeFrames, sealFrame } from './make-frames.ts';
export { openFrame } from './open-frame.ts';
export { receiveTransit } from './receive-transit.ts';
export { signMessages } from './sign-messages.ts';
export type {
  AdmittedCrossing,
  CrossingContext,
  DecidedCrossing,
  EvidenceCheck,
  EvidenceFile,
  ExportableCrossing,
  FrameDraft,
  FrameItem,
  MadeFrame,
  MessageDraft,
  MessagePart,
  OnwardPermission,
  OpenContext,
  OpenedDocument,
  OpenedFrame,
  ReceivedDocument,
  ReceivedFrame,
  ReceivedPart,
  SignedMessage,
  SignedReceiptBytes,
  UnsignedMessage,
  UnverifiedCrossing,
  UnverifiedReceipt,
  UnverifiedStatus,
  VerifiedCrossing,
  VerifiedCrossingShape,
  VerifiedReceipt,
  VerifiedStatus,
  VerifyContext,
  WithheldPart,
} from './types.ts';
export { verifyCrossing } from './verify-crossing.ts';
export { type VerifiedEnvelope, verifyEnvelope } from './verify-envelope.ts';
