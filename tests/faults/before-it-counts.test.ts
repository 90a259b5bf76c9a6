import { afterEach, describe, expect, it } from 'vitest';
import { receiveTransit } from '../../services/core/envelope/index.ts';
import { type DurationMs, fromHex } from '../../services/core/foundation/index.ts';
import { messageKey, stateOfCopy } from '../../services/core/ledger/index.ts';
import { type Alert, frameHeaderCodec, Lane, Outcome, ReceiptKind } from '../../services/core/wire/index.ts';
import { eventually } from '../support/eventually.ts';
import { PERSON } from '../unit/policy/fixtures.ts';
import { hostileOffice } from '../unit/relay/hostile-office.ts';
import {
  arrivalAt,
  codesOf,
  copyAt,
  ledgerFindings,
  releaseShown,
  submission,
  type TestRelay,
  type TwoOffices,
  twoOffices,
} from '../unit/relay/two-offices.ts';
import { LA, TH } from '../unit/trust/fixtures.ts';

let offices: TwoOffices | undefined;
afterEach(async () => {
  await offices?.close();
  offices = undefined;
}, 30_000);

function isOnDisk(office: TestRelay, bytes: Uint8Array): boolean {
  return office.log.entries.some((entry) => Buffer.from(entry.bytes).includes(Buffer.from(bytes)));
}

describe('createRelay', () => {
  it('puts no frame on the line whose header is not on disk', async () => {
    offices = await twoOffices();
    const { th, thToLa } = offices;
    const early: string[] = [];
    let frames = 0;
    thToLa.decide = (_, bytes) => {
      const transit = receiveTransit(bytes);
      if (transit.transit !== 'frame') return 'pass';
      const { lane, first } = frameHeaderCodec.decode(transit.header);
      if (lane === Lane.STATUS) return 'pass';
      frames++;
      if (!isOnDisk(th, transit.header)) early.push(`${lane}/${first}`);
      return 'pass';
    };
    // Two frames fill the line: those are made with what they hold, later ones of what waits by then.
    thToLa.delayMs = () => 20;
    const sent = await Promise.all(Array.from({ length: 10 }, () => th.relay.submit(submission())));
    for (let count = 0; count < 10; count++) sent.push(await th.relay.submit(submission()));
    await eventually(() =>
      expect(sent.map(({ id }) => arrivalAt(offices as TwoOffices, id)?.deliveredMs)).not.toContain(undefined),
    );
    expect(frames).toBeGreaterThan(0);
    expect(early, 'frames that were on the line before they were on record').toEqual([]);
  });

  it('answers a submission only when it is on disk', async () => {
    offices = await twoOffices();
    const { th } = offices;
    const { release } = th.log.hold();
    let answered = false;
    const submitting = th.relay.submit(submission()).then((result) => {
      answered = true;
      return result;
    });
    try {
      await new Promise((resolve) => setTimeout(resolve, 100));
      expect(answered).toBe(false);
    } finally {
      release();
    }
    const { id } = await submitting;
    expect(th.projection.outbound.has(messageKey(TH, id))).toBe(true);
  });

  it('forgets an arrival only when it is on disk', async () => {
    // After the first status each way nothing else is acknowledged.
    offices = await twoOffices({ settings: { heartbeatMs: 60_000 as DurationMs } });
    const at = offices;
    const lines = [at.thToLa, at.laToTh];
    const isQuiet = (): boolean => lines.every((line) => line.log.length > 0 && line.waiting() === 0);
    await eventually(() => expect(isQuiet()).toBe(true));
    await new Promise((resolve) => setTimeout(resolve, 600));
    await eventually(() => expect(isQuiet()).toBe(true));
    const before = at.thToLa.counts.acked;
    const { release } = at.la.log.hold();
    const { id } = await at.th.relay.submit(submission());
    try {
      await eventually(() => expect(at.thToLa.log.some(({ precedence }) => precedence === 'routine')).toBe(true));
      await new Promise((resolve) => setTimeout(resolve, 200));
      expect([at.thToLa.waiting(), at.thToLa.counts.acked]).toEqual([1, before]);
    } finally {
      release();
    }
    await eventually(() => expect(arrivalAt(at, id)?.deliveredMs).toBeTypeOf('number'));
    await eventually(() => expect(at.thToLa.waiting()).toBe(0));
  });

  it('shows nothing as delivered on a receipt about other bytes', async () => {
    offices = await twoOffices();
    const at = offices;
    at.thToLa.decide = () => 'lose';
    const hostile = hostileOffice(at.la, at.th, at.laToTh);
    const { id } = await at.th.relay.submit(submission());
    const key = messageKey(TH, id);
    await eventually(() => expect(copyAt(at, id).framedMs).toBeTypeOf('number'));
    const said = {
      kind: ReceiptKind.DELIVERY,
      origin: TH,
      envelopeId: id,
      envelopeDigest: fromHex(at.th.projection.outbound.get(key)?.envelopeDigest ?? ''),
    };
    const ours = copyAt(at, id).crossing?.digest ?? new Uint8Array(32);
    const other = new Uint8Array(ours);
    other[31] = (other[31] ?? 0) ^ 1;
    const [false_, true_] = [
      await hostile.receipt({ ...said, crossingDigest: other }),
      await hostile.receipt({ ...said, crossingDigest: ours }),
    ];
    const first = await hostile.frame({ lane: Lane.RECEIPTS, items: [false_] });
    hostile.send(first, [false_], 'immediate');
    await eventually(() => expect(codesOf(at.th, 'quarantined')).toEqual(['ENVELOPE_RECEIPT_MISMATCH']));
    expect(stateOfCopy(copyAt(at, id))).not.toBe('delivered');
    hostile.send(
      await hostile.frame({ lane: Lane.RECEIPTS, first: 2, previous: first.headerDigest, items: [true_] }),
      [true_],
      'immediate',
    );
    await eventually(() => expect(stateOfCopy(copyAt(at, id))).toBe('delivered'));
  });

  it('lets a held crossing go once when two people release it at the same moment', async () => {
    offices = await twoOffices();
    const at = offices;
    const { id, recipients } = await at.la.relay.submit(
      submission({ recipients: [TH], alert: { subjects: [PERSON as Alert['subjects'][number]] } }),
    );
    expect(recipients.map(({ outcome }) => outcome)).toEqual([Outcome.HELD]);
    const key = { direction: 'outbound', origin: LA, id, peer: TH } as const;
    const results = await Promise.allSettled(
      ['supervisor-1', 'supervisor-2'].map((by) => releaseShown(at.la, key, by)),
    );
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    await eventually(() => expect(at.th.projection.inbound.get(messageKey(LA, id))?.deliveredMs).toBeTypeOf('number'));
    expect(at.la.projection.lanes.lane(TH, Lane.ROUTINE).nextNumber).toBe(2);
    expect(await ledgerFindings(at.la)).toEqual([]);
  });
});
