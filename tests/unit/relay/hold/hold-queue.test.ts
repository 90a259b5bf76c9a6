import { afterEach, describe, expect, it } from 'vitest';
import { messageKey, stateOfCopy } from '../../../../services/core/ledger/index.ts';
import type { HeldKey } from '../../../../services/core/relay/index.ts';
import { type Alert, HoldResolution, Outcome, ReceiptKind } from '../../../../services/core/wire/index.ts';
import { eventually } from '../../../support/eventually.ts';
import { codeOf } from '../../ledger/fixtures.ts';
import { VEHICLE } from '../../policy/fixtures.ts';
import { LA, TH } from '../../trust/fixtures.ts';
import { exercises, withholding } from '../test-bundles.ts';
import {
  arrivalAt,
  codesOf,
  copyAt,
  ledgerFindings,
  releaseShown,
  submission,
  type TwoOffices,
  type TwoOfficesOptions,
  twoOffices,
} from '../two-offices.ts';

let offices: TwoOffices | undefined;
afterEach(async () => {
  await offices?.close();
  offices = undefined;
});

const DAY_MS = 86_400_000;
const MARKED = {
  subjects: [VEHICLE as Alert['subjects'][number]],
  headline: 'Exercise',
  narrative: 'Harvest moon over the pier',
};
const MARKER = Buffer.from('Harvest moon');

/** Two offices with one exercise under way, which one of the two laws holds. */
async function scene(
  options: TwoOfficesOptions,
): Promise<TwoOffices & { readonly id: Awaited<ReturnType<TwoOffices['th']['relay']['submit']>>['id'] }> {
  offices = await twoOffices(options);
  const { id } = await offices.th.relay.submit(submission({ drill: true, alert: MARKED }));
  return { ...offices, id };
}

const outbound = (id: HeldKey['id']): HeldKey => ({ direction: 'outbound', origin: TH, id, peer: LA });
const inbound = (id: HeldKey['id']): HeldKey => ({ direction: 'inbound', origin: TH, id, peer: TH });
const HELD_AT_EXPORT = exercises('th', 'releaseUnattended');
const HELD_AT_IMPORT = exercises('la', 'admitUnattended');

/** A message that is not held crosses after it: whatever was going to leave has left. */
async function drained({ th, la }: TwoOffices): Promise<void> {
  const { id } = await th.relay.submit(submission());
  await eventually(() => expect(la.projection.inbound.get(messageKey(TH, id))?.deliveredMs).toBeTypeOf('number'));
}

