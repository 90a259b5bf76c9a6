import { afterEach, describe, expect, it } from 'vitest';
import { messageKey, stateOfCopy } from '../../../services/core/ledger/index.ts';
import { Outcome, Precedence, ReceiptKind } from '../../../services/core/wire/index.ts';
import { eventually } from '../../support/eventually.ts';
import { LA, TH } from '../trust/fixtures.ts';
import { submission, type TwoOffices, twoOffices } from './two-offices.ts';

let offices: TwoOffices | undefined;
afterEach(async () => {
  await offices?.close();
  offices = undefined;
});

describe('createRelay', () => {
  it('takes an alert across: delivered there, receipted here', async () => {
    offices = await twoOffices();
    const { th, la } = offices;
    const sent = await th.relay.submit(submission());
    expect(sent.recipients.map((recipient) => recipient.outcome)).toEqual([Outcome.RELEASED]);
    const key = messageKey(TH, sent.id);
    await eventually(() => expect(la.projection.inbound.get(key)?.deliveredMs).toBeTypeOf('number'));
    const content = await la.relay.read(TH, sent.id);
    expect(content.body).toMatchObject({ headline: 'Stolen pickup' });
    await eventually(() => {
      const copy = th.projection.outbound.get(key)?.copies.get(LA);
      expect(copy && stateOfCopy(copy)).toBe('delivered');
    });
    await la.relay.retrieve(TH, sent.id, 'officer-7');
    await eventually(() => {
      const copy = th.projection.outbound.get(key)?.copies.get(LA);
      expect(copy?.receipts.map((receipt) => receipt.kind)).toEqual([ReceiptKind.DELIVERY, ReceiptKind.RETRIEVAL]);
    });
    expect(th.bugs).toEqual([]);
    expect(la.bugs).toEqual([]);
  });

  it('delivers each of many exactly once though the line loses, repeats, delays and corrupts', async () => {
    offices = await twoOffices();
    const { th, la, thToLa, laToTh } = offices;
    const faults = ['pass', 'lose', 'pass', 'twice', 'late', 'lose-ack', 'corrupt', 'pass'] as const;
    let turn = 0;
    const next = (): (typeof faults)[number] => faults[turn++ % faults.length] ?? 'pass';
    thToLa.decide = next;
    laToTh.decide = next;
    const precedences = [Precedence.ROUTINE, Precedence.FLASH, Precedence.PRIORITY, Precedence.IMMEDIATE];
    const ids: string[] = [];
    for (let round = 0; round < 25; round++) {
      const sent = await Promise.all(precedences.map((precedence) => th.relay.submit(submission({ precedence }))));
      ids.push(...sent.map((result) => result.id));
    }
    await eventually(
      () =>
        expect([...la.projection.inbound.values()].filter((message) => message.deliveredMs !== null)).toHaveLength(100),
      { withinMs: 20_000 },
    );
    await eventually(
      () => {
        const states = [...th.projection.outbound.values()].map((message) =>
          stateOfCopy(message.copies.get(LA) as never),
        );
        expect(states.filter((state) => state === 'delivered')).toHaveLength(100);
      },
      { withinMs: 20_000 },
    );
    expect([...la.projection.inbound.values()].map((message) => message.id).sort()).toEqual([...ids].sort());
    expect(th.bugs).toEqual([]);
    expect(la.bugs).toEqual([]);
  }, 60_000);
});
