import { describe, expect, it } from 'vitest';
import { type EpochMs, sha256, utf8 } from '../../../services/core/foundation/index.ts';
import {
  CHAIN_START,
  type ChainPosition,
  chainIdOf,
  encodeRecord,
  eventOf,
  stepChain,
  verifyChain,
} from '../../../services/core/ledger/chain.ts';
import { type Init, type LedgerRecord, ledgerRecordCodec } from '../../../services/core/wire/index.ts';
import { NOON, retrieved } from './fixtures.ts';

const founded = encodeRecord(CHAIN_START, NOON, { founded: { office: 'th-chiang-khong', nonce: new Uint8Array(16) } });
const second = encodeRecord(founded.position, NOON, retrieved('a'));

function faultsOf(position: ChainPosition, record: Init<LedgerRecord>) {
  return stepChain(position, ledgerRecordCodec.encode(record)).faults;
}

describe('encodeRecord', () => {
  it('chains a record to the digest of the one before', () => {
    const record = ledgerRecordCodec.decode(second.bytes);
    expect(record).toMatchObject({ number: 2, atMs: NOON, messageRetrieved: { by: 'a' } });
    expect(Uint8Array.from(record.previous)).toEqual(new Uint8Array(sha256(founded.bytes)));
    expect(ledgerRecordCodec.decode(founded.bytes).previous).toHaveLength(0);
  });

  it('names a ledger by the first 16 bytes of the digest of its first record', () => {
    expect(chainIdOf(founded.position.digest)).toEqual(new Uint8Array(sha256(founded.bytes)).slice(0, 16));
  });
});

describe('stepChain', () => {
  it('finds nothing wrong with the right next record', () => {
    expect(stepChain(CHAIN_START, founded.bytes)).toMatchObject({ faults: [], next: founded.position });
    expect(stepChain(founded.position, second.bytes)).toMatchObject({ faults: [], next: second.position });
  });

  const good = { number: 2, previous: sha256(founded.bytes), atMs: NOON, ...retrieved('a') } as Init<LedgerRecord>;
  it.each([
    ['a number too high', 'LEDGER_NUMBER_GAP', { ...good, number: 3 }],
    ['the number of the record before', 'LEDGER_NUMBER_GAP', { ...good, number: 1 }],
    ['another digest of the record before', 'LEDGER_PREVIOUS_MISMATCH', { ...good, previous: sha256(utf8('x')) }],
    ['no digest of the record before', 'LEDGER_PREVIOUS_MISMATCH', { ...good, previous: new Uint8Array() }],
    ['no event', 'LEDGER_EVENT_UNKNOWN', { number: 2, previous: good.previous, atMs: NOON }],
    ['two events', 'LEDGER_RECORD_MALFORMED', { ...good, frameRelayed: { to: 'la-houayxay' } }],
    [
      'a second founding',
      'LEDGER_FOUNDED_AGAIN',
      { number: 2, previous: good.previous, atMs: NOON, founded: { office: 'th-chiang-khong' } },
    ],
  ] as const)('finds %s', (_what, fault, record) => {
    expect(faultsOf(founded.position, record as Init<LedgerRecord>)).toEqual([fault]);
  });

  it.each([
    ['is not a founding', 'LEDGER_FIRST_NOT_FOUNDED', { number: 1, atMs: NOON, ...retrieved('a') }],
    [
      'has another number than 1',
      'LEDGER_FIRST_NOT_FOUNDED',
      { number: 2, atMs: NOON, founded: { office: 'th-chiang-khong' } },
    ],
    [
      'claims a record before it',
      'LEDGER_PREVIOUS_MISMATCH',
      { number: 1, previous: sha256(utf8('x')), atMs: NOON, founded: { office: 'th-chiang-khong' } },
    ],
  ] as const)('finds a first record that %s', (_what, fault, record) => {
    expect(faultsOf(CHAIN_START, record as Init<LedgerRecord>)).toEqual([fault]);
  });

  it('goes on past bytes that are no record, by their digest', () => {
    const garbage = new Uint8Array([0xff, 0xff]);
    const { faults, next, record } = stepChain(founded.position, garbage);
    expect([faults, record]).toEqual([['LEDGER_RECORD_MALFORMED'], undefined]);
    expect(
      faultsOf(next, { number: 3, previous: sha256(garbage), atMs: NOON, ...retrieved('a') } as Init<LedgerRecord>),
    ).toEqual([]);
  });

  it('does not mind a clock that was set back', () => {
    expect(
      stepChain(founded.position, encodeRecord(founded.position, 0 as EpochMs, retrieved('a')).bytes).faults,
    ).toEqual([]);
  });
});

describe('verifyChain', () => {
  it('throws the fault with the number the record should have', () => {
    const skipped = encodeRecord(second.position, NOON, retrieved('b'));
    expect(() => verifyChain(founded.position, skipped.bytes)).toThrow(
      expect.objectContaining({ code: 'LEDGER_NUMBER_GAP', context: { number: 2 } }),
    );
    expect(() => verifyChain(founded.position, new Uint8Array([0xff]))).toThrow(
      expect.objectContaining({ code: 'LEDGER_RECORD_MALFORMED' }),
    );
  });
});

describe('eventOf', () => {
  it('names the one event of a record', () => {
    expect(eventOf(ledgerRecordCodec.decode(founded.bytes))).toBe('founded');
    expect(eventOf(ledgerRecordCodec.decode(second.bytes))).toBe('messageRetrieved');
  });
});
