import type { Digest, EpochMs, ErrorContext, OfficeId } from '../../foundation/index.ts';
import type { KeyOf } from '../../trust/index.ts';
import type { LedgerRecord } from '../../wire/index.ts';
import type { FindingWeight, LedgerFindingCode } from './findings.ts';

/** A state of an office's ledger that somebody else knows of. */
export interface WitnessedHead {
  /** Who knows it. */
  readonly by: OfficeId;
  /** The first 16 bytes of the digest of the ledger's first record, in hexadecimal; empty where it is not known. */
  readonly chain: string;
  readonly number: number;
  readonly digest: Digest;
}

/** Whether signatures are verified, and with which keys. */
export type SignatureCheck =
  | 'not checked'
  /** Keys for what was on record at a moment; as a `TrustStore` has them. */
  | { readonly keysForEvidence: (recordedMs: EpochMs) => KeyOf };

/** What a ledger is verified against. */
export interface VerifyLedgerOptions {
  readonly office: OfficeId;
  readonly signatures: SignatureCheck;
  /** States of this ledger that others know of; none is an empty list. */
  readonly witnessed: readonly WitnessedHead[];
}

/** One thing that is not as it must be. */
export interface LedgerFinding {
  readonly code: LedgerFindingCode;
  readonly weight: FindingWeight;
  readonly sentence: string;
  /** The record it was found at. */
  readonly number: number;
  /** Ids, numbers and codes that say more. */
  readonly context: ErrorContext;
}

/** What was looked at. */
export interface LedgerCounts {
  readonly records: number;
  readonly messages: number;
  readonly releases: number;
  readonly frames: number;
  readonly arrivals: number;
  readonly receiptsIssued: number;
  readonly receiptsReceived: number;
  readonly signatures: number;
  /** Heads of this ledger, in its receipts and from witnesses, that were compared with its records. */
  readonly heads: number;
  /** Heads in its receipts that lie too far back to be compared in one reading. */
  readonly headsNotCompared: number;
}

/** The outcome of reading a whole ledger. */
export interface LedgerReport {
  readonly office: OfficeId;
  /** Nothing is broken: everything that was looked at is as the promises say. */
  readonly intact: boolean;
  readonly signatures: 'checked' | 'not checked';
  /** In hexadecimal; empty for an empty ledger. */
  readonly chain: string;
  readonly head: { readonly number: number; readonly digest: Digest | '' };
  readonly firstMs: EpochMs | null;
  readonly lastMs: EpochMs | null;
  readonly counts: LedgerCounts;
  /** At most 1,000 in the order of the records; `dropped` says how many more there were. */
  readonly findings: readonly LedgerFinding[];
  readonly dropped: number;
}

/** What a rule knows of the record it looks at. */
export interface RuleContext {
  readonly record: LedgerRecord;
  readonly find: (code: LedgerFindingCode, context?: ErrorContext) => void;
  readonly count: (what: keyof LedgerCounts) => void;
}

/** Looks at each record in order and remembers no more than is open. */
export type Rule = (context: RuleContext) => void;
