import { afterEach, describe, expect, it } from 'vitest';
import {
  days,
  type EnvelopeId,
  type EpochMs,
  scopeOfChannel,
  toHex,
} from '../../../../services/core/foundation/index.ts';
import { type AddedCopy, messageKey, stateOfCopy } from '../../../../services/core/ledger/index.ts';
import { baselineBundle, createGates, type PolicyBundle } from '../../../../services/core/policy/index.ts';
import {
  crossingCodec,
  DataCategory,
  envelopeCodec,
  HandlingCode,
  Outcome,
  receivedCrossingCodec,
} from '../../../../services/core/wire/index.ts';
import { eventually } from '../../../support/eventually.ts';
import { bundleOf, permitAll } from '../../policy/fixtures.ts';
import { LA, TH } from '../../trust/fixtures.ts';
import { withholding } from '../test-bundles.ts';
import { type ThreeOffices, threeOffices } from '../three-offices.ts';
import { ledgerFindings, submission } from '../two-offices.ts';
import { askedToOpen, code, hours, inInbox, open, openingsAt, reported } from './scene.ts';

let at: ThreeOffices;
afterEach(() => at.close());

const { TRANSPORT, FREE_TEXT } = DataCategory;

/** Withholds a kind of data unless a named person opens it on request. */
const unlessOpened = (category: string): PolicyBundle =>
  bundleOf(
    'la',
    1,
    permitAll('la'),
    `@id("la.unless-opened") @reason("For a test.") forbid (principal, action == Action::"disclose", resource) when { context.part.category == DataCategory::"${category}" && !context.message.opening };`,
  );

const supplementsOf = (id: EnvelopeId) => at.th.projection.inbound.get(messageKey(LA, id))?.supplements ?? [];

async function ended(copy: AddedCopy): Promise<string> {
  return await eventually(() => {
    expect(copy.receipts).toHaveLength(1);
    return stateOfCopy(copy);
  });
}

