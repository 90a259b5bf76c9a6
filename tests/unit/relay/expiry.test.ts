import { afterEach, describe, expect, it } from 'vitest';
import { messageKey, stateOfCopy } from '../../../services/core/ledger/index.ts';
import { Lane, Precedence, ReceiptKind } from '../../../services/core/wire/index.ts';
import { eventually } from '../../support/eventually.ts';
import { codeOf } from '../ledger/fixtures.ts';
import { LA, TH } from '../trust/fixtures.ts';
import { arrivalAt, codesOf, copyAt, ledgerFindings, submission, type TwoOffices, twoOffices } from './two-offices.ts';

let offices: TwoOffices | undefined;
afterEach(async () => {
  await offices?.close();
  offices = undefined;
});

const DAY_MS = 86_400_000;
const TOLERANCE_MS = 300_000;

async function scene(): Promise<TwoOffices> {
  offices = await twoOffices();
  return offices;
}

const kindsOf = (at: TwoOffices, id: string): ReceiptKind[] => copyAt(at, id).receipts.map((receipt) => receipt.kind);

describe('a crossing that nobody answers', () => {
  it('ends with a signed negative receipt that the sender keeps, once twice the tolerance after its expiry is over', async () => {
    const at = await scene();
    at.thToLa.up = false;
    const { id } = await at.th.relay.submit(submission());
    const { expiresMs } = at.th.projection.outbound.get(messageKey(TH, id)) ?? { expiresMs: 0 };
    at.th.clock.skip(expiresMs + 2 * TOLERANCE_MS - 2000 - at.th.clock.now());
    await eventually(() => expect(codesOf(at.th, 'relayFailed').length).toBeGreaterThan(0));
    expect(kindsOf(at, id)).toEqual([]);
    at.th.clock.skip(2001);
    await eventually(() =>
      expect(copyAt(at, id).receipts).toMatchObject([
        { kind: ReceiptKind.NON_DELIVERY, reason: 'EXPIRED', issuer: TH },
      ]),
    );
    expect(stateOfCopy(copyAt(at, id))).toBe('failed');
    expect(at.th.projection.open.size).toBe(0);
    expect(await ledgerFindings(at.th)).toEqual([]);
  });

  it('ends once, for each recipient and through a restart', async () => {
    const at = await scene();
    at.thToLa.up = false;
    const ids = await Promise.all(Array.from({ length: 20 }, async () => (await at.th.relay.submit(submission())).id));
    at.th.clock.skip(DAY_MS + 2 * TOLERANCE_MS + 1);
    await eventually(() => expect(ids.map((id) => kindsOf(at, id))).toEqual(ids.map(() => [ReceiptKind.NON_DELIVERY])));
    await at.kill(at.th);
    await at.kill(at.th);
    expect(ids.map((id) => kindsOf(at, id))).toEqual(ids.map(() => [ReceiptKind.NON_DELIVERY]));
  });

  it('leaves no gap behind: what was never framed is a void, and what comes after it still arrives', async () => {
    const at = await scene();
    at.thToLa.up = false;
    const lost = await Promise.all(Array.from({ length: 8 }, async () => (await at.th.relay.submit(submission())).id));
    at.skip(DAY_MS + 2 * TOLERANCE_MS + 1);
    await eventually(() =>
      expect(lost.map((id) => kindsOf(at, id))).toEqual(lost.map(() => [ReceiptKind.NON_DELIVERY])),
    );
    at.thToLa.up = true;
    at.th.relay.linkChanged(LA, true);
    const { id } = await at.th.relay.submit(submission());
    await eventually(() => expect(stateOfCopy(copyAt(at, id))).toBe('delivered'));
    await eventually(() => expect(at.th.projection.lanes.lane(LA, Lane.ROUTINE).confirmedThrough).toBe(9));
    expect([...at.la.projection.inbound.values()].map((message) => message.id)).toEqual([id]);
    expect(await ledgerFindings(at.th)).toEqual([]);
    expect(await ledgerFindings(at.la)).toEqual([]);
  });

  it('was framed before it expired: the neighbour refuses it with a receipt of its own', async () => {
    const at = await scene();
    at.thToLa.up = false;
    const { id } = await at.th.relay.submit(submission());
    await eventually(() => expect(copyAt(at, id).framedMs).toBeTypeOf('number'));
    at.skip(DAY_MS + 2 * TOLERANCE_MS + 1);
    await eventually(() => expect(kindsOf(at, id)).toEqual([ReceiptKind.NON_DELIVERY]));
    at.thToLa.up = true;
    at.th.relay.linkChanged(LA, true);
    await eventually(() =>
      expect(copyAt(at, id).receipts.at(-1)).toMatchObject({
        kind: ReceiptKind.RELAY_FAILURE,
        reason: 'ENVELOPE_EXPIRED',
        issuer: LA,
      }),
    );
    expect(stateOfCopy(copyAt(at, id))).toBe('failed');
    expect(arrivalAt(at, id)).toBeUndefined();
  });

  it('is shown as delivered when the delivery receipt comes after all, with both receipts in its history', async () => {
    const at = await scene();
    at.laToTh.up = false;
    const { id } = await at.th.relay.submit(submission());
    await eventually(() => expect(arrivalAt(at, id)?.deliveredMs).toBeTypeOf('number'));
    at.th.clock.skip(DAY_MS + 2 * TOLERANCE_MS + 1);
    await eventually(() => expect(stateOfCopy(copyAt(at, id))).toBe('failed'));
    at.laToTh.up = true;
    at.la.relay.linkChanged(TH, true);
    await eventually(() => expect(stateOfCopy(copyAt(at, id))).toBe('delivered'));
    expect(kindsOf(at, id)).toEqual([ReceiptKind.NON_DELIVERY, ReceiptKind.DELIVERY]);
  });
});

