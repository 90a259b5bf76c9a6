import type { KeyObject } from 'node:crypto';
import type { Brand, Digest, DurationMs, EpochMs, HubId, KeyId, NationCode, OfficeId } from '../foundation/index.ts';
import type {
  Agreement,
  AgreementArticle,
  AgreementRef,
  Charter,
  CharterMember,
  CharterSignature,
  CrimeArea,
  DataCategory,
  Directory,
  HandlingCode,
  HeadKind,
  MessageKind,
  OfficeEntry,
  PublicKey,
  Purpose,
  TrustLevel,
} from '../wire/index.ts';
import type { RegionEntitlement, RegionQuery } from './region-types.ts';

/** That many random bytes, unpredictable to others; passed in, so that a test may repeat itself. */
export type RandomBytes = (size: number) => Uint8Array;

interface PublicKeyShape {
  /** RFC 7638 thumbprint. */
  readonly kid: KeyId;
  /** As it stands in directories and agreements. */
  readonly key: PublicKey;
  readonly handle: KeyObject;
}

/** An Ed25519 public key that is canonical, on the curve and not of small order. Nothing is said of whose it is. */
export type SigningPublicKey = Brand<PublicKeyShape, 'SigningPublicKey'>;

/** An X25519 public key that is canonical and not of small order. Nothing is said of whose it is. */
export type SealingPublicKey = Brand<PublicKeyShape, 'SealingPublicKey'>;

/** Signs with one Ed25519 key, wherever that key lies: a file, another process, a security module. */
export interface Signer {
  readonly kid: KeyId;
  readonly publicKey: SigningPublicKey;
  /** The 64 bytes of an Ed25519 signature (RFC 8032 §5.1.6) over `input`. */
  readonly sign: (input: Uint8Array) => Promise<Uint8Array>;
}

/** Agrees on secrets with X25519 keys, wherever those keys lie. */
export interface Unsealer {
  /** Whether it holds the private key of that id. */
  readonly holds: (kid: KeyId) => boolean;
  /** The 32 bytes of the shared secret (RFC 7748 §6.1). @throws TrustError TRUST_UNSEALER_KEY_UNKNOWN, TRUST_KEY_INVALID. */
  readonly agree: (kid: KeyId, ephemeral: SealingPublicKey) => Promise<Uint8Array>;
}

/** A fresh key pair: the private JWK (RFC 8037) as text to be kept secret, the public key to be published. */
export interface NewKey {
  readonly kid: KeyId;
  readonly publicKey: PublicKey;
  readonly privateJwk: string;
}

/** Which key somebody claims to have signed with, and when. */
export interface KeyClaim {
  readonly kid: KeyId;
  /** Office or nation. */
  readonly signer: string;
  readonly signedMs: EpochMs;
  /** Whether what was signed is an exercise: then it was signed with a key for exercises, and otherwise with none. */
  readonly drill: boolean;
}

/** The key of a claim, if it was the signer's and good for signing then. @throws TrustError TRUST_KEY_*, TRUST_OFFICE_UNKNOWN, TRUST_DIRECTORY_*, TRUST_SIGNED_IN_FUTURE. */
export type KeyOf = (claim: KeyClaim) => SigningPublicKey;

/** Signed tree heads whose signature was verified; bounded, the least recently used go first. */
export interface HeadCache {
  readonly find: (signature: Uint8Array) => KnownHead | undefined;
  readonly keep: (head: KnownHead) => void;
}

/** A tree head whose signature was verified with the key of that id, and the exact bytes this is true of. */
export interface KnownHead {
  readonly kid: KeyId;
  readonly protected: Uint8Array;
  readonly headBytes: Uint8Array;
  readonly signature: Uint8Array;
  readonly head: VerifiedHead;
}

/** What a verified tree head says. */
export interface VerifiedHead {
  readonly kind: HeadKind;
  readonly size: number;
  readonly root: Uint8Array;
  readonly signer: string;
  readonly signedMs: EpochMs;
}

/** Who signed an item, when and with which key; signature, inclusion and key status verified. */
export interface VerifiedProof {
  readonly signer: string;
  readonly signedMs: EpochMs;
  readonly kid: KeyId;
}

/** The kinds of signed documents that people read and file. */
export type SignedDocumentKind = 'directory' | 'agreement' | 'policy-bundle' | 'charter';

/** A document signed by every key it had to be signed by and by no other; what it says is not judged yet. */
export interface VerifiedDocument {
  readonly kind: SignedDocumentKind;
  /** The whole signed document (JWS General JSON), as it came. */
  readonly bytes: Uint8Array;
  /** The exact text that was signed. */
  readonly text: string;
  /** SHA-256 of the signed text: what agreements, directories and bundles are referred to by. */
  readonly digest: Digest;
  readonly signers: readonly KeyId[];
}

