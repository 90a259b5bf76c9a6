import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeBatch } from '../../../services/core/ledger/batch.ts';
import {
  splitLedgerFile,
  verifyLedger,
  type WitnessedHead,
  witnessedHeads,
} from '../../../services/core/ledger/index.ts';
import { headWindow } from '../../../services/core/ledger/verification/head-window.ts';
import { outboundNumbers } from '../../../services/core/ledger/verification/outbound-numbers.ts';
import { Lane, ReceiptKind } from '../../../services/core/wire/index.ts';
import { digest, LedgerBuilder } from '../../vectors/ledgers/generator/builder.ts';
import { OWN, PEER } from '../../vectors/ledgers/generator/keys.ts';
import { tellHistory } from '../../vectors/ledgers/generator/scenario.ts';

const history = await tellHistory();
const batches = history.records.map((record) => encodeBatch([record]));
const options = { office: OWN, signatures: 'not checked', witnessed: [] } as const;
const verify = (input: Iterable<Uint8Array>, witnessed: readonly WitnessedHead[] = []) =>
  verifyLedger(input, { ...options, witnessed });

async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

describe('verifyLedger', () => {
  it('counts what it looked at, and says where the ledger begins and stands', async () => {
    const report = await verify(batches);
    expect(report).toMatchObject({
      office: OWN,
      intact: true,
      signatures: 'not checked',
      chain: Buffer.from(history.chain()).toString('hex'),
      head: { number: 28, digest: Buffer.from(history.head().digest).toString('hex') },
      findings: [],
      dropped: 0,
    });
    expect(report.counts).toEqual({
      records: 28,
      messages: 4,
      releases: 4,
      frames: 4,
      arrivals: 3,
      receiptsIssued: 5,
      receiptsReceived: 1,
      signatures: 0,
      heads: 5,
      headsNotCompared: 0,
    });
    expect((report.lastMs ?? 0) - (report.firstMs ?? 0)).toBe(27_000);
  });

  it('finds that an empty ledger was never founded', async () => {
    expect((await verify([])).findings.map(({ code }) => code)).toEqual(['LEDGER_FIRST_NOT_FOUNDED']);
  });

  it('does not care how records are grouped', async () => {
    expect(await verify([encodeBatch(history.records)])).toEqual(await verify(batches));
  });

  it('notices any change of any record by a witness of a later head', async () => {
    const last = history.head();
    const witnessed = [
      { by: PEER, chain: '', number: last.number, digest: Buffer.from(last.digest).toString('hex') as never },
    ];
    await fc.assert(
      fc.asyncProperty(fc.nat(), fc.nat(), fc.integer({ min: 1, max: 255 }), async (which, where, change) => {
        const records = history.records.map((record) => new Uint8Array(record));
        const record = records[which % records.length] as Uint8Array;
        record[where % record.length] = (record[where % record.length] ?? 0) ^ change;
        expect((await verify([encodeBatch(records)], witnessed)).intact).toBe(false);
      }),
      { numRuns: 200 },
    );
  });

  it('finds every removal, doubling and exchange of records', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.nat({ max: 27 }),
        fc.nat({ max: 27 }),
        fc.constantFrom('remove', 'double', 'exchange'),
        async (a, b, how) => {
          const records = [...history.records];
          const [one, other] = [records[a] as Uint8Array, records[b] as Uint8Array];
          if (how === 'remove' && a < 27) records.splice(a, 1);
          else if (how === 'exchange' && a !== b) [records[a], records[b]] = [other, one];
          else records.splice(a, 0, one);
          expect((await verify([encodeBatch(records)])).intact).toBe(false);
        },
      ),
      { numRuns: 100 },
    );
  });

  it('never throws, whatever is in the batches', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.oneof(
            fc.uint8Array(),
            fc.array(fc.uint8Array(), { minLength: 1 }).map(encodeBatch),
            fc.constantFrom(...batches),
          ),
        ),
        async (input) => {
          const report = await verify(input);
          // Intact is only what begins as the history does and goes on with nothing else.
          expect(report.intact).toBe(input.length > 0 && input.every((batch, at) => batch === batches[at]));
        },
      ),
      { numRuns: 200 },
    );
  });

  it('lists at most a thousand findings and counts the rest', async () => {
    const report = await verify(Array.from({ length: 1500 }, () => new Uint8Array([0xff])));
    expect([report.findings.length, report.dropped]).toEqual([1000, 501]);
  });

  it('gives each finding its record, its sentence and what it is about', async () => {
    const cut = await verify(batches.slice(0, 10));
    expect(cut.intact).toBe(true);
    const altered = await tellHistory({
      'first relayed': () => [{ frameRelayed: { to: PEER, lane: Lane.PRIORITY, last: 9 } }],
    });
    expect((await verify(altered.records.map((record) => encodeBatch([record])))).findings).toEqual([
      {
        code: 'LEDGER_RELAYED_UNSEALED',
        weight: 'broken',
        sentence: 'a frame was relayed that was not recorded as sealed',
        number: 6,
        context: { to: PEER, lane: Lane.PRIORITY, last: 9 },
      },
    ]);
  });

  it('counts heads in receipts that lie too far back to be compared', async () => {
    const builder = new LedgerBuilder();
    builder.add({ founded: { office: OWN, nonce: digest('n').slice(0, 16) } });
    const receipt = await builder.receipt(OWN, OWN, ReceiptKind.SUBMISSION_ACCEPTANCE, OWN, 1, '');
    for (let at = 0; at < 65_536; at++) builder.add({ messageRetrieved: { origin: PEER, envelopeId: 'x', by: 'y' } });
    builder.add({ receiptIssued: { receipt, number: 0 } });
    const chunks = Array.from({ length: 9 }, (_, at) => encodeBatch(builder.records.slice(at * 8000, (at + 1) * 8000)));
    expect(await verify(chunks)).toMatchObject({ intact: true, counts: { heads: 0, headsNotCompared: 1 } });
  });
});