describe('a crossing that the export gate holds', () => {
  it('never leaves before a named release: no number, no content for the neighbour, nothing over there, not after a restart either', async () => {
    const at = await scene({ th: HELD_AT_EXPORT });
    await drained(at);
    await at.kill(at.th);
    await drained(at);
    expect(copyAt(at, at.id)).toMatchObject({
      crossing: null,
      number: 0,
      releasedMs: null,
      decision: { outcome: Outcome.HELD },
    });
    expect(arrivalAt(at, at.id)).toBeUndefined();
    const theirs = [...at.la.batches.batches.values()].map(({ bytes }) => Buffer.from(bytes));
    expect(theirs.some((bytes) => bytes.includes(MARKER))).toBe(false);
    expect(
      at.th.projection.lanes
        .all()
        .flatMap((lane) => [...lane.items.values()])
        .filter((item) => item.message.endsWith(at.id)),
    ).toEqual([]);
  });

  it('crosses once a named person releases it, and the ledger names that person', async () => {
    const at = await scene({ th: HELD_AT_EXPORT });
    const { decision } = await releaseShown(at.th, outbound(at.id), 'supervisor-1', 'needed over there');
    expect(decision).toMatchObject({ outcome: Outcome.RELEASED, releasedBy: 'supervisor-1' });
    await eventually(() => expect(stateOfCopy(copyAt(at, at.id))).toBe('delivered'));
    expect(copyAt(at, at.id).hold).toMatchObject({
      resolution: HoldResolution.RELEASED,
      by: 'supervisor-1',
      reason: 'needed over there',
    });
    expect((await at.la.relay.read(TH, at.id)).body).toMatchObject({ narrative: MARKED.narrative });
    expect(await ledgerFindings(at.th)).toEqual([]);
  });

  it('crosses once, however many release it at the same moment', async () => {
    const at = await scene({ th: HELD_AT_EXPORT });
    const results = await Promise.allSettled(['a', 'b', 'c'].map((by) => releaseShown(at.th, outbound(at.id), by, '')));
    expect(results.map((result) => (result.status === 'rejected' ? result.reason.code : 'released')).sort()).toEqual([
      'RELAY_NOT_HELD',
      'RELAY_NOT_HELD',
      'released',
    ]);
    await eventually(() => expect(stateOfCopy(copyAt(at, at.id))).toBe('delivered'));
    expect(at.th.projection.lanes.all().map((lane) => lane.nextNumber)).toEqual([2]);
    expect(await ledgerFindings(at.th)).toEqual([]);
  });

  it('is either released or rejected, never both', async () => {
    const at = await scene({ th: HELD_AT_EXPORT });
    const results = await Promise.allSettled([
      at.th.relay.reject(outbound(at.id), 'a', 'no'),
      releaseShown(at.th, outbound(at.id), 'b', ''),
    ]);
    expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1);
    expect(await ledgerFindings(at.th)).toEqual([]);
  });

  it('ends when it is rejected, and then cannot be released', async () => {
    const at = await scene({ th: HELD_AT_EXPORT });
    await at.th.relay.reject(outbound(at.id), 'supervisor-1', 'not theirs to know');
    expect(stateOfCopy(copyAt(at, at.id))).toBe('rejected');
    expect(await codeOf(releaseShown(at.th, outbound(at.id), 'supervisor-2', ''))).toBe('RELAY_NOT_HELD');
    await drained(at);
    expect(arrivalAt(at, at.id)).toBeUndefined();
    expect(at.th.projection.open.has(messageKey(TH, at.id))).toBe(false);
  });

  it('cannot be released a moment after it expired, and expiry never releases it', async () => {
    const at = await scene({ th: HELD_AT_EXPORT });
    at.skip(DAY_MS + 1);
    expect(await codeOf(releaseShown(at.th, outbound(at.id), 'supervisor-1', ''))).toBe('RELAY_NOT_HELD');
    await eventually(() => expect(stateOfCopy(copyAt(at, at.id))).toBe('expired'));
    await drained(at);
    expect(arrivalAt(at, at.id)).toBeUndefined();
    expect(copyAt(at, at.id).hold).toMatchObject({ resolution: HoldResolution.EXPIRED, by: '' });
  });

  it('cannot be released when the gate refuses it by now, and stays held', async () => {
    const at = await scene({ th: HELD_AT_EXPORT });
    at.th.trust.article = undefined;
    expect(await codeOf(releaseShown(at.th, outbound(at.id), 'supervisor-1', ''))).toBe('RELAY_RELEASE_REFUSED');
    expect(stateOfCopy(copyAt(at, at.id))).toBe('held');
  });

  it('cannot be released when its content is lost', async () => {
    const at = await scene({ th: HELD_AT_EXPORT });
    at.th.batches.batches.clear();
    expect(await codeOf(releaseShown(at.th, outbound(at.id), 'supervisor-1', ''))).toBe('LEDGER_CONTENT_MISSING');
    expect(stateOfCopy(copyAt(at, at.id))).toBe('held');
  });

  it('shows the person what the recipient would get, and no part that would be withheld', async () => {
    const at = await scene({ th: withholding('th', 'disclose', 'free_text') });
    const shown = await at.th.relay.readHeld(outbound(at.id));
    expect(shown.body).toMatchObject({ narrative: '', subjects: [{ vehicle: { registration: 'กข 1234' } }] });
    await releaseShown(at.th, outbound(at.id), 'supervisor-1', '');
    await eventually(() => expect(arrivalAt(at, at.id)?.deliveredMs).toBeTypeOf('number'));
    expect((await at.la.relay.read(TH, at.id)).body).toEqual(shown.body);
  });

  it('names what was never held as not held', async () => {
    const at = await scene({ th: HELD_AT_EXPORT });
    expect(
      await codeOf(
        releaseShown(at.th, { ...outbound(at.id), id: '019cb000-0000-7000-8000-000000000009' as never }, 'a', ''),
      ),
    ).toBe('RELAY_NOT_HELD');
    expect(await codeOf(at.th.relay.readHeld(inbound(at.id)))).toBe('RELAY_NOT_HELD');
  });
});

