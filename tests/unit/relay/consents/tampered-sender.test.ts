import { afterEach, describe, expect, it } from 'vitest';
import type { EnvelopeId } from '../../../../services/core/foundation/index.ts';
import { messageKey } from '../../../../services/core/ledger/index.ts';
import { DataCategory, HandlingCode, MessageKind, Outcome, Purpose } from '../../../../services/core/wire/index.ts';
import { eventually } from '../../../support/eventually.ts';
import { LA } from '../../trust/fixtures.ts';
import { type ThreeOffices, threeOffices } from '../three-offices.ts';
import { codesOf } from '../two-offices.ts';
import { type ConsentForgery, consentFor, hostileHolder, secondsIn } from './hostile-holder.ts';
import { inInbox, reported } from './scene.ts';

let at: ThreeOffices;
afterEach(() => at.close());

async function scene(handling: HandlingCode = HandlingCode.H2): Promise<EnvelopeId> {
  at = await threeOffices();
  const id = await reported(at, handling);
  return id;
}

const flipped = (bytes: Uint8Array, index: number): Uint8Array => {
  const changed = new Uint8Array(bytes);
  changed[index] = (changed[index] ?? 0) ^ 1;
  return changed;
};

async function refusedAs(expected: string): Promise<void> {
  await eventually(() => expect(codesOf(at.mm, 'failedCrossing')).toEqual([expected]));
  expect(at.mm.projection.inbound.size).toBe(0);
}

describe('what a sender that skips its own gate passes on', () => {
  it('is refused by the recipient’s gate where H2 comes without consent', async () => {
    const id = await scene();
    const holder = await hostileHolder(at, id);
    await holder.passOn({ purpose: Purpose.INVESTIGATION });
    const view = await eventually(() => {
      const found = at.mm.projection.inbound.get(messageKey(LA, id));
      expect(found).toBeDefined();
      return found;
    });
    expect(view).toMatchObject({ deliveredMs: null, content: null, decision: { outcome: Outcome.REFUSED } });
    expect(view?.decision.policies).toContain('baseline.no-onward-without-consent');
  });

  it('is let in with the originator’s consent', async () => {
    const id = await scene();
    const consent = await consentFor(at, id);
    await (await hostileHolder(at, id)).passOn({ purpose: Purpose.INVESTIGATION, ...consent });
    expect((await inInbox(at.mm, LA, id)).onward?.consent).not.toBeNull();
  });

  const forgeries: readonly (readonly [string, (id: EnvelopeId) => ConsentForgery | Promise<ConsentForgery>])[] = [
    ['another message', () => ({ terms: { target: { origin: LA, id: OTHER, digest: new Uint8Array(32) } } })],
    ['another form of the message', (id) => ({ terms: { target: { origin: LA, id, digest: new Uint8Array(32) } } })],
    ['another holder', () => ({ terms: { holder: 'th-mae-sai' } })],
    ['another recipient', () => ({ terms: { recipient: LA } })],
    ['another purpose', () => ({ terms: { purpose: Purpose.PROSECUTION } })],
    ['a time that is over', () => ({ terms: { notBefore: secondsIn(at, -2), notAfter: secondsIn(at, -1) } })],
    ['a time to come', () => ({ terms: { notBefore: secondsIn(at, 1), notAfter: secondsIn(at, 2) } })],
    ['no time', () => ({ terms: { notAfter: null } })],
    ['fewer kinds of data', () => ({ terms: { categories: [DataCategory.CORE, DataCategory.TRANSPORT] } })],
    ['a refusal', () => ({ terms: { granted: false } })],
    ['somebody who is not the originator', () => ({ signer: at.th })],
  ];
  const OTHER = '01936f00-0000-7000-8000-000000000000' as EnvelopeId;

  it.each(forgeries)('is refused with a consent for, or of, %s', async (_, forge) => {
    const id = await scene();
    const consent = await consentFor(at, id, await forge(id));
    await (await hostileHolder(at, id)).passOn({ purpose: Purpose.INVESTIGATION, ...consent });
    await refusedAs('ENVELOPE_CONSENT_MISMATCH');
  });

  it('is refused for another purpose than it says itself', async () => {
    const id = await scene();
    const consent = await consentFor(at, id);
    await (await hostileHolder(at, id)).passOn({ purpose: Purpose.PROSECUTION, ...consent });
    await refusedAs('ENVELOPE_CONSENT_MISMATCH');
  });

  it('is refused with a consent whose envelope was altered', async () => {
    const id = await scene();
    const { consent, consentTerms } = await consentFor(at, id);
    const envelope = flipped(consent?.envelope as Uint8Array, 12);
    await (await hostileHolder(at, id)).passOn({
      purpose: Purpose.INVESTIGATION,
      consent: { ...consent, envelope },
      consentTerms,
    });
    await eventually(() => expect(codesOf(at.mm, 'failedCrossing')).toHaveLength(1));
    expect(at.mm.projection.inbound.size).toBe(0);
  });

  it('is refused with terms that are not those of the consent', async () => {
    const id = await scene();
    const { consent } = await consentFor(at, id, { terms: { recipient: LA } });
    const { consentTerms } = await consentFor(at, id);
    await (await hostileHolder(at, id)).passOn({ purpose: Purpose.INVESTIGATION, consent, consentTerms });
    await refusedAs('ENVELOPE_PART_FOREIGN');
  });

  it('is refused with terms and nobody’s signature', async () => {
    const id = await scene();
    const { consentTerms } = await consentFor(at, id);
    await (await hostileHolder(at, id)).passOn({ purpose: Purpose.INVESTIGATION, consentTerms });
    await refusedAs('ENVELOPE_CONSENT_MALFORMED');
  });

  it('is refused with something else of the originator’s in the place of a consent', async () => {
    const id = await scene();
    const consent = await consentFor(at, id, { kind: MessageKind.REVIEW, terms: {} });
    await (await hostileHolder(at, id)).passOn({ purpose: Purpose.INVESTIGATION, ...consent });
    await refusedAs('ENVELOPE_CONSENT_MALFORMED');
  });

  it('is refused where it does not say that it goes on, or for what', async () => {
    const id = await scene(HandlingCode.H0);
    const hostile = await hostileHolder(at, id);
    await hostile.passOn(null);
    await refusedAs('ENVELOPE_ORIGIN_NOT_EXPORTER');
    await hostile.passOn({ purpose: 99 as Purpose });
    await eventually(() =>
      expect(codesOf(at.mm, 'failedCrossing')).toEqual(['ENVELOPE_ORIGIN_NOT_EXPORTER', 'ENVELOPE_CROSSING_MALFORMED']),
    );
  });

  it('is recognised when it comes again', async () => {
    const id = await scene();
    const consent = await consentFor(at, id);
    const hostile = await hostileHolder(at, id);
    await hostile.passOn({ purpose: Purpose.INVESTIGATION, ...consent });
    await inInbox(at.mm, LA, id);
    await hostile.passOn({ purpose: Purpose.INVESTIGATION, ...consent });
    await eventually(() => expect(codesOf(at.mm, 'failedCrossing')).toEqual(['RELAY_ENVELOPE_REPEATED']));
  });

  it('waits for the key of an originator that is not known here, and is refused without it', async () => {
    const id = await scene(HandlingCode.H0);
    at.mm.trust.unknown.add(LA);
    await (await hostileHolder(at, id)).passOn({ purpose: Purpose.INVESTIGATION });
    await refusedAs('TRUST_KEY_UNKNOWN');
    expect(at.lines.thToMm.counts.naked).toBeGreaterThan(0);
  });
});
