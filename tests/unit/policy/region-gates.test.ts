import { describe, expect, it } from 'vitest';
import type { VerifiedRegionMessage } from '../../../services/core/envelope/index.ts';
import { createGates } from '../../../services/core/policy/index.ts';
import { Outcome } from '../../../services/core/wire/index.ts';
import { agreement, bundleOf, message as gateMessage, LA, NOW, permitAll, shippedBundle, TH } from './fixtures.ts';

const REGION_PERMIT = (nation: string, actions: readonly string[]) =>
  `@id("${nation}.region") @reason("The region may.") permit (principal, action in [${actions.map((one) => `Action::"${one}"`).join(', ')}], resource);`;

function gatesOf(nation: string, ...policies: string[]) {
  return createGates({ baseline: shippedBundle('baseline'), nation: bundleOf(nation, 1, ...policies) });
}

const question = { message: gateMessage(), from: TH, agreement: agreement(), now: NOW };

function received(): VerifiedRegionMessage {
  const { header, kind, parts, body } = gateMessage();
  return { envelopeHeader: header, kind, parts, body, from: TH } as unknown as VerifiedRegionMessage;
}

describe('Gates.previewRegion', () => {
  it('takes no permit that does not name the region, however wide it is', () => {
    const verdict = gatesOf('th', permitAll('th')).previewRegion(question);
    expect(verdict.decision).toMatchObject({ outcome: Outcome.REFUSED, reason: 'POLICY_NOT_PERMITTED' });
  });

  it('releases what a permit for the region lets go, and asks nobody to look at it first', () => {
    const gates = gatesOf('th', REGION_PERMIT('th', ['releaseToRegion', 'discloseToRegion']));
    expect(gates.previewRegion(question)).toMatchObject({
      outcome: 'released',
      decision: { policies: ['th.region'], releasesNeeded: 0 },
    });
  });

  it('lets a forbid of everything hold for the region too', () => {
    const forbid = '@id("th.stop") @reason("Nothing goes.") forbid (principal, action, resource);';
    const gates = gatesOf('th', REGION_PERMIT('th', ['releaseToRegion', 'discloseToRegion']), forbid);
    expect(gates.previewRegion(question).decision).toMatchObject({ outcome: Outcome.REFUSED, policies: ['th.stop'] });
  });

  it('decides for neighbours as before: a permit for the region is none for them', () => {
    const gates = gatesOf('th', REGION_PERMIT('th', ['releaseToRegion', 'discloseToRegion']));
    const verdict = gates.previewExport({ ...question, to: LA, scope: 'la-houayxay--th-chiang-khong' as never });
    expect(verdict.decision.reason).toBe('POLICY_NOT_PERMITTED');
  });

  it('refuses without an agreement on the region', () => {
    const gates = gatesOf('th', REGION_PERMIT('th', ['releaseToRegion', 'discloseToRegion']));
    const verdict = gates.previewRegion({ ...question, agreement: { refused: 'NO_AGREEMENT' } });
    expect(verdict).toMatchObject({ outcome: 'refused', agreement: null, decision: { reason: 'NO_AGREEMENT' } });
  });
});

describe('Gates.decideRegionImport', () => {
  const inward = { item: received(), reader: LA, agreement: agreement(), now: NOW };

  it('takes no permit that does not name the region', () => {
    expect(gatesOf('la', permitAll('la')).decideRegionImport(inward)).toMatchObject({
      outcome: 'refused',
      admitted: null,
      decision: { reason: 'POLICY_NOT_PERMITTED' },
    });
  });

  it('admits what a permit for the region lets in', () => {
    const gates = gatesOf('la', REGION_PERMIT('la', ['admitFromRegion', 'acceptFromRegion']));
    expect(gates.decideRegionImport(inward).admitted).not.toBeNull();
  });

  it('asks the law of the office that reads and of no other', () => {
    const gates = gatesOf('th', REGION_PERMIT('th', ['admitFromRegion', 'acceptFromRegion']));
    expect(gates.decideRegionImport(inward).decision.reason).toBe('POLICY_NO_BUNDLE');
  });
});