/** A directory that was accepted: signed by the nation's pinned root, sound in itself, not older than the one before. */
export type InstalledDirectory = Brand<
  {
    readonly document: VerifiedDocument;
    readonly directory: Directory;
    readonly nation: NationCode;
    readonly root: SigningPublicKey;
    readonly expiresMs: EpochMs;
    readonly offices: ReadonlyMap<OfficeId, InstalledOffice>;
    readonly revokedMs: ReadonlyMap<KeyId, EpochMs>;
  },
  'InstalledDirectory'
>;

/** An office of an accepted directory. */
export interface InstalledOffice {
  readonly office: OfficeId;
  readonly entry: OfficeEntry;
  readonly signing: ReadonlyMap<KeyId, DatedKey<SigningPublicKey>>;
  readonly sealing: readonly DatedKey<SealingPublicKey>[];
  /** For exercises and nothing else. */
  readonly drillSigning: ReadonlyMap<KeyId, DatedKey<SigningPublicKey>>;
  /** For exercises and nothing else. */
  readonly drillSealing: readonly DatedKey<SealingPublicKey>[];
}

/** A key and the time in which it is good: from `notBeforeMs` on, before `notAfterMs`. */
export interface DatedKey<Key> {
  readonly key: Key;
  readonly notBeforeMs: EpochMs;
  readonly notAfterMs: EpochMs;
}

/** An agreement that was accepted: signed by the root of every party, sound in itself, not older than the one before. */
export type InstalledAgreement = Brand<
  {
    readonly document: VerifiedDocument;
    readonly agreement: Agreement;
    readonly validFromMs: EpochMs;
    readonly validUntilMs: EpochMs;
    readonly parties: ReadonlyMap<NationCode, SigningPublicKey>;
    /** What each hub that it names signs with. */
    readonly hubs: ReadonlyMap<HubId, SigningPublicKey>;
    /** Which party an office belongs to. */
    readonly nationOfOffice: ReadonlyMap<OfficeId, NationCode>;
    /** Versions of the same agreement that were accepted before, with the digest of each. */
    readonly earlier: ReadonlyMap<number, Digest>;
  },
  'InstalledAgreement'
>;

/** A charter that was accepted: sound in itself, signed by its lead, every other signature that of a member. */
export type InstalledCharter = Brand<
  {
    /** With the signatures that are known here, in the order of the members. */
    readonly document: VerifiedDocument;
    readonly charter: Charter;
    readonly startsMs: EpochMs;
    readonly endsMs: EpochMs;
    readonly lead: OfficeId;
    /** In the order of the charter, the lead first. */
    readonly members: ReadonlyMap<OfficeId, CharterMember>;
    /** Verified signatures of the text, by member. */
    readonly signatures: ReadonlyMap<OfficeId, CharterSignature>;
    /** The keys that they verify with, by member. */
    readonly keys: ReadonlyMap<OfficeId, SigningPublicKey>;
  },
  'InstalledCharter'
>;

/** What is to cross, as far as an agreement has a say in it. */
export interface AgreementQuery {
  readonly from: OfficeId;
  readonly to: OfficeId;
  /** The gate's clock. */
  readonly at: EpochMs;
  /** An exporter keeps to the dates exactly; an importer allows for a clock that is wrong by the tolerance. */
  readonly gate: 'export' | 'import';
  readonly kind: MessageKind;
  readonly crimeArea: CrimeArea;
  readonly purpose: Purpose;
  readonly handling: HandlingCode;
  readonly drill: boolean;
  /** The data categories of the parts that are there. */
  readonly categories: readonly DataCategory[];
  /** The article that the exporter relied on; without it the best one is looked for. */
  readonly relied?: AgreementRef;
}

/** Why no agreement lets it cross. */
export type AgreementRefusalReason =
  /** No installed agreement names both offices. */
  | 'NO_AGREEMENT'
  /** One does, but not at this time, or another one replaces it. */
  | 'AGREEMENT_EXPIRED'
  | 'AGREEMENT_NOT_YET_IN_FORCE'
  /** The exporter relied on a text that is not installed here. */
  | 'AGREEMENT_DIFFERS'
  /** The agreement has no such article. */
  | 'ARTICLE_UNKNOWN'
  /** The article does not let this kind, crime area, purpose, handling code or exercise cross. */
  | 'ARTICLE_DOES_NOT_COVER';

/** The agreement and article under which something may cross. */
export interface AgreementCover {
  readonly covered: true;
  readonly agreement: Agreement;
  readonly article: AgreementArticle;
  readonly ref: AgreementRef;
  readonly trustLevel: TrustLevel;
  /** Categories of the query that the article does not name: parts of these may not cross under it. */
  readonly uncovered: readonly DataCategory[];
}

