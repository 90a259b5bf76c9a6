import { describe, expect, it } from 'vitest';
import { digestOf, fromHex } from '../../../services/core/foundation/index.ts';
import { decodeBatch, encodeBatch } from '../../../services/core/ledger/batch.ts';
import type { LedgerEvent } from '../../../services/core/ledger/index.ts';
import { ledgerRecordCodec } from '../../../services/core/wire/index.ts';
import { codeOf, NOON, openTestLedger, retrieved } from './fixtures.ts';
import { memoryLog } from './memory-stores.ts';

const names = (seen: readonly { record: { messageRetrieved: { by: string } | null } }[]) =>
  seen.map(({ record }) => record.messageRetrieved?.by);

describe('openLedger', () => {
  it('founds a ledger in an empty store, by its first record', async () => {
    const store = memoryLog();
    const { ledger, seen } = await openTestLedger(store);
    const first = decodeBatch(store.entries[0]?.bytes ?? new Uint8Array())[0] ?? new Uint8Array();
    expect(seen).toHaveLength(1);
    expect(seen[0]?.record).toMatchObject({ number: 1, atMs: NOON, founded: { office: 'th-chiang-khong' } });
    expect(seen[0]?.record.founded?.nonce).toHaveLength(16);
    expect(seen[0]?.digest).toBe(digestOf(first));
    expect(ledger.chainId).toEqual(fromHex(digestOf(first)).slice(0, 16));
    expect(ledger.head()).toEqual({ number: 1, digest: fromHex(digestOf(first)) });
  });

  it('goes on from what is stored, and gives the projections every record once and in order', async () => {
    const store = memoryLog();
    const before = await openTestLedger(store);
    await before.ledger.append([retrieved('a'), retrieved('b')]);
    await before.ledger.append([retrieved('c')]);
    await before.ledger.close();
    const after = await openTestLedger(store);
    expect(after.seen).toEqual(before.seen);
    expect(after.ledger.head()).toEqual(before.ledger.head());
    expect(after.ledger.chainId).toEqual(before.ledger.chainId);
    await after.ledger.append([retrieved('d')]);
    expect(names(after.seen)).toEqual([undefined, 'a', 'b', 'c', 'd']);
    expect((await openTestLedger(store)).seen).toEqual(after.seen);
  });

  it('does not found a second ledger where the server counts messages that it does not give back', async () => {
    const store = memoryLog();
    store.claimLastSeq(7);
    expect(await codeOf(openTestLedger(store))).toBe('LEDGER_STORE_DAMAGED');
    expect(store.appends()).toBe(0);
  });

  it('refuses a store whose newest messages are lost', async () => {
    const store = memoryLog();
    const { ledger } = await openTestLedger(store);
    await ledger.append([retrieved('a')]);
    store.entries.pop();
    store.claimLastSeq(2);
    expect(await codeOf(openTestLedger(store))).toBe('LEDGER_STORE_DAMAGED');
  });

  it('reads on when a message arrives while it reads', async () => {
    const whole = memoryLog();
    const { ledger, seen } = await openTestLedger(whole);
    for (const by of ['a', 'b']) await ledger.append([retrieved(by)]);
    const late = memoryLog(whole.entries.slice(0, 2).map(({ bytes }) => bytes));
    const lastSeq = async () => {
      if (late.entries.length === 2) late.entries.push(whole.entries[2] as never);
      return late.entries.length;
    };
    const opened = await openTestLedger({ ...late, lastSeq });
    expect(opened.seen).toEqual(seen);
    await opened.ledger.append([retrieved('c')]);
    expect(names((await openTestLedger(late)).seen)).toEqual([undefined, 'a', 'b', 'c']);
  });

  it('refuses a ledger that another office founded', async () => {
    const store = memoryLog();
    await openTestLedger(store, { office: 'la-houayxay' as never });
    expect(await codeOf(openTestLedger(store))).toBe('LEDGER_OFFICE_MISMATCH');
  });

  it('refuses a store that cannot be read', async () => {
    const store = memoryLog();
    store.breakReading();
    expect(await codeOf(openTestLedger(store))).toBe('LEDGER_STORE_UNREADABLE');
  });

  it('refuses to open when the projections fail on what is stored', async () => {
    const store = memoryLog();
    await openTestLedger(store);
    const failing = () => {
      throw new RangeError('a fault of ours');
    };
    expect(await codeOf(openTestLedger(store, { onRecord: failing }))).toBe('LEDGER_PROJECTION_FAILED');
  });

  it.each([
    ['LEDGER_BATCH_MALFORMED', (batches: Uint8Array[]) => batches.splice(1, 1, new Uint8Array([10, 200, 1]))],
    ['LEDGER_NUMBER_GAP', (batches: Uint8Array[]) => batches.splice(1, 1)],
    ['LEDGER_FIRST_NOT_FOUNDED', (batches: Uint8Array[]) => batches.splice(0, 1)],
    ['LEDGER_PREVIOUS_MISMATCH', (batches: Uint8Array[]) => batches.splice(1, 1, altered(batches[1] as Uint8Array))],
  ])('refuses with %s and writes nothing', async (code, alter) => {
    const store = memoryLog();
    const { ledger } = await openTestLedger(store);
    for (const by of ['a', 'b', 'c']) await ledger.append([retrieved(by)]);
    const batches = store.entries.map(({ bytes }) => bytes);
    alter(batches);
    const damaged = memoryLog(batches);
    expect(await codeOf(openTestLedger(damaged))).toBe(code);
    expect(damaged.appends()).toBe(0);
  });
});

