import type { EpochMs } from '../../foundation/index.ts';

/** What an office has on record of one crossing or message, to be proved to a stranger. */
export interface Evidence {
  /** `crossing`: what went over a border, an encoded ReceivedCrossing; `message`: what an office said, an encoded OwnMessage with all or some of its parts. */
  readonly kind: 'crossing' | 'message';
  readonly record: Uint8Array;
  /** When it was recorded; keys are judged by it. */
  readonly recordedMs: EpochMs;
  /** Encoded SignedReceipts about it. */
  readonly receipts: readonly { readonly bytes: Uint8Array; readonly recordedMs: EpochMs }[];
}

/** One file of an evidence folder, its name relative to the folder. */
export interface EvidenceFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** A check that was made of a piece of evidence and how it came out. */
export interface EvidenceCheck {
  readonly check: string;
  readonly passed: boolean;
  /** Where it failed: the code of the error. */
  readonly code?: string;
  readonly facts: Readonly<Record<string, string | number | boolean>>;
}

/** Every check that was made, in order. */
export interface EvidenceReport {
  readonly verified: boolean;
  readonly checks: readonly EvidenceCheck[];
}
