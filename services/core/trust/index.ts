export { CHARTER_ARTICLE, isChannelKind } from './charter-cover.ts';
export { checkCharter, type SoundCharter } from './check-charter.ts';
export {
  claimsOf,
  type DocumentClaims,
  type DocumentSignaturePieces,
  describeAgreement,
  describeCharter,
  describeDirectory,
  documentSignatures,
  partiesYetToSign,
} from './describe-document.ts';
export { documentKindOf } from './document-form.ts';
export {
  parseAgreementText,
  parseCharterText,
  parseDirectoryText,
  writeAgreementText,
  writeCharterText,
  writeDirectoryText,
} from './document-text.ts';
export { type AgreementDraft, draftAgreement } from './draft-agreement.ts';
export {
  createNation,
  createOffice,
  type DirectoryDraft,
  draftDirectory,
  type KeyValidity,
  keyIdsOf,
  type NewOffice,
  rotateKeys,
} from './draft-directory.ts';
export { equalBytes } from './equal-bytes.ts';
export { TRUST_ERRORS, TrustError, type TrustErrorCode } from './errors.ts';
export { type EphemeralKey, ephemeralKey, fileSigner, fileUnsealer } from './file-keys.ts';
export { headCache } from './head-cache.ts';
export { CLOCK_TOLERANCE_MS, MAX_DOCUMENT_BYTES } from './limits.ts';
export { generateSealingKey, generateSigningKey } from './private-key.ts';
export { proofHeader, proofSigningInput } from './proof-header.ts';
export { jwkOf, parseSealingPublicKey, parseSigningPublicKey, pemOf, thumbprintOf } from './public-key.ts';
export { hubKeys, regionCover, regionEntitlements } from './region-cover.ts';
export type { RegionEntitlement, RegionQuery } from './region-types.ts';
export { addSignature, signDocument } from './sign-document.ts';
export { signProofs } from './sign-proofs.ts';
export { createTrustStore, type EvidenceStoreOptions, evidenceStore } from './trust-store.ts';
export type {
  AgreementCover,
  AgreementQuery,
  AgreementRefusal,
  AgreementRefusalReason,
  DatedKey,
  HeadCache,
  InstalledAgreement,
  InstalledCharter,
  InstalledDirectory,
  InstalledOffice,
  KeyClaim,
  KeyOf,
  KnownHead,
  NewKey,
  RandomBytes,
  SealingPublicKey,
  SignedDocumentKind,
  Signer,
  SigningPublicKey,
  TrustStore,
  Unsealer,
  VerifiedDocument,
  VerifiedHead,
  VerifiedProof,
} from './types.ts';
export { signaturesIn, withSignatures } from './verify-charter.ts';
export { verifyDocument } from './verify-document.ts';
export { type ProofContext, verifyProof } from './verify-proof.ts';
