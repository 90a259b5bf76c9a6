import { type ErrorDetails, type ErrorEntry, LiaisonError } from '../foundation/index.ts';

const ASK_FOR_GOOD_DOCUMENT = 'install nothing; ask the nation that issued it for a good copy';

/** The errors of this folder: keys, proofs and signed documents that cannot be relied on. */
export const TRUST_ERRORS = {
  TRUST_KEY_INVALID: {
    meaning:
      'a key is not a canonical OKP key of the right curve, or is of small order, or its private part does not fit',
    action: 'make a new key with blo; never repair a key by hand',
    disposition: 'reject',
  },
  TRUST_KEY_UNKNOWN: {
    meaning: 'the directory of the signer has no such signing key for that office',
    action: 'ask the nation for its newest directory; if the key is not in it, treat what was signed as forged',
    disposition: 'quarantine',
  },
  TRUST_KEY_USE_WRONG: {
    meaning: 'an exercise is signed with a key for what is real, or what is real with a key for exercises',
    action: 'treat it as neither: ask the signing office what it was, and which of its keys it signed with',
    disposition: 'quarantine',
  },
  TRUST_KEY_NOT_YET_VALID: {
    meaning: 'the signature claims a time before the key is good',
    action: 'compare clocks with the signing office; its key is used before its date',
    disposition: 'quarantine',
  },
  TRUST_KEY_EXPIRED: {
    meaning: 'the signature claims a time when the key was good no longer',
    action: 'ask the signing office to rotate its key and to sign again',
    disposition: 'quarantine',
  },
  TRUST_KEY_REVOKED: {
    meaning: 'the key is revoked and this arrived, or claims to be signed, afterwards',
    action: 'treat what was signed as forged until the office confirms it with a new key',
    disposition: 'quarantine',
  },
  TRUST_SIGNED_IN_FUTURE: {
    meaning: 'the signature claims a time that has not come, beyond what clocks may differ',
    action: 'compare clocks with the signing office',
    disposition: 'quarantine',
  },
  TRUST_OFFICE_UNKNOWN: {
    meaning: 'the directory of its nation does not list the office',
    action: 'ask the nation for its newest directory',
    disposition: 'quarantine',
  },
  TRUST_DIRECTORY_MISSING: {
    meaning: 'no directory of that nation is installed',
    action: 'install the directory of the nation',
    disposition: 'quarantine',
  },
  TRUST_DIRECTORY_EXPIRED: {
    meaning: 'the directory has expired; nothing is accepted on its strength',
    action: 'ask the nation to issue its directory again',
    disposition: 'quarantine',
  },
  TRUST_SEALING_KEY_MISSING: {
    meaning: 'the office has no sealing key that is good now',
    action: 'ask the nation to issue a directory with a current sealing key for the office',
    disposition: 'retry',
  },
  TRUST_SIGNER_FAILED: {
    meaning: 'the signer did not give a signature that verifies with its own key',
    action: 'check the signing process or security module and its key',
    disposition: 'fatal',
  },
  TRUST_UNSEALER_KEY_UNKNOWN: {
    meaning: 'it is sealed to a key that this office does not hold',
    action: 'check that the sealing keys of the directory lie with the office; old ones are kept until retention ends',
    disposition: 'quarantine',
  },
  TRUST_PROOF_HEADER_INVALID: {
    meaning: 'the protected header of a proof is not byte for byte the one allowed form for its kind',
    action: 'keep the original; the sender does not speak this contract or somebody altered it',
    disposition: 'quarantine',
  },
  TRUST_PROOF_HEAD_INVALID: {
    meaning: 'the signed tree head is not sound, or is of another kind than what it is used for',
    action: 'keep the original; the sender does not speak this contract or somebody altered it',
    disposition: 'quarantine',
  },
  TRUST_PROOF_SIGNATURE_INVALID: {
    meaning: 'the signature of a proof does not verify with the key it names',
    action: 'treat it as forged',
    disposition: 'quarantine',
  },
  TRUST_PROOF_INCLUSION_INVALID: {
    meaning: 'the item is not in the tree that was signed, at the place that the proof names',
    action: 'treat it as forged',
    disposition: 'quarantine',
  },
  TRUST_DOCUMENT_MALFORMED: {
    meaning: 'the document is not a JWS in General JSON form in the one layout and header that signed documents have',
    action: ASK_FOR_GOOD_DOCUMENT,
    disposition: 'reject',
  },
  TRUST_DOCUMENT_TOO_LARGE: {
    meaning: 'the document is larger than any document may be',
    action: ASK_FOR_GOOD_DOCUMENT,
    disposition: 'reject',
  },
  TRUST_DOCUMENT_KIND_WRONG: {
    meaning: 'the document was signed as another kind than it is used as',
    action: 'use the document for what it is',
    disposition: 'reject',
  },
  TRUST_DOCUMENT_TEXT_INVALID: {
    meaning: 'the signed text is not JSON in the one layout that documents have, or does not satisfy the contract',
    action: ASK_FOR_GOOD_DOCUMENT,
    disposition: 'reject',
  },
  TRUST_DOCUMENT_SIGNATURE_INVALID: {
    meaning: 'a signature of the document does not verify',
    action: 'treat the document as forged',
    disposition: 'reject',
  },
  TRUST_DOCUMENT_SIGNATURE_MISSING: {
    meaning: 'somebody who must sign the document has not signed it',
    action: 'have the document signed by the named nation',
    disposition: 'reject',
  },
  TRUST_DOCUMENT_SIGNATURE_FOREIGN: {
    meaning: 'the document is signed twice by one key, or by a key that has no say in it',
    action: ASK_FOR_GOOD_DOCUMENT,
    disposition: 'reject',
  },
  TRUST_NATION_NOT_PINNED: {
    meaning: 'no agreement in force that this nation signed names a root key of the other nation',
    action: 'install the agreement with that nation first',
    disposition: 'reject',
  },
  TRUST_DIRECTORY_ROOT_MISMATCH: {
    meaning: 'the directory names another root key than the one pinned for its nation',
    action: 'confirm the root key with the nation by other means; then install the agreement that names it',
    disposition: 'reject',
  },
  TRUST_DIRECTORY_DATES_INVALID: {
    meaning: 'the directory is issued in the future, or expires before it is issued',
    action: ASK_FOR_GOOD_DOCUMENT,
    disposition: 'reject',
  },
  TRUST_DIRECTORY_ROLLBACK: {
    meaning: 'a newer directory of that nation is installed',
    action: 'find out who sends old directories',
    disposition: 'reject',
  },
  TRUST_DIRECTORY_FORK: {
    meaning: 'another directory with the same sequence number is installed: the nation signed two',
    action: 'ask the nation which one is right, and to issue the next',
    disposition: 'reject',
  },
  TRUST_DIRECTORY_OFFICE_INVALID: {
    meaning: 'the directory lists an office twice, or an office of another nation',
    action: ASK_FOR_GOOD_DOCUMENT,
    disposition: 'reject',
  },
  TRUST_DIRECTORY_KEY_INVALID: {
    meaning:
      'a key of the directory is malformed, of the wrong curve for its use, listed twice, or has dates that make no sense',
    action: ASK_FOR_GOOD_DOCUMENT,
    disposition: 'reject',
  },
  TRUST_DIRECTORY_REVOCATION_WITHDRAWN: {
    meaning: 'a key that the directory before revoked is not revoked any more, or only from a later time',
    action: 'ask the nation to keep its revocations; a key that was revoked is never good again',
    disposition: 'reject',
  },
  TRUST_AGREEMENT_PARTIES_INVALID: {
    meaning:
      'the agreement has fewer than two parties, names one twice or with a root key of another, or an office of another nation',
    action: 'correct the agreement and have it signed again',
    disposition: 'reject',
  },
  TRUST_AGREEMENT_NOT_OURS: {
    meaning: 'this nation is not a party, or the agreement names another root key for it',
    action: 'install only agreements that this nation signed',
    disposition: 'reject',
  },
  TRUST_AGREEMENT_DATES_INVALID: {
    meaning: 'the agreement ends before it begins',
    action: 'correct the agreement and have it signed again',
    disposition: 'reject',
  },
  TRUST_AGREEMENT_EXPIRED: {
    meaning: 'the agreement has ended',
    action: 'conclude a new agreement; nothing crosses without one',
    disposition: 'reject',
  },
  TRUST_AGREEMENT_ARTICLES_INVALID: {
    meaning: 'two articles of the agreement have the same number, or an article names a code that is unspecified',
    action: 'correct the agreement and have it signed again',
    disposition: 'reject',
  },
  TRUST_AGREEMENT_RESPONSE_TIMES_INVALID: {
    meaning:
      'an article of the agreement gives requests more time than their class does, or names a class of requests twice',
    action: 'correct the agreement and have it signed again',
    disposition: 'reject',
  },
  TRUST_AGREEMENT_REGION_INVALID: {
    meaning:
      'the agreement names a hub twice, without a sound key or with the key of another, or an article about the region lets anything but alerts and bulletins out, has no hub, or names a subscriber that is no office of a party',
    action: 'correct the agreement and have it signed again',
    disposition: 'reject',
  },
  TRUST_HUB_UNKNOWN: {
    meaning: 'no agreement in force names that hub and its key',
    action: 'install the agreement that names the hub',
    disposition: 'quarantine',
  },
  TRUST_AGREEMENT_ROLLBACK: {
    meaning: 'a newer version of the agreement is installed',
    action: 'find out who sends old agreements',
    disposition: 'reject',
  },
  TRUST_AGREEMENT_FORK: {
    meaning: 'another text with the same version is installed: the parties signed two',
    action: 'agree which one is right and sign the next version',
    disposition: 'reject',
  },
  TRUST_CHARTER_TERMS_INVALID: {
    meaning:
      'the id of the charter is no slug, the core is not among its kinds of data, or its quorum cannot be reached',
    action: 'correct the charter and propose it anew',
    disposition: 'reject',
  },
  TRUST_CHARTER_MEMBERS_INVALID: {
    meaning:
      'the charter names an office or a nation twice, has no lead or not as the first, or gives a member kinds of data that it cannot have',
    action: 'correct the charter and propose it anew',
    disposition: 'reject',
  },
  TRUST_CHARTER_DATES_INVALID: {
    meaning: 'the operation ends before it begins',
    action: 'correct the charter and propose it anew',
    disposition: 'reject',
  },
  TRUST_CHARTER_EXPIRED: {
    meaning: 'the time of the operation has ended',
    action: 'propose another operation',
    disposition: 'reject',
  },
  TRUST_CHARTER_NOT_OURS: {
    meaning: 'no office of this nation is a member of the operation',
    action: 'install only charters of operations that this nation takes part in',
    disposition: 'reject',
  },
  TRUST_CHARTER_FORK: {
    meaning: 'another charter of that id is known here: it was changed after it was signed, or the id was used before',
    action: 'ask the lead which one counts, and to propose the other under an id of its own',
    disposition: 'reject',
  },
  TRUST_CHARTER_AGREEMENT_MISSING: {
    meaning: 'the agreement that the charter names is not in force here, or does not name all its members',
    action: 'name an agreement that all members are parties to, or have the national authorities sign the charter',
    disposition: 'reject',
  },
  TRUST_CHARTER_BEYOND_AGREEMENT: {
    meaning: 'no article of the agreement allows a task force like this one',
    action: 'keep the charter within the article, or have the national authorities sign it',
    disposition: 'reject',
  },
} as const satisfies Record<string, ErrorEntry>;

/** The codes of this folder's errors. */
export type TrustErrorCode = keyof typeof TRUST_ERRORS;

/** A key, proof or document that cannot be relied on. */
export class TrustError extends LiaisonError<TrustErrorCode> {
  constructor(code: TrustErrorCode, details?: ErrorDetails) {
    super('TrustError', code, TRUST_ERRORS[code], details);
  }
}