describe('a crossing that the import gate holds', () => {
  it('is acknowledged but not shown, and delivered with a receipt once a named person releases it', async () => {
    const at = await scene({ la: HELD_AT_IMPORT });
    await eventually(() => expect(stateOfCopy(copyAt(at, at.id))).toBe('accepted'));
    expect(await codeOf(at.la.relay.read(TH, at.id))).toBe('RELAY_MESSAGE_UNKNOWN');
    expect((await at.la.relay.readHeld(inbound(at.id))).body).toMatchObject({ narrative: MARKED.narrative });
    await releaseShown(at.la, inbound(at.id), 'supervisor-9', 'known to us');
    await eventually(() => expect(stateOfCopy(copyAt(at, at.id))).toBe('delivered'));
    expect((await at.la.relay.read(TH, at.id)).body).toMatchObject({ narrative: MARKED.narrative });
    expect(copyAt(at, at.id).receipts.map((receipt) => receipt.kind)).toEqual([
      ReceiptKind.RELAY_ACCEPTANCE,
      ReceiptKind.DELIVERY,
    ]);
    expect(await ledgerFindings(at.la)).toEqual([]);
  });

  it('is delivered once, however many release it at the same moment', async () => {
    const at = await scene({ la: HELD_AT_IMPORT });
    await eventually(() => expect(stateOfCopy(copyAt(at, at.id))).toBe('accepted'));
    const results = await Promise.allSettled(['a', 'b'].map((by) => releaseShown(at.la, inbound(at.id), by, '')));
    expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1);
    await eventually(() => expect(stateOfCopy(copyAt(at, at.id))).toBe('delivered'));
    expect(copyAt(at, at.id).receipts.map((receipt) => receipt.kind)).toEqual([
      ReceiptKind.RELAY_ACCEPTANCE,
      ReceiptKind.DELIVERY,
    ]);
  });

  it('ends with a negative receipt when it is rejected', async () => {
    const at = await scene({ la: HELD_AT_IMPORT });
    await eventually(() => expect(stateOfCopy(copyAt(at, at.id))).toBe('accepted'));
    await at.la.relay.reject(inbound(at.id), 'supervisor-9', 'unlawful here');
    await eventually(() => expect(stateOfCopy(copyAt(at, at.id))).toBe('failed'));
    expect(copyAt(at, at.id).receipts.at(-1)).toMatchObject({
      kind: ReceiptKind.NON_DELIVERY,
      reason: 'REJECTED',
      issuer: LA,
    });
    expect(await codeOf(releaseShown(at.la, inbound(at.id), 'supervisor-8', ''))).toBe('RELAY_NOT_HELD');
  });

  it('ends with a negative receipt when it expires, and expiry never delivers it', async () => {
    const at = await scene({ la: HELD_AT_IMPORT });
    await eventually(() => expect(stateOfCopy(copyAt(at, at.id))).toBe('accepted'));
    at.skip(DAY_MS + 1);
    expect(await codeOf(releaseShown(at.la, inbound(at.id), 'supervisor-9', ''))).toBe('RELAY_NOT_HELD');
    await eventually(() =>
      expect(copyAt(at, at.id).receipts.at(-1)).toMatchObject({
        kind: ReceiptKind.NON_DELIVERY,
        reason: 'EXPIRED',
        issuer: LA,
      }),
    );
    expect(arrivalAt(at, at.id)).toMatchObject({
      deliveredMs: null,
      hold: { resolution: HoldResolution.EXPIRED, by: '' },
    });
  });

  it('cannot be released when the gate refuses it by now', async () => {
    const at = await scene({ la: HELD_AT_IMPORT });
    await eventually(() => expect(stateOfCopy(copyAt(at, at.id))).toBe('accepted'));
    at.la.trust.article = undefined;
    expect(await codeOf(releaseShown(at.la, inbound(at.id), 'supervisor-9', ''))).toBe('RELAY_RELEASE_REFUSED');
    expect(arrivalAt(at, at.id)?.deliveredMs).toBeNull();
  });

  it('keeps no part that the gate does not accept, and still says after the release what is missing and by whose rule', async () => {
    const at = await scene({ la: withholding('la', 'accept', 'free_text') });
    await eventually(() => expect(stateOfCopy(copyAt(at, at.id))).toBe('accepted'));
    const kept = [...at.la.batches.batches.values()].map(({ bytes }) => Buffer.from(bytes));
    expect(kept.some((bytes) => bytes.includes(MARKER))).toBe(false);
    await releaseShown(at.la, inbound(at.id), 'supervisor-9', '');
    const read = await at.la.relay.read(TH, at.id);
    expect(read.body).toMatchObject({ narrative: '', subjects: [{ vehicle: { registration: 'กข 1234' } }] });
    expect(read.withheld).toMatchObject([{ policies: ['la.withhold'], by: LA }]);
    expect(arrivalAt(at, at.id)?.decision).toMatchObject({
      outcome: Outcome.RELEASED,
      withheld: [{ policies: ['la.withhold'] }],
    });
    expect(await ledgerFindings(at.la)).toEqual([]);
  });
});

