export type { Brand } from './brand.ts';
export {
  copyBytes,
  type Digest,
  digestFromBytes,
  digestOf,
  fromBase64url,
  fromHex,
  fromUtf8,
  parseDigest,
  sameBytes,
  sha256,
  toBase64url,
  toHex,
  utf8,
} from './bytes.ts';
export { type Channel, channelOf, isDrillScope, isOperationId, scopeOfChannel } from './channel-scope.ts';
export { type Clock, systemClock } from './clock.ts';
export { type Closable, type CloseStack, closeStack } from './disposal.ts';
export {
  type Disposition,
  type ErrorContext,
  type ErrorDetails,
  type ErrorEntry,
  FOUNDATION_ERRORS,
  FoundationError,
  type FoundationErrorCode,
  isLiaisonError,
  LiaisonError,
} from './errors.ts';
export {
  type EnvelopeId,
  type HubId,
  isOfficeId,
  type KeyId,
  type NationCode,
  nationOf,
  newEnvelopeId,
  newOpaqueId,
  type OfficeId,
  pairScope,
  parseEnvelopeId,
  parseHubId,
  parseKeyId,
  parseNationCode,
  parseOfficeId,
  parsePairScope,
  type Scope,
  timeOfEnvelopeId,
} from './ids.ts';
export { leafHash, type MerkleTree, merkleTree, verifyInclusion } from './merkle.ts';
export { type LineFault, lineFault, ownLine } from './own-line.ts';
export {
  type ByteCount,
  byteCount,
  type DurationMs,
  days,
  durationMs,
  type EpochMs,
  earlier,
  epochMs,
  later,
  rfc3339,
  seconds,
} from './units.ts';
