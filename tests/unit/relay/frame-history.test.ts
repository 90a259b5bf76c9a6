import { afterEach, describe, expect, it } from 'vitest';
import { DataCategory, Lane, Outcome, Precedence, ReceiptKind } from '../../../services/core/wire/index.ts';
import { eventually } from '../../support/eventually.ts';
import { type HostileOffice, hostileOffice } from './hostile-office.ts';
import { codesOf, ledgerFindings, type TwoOffices, twoOffices } from './two-offices.ts';

let offices: TwoOffices | undefined;
afterEach(async () => {
  await offices?.close();
  offices = undefined;
});

async function scene(): Promise<TwoOffices & { readonly hostile: HostileOffice }> {
  offices = await twoOffices();
  return { ...offices, hostile: hostileOffice(offices.th, offices.la, offices.thToLa) };
}

const inbox = ({ la }: TwoOffices): string[] => [...la.projection.inbound.values()].map((message) => message.id);

describe('what a neighbour with real keys sends', () => {
  it('is taken in when it is in order, and each crossing is receipted', async () => {
    const at = await scene();
    const items = await Promise.all([at.hostile.crossing(1), at.hostile.crossing(2)]);
    const made = await at.hostile.frame({ items: items.map((item) => item.bytes) });
    at.hostile.send(
      made,
      items.map((item) => item.bytes),
    );
    await eventually(() => expect(inbox(at)).toEqual(items.map((item) => item.envelopeId)));
    expect(
      [...at.la.projection.inbound.values()].map((message) => message.receipts.map((receipt) => receipt.kind)),
    ).toEqual([[ReceiptKind.DELIVERY], [ReceiptKind.DELIVERY]]);
    expect(await ledgerFindings(at.la)).toEqual([]);
  });

  it('is quarantined where a number comes again in another frame, and nothing of it is delivered', async () => {
    const at = await scene();
    const [first, second] = await Promise.all([at.hostile.crossing(1), at.hostile.crossing(1)]);
    at.hostile.send(await at.hostile.frame({ items: [first.bytes] }), [first.bytes]);
    at.hostile.send(await at.hostile.frame({ items: [second.bytes] }), [second.bytes]);
    await eventually(() => expect(codesOf(at.la, 'quarantined')).toEqual(['RELAY_FRAME_REPLAYED_ALTERED']));
    expect(inbox(at)).toEqual([first.envelopeId]);
    expect(at.la.projection.quarantine).toMatchObject([{ code: 'RELAY_FRAME_REPLAYED_ALTERED', from: at.th.office }]);
    expect(await ledgerFindings(at.la)).toEqual([]);
  });

  it('is quarantined where an old number comes again long after, and after a restart', async () => {
    const at = await scene();
    const [first, second] = await Promise.all([at.hostile.crossing(1), at.hostile.crossing(1)]);
    let made = await at.hostile.frame({ items: [first.bytes] });
    at.hostile.send(made, [first.bytes]);
    for (let number = 2; number <= 40; number++) {
      const { bytes } = await at.hostile.crossing(number);
      made = await at.hostile.frame({ items: [bytes], first: number, previous: made.headerDigest });
      at.hostile.send(made, [bytes]);
    }
    await eventually(() => expect(inbox(at)).toHaveLength(40));
    await at.restart(at.la);
    at.hostile.send(await at.hostile.frame({ items: [second.bytes] }), [second.bytes]);
    await eventually(() => expect(codesOf(at.la, 'quarantined')).toEqual(['RELAY_FRAME_REPLAYED_ALTERED']));
    expect(inbox(at)).toHaveLength(40);
  });

  it('is quarantined where a frame names another one before it than the one that came', async () => {
    const at = await scene();
    const items = await Promise.all([at.hostile.crossing(1), at.hostile.crossing(2)]);
    at.hostile.send(await at.hostile.frame({ items: [items[0].bytes] }), [items[0].bytes]);
    at.hostile.send(
      await at.hostile.frame({ items: [items[1].bytes], first: 2, previous: new Uint8Array(32).fill(1) }),
      [items[1].bytes],
    );
    await eventually(() => expect(codesOf(at.la, 'quarantined')).toEqual(['RELAY_FRAME_CHAIN_BROKEN']));
    expect(inbox(at)).toEqual([items[0].envelopeId]);
  });

  it('is quarantined where a frame claims to be the first of its lane behind another', async () => {
    const at = await scene();
    const items = await Promise.all([at.hostile.crossing(1), at.hostile.crossing(2)]);
    at.hostile.send(await at.hostile.frame({ items: [items[0].bytes] }), [items[0].bytes]);
    at.hostile.send(await at.hostile.frame({ items: [items[1].bytes], first: 2 }), [items[1].bytes]);
    await eventually(() => expect(codesOf(at.la, 'quarantined')).toEqual(['RELAY_FRAME_CHAIN_BROKEN']));
    expect(inbox(at)).toEqual([items[0].envelopeId]);
  });

  it('is quarantined where the frame that fills a gap is not the one that the next frame names', async () => {
    const at = await scene();
    const items = await Promise.all([at.hostile.crossing(1), at.hostile.crossing(2)]);
    at.hostile.send(
      await at.hostile.frame({ items: [items[1].bytes], first: 2, previous: new Uint8Array(32).fill(1) }),
      [items[1].bytes],
    );
    await eventually(() => expect(inbox(at)).toEqual([items[1].envelopeId]));
    await at.restart(at.la);
    at.hostile.send(await at.hostile.frame({ items: [items[0].bytes] }), [items[0].bytes]);
    await eventually(() => expect(codesOf(at.la, 'quarantined')).toEqual(['RELAY_FRAME_CHAIN_BROKEN']));
    expect(inbox(at)).toEqual([items[1].envelopeId]);
  });

  it('is checked across numbers that will never come', async () => {
    const at = await scene();
    const items = await Promise.all([at.hostile.crossing(1), at.hostile.crossing(4), at.hostile.crossing(7)]);
    const made = await at.hostile.frame({ items: [items[0].bytes] });
    at.hostile.send(made, [items[0].bytes]);
    await eventually(() => expect(inbox(at)).toHaveLength(1));
    await at.hostile.sendStatus({
      lanes: [
        {
          lane: Lane.ROUTINE,
          sentThrough: 1,
          voided: [
            { first: 2, last: 3 },
            { first: 5, last: 6 },
          ],
        },
      ],
    });
    await eventually(() =>
      expect(at.la.relay.links()[0]?.lanes.find((lane) => lane.lane === Lane.ROUTINE)?.receivedThrough).toBe(3),
    );
    at.hostile.send(await at.hostile.frame({ items: [items[1].bytes], first: 4, previous: made.headerDigest }), [
      items[1].bytes,
    ]);
    await eventually(() => expect(inbox(at)).toHaveLength(2));
    at.hostile.send(await at.hostile.frame({ items: [items[2].bytes], first: 7, previous: made.headerDigest }), [
      items[2].bytes,
    ]);
    await eventually(() => expect(codesOf(at.la, 'quarantined')).toEqual(['RELAY_FRAME_CHAIN_BROKEN']));
  });

  it('is recognised as a duplicate for ever: the frame, again and after a restart', async () => {
    const at = await scene();
    const { bytes } = await at.hostile.crossing(1);
    const made = await at.hostile.frame({ items: [bytes] });
    for (let time = 0; time < 3; time++) at.hostile.send(made, [bytes]);
    await eventually(() => expect(at.thToLa.counts.acked).toBe(3));
    await at.restart(at.la);
    at.hostile.send(made, [bytes]);
    await eventually(() => expect(at.thToLa.counts.acked).toBe(4));
    expect(inbox(at)).toHaveLength(1);
    expect(codesOf(at.la, 'quarantined')).toEqual([]);
    expect(at.la.projection.lanes.lane(at.th.office, Lane.RECEIPTS).nextNumber).toBe(2);
  });

  it('is answered with a failure where another content comes under the same envelope id', async () => {
    const at = await scene();
    const message = await at.hostile.crossing(1);
    const again = await at.hostile.crossing(2, { id: message.envelopeId });
    const made = await at.hostile.frame({ items: [message.bytes] });
    at.hostile.send(made, [message.bytes]);
    at.hostile.send(await at.hostile.frame({ items: [again.bytes], first: 2, previous: made.headerDigest }), [
      again.bytes,
    ]);
    await eventually(() => expect(codesOf(at.la, 'failedCrossing')).toEqual(['ENVELOPE_ID_REUSED']));
    expect([...at.la.projection.inbound.values()]).toMatchObject([
      { id: message.envelopeId, envelopeDigest: message.envelopeDigest, receipts: [{ kind: ReceiptKind.DELIVERY }] },
    ]);
    expect(at.la.projection.lanes.lane(at.th.office, Lane.RECEIPTS).nextNumber).toBe(3);
    expect(await ledgerFindings(at.la)).toEqual([]);
  });

  it('is answered with a failure where the same message comes under a second number', async () => {
    const at = await scene();
    const message = await at.hostile.crossing(1);
    const again = await at.hostile.crossing(2, { signed: message });
    const made = await at.hostile.frame({ items: [message.bytes] });
    at.hostile.send(made, [message.bytes]);
    at.hostile.send(await at.hostile.frame({ items: [again.bytes], first: 2, previous: made.headerDigest }), [
      again.bytes,
    ]);
    await eventually(() => expect(codesOf(at.la, 'failedCrossing')).toEqual(['RELAY_ENVELOPE_REPEATED']));
    expect([...at.la.projection.inbound.values()]).toMatchObject([
      { id: message.envelopeId, receipts: [{ kind: ReceiptKind.DELIVERY }] },
    ]);
    expect(at.la.projection.lanes.lane(at.th.office, Lane.RECEIPTS).nextNumber).toBe(3);
    expect(await ledgerFindings(at.la)).toEqual([]);
  });

  it('keeps the original of a crossing that fails, and delivers its neighbours in the same frame', async () => {
    const at = await scene();
    const [good, misplaced] = await Promise.all([at.hostile.crossing(1), at.hostile.crossing(7)]);
    at.hostile.send(await at.hostile.frame({ items: [good.bytes, misplaced.bytes] }), [good.bytes, misplaced.bytes]);
    await eventually(() => expect(inbox(at)).toEqual([good.envelopeId]));
    expect(codesOf(at.la, 'failedCrossing')).toEqual(['ENVELOPE_CROSSING_MISPLACED']);
    const [kept] = at.la.projection.quarantine;
    expect(kept).toMatchObject({ code: 'ENVELOPE_CROSSING_MISPLACED' });
    const original = kept?.content ? await at.la.content.get(kept.content) : undefined;
    expect(Buffer.from(original ?? []).includes(Buffer.from(misplaced.crossing))).toBe(true);
    expect(await ledgerFindings(at.la)).toEqual([]);
  });

  it('cannot make an office keep a body beyond the end of time, nor spoil what else goes on record', async () => {
    const at = await scene();
    const endless = await at.hostile.crossing(1, { header: { expiresMs: 8_640_000_000_000_000 } });
    at.hostile.send(await at.hostile.frame({ items: [endless.bytes] }), [endless.bytes]);
    await eventually(() => expect(inbox(at)).toEqual([endless.envelopeId]));
    const day = at.la.projection.inbound.values().next().value?.content?.day ?? '';
    expect(Number(day.slice(0, 4))).toBeLessThanOrEqual(new Date(at.la.clock.now()).getUTCFullYear() + 1);
    expect(at.la.bugs).toEqual([]);
  });

  it('is refused with a receipt where its texts are not what the contract allows', async () => {
    const at = await scene();
    const loud = await at.hostile.crossing(1, { alert: { headline: 'one line\nand another' } });
    at.hostile.send(await at.hostile.frame({ items: [loud.bytes] }), [loud.bytes]);
    await eventually(() => expect(codesOf(at.la, 'failedCrossing')).toEqual(['RELAY_BODY_INVALID']));
    expect(inbox(at)).toEqual([]);
    expect(at.la.projection.lanes.lane(at.th.office, Lane.RECEIPTS).nextNumber).toBe(2);
  });

  it('is refused with a receipt where it is larger than an office can keep', async () => {
    const at = await scene();
    const policies = Array.from({ length: 256 }, () => 'x'.repeat(120));
    const withheld = Array.from({ length: 26 }, () => ({ category: DataCategory.HEALTH, policies, parts: [] }));
    const large = await at.hostile.crossing(1, { decision: { withheld } });
    at.hostile.send(await at.hostile.frame({ items: [large.bytes] }), [large.bytes]);
    await eventually(() => expect(codesOf(at.la, 'failedCrossing')).toEqual(['RELAY_CROSSING_TOO_LARGE']));
    expect(inbox(at)).toEqual([]);
    expect(at.la.projection.lanes.lane(at.th.office, Lane.RECEIPTS).nextNumber).toBe(2);
  });

  it('is refused with a receipt where it expired, and its original is not kept', async () => {
    const at = await scene();
    const past = at.th.clock.now() - 400_000;
    const expired = await at.hostile.crossing(1, { header: { createdMs: past - 1000, expiresMs: past } });
    at.hostile.send(await at.hostile.frame({ items: [expired.bytes] }), [expired.bytes]);
    await eventually(() => expect(codesOf(at.la, 'failedCrossing')).toEqual(['ENVELOPE_EXPIRED']));
    expect(at.la.projection.quarantine).toEqual([]);
    expect(inbox(at)).toEqual([]);
  });

  it('goes through the import gate like anything else: refused without an agreement', async () => {
    const at = await scene();
    at.la.trust.article = undefined;
    const { bytes, envelopeId } = await at.hostile.crossing(1);
    at.hostile.send(await at.hostile.frame({ items: [bytes] }), [bytes]);
    await eventually(() => expect(inbox(at)).toEqual([envelopeId]));
    const [message] = at.la.projection.inbound.values();
    expect(message).toMatchObject({
      deliveredMs: null,
      content: null,
      decision: { outcome: Outcome.REFUSED, reason: 'NO_AGREEMENT' },
      receipts: [{ kind: ReceiptKind.NON_DELIVERY, reason: 'POLICY_REFUSED' }],
    });
  });

  it('is quarantined on the wrong lane of the line, from another office, and where it is none of ours', async () => {
    const at = await scene();
    const flash = await at.hostile.crossing(1, { header: { precedence: Precedence.FLASH } });
    const made = await at.hostile.frame({ items: [flash.bytes], lane: Lane.FLASH });
    at.hostile.send(made, [flash.bytes], 'routine');
    await eventually(() => expect(codesOf(at.la, 'quarantined')).toEqual(['RELAY_TRANSIT_MISPLACED']));
    at.thToLa.inject('flash', new TextEncoder().encode('nothing of the kind'));
    await eventually(() =>
      expect(codesOf(at.la, 'quarantined')).toEqual(['RELAY_TRANSIT_MISPLACED', 'ENVELOPE_TRANSIT_MALFORMED']),
    );
    expect(inbox(at)).toEqual([]);
    at.hostile.send(made, [flash.bytes]);
    await eventually(() => expect(inbox(at)).toEqual([flash.envelopeId]));
  });
});