describe('opening a withheld part', () => {
  it('adds it to what is there, and proves that it is the original’s', async () => {
    at = await threeOffices({ la: unlessOpened('transport') });
    const id = await reported(at, HandlingCode.H0);
    expect(await at.th.relay.read(LA, id)).toMatchObject({
      withheld: [{ category: TRANSPORT, policies: ['la.unless-opened'], by: LA }],
    });
    const request = await askedToOpen(at, id);
    await eventually(() => expect(openingsAt(at, request).map(({ state }) => state)).toEqual(['asked', 'asked']));
    const copy = await open(at, request);
    expect(copy).toMatchObject({ by: 'supervisor-1', reliesOn: { origin: TH, id: request } });
    expect(await ended(copy)).toBe('delivered');
    const opened = { state: 'opened', opened: [TRANSPORT] };
    expect(openingsAt(at, request)).toEqual([opened, opened]);
    const { body, withheld } = await at.th.relay.read(LA, id);
    const whole = await at.la.relay.read(LA, id);
    expect(withheld).toEqual([]);
    expect(body).toEqual(whole.body);
    // Each part that came later has its digest in the envelope that came first.
    const [supplement] = supplementsOf(id);
    const first = at.th.projection.inbound.get(messageKey(LA, id));
    const records = await Promise.all([first, supplement].map((one) => at.th.content.get(one?.content as never)));
    const [before, later] = records.map((bytes) => receivedCrossingCodec.decode(bytes as Uint8Array));
    const envelopeOf = (crossing: Uint8Array | undefined) =>
      crossingCodec.decode(crossing ?? new Uint8Array()).envelope?.envelope ?? new Uint8Array();
    expect(toHex(envelopeOf(later?.crossing))).toBe(toHex(envelopeOf(before?.crossing)));
    expect(later?.parts.length).toBe(1);
    expect(envelopeCodec.decode(envelopeOf(before?.crossing)).parts.length).toBe((before?.parts.length ?? 0) + 1);
    expect(at.la.projection.added.open.size).toBe(0);
    for (const test of at.all) {
      expect(await ledgerFindings(test)).toEqual([]);
      expect(test.bugs).toEqual([]);
    }
  });

  it('is the same after a kill of both in between', async () => {
    at = await threeOffices({ la: unlessOpened('transport') });
    const id = await reported(at, HandlingCode.H0);
    const request = await askedToOpen(at, id);
    at.lines.laToTh.up = false;
    await open(at, request);
    await at.kill(at.la);
    await at.kill(at.th);
    at.lines.laToTh.up = true;
    await eventually(() => expect(openingsAt(at, request).map(({ state }) => state)).toEqual(['opened', 'opened']));
    await at.restart(at.th);
    expect((await at.th.relay.read(LA, id)).withheld).toEqual([]);
    expect(supplementsOf(id)).toHaveLength(1);
  });

  it('leaves withheld what the gate still withholds, by the names of its policies', async () => {
    at = await threeOffices({ la: withholding('la', 'disclose', 'transport') });
    const id = await reported(at, HandlingCode.H0);
    const request = await askedToOpen(at, id);
    const copy = await open(at, request);
    expect(copy).toMatchObject({
      crossing: null,
      decision: { outcome: Outcome.REFUSED, policies: ['la.withhold'], reason: 'POLICY_FORBIDDEN' },
    });
    expect(openingsAt(at, request).map(({ state }) => state)).toEqual(['asked', 'asked']);
    expect(supplementsOf(id)).toEqual([]);
    expect(await ledgerFindings(at.la)).toEqual([]);
  });

  it('opens fewer kinds than were asked for, and the rest later', async () => {
    const law = bundleOf(
      'la',
      1,
      permitAll('la'),
      '@id("la.core-only") @reason("For a test.") forbid (principal, action == Action::"disclose", resource) when { context.part.category != DataCategory::"core" && !context.message.opening };',
    );
    at = await threeOffices({ la: law });
    const id = await reported(at, HandlingCode.H0);
    const request = await askedToOpen(at, id, [TRANSPORT, FREE_TEXT]);
    await ended(await open(at, request, [TRANSPORT]));
    const part = { state: 'opened-in-part', opened: [TRANSPORT] };
    expect(openingsAt(at, request)).toEqual([part, part]);
    await expect(open(at, request, [TRANSPORT])).rejects.toEqual(code('CONSENTS_NOTHING_WITHHELD'));
    await expect(open(at, request, [DataCategory.CONTACT])).rejects.toEqual(code('CONSENTS_TERMS_INVALID'));
    await ended(await open(at, request));
    expect(openingsAt(at, request).map(({ state }) => state)).toEqual(['opened', 'opened']);
    expect((await at.th.relay.read(LA, id)).body).toMatchObject({ headline: 'Stolen pickup' });
  });

  it('is kept no longer than the asking office keeps any message', async () => {
    const options = { la: unlessOpened('transport'), settings: { maxExpiryMs: days(400) } };
    at = await threeOffices(options);
    const expiresMs = (at.la.clock.now() + days(390)) as EpochMs;
    const { id } = await at.la.relay.submit(submission({ recipients: [TH], expiresMs }));
    await inInbox(at.th, LA, id);
    options.settings.maxExpiryMs = days(30);
    await at.restart(at.th);
    const request = await askedToOpen(at, id);
    expect(await ended(await open(at, request))).toBe('delivered');
    const [supplement] = at.th.projection.inbound.get(messageKey(LA, id))?.supplements ?? [];
    const inAYear = new Date(at.th.clock.now() + days(365)).toISOString().slice(0, 10).replaceAll('-', '');
    expect(Number(supplement?.content?.day)).toBeLessThan(Number(inAYear));
  });

  it('is not released by its author where the law wants a person to look', async () => {
    at = await threeOffices({ la: unlessOpened('transport') });
    const id = await reported(at, HandlingCode.H0);
    const request = await askedToOpen(at, id);
    const law = bundleOf(
      'la',
      2,
      permitAll('la'),
      '@id("la.look") @reason("For a test.") forbid (principal, action == Action::"releaseUnattended", resource);',
    );
    at.la.gates = createGates({ baseline: baselineBundle(), nation: law });
    await expect(open(at, request, [], 'officer-1')).rejects.toEqual(code('HOLD_OWN_MESSAGE'));
    expect(at.la.projection.added.of(messageKey(LA, id))).toEqual([]);
    expect(await ended(await open(at, request))).toBe('delivered');
  });

  it('is asked for only what the origin withheld', async () => {
    at = await threeOffices({ la: unlessOpened('transport'), th: withholding('th', 'accept', 'free_text') });
    const id = await reported(at, HandlingCode.H0);
    await expect(askedToOpen(at, id, [FREE_TEXT])).rejects.toEqual(code('CONSENTS_NOTHING_WITHHELD'));
    await expect(askedToOpen(at, '01936f00-0000-7000-8000-000000000000' as EnvelopeId)).rejects.toEqual(
      code('RELAY_MESSAGE_UNKNOWN'),
    );
  });

  it('keeps out what the asking office’s own law keeps out', async () => {
    at = await threeOffices({ la: unlessOpened('transport'), th: withholding('th', 'accept', 'transport') });
    const id = await reported(at, HandlingCode.H0);
    const copy = await open(at, await askedToOpen(at, id));
    expect(await ended(copy)).toBe('failed');
    expect(supplementsOf(id)).toMatchObject([{ content: null, opened: [], decision: { outcome: Outcome.REFUSED } }]);
    expect((await at.th.relay.read(LA, id)).withheld).toMatchObject([{ category: TRANSPORT, by: LA }]);
  });

  it('is refused where nobody here asked, and where the message was never let in', async () => {
    at = await threeOffices({ la: unlessOpened('transport') });
    const id = await reported(at, HandlingCode.H0);
    const request = await askedToOpen(at, id);
    // Another office of the same name that has forgotten what it asked for.
    at.th.projection.outbound.get(messageKey(TH, request))?.copies.clear();
    const copy = await open(at, request);
    expect(await ended(copy)).toBe('failed');
    expect(copy.receipts[0]?.reason).toBe('CONSENTS_OPENING_NOT_ASKED');
    (at.th.projection.inbound as Map<string, unknown>).delete(messageKey(LA, id));
    const again = await open(at, request);
    expect(again).not.toBe(copy);
    await ended(again);
    expect(again.receipts[0]?.reason).toBe('CONSENTS_OPENING_MISPLACED');
  });

  it('is refused where it comes by another way than the message', async () => {
    at = await threeOffices({ la: unlessOpened('transport') });
    const id = await reported(at, HandlingCode.H0);
    const request = await askedToOpen(at, id);
    Object.assign(at.th.projection.inbound.get(messageKey(LA, id)) ?? {}, {
      scope: scopeOfChannel({ id: 'river', drill: false }),
    });
    const copy = await open(at, request);
    expect(await ended(copy)).toBe('failed');
    expect(copy.receipts[0]?.reason).toBe('CONSENTS_OPENING_MISPLACED');
    expect(supplementsOf(id)).toEqual([]);
  });

  it('does not take a part that is here already', async () => {
    at = await threeOffices({ la: unlessOpened('transport') });
    const id = await reported(at, HandlingCode.H0);
    const request = await askedToOpen(at, id);
    await ended(await open(at, request));
    // An origin that opens it once more: as if the first had failed.
    const [first] = at.la.projection.added.of(messageKey(LA, id));
    (first as { occasion: number }).occasion = 1;
    const again = await open(at, request);
    await ended(again);
    expect(again.receipts[0]?.reason).toBe('CONSENTS_OPENING_MISPLACED');
    expect(supplementsOf(id)).toHaveLength(1);
  });

  it('is refused where the receiving law wants a person to look at it first', async () => {
    at = await threeOffices({ la: unlessOpened('transport') });
    const id = await reported(at, HandlingCode.H0);
    const request = await askedToOpen(at, id);
    const law = bundleOf(
      'th',
      2,
      permitAll('th'),
      '@id("th.look") @reason("For a test.") forbid (principal, action == Action::"admitUnattended", resource);',
    );
    at.th.gates = createGates({ baseline: baselineBundle(), nation: law });
    const copy = await open(at, request);
    expect(await ended(copy)).toBe('failed');
    expect(copy.receipts[0]?.reason).toBe('CONSENTS_PERSON_NEEDED');
  });

  it('is opened by its origin alone, on a request that is known, before the message ends', async () => {
    at = await threeOffices({ la: unlessOpened('transport') });
    const id = await reported(at, HandlingCode.H0);
    const request = await askedToOpen(at, id);
    const input = { id: request, holder: null, categories: [], by: 's', reason: 'r' };
    await expect(at.th.relay.consents.open(input)).rejects.toEqual(code('CONSENTS_NOT_ORIGINATOR'));
    await expect(at.mm.relay.consents.open(input)).rejects.toEqual(code('CONSENTS_UNKNOWN'));
    at.skip(hours(24.1));
    await expect(open(at, request)).rejects.toEqual(code('CONSENTS_MESSAGE_ENDED'));
    expect(openingsAt(at, request).map(({ state }) => state)).toEqual(['lapsed', 'lapsed']);
  });
});
