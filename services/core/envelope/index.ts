export { buildCrossing, type CrossingKind } from './build-crossing.ts';
export { composeMessage } from './compose-message.ts';
export { repackCrossing, repackPassedOn } from './crossing-item.ts';
export { ENVELOPE_ERRORS, EnvelopeError, type EnvelopeErrorCode } from './errors.ts';
export {
  claimedRoot,
  EVIDENCE_FORMAT,
  type Evidence,
  type EvidenceCheck,
  type EvidenceExport,
  type EvidenceFile,
  type EvidenceFolder,
  type EvidenceReport,
  exportEvidence,
  openingFolder,
  readEvidence,
  verifyEvidence,
} from './evidence/index.ts';
export { countForFrame } from './frame-content.ts';
export { carriedOn, laneOf } from './lanes.ts';
export { FRAME_MAX_CONTENT_BYTES, FRAME_MAX_ITEMS, MAX_REGION_ITEM_BYTES, MAX_TRANSIT_BYTES } from './limits.ts';
export { makeFrames, sealFrame } from './make-frames.ts';
export { openFrame } from './open-frame.ts';
export { keepOwnMessage, readOwnMessage } from './own-message.ts';
export { messageToPassOn, type NarrowingReason, narrowCrossing, partsOf } from './pass-on.ts';
export { receiveTransit } from './receive-transit.ts';
export {
  type FramedCrossing,
  keepReceivedCrossing,
  readReceivedCrossing,
  verifyFramedCrossing,
} from './received-crossing.ts';
export {
  type AdmittedRegionItem,
  type DecidedRelease,
  EMPTY_HUB_LOG,
  extendHubLog,
  extendHubLogBy,
  isRegionKind,
  keepRegionItem,
  type MadeRegionItem,
  makeRegionItem,
  makeWithdrawal,
  type RegionContext,
  type RegionFacets,
  type RegionMessage,
  type RegionPlace,
  type RegionTopic,
  type RegionWithdrawal,
  readRegionItem,
  regionFacets,
  signHubHead,
  signRegionStatus,
  signSubscription,
  topicTokens,
  type VerifiedHubHead,
  type VerifiedRegionItem,
  type VerifiedRegionMessage,
  type VerifiedRegionStatus,
  type VerifiedSubscription,
  verifyHubHead,
  verifyRegionItem,
  verifyRegionStatus,
  verifySubscription,
  type Withdrawal,
} from './region/index.ts';
export { openDocument, sealDocument } from './seal-document.ts';
export { signMessages } from './sign-messages.ts';
export { signReceipts } from './sign-receipts.ts';
export type {
  AdmittedCrossing,
  CrossingContext,
  DecidedCrossing,
  DocumentDraft,
  ExportableCrossing,
  FrameDraft,
  FrameItem,
  HeldMessage,
  MadeFrame,
  MessageDraft,
  MessagePart,
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
export {
  assertConsents,
  type ConsentUse,
  consentFault,
  type VerifiedConsent,
  verifyConsent,
} from './verify-consent.ts';
export { verifyCrossing } from './verify-crossing.ts';
export { type VerifiedEnvelope, verifyEnvelope } from './verify-envelope.ts';
export { assertReceiptAnswers, type SentCrossing, verifyReceipt, verifySignedReceipt } from './verify-receipt.ts';
export { verifyStatus } from './verify-status.ts';
export { crossingWithoutParts, messageWithoutParts } from './without-parts.ts';