/** The batch with another name in its record; the record after it no longer follows. */
function altered(batch: Uint8Array): Uint8Array {
  return encodeBatch(
    decodeBatch(batch).map((bytes) => {
      const record = ledgerRecordCodec.decode(bytes);
      return ledgerRecordCodec.encode({ ...record, messageRetrieved: { ...record.messageRetrieved, by: 'nobody' } });
    }),
  );
}

describe('Ledger.append', () => {
  it('resolves after the records are on disk and with the projections', async () => {
    const store = memoryLog();
    const { ledger, seen } = await openTestLedger(store);
    const gate = store.hold();
    let resolved = false;
    const appended = ledger.append([retrieved('a')]).then((records) => {
      resolved = true;
      return { records, seenThen: seen.length };
    });
    await new Promise(setImmediate);
    expect([resolved, seen.length, ledger.head().number]).toEqual([false, 1, 1]);
    gate.release();
    const { records, seenThen } = await appended;
    expect(seenThen).toBe(2);
    expect(records).toEqual([seen[1]]);
    expect(ledger.head()).toEqual({ number: 2, digest: fromHex(records[0]?.digest ?? '') });
  });

  it('sends what waits while the disk is busy in one message, in the order of the calls', async () => {
    const store = memoryLog();
    const { ledger, seen } = await openTestLedger(store);
    const gate = store.hold();
    const first = ledger.append([retrieved('first')]);
    await new Promise(setImmediate);
    const others = Array.from({ length: 100 }, (_, at) => ledger.append([retrieved(`${at}`), retrieved(`${at}+`)]));
    gate.release();
    await Promise.all([first, ...others]);
    expect(store.appends()).toBe(3);
    expect(names(seen).slice(2)).toEqual(Array.from({ length: 100 }, (_, at) => [`${at}`, `${at}+`]).flat());
    expect(seen.map(({ record }) => record.number)).toEqual(Array.from({ length: 202 }, (_, at) => at + 1));
  });

  it('keeps each message to the store below its bound, and an append in one piece', async () => {
    const store = memoryLog();
    const { ledger } = await openTestLedger(store, { limits: { maxBatchBytes: 1000 } });
    await Promise.all(
      Array.from({ length: 40 }, (_, at) =>
        ledger.append([retrieved(`${at}`), retrieved(`${at}+`), retrieved(`${at}-`)]),
      ),
    );
    const sizes = store.entries.map(({ bytes }) => bytes.length);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(1000);
    for (const { bytes } of store.entries.slice(1)) expect(decodeBatch(bytes).length % 3).toBe(0);
  });

  it('asks a function for its events at once, and never when the append is turned away', async () => {
    const store = memoryLog();
    const { ledger } = await openTestLedger(store, { limits: { maxQueuedBytes: 300 } });
    const gate = store.hold();
    let numbers = 0;
    const reserve = () => ledger.append(() => [retrieved(`${++numbers}`)]);
    const started = [reserve()];
    await new Promise(setImmediate);
    for (let at = 0; at < 3; at++) started.push(reserve());
    expect(numbers).toBe(4);
    expect(await codeOf(reserve())).toBe('LEDGER_OVERLOADED');
    expect(numbers).toBe(4);
    let room = false;
    void ledger.whenRoom().then(() => {
      room = true;
    });
    await new Promise(setImmediate);
    expect(room).toBe(false);
    gate.release();
    await Promise.all(started);
    await ledger.whenRoom();
    expect(await codeOf(reserve())).toBe('resolved');
  });

  it('turns away an append that is too large for one message, and goes on', async () => {
    const store = memoryLog();
    const { ledger } = await openTestLedger(store, { limits: { maxBatchBytes: 500 } });
    expect(await codeOf(ledger.append([retrieved('x'.repeat(600))]))).toBe('LEDGER_TOO_LARGE');
    await ledger.append([retrieved('a')]);
    expect(ledger.head().number).toBe(2);
  });

  it('records nothing of an append whose function throws, and goes on', async () => {
    const store = memoryLog();
    const { ledger } = await openTestLedger(store);
    const failing = () => {
      throw new RangeError('no');
    };
    await expect(ledger.append(failing)).rejects.toThrow(RangeError);
    await ledger.append([retrieved('a')]);
    expect(ledger.head().number).toBe(2);
  });

  it('gives the projections the same record that the next start will give them', async () => {
    const store = memoryLog();
    const { ledger, seen } = await openTestLedger(store);
    const event: LedgerEvent = {
      crossingReceived: {
        from: 'la-houayxay',
        number: 1,
        crossingDigest: new Uint8Array(32),
        decision: { outcome: 1 },
      },
    };
    await ledger.append([event]);
    expect((await openTestLedger(store)).seen).toEqual(seen);
  });

  it('goes on when the answer was lost but the records are stored', async () => {
    const store = memoryLog();
    const { ledger, seen, failures } = await openTestLedger(store);
    store.failNext('answer lost after storing');
    await ledger.append([retrieved('a')]);
    await ledger.append([retrieved('b')]);
    expect(names(seen)).toEqual([undefined, 'a', 'b']);
    expect(failures).toEqual([]);
    expect((await openTestLedger(store)).seen).toEqual(seen);
  });

  it.each([
    ['answer lost before storing', 'LEDGER_APPEND_FAILED'],
    ['another writer was faster', 'LEDGER_FENCE_LOST'],
    ['answer lost and unreadable afterwards', 'LEDGER_APPEND_UNDECIDED'],
  ] as const)('closes for good when %s: %s, and everything waiting is rejected', async (fault, code) => {
    const store = memoryLog();
    const { ledger, seen, failures } = await openTestLedger(store);
    const gate = store.hold();
    store.failNext(fault);
    const failing = ledger.append([retrieved('a')]);
    await new Promise(setImmediate);
    const waiting = ledger.append([retrieved('b')]);
    gate.release();
    expect([await codeOf(failing), await codeOf(waiting)]).toEqual([code, 'LEDGER_CLOSED']);
    expect(await codeOf(ledger.append([retrieved('c')]))).toBe('LEDGER_CLOSED');
    expect(await codeOf(ledger.flush())).toBe('LEDGER_CLOSED');
    expect([ledger.failure()?.code, failures.map((failure) => failure.code)]).toEqual([code, [code]]);
    expect(seen).toHaveLength(1);
    expect(ledger.head().number).toBe(1);
    expect(store.appends()).toBe(2);
  });

  it('closes when the projections fail; the record stays on disk', async () => {
    const store = memoryLog();
    const { ledger, failures } = await openTestLedger(store, {
      onRecord: (record) => {
        if (record.number === 2) throw new RangeError('a fault of ours');
      },
    });
    expect(await codeOf(ledger.append([retrieved('a')]))).toBe('LEDGER_PROJECTION_FAILED');
    expect(await codeOf(ledger.append([retrieved('b')]))).toBe('LEDGER_CLOSED');
    expect(failures.map(({ code, context }) => [code, context['number']])).toEqual([['LEDGER_PROJECTION_FAILED', 2]]);
    expect(store.entries).toHaveLength(2);
  });
});

