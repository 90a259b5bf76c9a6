import { afterEach, describe, expect, it } from 'vitest';
import { stateOfCopy } from '../../../services/core/ledger/index.ts';
import {
  type Alert,
  Lane,
  ledgerBatchCodec,
  ledgerRecordCodec,
  Precedence,
  ReceiptKind,
} from '../../../services/core/wire/index.ts';
import { eventually } from '../../support/eventually.ts';
import { VEHICLE } from '../policy/fixtures.ts';
import { LA, TH } from '../trust/fixtures.ts';
import {
  arrivalAt,
  codesOf,
  copyAt,
  ledgerFindings,
  submission,
  type TestRelay,
  type TwoOffices,
  twoOffices,
} from './two-offices.ts';

let offices: TwoOffices | undefined;
afterEach(async () => {
  await offices?.close();
  offices = undefined;
});

async function scene(): Promise<TwoOffices> {
  offices = await twoOffices();
  return offices;
}

const inbox = ({ la }: TwoOffices): Precedence[] =>
  [...la.projection.inbound.values()].map((message) => message.precedence);
const ALL = [Precedence.ROUTINE, Precedence.PRIORITY, Precedence.IMMEDIATE, Precedence.FLASH];

/** Another batch where that one lies: the store gives back what nobody put there. */
function damage(office: TestRelay, holds: (items: Buffer) => boolean): void {
  for (const batch of office.batches.batches.values()) {
    if (!holds(Buffer.from(batch.bytes))) continue;
    batch.bytes = new Uint8Array(batch.bytes);
    batch.bytes[batch.bytes.length - 1] = (batch.bytes[batch.bytes.length - 1] ?? 0) ^ 1;
  }
}

