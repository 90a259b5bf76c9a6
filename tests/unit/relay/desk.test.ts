import { describe, expect, it } from 'vitest';
import { days, type EpochMs, later, type OfficeId, type Scope } from '../../../services/core/foundation/index.ts';
import {
  type LedgerEvent,
  officeProjection,
  openContentStore,
  openLedger,
} from '../../../services/core/ledger/index.ts';
import { batcher } from '../../../services/core/relay/batcher.ts';
import { type Desk, type LeavingItem, openDesk, type Prepared, type Round } from '../../../services/core/relay/desk.ts';
import { Lane, Outcome } from '../../../services/core/wire/index.ts';
import { eventually } from '../../support/eventually.ts';
import { codeOf, fakeClock, NOON, OFFICE, retrieved } from '../ledger/fixtures.ts';
import { type MemoryBatches, type MemoryLog, memoryBatches, memoryLog } from '../ledger/memory-stores.ts';

const SCOPE = 'la-houayxay--th-chiang-khong' as Scope;
const LA = 'la-houayxay' as OfficeId;

interface Bench {
  readonly desk: Desk;
  readonly log: MemoryLog;
  readonly batches: MemoryBatches;
  readonly failures: unknown[];
  readonly lanes: ReturnType<typeof officeProjection>['lanes'];
  readonly records: string[];
}

async function bench(frameAtOnce?: Parameters<typeof openDesk>[0]['frameAtOnce']): Promise<Bench> {
  const [log, batches, clock] = [memoryLog(), memoryBatches(), fakeClock()];
  const projection = officeProjection(OFFICE);
  const records: string[] = [];
  const ledger = await openLedger({
    store: log,
    clock,
    office: OFFICE,
    random: (size) => new Uint8Array(size),
    onRecord: (record, digest) => {
      records.push(record.messageRetrieved?.by ?? '');
      projection.apply(record, digest);
    },
  });
  const failures: unknown[] = [];
  const desk = openDesk({
    ledger,
    content: openContentStore({ store: batches, clock }),
    lanes: projection.lanes,
    clock,
    onFailure: (cause) => failures.push(cause),
    ...(frameAtOnce === undefined ? {} : { frameAtOnce }),
  });
  return { desk, log, batches, failures, lanes: projection.lanes, records };
}

const work =
  <Result>(events: readonly LedgerEvent[], result: Result): (() => Prepared<Result>) =>
  () => ({ contents: [], events: () => events, result: () => result });
const body = (length: number, expiresAt: EpochMs = later(NOON, days(1))) => ({
  bytes: new Uint8Array(length).fill(length & 0xff),
  expiresAt,
});

const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** A released crossing under the next number of the flash lane. */
function released(
  id: string,
  padding = 0,
): (round: { takeNumber: (to: OfficeId, lane: Lane) => number }) => Prepared<number> {
  return (round) => {
    const number = round.takeNumber(LA, Lane.FLASH);
    const crossing = { day: '20260301', batch: '0'.repeat(32), index: 0, digest: new Uint8Array(32), size: 1 };
    const decision = { outcome: Outcome.RELEASED, policies: Array.from({ length: padding }, () => 'x'.repeat(120)) };
    return {
      contents: [],
      events: () => [
        {
          messageAccepted: {
            envelopeId: id,
            envelopeDigest: new Uint8Array(32),
            crossings: [{ to: LA, decision, crossing, lane: Lane.FLASH, number }],
          },
        },
      ],
      result: () => number,
    };
  };
}