describe('LedgerEvent', () => {
  it('has exactly one kind, and never the founding one', () => {
    const events: LedgerEvent[] = [
      { frameRelayed: { to: 'la-houayxay', last: 3 } },
      // @ts-expect-error: two kinds in one event
      { frameRelayed: { last: 3 }, messageRetrieved: { by: 'a' } },
      // @ts-expect-error: only `openLedger` founds
      { founded: { office: 'th-chiang-khong' } },
      // @ts-expect-error: a field that the contract does not have
      { messageRetrieved: { narrative: 'x' } },
    ];
    expect(events).toHaveLength(4);
  });
});

describe('Ledger.close', () => {
  it('writes what waits and takes nothing more', async () => {
    const store = memoryLog();
    const { ledger, seen, failures } = await openTestLedger(store);
    const appended = Promise.all(['a', 'b'].map((by) => ledger.append([retrieved(by)])));
    await ledger.close();
    expect(names(seen)).toEqual([undefined, 'a', 'b']);
    await appended;
    expect(await codeOf(ledger.append([retrieved('c')]))).toBe('LEDGER_CLOSED');
    await ledger.close();
    expect(failures).toEqual([]);
  });

  it('turns away an event that could not be read back, and goes on', async () => {
    const store = memoryLog();
    const { ledger, seen } = await openTestLedger(store);
    const beyond = {
      messageAccepted: { envelopeId: 'x', crossings: Array.from({ length: 65 }, () => ({ to: 'la-houayxay' })) },
    };
    expect(await codeOf(ledger.append([beyond]))).toBe('LEDGER_EVENT_INVALID');
    await ledger.append([retrieved('a')]);
    expect(names(seen)).toEqual([undefined, 'a']);
    expect((await openTestLedger(store)).seen).toEqual(seen);
  });

  it('flush waits for what was appended before it', async () => {
    const store = memoryLog();
    const { ledger, seen } = await openTestLedger(store);
    void ledger.append([retrieved('a')]);
    await ledger.flush();
    expect(names(seen)).toEqual([undefined, 'a']);
    await ledger.flush();
    expect(store.appends()).toBe(2);
  });
});

