export { createNation, createOffice, type DirectoryDraft, draftDirectory, type KeyValidity, keyIdsOf, type NewOffice, rotateKeys } from './draft-directory.ts';
export { type AgreementDraft, draftAgreement } from './draft-agreement.ts';
export { claimsOf, type DocumentClaims, describeAgreement, describeDirectory, type DocumentSignaturePieces, documentSignatures, partiesYetToSign } from './describe-document.ts';
export { parseAgreementText, parseDirectoryText, writeAgreementText, writeDirectoryText } from './document-text.ts';
export { addSignature, signDocument } from './sign-document.ts';
export { createTrustStore, evidenceStore, type EvidenceStoreOptions } from './trust-store.ts';
export { verifyDocument } from './verify-document.ts';
export { equalBytes } from './equal-bytes.ts';
export { TRUST_ERRORS, TrustError, type TrustErrorCode } from './errors.ts';
export { CLOCK_TOLERANCE_MS, MAX_DOCUMENT_BYTES } from './limits.ts';
export { documentKindOf } from './document-form.ts';
export { type EphemeralKey, ephemeralKey, fileSigner, fileUnsealer } from './file-keys.ts';
export { headCache } from './head-cache.ts';
export { generateSealingKey, generateSigningKey } from './private-key.ts';
export { proofHeader, proofSigningInput } from './proof-header.ts';
export { jwkOf, parseSealingPublicKey, parseSigningPublicKey, pemOf, thumbprintOf } from './public-key.ts';
export { signProofs } from './sign-proofs.ts';
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
export { type ProofContext, verifyProof } from './verify-proof.ts';
