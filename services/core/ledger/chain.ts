import { type Digest, digestOf, type EpochMs, fromHex, toHex } from '../foundation/index.ts';
import { type Init, type LedgerFounded, type LedgerRecord, ledgerRecordCodec, WireError } from '../wire/index.ts';
import { LedgerError } from './errors.ts';
import type { EventName, LedgerEvent } from './types.ts';

/** Where a chain of records stands: its last record. */
export interface ChainPosition {
  /** 0 before the first record. */
  readonly number: number;
  /** SHA-256 of the last encoded record; empty text before the first. */
  readonly digest: Digest | '';
  /** The time in the last record; 0 before the first. */
  readonly atMs: number;
}

/** Before the first record. */
export const CHAIN_START: ChainPosition = { number: 0, digest: '', atMs: 0 };

/** What can be wrong with one record as the next of a chain. */
export type ChainFault =
  | 'LEDGER_RECORD_MALFORMED'
  | 'LEDGER_EVENT_UNKNOWN'
  | 'LEDGER_NUMBER_GAP'
  | 'LEDGER_PREVIOUS_MISMATCH'
  | 'LEDGER_FIRST_NOT_FOUNDED'
  | 'LEDGER_FOUNDED_AGAIN';

/** One record held against the chain before it. */
export interface ChainStep {
  /** `undefined` when it cannot be read. Its bytes fields are views of the bytes given: who keeps one keeps them all. */
  readonly record: LedgerRecord | undefined;
  /** Empty when the record is the right next one. */
  readonly faults: readonly ChainFault[];
  /** The chain with this record, even where it is at fault: what follows is held against the record as it is. */
  readonly next: ChainPosition & { readonly digest: Digest };
}

/** A clock may be set back by as much without anybody wondering. */
export const CLOCK_TOLERANCE_MS = 5 * 60_000;

// A table by name, so that a kind of event that is new in the contract does not compile until it stands here.
const EVENTS: Readonly<Record<EventName, true>> = {
  founded: true,
  messageAccepted: true,
  holdResolved: true,
  frameSealed: true,
  frameRelayed: true,
  laneConfirmed: true,
  laneVoided: true,
  frameReceived: true,
  crossingReceived: true,
  receiptIssued: true,
  receiptReceived: true,
  messageRetrieved: true,
  frameQuarantined: true,
  documentInstalled: true,
  headWitnessed: true,
  messageRejected: true,
  holdApproved: true,
  crossingAdded: true,
  contentErased: true,
  searchMatched: true,
  regionReleased: true,
  regionReceived: true,
  subscriptionRecorded: true,
  custodyRecorded: true,
  regionConfirmed: true,
  messageTriaged: true,
  officerRecorded: true,
};
const EVENT_NAMES = Object.keys(EVENTS) as EventName[];

/** An encoded record that follows `position`, and the chain with it. */
export interface EncodedRecord {
  readonly bytes: Uint8Array;
  readonly position: ChainPosition & { readonly digest: Digest };
}

/** The record after `position`, encoded: number, digest of the record before, time, event. */
export function encodeRecord(
  position: ChainPosition,
  atMs: EpochMs,
  event: LedgerEvent | { readonly founded: Init<LedgerFounded> },
): EncodedRecord {
  const number = position.number + 1;
  const bytes = ledgerRecordCodec.encode({ number, previous: fromHex(position.digest), atMs, ...event });
  return { bytes, position: { number, digest: digestOf(bytes), atMs } };
}

/** The one event a decoded record holds; `undefined` when this release knows none in it. */
export function eventOf(record: LedgerRecord): EventName | undefined {
  return EVENT_NAMES.find((name) => record[name] !== null);
}

function decode(bytes: Uint8Array): LedgerRecord | undefined {
  try {
    return ledgerRecordCodec.decode(bytes);
  } catch (error) {
    if (error instanceof WireError) return undefined;
    throw error;
  }
}

/** Holds `bytes` against the chain before it and says all that is wrong; never throws for what is in the bytes. */
export function stepChain(position: ChainPosition, bytes: Uint8Array): ChainStep {
  const digest = digestOf(bytes);
  const record = decode(bytes);
  if (record === undefined) {
    const next = { number: position.number + 1, digest, atMs: position.atMs };
    return { record, faults: ['LEDGER_RECORD_MALFORMED'], next };
  }
  const faults: ChainFault[] = [];
  const isFirst = position.number === 0;
  const event = eventOf(record);
  if (event === undefined) faults.push('LEDGER_EVENT_UNKNOWN');
  if (isFirst && (event !== 'founded' || record.number !== 1)) faults.push('LEDGER_FIRST_NOT_FOUNDED');
  else if (!isFirst && event === 'founded') faults.push('LEDGER_FOUNDED_AGAIN');
  else if (record.number !== position.number + 1) faults.push('LEDGER_NUMBER_GAP');
  if (toHex(Uint8Array.from(record.previous)) !== position.digest) faults.push('LEDGER_PREVIOUS_MISMATCH');
  return { record, faults, next: { number: record.number, digest, atMs: record.atMs } };
}

/** The record in `bytes` is the right next one of the chain. @throws LedgerError with the first ChainFault there is. */
export function verifyChain(position: ChainPosition, bytes: Uint8Array): ChainStep & { readonly record: LedgerRecord } {
  const step = stepChain(position, bytes);
  const { record } = step;
  const fault = step.faults[0];
  if (fault !== undefined || record === undefined) {
    throw new LedgerError(fault ?? 'LEDGER_RECORD_MALFORMED', { context: { number: position.number + 1 } });
  }
  return { ...step, record };
}

/** The identity of the ledger whose first record has this digest: its first 16 bytes. */
export function chainIdOf(firstDigest: Digest): Uint8Array {
  return fromHex(firstDigest.slice(0, 32));
}