describe('Ledger.records', () => {
  it('reads from any number on to the end, in order', async () => {
    const store = memoryLog();
    const { ledger, seen } = await openTestLedger(store, { limits: { maxBatchBytes: 2000 } });
    await Promise.all(Array.from({ length: 1500 }, (_, at) => ledger.append([retrieved(`${at}`)])));
    for (const from of [1, 2, 511, 512, 513, 514, 1100, 1501]) {
      const read = [];
      for await (const entry of ledger.records(from)) read.push(entry);
      expect(read).toEqual(seen.slice(from - 1));
    }
    for await (const entry of ledger.records(1502)) expect(entry).toBeUndefined();
  });

  it('throws when a record changed on disk since it was verified', async () => {
    const store = memoryLog();
    const { ledger } = await openTestLedger(store);
    for (const by of ['a', 'b']) await ledger.append([retrieved(by)]);
    store.entries.splice(1, 1, { seq: 2, bytes: altered(store.entries[1]?.bytes as Uint8Array) });
    const read = async () => {
      for await (const entry of ledger.records(3)) expect(entry).toBeUndefined();
    };
    expect(await codeOf(read())).toBe('LEDGER_PREVIOUS_MISMATCH');
  });
});

describe('Ledger.compareHead', () => {
  it('tells a head of ours from a missing and from another history', async () => {
    const store = memoryLog();
    const { ledger } = await openTestLedger(store);
    const old = ledger.head();
    await Promise.all(Array.from({ length: 5000 }, (_, at) => ledger.append([retrieved(`${at}`)])));
    const { number, digest } = ledger.head();
    expect(await ledger.compareHead({ number, digest })).toBe('same');
    expect(await ledger.compareHead(old)).toBe('same');
    expect(await ledger.compareHead({ number: 0, digest: new Uint8Array() })).toBe('same');
    expect(await ledger.compareHead({ number: number + 1, digest })).toBe('ahead');
    expect(await ledger.compareHead({ number: 1, digest })).toBe('different');
    expect(await ledger.compareHead({ number: number - 1, digest })).toBe('different');
    expect(await ledger.compareHead({ number, digest: digest.slice(1) })).toBe('different');
    expect(await ledger.compareHead({ number: 0, digest })).toBe('different');
  });
});