describe('the outbox', () => {
  it('records a frame with what it holds, in one append, where the line is free for it', async () => {
    const at = await scene();
    const { id } = await at.th.relay.submit(submission());
    const appends = at.th.log.entries.map(({ bytes }) =>
      ledgerBatchCodec.decode(bytes).records.map((record) => ledgerRecordCodec.decode(record)),
    );
    const append = appends.find((records) => records.some((record) => record.messageAccepted?.envelopeId === id));
    expect(append?.at(-1)?.frameSealed).not.toBeNull();
    await eventually(() => expect(stateOfCopy(copyAt(at, id))).toBe('delivered'));
    expect(await ledgerFindings(at.th)).toEqual([]);
    expect(await ledgerFindings(at.la)).toEqual([]);
  });

  it('frames what was released meanwhile behind what waits on its lane, not before it', async () => {
    const at = await scene();
    at.thToLa.up = false;
    for (let count = 0; count < 5; count++) await at.th.relay.submit(submission());
    at.thToLa.up = true;
    at.th.relay.linkChanged(LA, true);
    const after = await Promise.all(Array.from({ length: 5 }, () => at.th.relay.submit(submission())));
    for (const { id } of after) await eventually(() => expect(stateOfCopy(copyAt(at, id))).toBe('delivered'));
    await eventually(() => expect(inbox(at)).toHaveLength(10));
    expect(await ledgerFindings(at.th)).toEqual([]);
  });

  it('sends flash before all else after an outage, then by precedence, whatever was submitted first', async () => {
    const at = await scene();
    at.thToLa.up = false;
    for (const precedence of ALL)
      for (let count = 0; count < 30; count++) await at.th.relay.submit(submission({ precedence }));
    await eventually(() => expect(codesOf(at.th, 'relayFailed').length).toBeGreaterThan(4));
    at.thToLa.up = true;
    at.th.relay.linkChanged(LA, true);
    await eventually(() => expect(inbox(at)).toHaveLength(120));
    // The first two of each were framed and tried meanwhile: one of them may have been on the line as it came up.
    const seen = new Map<Precedence, number>();
    const order = inbox(at).filter((precedence) => {
      seen.set(precedence, (seen.get(precedence) ?? 0) + 1);
      return (seen.get(precedence) ?? 0) > 2;
    });
    const firstOf = (precedence: Precedence): number => order.indexOf(precedence);
    const lastOf = (precedence: Precedence): number => order.lastIndexOf(precedence);
    expect(lastOf(Precedence.FLASH)).toBeLessThan(firstOf(Precedence.PRIORITY));
    expect(lastOf(Precedence.FLASH)).toBeLessThan(firstOf(Precedence.ROUTINE));
    expect(lastOf(Precedence.IMMEDIATE)).toBeLessThan(firstOf(Precedence.ROUTINE));
    expect(firstOf(Precedence.PRIORITY)).toBeLessThan(firstOf(Precedence.ROUTINE));
  });

  it('does not keep a flash waiting that finds no way yet as the line comes up, while the line carries what is not urgent', async () => {
    const at = await scene();
    at.thToLa.up = false;
    for (const precedence of [Precedence.ROUTINE, Precedence.FLASH])
      for (let count = 0; count < 40; count++) await at.th.relay.submit(submission({ precedence }));
    // The outage lasted: the next attempt is seconds away.
    await eventually(() => expect(codesOf(at.th, 'relayFailed').length).toBeGreaterThan(15));
    let noWay = 2;
    at.thToLa.decide = (precedence) => (precedence === 'flash' && noWay-- > 0 ? 'refuse' : 'pass');
    at.thToLa.up = true;
    at.th.relay.linkChanged(LA, true);
    await eventually(() => expect(inbox(at)).toHaveLength(80));
    expect(noWay).toBeLessThan(0);
    const before = inbox(at).slice(0, inbox(at).lastIndexOf(Precedence.FLASH));
    expect(before.filter((precedence) => precedence === Precedence.ROUTINE).length).toBeLessThanOrEqual(2);
  });

  it('lets a flash wait behind no more than a second of what a slow line carries', async () => {
    const at = await scene();
    const bytesPerMs = 200;
    let freeAt = 0;
    at.thToLa.delayMs = (bytes) => {
      const now = performance.now();
      freeAt = Math.max(now, freeAt) + bytes / bytesPerMs;
      return freeAt - now;
    };
    const bulky = { subjects: [VEHICLE as Alert['subjects'][number]], narrative: 'n'.repeat(3500) };
    await Promise.all(Array.from({ length: 400 }, () => at.th.relay.submit(submission({ alert: bulky }))));
    await eventually(() =>
      expect(at.thToLa.log.filter((sent) => sent.precedence === 'routine').length).toBeGreaterThan(3),
    );
    const before = at.thToLa.log.length;
    const { id } = await at.th.relay.submit(submission({ precedence: Precedence.FLASH }));
    await eventually(() => expect(arrivalAt(at, id)?.deliveredMs).toBeTypeOf('number'));
    const flash = at.thToLa.log.findIndex((sent) => sent.precedence === 'flash');
    const ahead = at.thToLa.log.slice(before, flash).reduce((sum, sent) => sum + sent.bytes.length, 0);
    expect(ahead).toBeLessThan(2 * 1000 * bytesPerMs);
    expect(at.th.projection.lanes.lane(LA, Lane.ROUTINE).items.size).toBeGreaterThan(50);
  }, 30_000);

  it('sends again until it is acknowledged, with the very header that is on record', async () => {
    const at = await scene();
    let turn = 0;
    at.thToLa.decide = (precedence) => (precedence === 'routine' && turn++ < 3 ? 'refuse' : 'pass');
    const { id } = await at.th.relay.submit(submission());
    await eventually(() => expect(stateOfCopy(copyAt(at, id))).toBe('delivered'));
    expect(at.th.seen.filter((entry) => entry.event === 'framed')).toHaveLength(1);
    expect(codesOf(at.th, 'relayFailed')).toHaveLength(3);
  });

  it('tries again in time what comes due while it looks whether something is due', async () => {
    const at = await scene();
    const { now } = at.th.clock;
    let turns = 0;
    // Time passes with every look at the clock, and the retry comes due between two of them.
    const stepping = (): ReturnType<typeof now> => {
      if (turns > 0) at.th.clock.skip(60);
      turns = Math.max(0, turns - 1);
      return now();
    };
    Object.assign(at.th.clock, { now: stepping });
    at.thToLa.decide = (precedence) => {
      if (precedence !== 'flash' || codesOf(at.th, 'relayFailed').length > 0) return 'pass';
      turns = 20;
      return 'refuse';
    };
    const { id } = await at.th.relay.submit(submission({ precedence: Precedence.FLASH }));
    await eventually(() => expect(stateOfCopy(copyAt(at, id))).toBe('delivered'));
    expect(codesOf(at.th, 'relayFailed')).toHaveLength(1);
  });

  it('goes on after a kill between the record of a frame and its publication, and after one between publication and acknowledgement', async () => {
    const at = await scene();
    for (const fault of ['refuse', 'lose-ack'] as const) {
      at.thToLa.decide = (precedence) => (precedence === 'routine' ? fault : 'pass');
      const { id } = await at.th.relay.submit(submission());
      await eventually(() => expect(copyAt(at, id).framedMs).toBeTypeOf('number'));
      await eventually(() => expect(at.th.seen.some((entry) => entry.event === 'relayFailed')).toBe(true));
      at.thToLa.decide = () => 'pass';
      await at.kill(at.th);
      await eventually(() => expect(stateOfCopy(copyAt(at, id))).toBe('delivered'));
    }
    expect(inbox(at)).toHaveLength(2);
    expect(codesOf(at.la, 'quarantined')).toEqual([]);
    expect(await ledgerFindings(at.la)).toEqual([]);
  });

  it('sends again what the transport acknowledged and lost: a gap, and the newest of a lane', async () => {
    const at = await scene();
    let turn = 0;
    at.thToLa.decide = (precedence) => (precedence === 'routine' && turn++ !== 1 ? 'lose' : 'pass');
    const ids: string[] = [];
    for (let count = 0; count < 3; count++) {
      const { id } = await at.th.relay.submit(submission());
      ids.push(id);
      await eventually(() => expect(copyAt(at, id).relayedMs).toBeTypeOf('number'));
    }
    at.thToLa.decide = () => 'pass';
    await eventually(() =>
      expect(ids.map((id) => stateOfCopy(copyAt(at, id)))).toEqual(['delivered', 'delivered', 'delivered']),
    );
    expect(at.la.seen.some((entry) => entry.event === 'gap' && entry.facts['missing'] === 1)).toBe(true);
    await eventually(() =>
      expect(at.th.projection.lanes.lane(LA, Lane.ROUTINE)).toMatchObject({ confirmedThrough: 3, frames: [] }),
    );
    expect(at.th.projection.lanes.lane(LA, Lane.ROUTINE).items.size).toBe(0);
  });

  it('waits for a key to seal to, and sends once there is one', async () => {
    const at = await scene();
    at.th.trust.unsealable.add(LA);
    const { id } = await at.th.relay.submit(submission());
    await eventually(() => expect(codesOf(at.th, 'relayFailed')).toContain('TRUST_SEALING_KEY_MISSING'));
    expect(at.th.bugs).toEqual([]);
    at.th.trust.unsealable.clear();
    await eventually(() => expect(stateOfCopy(copyAt(at, id))).toBe('delivered'));
  });

  it('waits for a content store that does not answer, on that lane alone', async () => {
    const at = await scene();
    at.thToLa.up = false;
    const { id } = await at.th.relay.submit(submission());
    await at.kill(at.th);
    at.th.batches.failGets(true);
    at.thToLa.up = true;
    const { id: urgent } = await at.th.relay.submit(submission({ precedence: Precedence.PRIORITY }));
    await eventually(() => expect(stateOfCopy(copyAt(at, urgent))).toBe('delivered'));
    expect(stateOfCopy(copyAt(at, id))).not.toBe('delivered');
    at.th.batches.failGets(false);
    await eventually(() => expect(stateOfCopy(copyAt(at, id))).toBe('delivered'));
    expect(codesOf(at.th, 'alarm')).toEqual([]);
  });

  it.each([
    ['before it was framed', false],
    ['after it was framed', true],
  ])(
    'gives up content that is damaged %s with an alarm and a signed negative receipt, and goes on behind it',
    async (_, framed) => {
      const at = await scene();
      at.thToLa.up = false;
      // One after the other, so that each fills a frame and the line takes no third one.
      const filler = framed ? [] : [await at.th.relay.submit(submission()), await at.th.relay.submit(submission())];
      const { id: lost } = await at.th.relay.submit(submission({ alert: { headline: 'Damaged' } }));
      if (framed) await eventually(() => expect(copyAt(at, lost).framedMs).toBeTypeOf('number'));
      else expect(copyAt(at, lost).framedMs).toBeNull();
      damage(at.th, (items) => items.includes('Damaged'));
      at.thToLa.up = true;
      await at.kill(at.th);
      await eventually(() =>
        expect(copyAt(at, lost).receipts).toMatchObject([
          { kind: ReceiptKind.NON_DELIVERY, reason: 'LEDGER_CONTENT_DAMAGED', issuer: TH },
        ]),
      );
      expect(codesOf(at.th, 'alarm')).toEqual(['LEDGER_CONTENT_DAMAGED']);
      const { id: next } = await at.th.relay.submit(submission());
      await eventually(() => expect(stateOfCopy(copyAt(at, next))).toBe('delivered'));
      await eventually(() =>
        expect(at.th.projection.lanes.lane(LA, Lane.ROUTINE).confirmedThrough).toBe(filler.length + 2),
      );
      expect(inbox(at)).toHaveLength(filler.length + 1);
      expect(arrivalAt(at, lost)).toBeUndefined();
      expect(codesOf(at.th, 'alarm')).toEqual(['LEDGER_CONTENT_DAMAGED']);
      expect(await ledgerFindings(at.th)).toEqual([]);
      expect(await ledgerFindings(at.la)).toEqual([]);
    },
  );

  it('has no more on the line at once than two frames of each lane and a status', async () => {
    const at = await scene();
    let onLine = 0;
    let most = 0;
    at.thToLa.decide = () => {
      onLine++;
      most = Math.max(most, onLine);
      setImmediate(() => onLine--);
      return 'pass';
    };
    await Promise.all(
      Array.from({ length: 300 }, (_, count) =>
        at.th.relay.submit(submission({ precedence: ALL[count % 4] as Precedence })),
      ),
    );
    await eventually(() => expect(inbox(at)).toHaveLength(300));
    expect(most).toBeLessThanOrEqual(11);
  });
});