/** No agreement lets it cross: a value, not an error. */
export interface AgreementRefusal {
  readonly covered: false;
  readonly reason: AgreementRefusalReason;
  /** Where one was looked at. */
  readonly agreementId?: string;
  readonly articleId?: string;
  /** Fields of the query that the article does not cover: `kind`, `crimeArea`, `purpose`, `handling`, `drill`; of the region also `corridor` and `subscriber`. */
  readonly fields?: readonly string[];
}

/** What one knows of other nations' offices, keys and agreements at one moment; never changes, a newer one takes its place. */
export interface TrustStore {
  readonly nation: NationCode;
  /** The thumbprint of the nation's own root key: all trust rests on it. */
  readonly root: KeyId;
  readonly clockToleranceMs: DurationMs;
  readonly directories: ReadonlyMap<NationCode, InstalledDirectory>;
  readonly agreements: ReadonlyMap<string, InstalledAgreement>;
  /** By the id of the operation. */
  readonly charters: ReadonlyMap<string, InstalledCharter>;
  /** The store with this directory in it; the same store where it was in it already. @throws TrustError TRUST_DOCUMENT_*, TRUST_DIRECTORY_*, TRUST_KEY_*, TRUST_NATION_NOT_PINNED. */
  readonly installDirectory: (bytes: Uint8Array, now: EpochMs) => Promise<TrustStore>;
  /** The store with this agreement in it; the same store where it was in it already. @throws TrustError TRUST_DOCUMENT_*, TRUST_AGREEMENT_*, TRUST_KEY_INVALID. */
  readonly installAgreement: (bytes: Uint8Array, now: EpochMs) => Promise<TrustStore>;
  /**
   * The store with this charter in it, and with all signatures of it that are known; the same store where there is nothing
   * new. `now` is null for a charter that was accepted before: its time and its keys may have ended since.
   * @throws TrustError TRUST_DOCUMENT_*, TRUST_CHARTER_TERMS_INVALID, TRUST_CHARTER_MEMBERS_INVALID,
   * TRUST_CHARTER_DATES_INVALID, TRUST_CHARTER_EXPIRED, TRUST_CHARTER_NOT_OURS, TRUST_CHARTER_FORK.
   */
  readonly installCharter: (bytes: Uint8Array, now: EpochMs | null) => TrustStore;
  /** Whether that is the member's signature of exactly this charter, by a key that may sign it at that moment; null for one that was accepted before. */
  readonly isCharterSignature: (charter: InstalledCharter, signature: CharterSignature, at: EpochMs | null) => boolean;
  /**
   * A charter of the light form stays within the agreement that allows it; what a national form says is for its signers.
   * @throws TrustError TRUST_CHARTER_AGREEMENT_MISSING, TRUST_CHARTER_BEYOND_AGREEMENT.
   */
  readonly assertCharterAllowed: (charter: Pick<InstalledCharter, 'charter' | 'members'>, now: EpochMs) => void;
  /** What the charter of that operation lets cross, or why nothing. */
  readonly charterFor: (operation: string, query: AgreementQuery) => AgreementCover | AgreementRefusal;
  /** Keys for what arrives at that moment: a revoked key is refused, whatever time its signature claims. */
  readonly keysForArrival: (receivedMs: EpochMs) => KeyOf;
  /** Keys for what was on record at that moment: what a key signed before its revocation stays evidence. */
  readonly keysForEvidence: (recordedMs: EpochMs) => KeyOf;
  /** The newest key of the office that is good at that moment; with `drill` the newest for exercises. @throws TrustError TRUST_OFFICE_UNKNOWN, TRUST_DIRECTORY_MISSING, TRUST_DIRECTORY_EXPIRED, TRUST_SEALING_KEY_MISSING. */
  readonly sealingKeyOf: (office: OfficeId, at: EpochMs, drill?: boolean) => SealingPublicKey;
  /** The agreement and article that cover it, or why none does. */
  readonly agreementFor: (query: AgreementQuery) => AgreementCover | AgreementRefusal;
  /** The agreement and regional article under which it may be told the region, or a reader may have it; or why none does. */
  readonly regionFor: (query: RegionQuery) => AgreementCover | AgreementRefusal;
  /** What an office may have of a hub at that time; empty for nothing. */
  readonly entitlementsTo: (hub: HubId, office: OfficeId, at: EpochMs) => readonly RegionEntitlement[];
  /** Keys of hubs, by the agreements in force at that time. The function throws TrustError TRUST_HUB_UNKNOWN, TRUST_KEY_UNKNOWN, TRUST_SIGNED_IN_FUTURE. */
  readonly hubKeysAt: (at: EpochMs) => KeyOf;
  readonly directoryOf: (nation: NationCode) => InstalledDirectory | undefined;
  /**
   * The text of a policy bundle signed by the nation's own root and by no other.
   * @throws TrustError TRUST_DOCUMENT_*, TRUST_DIRECTORY_MISSING while the nation's own directory, which holds the key, is not installed.
   */
  readonly verifyPolicyBundle: (bytes: Uint8Array) => Promise<VerifiedDocument>;
}