describe('witnessedHeads', () => {
  it('reads what a ledger knows of another: heads in receipts and in statuses', async () => {
    const chain = Buffer.from(digest('chain of another').slice(0, 16)).toString('hex');
    expect(await collect(witnessedHeads(batches, { witness: OWN, of: PEER }))).toEqual([
      { by: OWN, chain, number: 41, digest: Buffer.from(digest('head 1')).toString('hex') },
      { by: OWN, chain, number: 77, digest: Buffer.from(digest('head 77')).toString('hex') },
    ]);
    expect(await collect(witnessedHeads(batches, { witness: OWN, of: 'mm-tachileik' as never }))).toEqual([]);
  });

  it('passes over what cannot be read', async () => {
    const damaged = [new Uint8Array([0xff]), encodeBatch([new Uint8Array([0xff])]), ...batches];
    expect(await collect(witnessedHeads(damaged, { witness: OWN, of: PEER }))).toHaveLength(2);
  });
});

describe('splitLedgerFile', () => {
  const file = Buffer.concat(batches);

  it('gives the same records, however the file is cut into chunks', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat({ max: file.length }), { maxLength: 8 }), async (cuts) => {
        const places = [0, ...cuts.sort((a, b) => a - b), file.length];
        const chunks = places.slice(1).map((end, at) => file.subarray(places[at], end));
        expect(Buffer.concat(await collect(splitLedgerFile(chunks))).equals(file)).toBe(true);
        expect((await verifyLedger(splitLedgerFile(chunks), options)).counts.records).toBe(28);
      }),
      { numRuns: 50 },
    );
  });

  it('keeps what it gives below the bound of a store message', async () => {
    const large = encodeBatch([new Uint8Array(300_000), new Uint8Array(300_000), new Uint8Array(300_000)]);
    expect((await collect(splitLedgerFile([large, large]))).map(({ length }) => length)).toEqual(
      Array.from({ length: 6 }, () => 300_004),
    );
  });

  it.each([
    ['another field', [0x12, 1, 0]],
    ['a length that is too large', [0x0a, 0xff, 0xff, 0xff, 0x7f]],
    ['a length without end', [0x0a, 0xff, 0xff, 0xff, 0xff, 0xff]],
    ['a record that is cut short', [0x0a, 5, 1]],
  ])('gives %s as it is, to be found malformed', async (_what, bytes) => {
    const report = await verifyLedger(splitLedgerFile([file, new Uint8Array(bytes)]), options);
    expect([report.counts.records, report.findings.map(({ code }) => code)]).toEqual([28, ['LEDGER_BATCH_MALFORMED']]);
  });
});

describe('outboundNumbers', () => {
  it('knows a number from its decision to its frame', () => {
    const numbers = outboundNumbers();
    expect([1, 2, 3, 4].map((number) => numbers.letGo(PEER, Lane.FLASH, number, `k${number}`))).toEqual([
      true,
      true,
      true,
      true,
    ]);
    expect(numbers.frame(PEER, Lane.FLASH, 1, 2)).toEqual({ gap: false, undecided: false });
    numbers.end(PEER, 'k3');
    expect(numbers.frame(PEER, Lane.FLASH, 4, 5)).toEqual({ gap: false, undecided: true });
    expect(numbers.framedThrough(PEER, Lane.FLASH)).toBe(5);
    expect(numbers.frame(PEER, Lane.FLASH, 5, 5)).toEqual({ gap: true, undecided: false });
    expect(numbers.frame(PEER, Lane.FLASH, 7, 6)).toEqual({ gap: true, undecided: false });
    expect(numbers.frame(PEER, Lane.FLASH, 7, 7)).toEqual({ gap: true, undecided: true });
  });

  it('keeps lanes and neighbours apart', () => {
    const numbers = outboundNumbers();
    expect(numbers.letGo(PEER, Lane.FLASH, 1, 'a')).toBe(true);
    expect(numbers.letGo(PEER, Lane.ROUTINE, 1, 'b')).toBe(true);
    expect(numbers.letGo('mm-tachileik', Lane.FLASH, 1, 'a')).toBe(true);
    numbers.end(PEER, 'a');
    expect(numbers.letGo('mm-tachileik', Lane.FLASH, 2, 'c')).toBe(true);
    expect(numbers.frame('mm-tachileik', Lane.FLASH, 2, 2)).toEqual({ gap: true, undecided: false });
  });

  it('is not kept busy by a frame that claims millions of numbers', () => {
    expect(outboundNumbers().frame(PEER, Lane.FLASH, 1, Number.MAX_SAFE_INTEGER)).toEqual({
      gap: true,
      undecided: false,
    });
  });
});

describe('headWindow', () => {
  it('compares the newest records and knows what it does not know', () => {
    const window = headWindow(3);
    for (const number of [1, 2, 3, 4]) window.add(number, `d${number}` as never);
    expect([0, 1, 2, 4, 5].map((number) => window.compare(number, `d${number}`))).toEqual([
      'unknown',
      'unknown',
      'same',
      'same',
      'later',
    ]);
    expect(window.compare(3, 'd2')).toBe('different');
  });
});