describe('content whose retention ends during an outage', () => {
  it('is a void for both sides, and the lane goes on behind it', async () => {
    const at = await scene();
    at.thToLa.up = false;
    const lost = await Promise.all(Array.from({ length: 6 }, async () => (await at.th.relay.submit(submission())).id));
    await eventually(() => expect(copyAt(at, lost[0] ?? '').framedMs).toBeTypeOf('number'));
    at.skip(100 * DAY_MS);
    await eventually(() =>
      expect(lost.map((id) => kindsOf(at, id))).toEqual(lost.map(() => [ReceiptKind.NON_DELIVERY])),
    );
    await at.kill(at.th);
    at.thToLa.up = true;
    const { id } = await at.th.relay.submit(submission());
    await eventually(() => expect(stateOfCopy(copyAt(at, id))).toBe('delivered'));
    await eventually(() => expect(at.th.projection.lanes.lane(LA, Lane.ROUTINE).confirmedThrough).toBe(7));
    expect(lost.map((each) => kindsOf(at, each))).toEqual(lost.map(() => [ReceiptKind.NON_DELIVERY]));
    expect(codesOf(at.th, 'alarm')).toEqual([]);
    expect(await ledgerFindings(at.la)).toEqual([]);
  });

  it('can no longer be read, though the ledger still has the message', async () => {
    const at = await scene();
    const { id } = await at.th.relay.submit(submission());
    await eventually(() => expect(stateOfCopy(copyAt(at, id))).toBe('delivered'));
    at.skip(200 * DAY_MS);
    expect(await codeOf(at.th.relay.read(TH, id))).toBe('RELAY_CONTENT_GONE');
    expect(await codeOf(at.la.relay.read(TH, id))).toBe('RELAY_CONTENT_GONE');
    expect(stateOfCopy(copyAt(at, id))).toBe('delivered');
  });
});

describe('a delivered message', () => {
  it('gets a signed receipt when nobody opened it before it expired, once', async () => {
    const at = await scene();
    const { id } = await at.th.relay.submit(submission({ precedence: Precedence.FLASH }));
    await eventually(() => expect(stateOfCopy(copyAt(at, id))).toBe('delivered'));
    at.skip(DAY_MS + 1);
    await eventually(() =>
      expect(copyAt(at, id).receipts.at(-1)).toMatchObject({
        kind: ReceiptKind.NON_RETRIEVAL,
        reason: 'EXPIRED',
        issuer: LA,
      }),
    );
    await at.kill(at.la);
    const { id: next } = await at.th.relay.submit(submission());
    await eventually(() => expect(stateOfCopy(copyAt(at, next))).toBe('delivered'));
    expect(kindsOf(at, id)).toEqual([ReceiptKind.DELIVERY, ReceiptKind.NON_RETRIEVAL]);
    expect(stateOfCopy(copyAt(at, id))).toBe('delivered');
  });

  it('gets one retrieval receipt, for the first who opened it, whoever opens it at once or later', async () => {
    const at = await scene();
    const { id } = await at.th.relay.submit(submission());
    await eventually(() => expect(arrivalAt(at, id)?.deliveredMs).toBeTypeOf('number'));
    await Promise.all(['a', 'b', 'c'].map((by) => at.la.relay.retrieve(TH, id, by)));
    await at.kill(at.la);
    await at.la.relay.retrieve(TH, id, 'd');
    await eventually(() => expect(stateOfCopy(copyAt(at, id))).toBe('retrieved'));
    const { id: next } = await at.th.relay.submit(submission());
    await eventually(() => expect(stateOfCopy(copyAt(at, next))).toBe('delivered'));
    expect(kindsOf(at, id)).toEqual([ReceiptKind.DELIVERY, ReceiptKind.RETRIEVAL]);
    expect(arrivalAt(at, id)?.retrievals.map((retrieval) => retrieval.by)).toEqual(['a', 'b', 'c', 'd']);
    expect(at.la.projection.open.size).toBe(1);
  });

  it('gets no receipt that it was not opened when it was opened in time', async () => {
    const at = await scene();
    const { id } = await at.th.relay.submit(submission());
    await eventually(() => expect(arrivalAt(at, id)?.deliveredMs).toBeTypeOf('number'));
    await at.la.relay.retrieve(TH, id, 'a');
    at.skip(DAY_MS + 1);
    const { id: next } = await at.th.relay.submit(submission());
    await eventually(() => expect(stateOfCopy(copyAt(at, next))).toBe('delivered'));
    expect(kindsOf(at, id)).toEqual([ReceiptKind.DELIVERY, ReceiptKind.RETRIEVAL]);
  });

  it('cannot be opened by an id that is not in the inbox', async () => {
    const at = await scene();
    expect(await codeOf(at.la.relay.retrieve(TH, '019cb000-0000-7000-8000-000000000009' as never, 'a'))).toBe(
      'RELAY_MESSAGE_UNKNOWN',
    );
    expect(await codeOf(at.la.relay.read(TH, '019cb000-0000-7000-8000-000000000009' as never))).toBe(
      'RELAY_MESSAGE_UNKNOWN',
    );
  });
});
