import { afterEach, describe, expect, it } from 'vitest';
import type { EnvelopeId } from '../../../../services/core/foundation/index.ts';
import { messageKey, stateOfCopy } from '../../../../services/core/ledger/index.ts';
import { DataCategory, HandlingCode, Outcome, Purpose, RecallAction } from '../../../../services/core/wire/index.ts';
import { eventually } from '../../../support/eventually.ts';
import { bundleOf, permitAll } from '../../policy/fixtures.ts';
import { LA, MM, TH } from '../../trust/fixtures.ts';
import { exercises, withholding } from '../test-bundles.ts';
import { type ThreeOffices, threeOffices } from '../three-offices.ts';
import { ledgerFindings, releaseShown, submission } from '../two-offices.ts';
import { answered, asked, code, hours, inInbox, onward, recalled, reported } from './scene.ts';

let at: ThreeOffices;
afterEach(() => at.close());

const added = (id: string) => at.th.projection.added.of(messageKey(LA, id));

async function sound(): Promise<void> {
  for (const test of at.all) {
    expect(await ledgerFindings(test)).toEqual([]);
    expect(test.bugs).toEqual([]);
  }
}

describe('forward', () => {
  it('passes H0 on as the origin said it, and both ledgers have it', async () => {
    at = await threeOffices();
    const id = await reported(at, HandlingCode.H0);
    const copy = await onward(at, id);
    expect(copy).toMatchObject({ origin: LA, to: MM, decision: { outcome: Outcome.RELEASED }, reliesOn: null });
    await eventually(() => expect(stateOfCopy(copy)).toBe('delivered'));
    const there = at.mm.projection.inbound.get(messageKey(LA, id));
    const here = at.th.projection.inbound.get(messageKey(LA, id));
    expect(there).toMatchObject({ origin: LA, from: TH, onward: { purpose: Purpose.INVESTIGATION, consent: null } });
    expect(there?.envelopeDigest).toBe(here?.envelopeDigest);
    expect(await at.mm.relay.read(LA, id)).toMatchObject({ body: { headline: 'Stolen pickup' } });
    expect([...at.th.projection.added.open]).toEqual([copy]);
    await at.mm.relay.retrieve(LA, id, 'officer-9');
    await eventually(() => expect(stateOfCopy(copy)).toBe('retrieved'));
    expect(at.th.projection.added.open.size).toBe(0);
    await sound();
  });

  it('refuses H2 without consent at the sender’s gate, and that is on record', async () => {
    at = await threeOffices();
    const id = await reported(at);
    const copy = await onward(at, id);
    expect(copy).toMatchObject({ decision: { outcome: Outcome.REFUSED }, crossing: null, number: 0 });
    expect(copy.decision.policies).toContain('baseline.no-onward-without-consent');
    expect(added(id)).toEqual([copy]);
    expect(at.mm.projection.inbound.size).toBe(0);
    await sound();
  });

  it('passes H2 on with the consent, which the recipient records', async () => {
    at = await threeOffices();
    const id = await reported(at);
    const consent = await answered(at, await asked(at, id));
    const copy = await onward(at, id);
    expect(copy.reliesOn).toMatchObject({ origin: LA, id: consent });
    const there = await inInbox(at.mm, LA, id);
    expect(there.onward).toMatchObject({ purpose: Purpose.INVESTIGATION, consent: { origin: LA, id: consent } });
    await sound();
  });

  it.each([
    ['purpose', Purpose.PROSECUTION],
    ['purpose', Purpose.VICTIM_PROTECTION],
  ])('refuses H2 for another %s than the consent’s', async (_, purpose) => {
    at = await threeOffices();
    const id = await reported(at);
    await answered(at, await asked(at, id));
    expect(await onward(at, id, purpose)).toMatchObject({ decision: { outcome: Outcome.REFUSED } });
  });

  it.each([
    ['was called back', RecallAction.DELETE],
    ['is over', null],
  ])('keeps what waits to leave from leaving once its consent %s', async (_, action) => {
    at = await threeOffices();
    const id = await reported(at);
    const now = at.la.clock.now();
    const consent = await answered(at, await asked(at, id), { notAfterMs: (now + hours(2)) as never });
    at.lines.thToMm.up = false;
    // As many frames as a lane has on the line.
    for (let frame = 0; frame < 2; frame++) {
      const { id: before } = await at.th.relay.submit(submission({ recipients: [MM] }));
      const copy = () => at.th.projection.outbound.get(messageKey(TH, before))?.copies.get(MM);
      await eventually(() => expect(copy()?.framedMs).toEqual(expect.any(Number)));
    }
    const copy = await onward(at, id);
    if (action === null) at.skip(hours(3));
    else await recalled(at, consent, action);
    await eventually(() => expect(copy.receipts.map(({ reason }) => reason)).toEqual(['CONSENT_ENDED']));
    at.lines.thToMm.up = true;
    at.th.relay.linkChanged(MM, true);
    await eventually(() => expect(at.mm.projection.inbound.size).toBe(2));
    expect(copy.framedMs).toBe(null);
    expect(at.mm.projection.inbound.has(messageKey(LA, id))).toBe(false);
    await sound();
  });

  it('refuses H2 before and after the time of the consent', async () => {
    at = await threeOffices();
    const id = await reported(at);
    const now = at.la.clock.now();
    await answered(at, await asked(at, id), {
      notBeforeMs: (now + hours(1)) as never,
      notAfterMs: (now + hours(2)) as never,
    });
    expect(await onward(at, id)).toMatchObject({ decision: { outcome: Outcome.REFUSED } });
    at.skip(hours(2.5));
    expect(await onward(at, id)).toMatchObject({ decision: { outcome: Outcome.REFUSED } });
  });

  it('takes a consent for one message as none for another', async () => {
    at = await threeOffices();
    const [id, other] = [await reported(at), await reported(at)];
    await answered(at, await asked(at, id));
    expect(await onward(at, other)).toMatchObject({ decision: { outcome: Outcome.REFUSED } });
  });

  it('passes no part on that the consent does not name, nor one that is not here', async () => {
    at = await threeOffices({ la: withholding('la', 'disclose', 'transport') });
    const id = await reported(at);
    await answered(at, await asked(at, id, { categories: [DataCategory.CORE] }));
    const copy = await onward(at, id);
    await inInbox(at.mm, LA, id);
    const { body, withheld } = await at.mm.relay.read(LA, id);
    expect(body).toMatchObject({ headline: '' });
    expect(withheld).toContainEqual({
      category: DataCategory.FREE_TEXT,
      policies: ['consent:not-named'],
      by: TH,
    });
    expect(copy.decision.withheld.flatMap(({ policies }) => policies)).toContain('consent:not-named');
    const names = withheld.find(({ category }) => category === DataCategory.TRANSPORT)?.policies;
    expect(names).toEqual(['consent:not-named']);
  });

  it('says of a part that is not here that it is not', async () => {
    at = await threeOffices({ la: withholding('la', 'disclose', 'transport') });
    const id = await reported(at, HandlingCode.H0);
    await onward(at, id);
    await inInbox(at.mm, LA, id);
    const { withheld } = await at.mm.relay.read(LA, id);
    expect(withheld).toEqual([{ category: DataCategory.TRANSPORT, policies: ['onward:not-held'], by: TH }]);
  });

  it('passes nothing on that this office did not let in itself', async () => {
    at = await threeOffices({ th: withholding('th', 'accept', 'transport') });
    const id = await reported(at, HandlingCode.H0);
    await onward(at, id);
    await inInbox(at.mm, LA, id);
    expect(JSON.stringify(await at.mm.relay.read(LA, id))).not.toContain('กข');
    const { withheld } = await at.mm.relay.read(LA, id);
    expect(withheld).toContainEqual({ category: DataCategory.TRANSPORT, policies: ['onward:not-held'], by: TH });
  });

  it('judges what it goes on for, not what it was said for', async () => {
    const law = bundleOf(
      'mm',
      1,
      permitAll('mm'),
      '@id("mm.no-prosecution") @reason("For a test.") forbid (principal, action == Action::"admit", resource) when { context.message.purpose == Purpose::"prosecution" };',
    );
    at = await threeOffices({ mm: law });
    const id = await reported(at, HandlingCode.H0);
    const copy = await onward(at, id, Purpose.PROSECUTION);
    await eventually(() => expect(stateOfCopy(copy)).toBe('failed'));
    expect(at.mm.projection.inbound.get(messageKey(LA, id))?.decision.policies).toEqual(['mm.no-prosecution']);
  });

  it('goes to one office once', async () => {
    at = await threeOffices();
    const id = await reported(at, HandlingCode.H0);
    const results = await Promise.allSettled([onward(at, id), onward(at, id)]);
    const reasons = results.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []));
    expect(reasons).toEqual([code('CONSENTS_PASSED_ON_ALREADY', { office: MM })]);
    await expect(onward(at, id)).rejects.toEqual(code('CONSENTS_PASSED_ON_ALREADY', { office: MM }));
  });

  it.each([
    ['the originator', LA, 'CONSENTS_RECIPIENT_INVALID'],
    ['this office', TH, 'CONSENTS_RECIPIENT_INVALID'],
    ['a stranger', 'la-pakbeng', 'RELAY_RECIPIENT_UNKNOWN'],
  ])('does not go to %s', async (_, recipient, expected) => {
    at = await threeOffices();
    const id = await reported(at, HandlingCode.H0);
    const input = {
      origin: LA,
      id,
      recipient: recipient as never,
      purpose: Purpose.INVESTIGATION,
      reason: 'x',
      by: 'o',
    };
    await expect(at.th.relay.consents.forward(input)).rejects.toEqual(code(expected));
  });

  it('refuses what is no alert, what is not in the inbox, and what has expired', async () => {
    at = await threeOffices();
    const id = await reported(at);
    const consent = await answered(at, await asked(at, id));
    await expect(onward(at, consent)).rejects.toEqual(code('CONSENTS_KIND_STAYS'));
    await expect(onward(at, '01936f00-0000-7000-8000-000000000000' as EnvelopeId)).rejects.toEqual(
      code('RELAY_MESSAGE_UNKNOWN'),
    );
    at.skip(hours(24.1));
    await expect(onward(at, id)).rejects.toEqual(code('CONSENTS_MESSAGE_ENDED'));
  });

  it('refuses what its own law wants a person to release', async () => {
    at = await threeOffices({ th: exercises('th', 'releaseUnattended') });
    const { id } = await at.la.relay.submit(submission({ recipients: [TH], drill: true }));
    await inInbox(at.th, LA, id);
    await expect(onward(at, id)).rejects.toEqual(code('CONSENTS_PERSON_NEEDED', { policies: 'th.exercises' }));
    expect(added(id)).toEqual([]);
  });

  it('that was held there is released only while the consent lasts', async () => {
    at = await threeOffices({ mm: exercises('mm', 'admitUnattended') });
    const held: EnvelopeId[] = [];
    for (const time of [hours(3), hours(1)]) {
      const { id } = await at.la.relay.submit(submission({ recipients: [TH], handling: HandlingCode.H2, drill: true }));
      await inInbox(at.th, LA, id);
      await answered(at, await asked(at, id), { notAfterMs: (at.la.clock.now() + time) as never });
      await onward(at, id);
      held.push(id);
    }
    const keyOf = (id: EnvelopeId) => ({ direction: 'inbound', origin: LA, id, peer: TH }) as const;
    const [lasting, over] = held.map(keyOf);
    if (lasting === undefined || over === undefined) throw new TypeError('nothing held');
    await eventually(() => expect(at.mm.projection.inbound.size).toBe(2));
    at.skip(hours(2));
    await releaseShown(at.mm, lasting);
    await inInbox(at.mm, LA, lasting.id);
    await expect(releaseShown(at.mm, over)).rejects.toEqual(code('ENVELOPE_CONSENT_MISMATCH', { field: 'time' }));
    expect(at.mm.projection.inbound.get(messageKey(LA, over.id))?.deliveredMs).toBeNull();
  });

  it('is still on its way after a kill and a restart, and arrives once', async () => {
    at = await threeOffices();
    const id = await reported(at, HandlingCode.H0);
    at.lines.thToMm.up = false;
    await onward(at, id);
    await at.kill(at.th);
    at.lines.thToMm.up = true;
    const [copy] = added(id);
    if (copy === undefined) throw new TypeError('lost');
    await eventually(() => expect(stateOfCopy(copy)).toBe('delivered'));
    await at.restart(at.th);
    expect(added(id)[0]?.receipts.length).toBe(1);
    expect([...at.mm.projection.inbound.keys()]).toEqual([messageKey(LA, id)]);
    await sound();
  });

  it('ends by a signed negative receipt where it never arrives', async () => {
    at = await threeOffices();
    const id = await reported(at, HandlingCode.H0);
    at.lines.thToMm.up = false;
    const copy = await onward(at, id);
    at.skip(hours(24.3));
    await eventually(() => expect(stateOfCopy(copy)).toBe('failed'));
    expect(copy.receipts.map(({ reason, issuer }) => ({ reason, issuer }))).toEqual([
      { reason: 'EXPIRED', issuer: TH },
    ]);
    expect(at.th.projection.added.open.size).toBe(0);
    await sound();
  });
});