describe('openDesk', () => {
  it('commits what waits together, in order, and gives each its own references and result', async () => {
    const { desk, log } = await bench();
    const before = log.appends();
    const sizes = await Promise.all(
      [10, 20, 30].map((size) =>
        desk.commit(() => ({
          contents: [body(size), body(size + 1)],
          events: () => [retrieved(`${size}`)],
          result: (refs) => refs.map((ref) => ref.size),
        })),
      ),
    );
    expect(sizes).toEqual([
      [10, 11],
      [20, 21],
      [30, 31],
    ]);
    expect(log.appends() - before).toBe(1);
  });

  it('refuses a work that throws, and gives its number to the next', async () => {
    const { desk, lanes } = await bench();
    const refused = desk.commit((round) => {
      round.takeNumber(LA, Lane.FLASH);
      throw new RangeError('refused');
    });
    const taken = desk.commit(released('a'));
    await expect(refused).rejects.toThrow(RangeError);
    expect(await taken).toBe(1);
    expect(lanes.lane(LA, Lane.FLASH).nextNumber).toBe(2);
  });

  it('shows a work what another about the same thing changed, though both came at once', async () => {
    const { desk, records } = await bench();
    const once = (by: string): Promise<string> =>
      desk.commit(() => {
        if (records.includes('a') || records.includes('b')) throw new RangeError('done already');
        return { contents: [], events: () => [retrieved(by)], result: () => by };
      }, ['thing', `own-${by}`]);
    const results = await Promise.allSettled([
      once('a'),
      once('b'),
      desk.commit(work([retrieved('c')], 'c'), ['another thing']),
    ]);
    expect(results.map((result) => result.status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(records).toEqual(['', 'a', 'c']);
  });

  it('commits works in parts where their records do not fit in one append, with numbers that have no gap', async () => {
    const { desk, lanes, failures } = await bench();
    const numbers = await Promise.all(Array.from({ length: 60 }, (_, at) => desk.commit(released(`m${at}`, 200))));
    expect(numbers).toEqual(Array.from({ length: 60 }, (_, at) => at + 1));
    expect(lanes.lane(LA, Lane.FLASH).items.size).toBe(60);
    expect(failures).toEqual([]);
    expect(desk.failed()).toBe(false);
  });

  it.each([
    [
      'a body is larger than the store takes',
      () => ({ contents: [body(800 * 1024)], events: () => [retrieved('x')], result: () => 0 }),
      'LEDGER_CONTENT_TOO_LARGE',
    ],
    [
      'a body is over before it is kept',
      () => ({ contents: [body(5, 1 as EpochMs)], events: () => [retrieved('x')], result: () => 0 }),
      'LEDGER_CONTENT_EXPIRED',
    ],
    [
      'records are beyond what an append takes',
      () => ({ contents: [], events: () => [retrieved('x'.repeat(950_000))], result: () => 0 }),
      'LEDGER_TOO_LARGE',
    ],
    [
      'a record could not be read back',
      () => ({
        contents: [],
        events: () => [{ messageAccepted: { crossings: Array.from({ length: 65 }, () => ({})) } }],
        result: () => 0,
      }),
      'LEDGER_EVENT_INVALID',
    ],
  ] as [string, () => Prepared<number>, string][])(
    'refuses one work alone where %s, and takes those around it',
    async (_, bad, code) => {
      const { desk, records, failures } = await bench();
      const all = [
        desk.commit(work([retrieved('a')], 'a')),
        desk.commit<number | string>(bad),
        desk.commit(work([retrieved('b')], 'b')),
        desk.commit(work([retrieved('c')], 'c')),
      ];
      const results = await Promise.allSettled(all);
      expect(results.map((result) => (result.status === 'rejected' ? result.reason.code : result.value))).toEqual([
        'a',
        code,
        'b',
        'c',
      ]);
      expect(records).toEqual(['', 'a', 'b', 'c']);
      expect(failures).toEqual([]);
    },
  );

  it('refuses one work alone that has a bug in its records, and goes on', async () => {
    const { desk, records, failures } = await bench();
    const bug = (): Prepared<number> => ({
      contents: [],
      events: () => {
        throw new TypeError('a bug');
      },
      result: () => 0,
    });
    const results = await Promise.allSettled([
      desk.commit(work([retrieved('a')], 'a')),
      desk.commit(bug),
      desk.commit(work([retrieved('b')], 'b')),
    ]);
    expect(results.map((result) => result.status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(records).toEqual(['', 'a', 'b']);
    expect(failures).toEqual([]);
  });

  it('closes for good when the ledger cannot be written: nobody is told that anything was taken, and the cause is told once', async () => {
    const { desk, log, failures } = await bench();
    log.failNext('answer lost before storing');
    const [first, second] = [desk.commit(work([retrieved('a')], 'a')), desk.commit(work([retrieved('b')], 'b'), ['b'])];
    const later = desk.commit(work([retrieved('c')], 'c'), ['b']);
    expect(await Promise.all([codeOf(first), codeOf(second), codeOf(later)])).toEqual([
      'RELAY_STOPPED',
      'RELAY_STOPPED',
      'RELAY_STOPPED',
    ]);
    expect(await codeOf(desk.commit(work([], 0)))).toBe('RELAY_STOPPED');
    expect(desk.failed()).toBe(true);
    expect(failures).toMatchObject([{ code: 'LEDGER_APPEND_FAILED' }]);
    await desk.close();
  });

  it('turns away what is more than it takes on', async () => {
    const { desk, log } = await bench();
    const gate = log.hold();
    const taken = Array.from({ length: 20_600 }, () =>
      desk.commit(work([], 0)).then(
        () => 'taken',
        (cause) => cause.code,
      ),
    );
    gate.release();
    const outcomes = await Promise.all(taken);
    expect(new Set(outcomes)).toEqual(new Set(['taken', 'RELAY_BUSY']));
    expect(outcomes.at(-1)).toBe('RELAY_BUSY');
  });

  it('gets ready between two rounds, once for all that came meanwhile, and has that in the next round', async () => {
    const { desk, log, records } = await bench();
    const before = log.appends();
    const gate = log.hold();
    const first = desk.commit(work([retrieved('a')], 'a'));
    await nextTurn();
    const served: string[][] = [];
    const signer = batcher<string, string>(
      8,
      async (items) => {
        served.push([...items]);
        return items;
      },
      desk.beforeRound,
    );
    const others = ['b', 'c', 'd'].map(async (name) => {
      const ready = await signer.add(name);
      return await desk.commit(work([retrieved(ready)], ready));
    });
    await nextTurn();
    expect(served).toEqual([]);
    gate.release();
    expect(await Promise.all([first, ...others])).toEqual(['a', 'b', 'c', 'd']);
    expect(served).toEqual([['b', 'c', 'd']]);
    expect(records).toEqual(['', 'a', 'b', 'c', 'd']);
    expect(log.appends() - before).toBe(2);
  });

  it('records frames behind what leaves in them, and without them where they do not fit', async () => {
    const framed: (readonly LeavingItem[])[] = [];
    const { desk, records } = await bench(async (items) => {
      framed.push(items);
      const by = items[0]?.bytes.length === 2 ? 'f'.repeat(950_000) : 'frame';
      return [{ event: retrieved(by), recorded: () => void records.push('recorded') }];
    });
    const leaving = (by: string, size: number): ((round: Round) => Prepared<string>) => {
      return (round) => {
        const number = round.takeNumber(LA, Lane.FLASH);
        round.leaves({ to: LA, scope: SCOPE, lane: Lane.FLASH, number, bytes: new Uint8Array(size) });
        if (by === 'refused') throw new RangeError(by);
        return work([retrieved(by)], by)();
      };
    };
    const refused = desk.commit(leaving('refused', 1));
    await Promise.all([expect(refused).rejects.toThrow(RangeError), desk.commit(leaving('a', 1))]);
    expect(framed).toMatchObject([[{ number: 1 }]]);
    expect(records).toEqual(['', 'a', 'frame', 'recorded']);
    await desk.commit(leaving('b', 2));
    expect(records).toEqual(['', 'a', 'frame', 'recorded', 'b']);
  });

  it('records what is noted with the next work, in one append', async () => {
    const { desk, log, records } = await bench();
    const before = log.appends();
    desk.note(() => [retrieved('noted')]);
    await desk.commit(work([retrieved('a')], 'a'));
    expect(records).toEqual(['', 'a', 'noted']);
    expect(log.appends() - before).toBe(1);
  });

  it('records what is noted by and by where no work comes, and before it is closed', async () => {
    const { desk, records } = await bench();
    desk.note(() => [retrieved('noted')]);
    await eventually(() => expect(records).toEqual(['', 'noted']));
    desk.note(() => [retrieved('last')]);
    await desk.close();
    expect(records).toEqual(['', 'noted', 'last']);
  });

  it('records what is noted later where the work that it went with could not be written', async () => {
    const { desk, batches, records } = await bench();
    batches.failPuts(true);
    desk.note(() => [retrieved('noted')]);
    const refused = desk.commit(() => ({ contents: [body(5)], events: () => [retrieved('a')], result: () => 'a' }));
    expect(await codeOf(refused)).toBe('LEDGER_CONTENT_PUT_FAILED');
    await eventually(() => expect(records).toEqual(['', 'noted']));
  });

  it('finishes what it took on before it is closed', async () => {
    const { desk, log } = await bench();
    const gate = log.hold();
    const [first, second] = [
      desk.commit(work([retrieved('a')], 'a'), ['x']),
      desk.commit(work([retrieved('b')], 'b'), ['x']),
    ];
    const closed = desk.close();
    gate.release();
    await closed;
    expect(await Promise.all([first, second])).toEqual(['a', 'b']);
    expect(await codeOf(desk.commit(work([], 0)))).toBe('RELAY_STOPPED');
  });
});
