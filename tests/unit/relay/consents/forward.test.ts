import { afterEach, describe, expect, it } from 'vitest';
import type { EnvelopeId } from '../../../../services/core/foundation/index.ts';
import { messageKey, stateOfCopy } from '../../../../services/core/ledger/index.ts';
import { DataCategory, HandlingCode, Outcome, Purpose } from '../../../../services/core/wire/index.ts';
import { eventually } from '../../../support/eventually.ts';
import { LA, MM, TH } from '../../trust/fixtures.ts';
import { type ThreeOffices, threeOffices } from '../three-offices.ts';
import { ledgerFindings, submission } from '../two-offices.ts';

let at: ThreeOffices;
afterEach(() => at.close());

const code = (value: string) => expect.objectContaining({ code: value });

async function said(handling: HandlingCode): Promise<EnvelopeId> {
  const { id } = await at.la.relay.submit(submission({ recipients: [TH], handling }));
  await eventually(() => expect(at.th.projection.inbound.get(messageKey(LA, id))?.deliveredMs).not.toBeNull());
  await eventually(() => expect(at.th.projection.inbound.get(messageKey(LA, id))).toBeDefined());
  return id;
}

const onward = (id: EnvelopeId, purpose: Purpose = Purpose.INVESTIGATION) =>
  at.th.relay.consents.forward({ origin: LA, id, recipient: MM, purpose, reason: 'same gang', by: 'officer-2' });

describe('forward', () => {
  it('passes H0 on as the origin said it, and both ledgers have it', async () => {
    at = await threeOffices();
    const id = await said(HandlingCode.H0);
    const copy = await onward(id);
    expect(copy).toMatchObject({ origin: LA, to: MM, decision: { outcome: Outcome.RELEASED }, reliesOn: null });
    await eventually(() => expect(stateOfCopy(copy)).toBe('delivered'));
    const there = at.mm.projection.inbound.get(messageKey(LA, id));
    expect(there).toMatchObject({ origin: LA, from: TH, onward: { purpose: Purpose.INVESTIGATION, consent: null } });
    expect(await at.mm.relay.read(LA, id)).toMatchObject({ body: { headline: 'Stolen pickup' } });
    for (const test of at.all) expect(await ledgerFindings(test)).toEqual([]);
    expect(at.th.projection.added.open.size).toBe(1);
    await at.mm.relay.retrieve(LA, id, 'officer-9');
    await eventually(() => expect(at.th.projection.added.open.size).toBe(0));
    for (const test of at.all) expect(test.bugs).toEqual([]);
  });

  it('is refused by the gate where H2 comes without consent, and that is on record', async () => {
    at = await threeOffices();
    const id = await said(HandlingCode.H2);
    const copy = await onward(id);
    expect(copy).toMatchObject({ decision: { outcome: Outcome.REFUSED }, crossing: null });
    expect(copy.decision.policies).toContain('baseline.no-onward-without-consent');
    expect(at.th.projection.added.of(messageKey(LA, id))).toEqual([copy]);
    expect(at.lines.thToMm.log.length).toBeGreaterThanOrEqual(0);
    expect(at.mm.projection.inbound.size).toBe(0);
    expect(await ledgerFindings(at.th)).toEqual([]);
  });
});
void DataCategory;
void code;