describe('a crossing that the import gate refuses', () => {
  it('is answered with a negative receipt that says no more than that, and nothing of it is kept', async () => {
    const at = await scene({ la: exercises('la', 'admit') });
    await eventually(() => expect(stateOfCopy(copyAt(at, at.id))).toBe('failed'));
    expect(copyAt(at, at.id).receipts).toMatchObject([
      { kind: ReceiptKind.NON_DELIVERY, reason: 'POLICY_REFUSED', issuer: LA },
    ]);
    expect(arrivalAt(at, at.id)).toMatchObject({ deliveredMs: null, content: null });
    expect(at.la.batches.batches.size).toBe(0);
    expect(await codeOf(at.la.relay.read(TH, at.id))).toBe('RELAY_MESSAGE_UNKNOWN');
    expect(codesOf(at.la, 'quarantined')).toEqual([]);
  });
});

describe('a crossing that the export gate refuses', () => {
  it.each([
    ['by a policy', () => undefined, exercises('th', 'release'), 'POLICY_FORBIDDEN'],
    [
      'without an agreement',
      (at: TwoOffices) => void Object.assign(at.th.trust, { article: undefined }),
      undefined,
      'NO_AGREEMENT',
    ],
  ])('is a value and not an error, and leaves nothing for the neighbour: %s', async (_, prepare, th, reason) => {
    offices = await twoOffices(th === undefined ? {} : { th });
    prepare(offices);
    const sent = await offices.th.relay.submit(submission({ drill: true, alert: MARKED }));
    expect(sent.recipients).toMatchObject([{ to: LA, outcome: Outcome.REFUSED, decision: { reason } }]);
    expect(stateOfCopy(copyAt(offices, sent.id))).toBe('refused');
    expect(offices.th.projection.lanes.all()).toEqual([]);
    expect(offices.th.projection.open.size).toBe(0);
  });
});
