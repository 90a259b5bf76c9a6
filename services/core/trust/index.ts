export {
  claimsOf,
  type DocumentClaims,
  type DocumentSignaturePieces,
  describeAgreement,
  describeDirectory,
  documentSignatures,
  partiesYetToSign,
} from './describe-document.ts';
export { documentKindOf } from './document-form.ts';
export { parseAgreementText, parseDirectoryText, writeAgreementText, writeDirectoryText } from './document-text.ts';
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
export { verifyDocument } from './verify-document.ts';
export { type ProofContext, verifyProof } from './verify-proof.ts';
