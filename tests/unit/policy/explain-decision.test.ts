import { describe, expect, it } from 'vitest';
import { explainDecision } from '../../../services/core/policy/explain-decision.ts';
import { createGates } from '../../../services/core/policy/gates.ts';
import { DataCategory, Outcome } from '../../../services/core/wire/index.ts';
import {
  agreement,
  article,
  bundleOf,
  exportQuestion,
  LA,
  message,
  PERSON,
  permitAll,
  shippedBundle,
  TH,
} from './fixtures.ts';

const baseline = shippedBundle('baseline');
const la = shippedBundle('la');
const th = shippedBundle('th');
const person = { subjects: [PERSON] };

describe('explainDecision', () => {
  it('names the policies of a held crossing with their sentence and place, and says that a person can release it', () => {
    const { decision } = createGates({ baseline, nation: la }).previewExport(
      exportQuestion({ from: LA, to: TH, message: message(person, { origin: LA }) }),
    );
    const text = explainDecision(decision, [baseline, la]);
    const policy = la.policies.find(({ name }) => name === 'la.persons-need-review');
    expect(text).toContain('HELD');
    expect(text).toContain(`la.persons-need-review (10-export.cedar, line ${policy?.line}): ${policy?.reason}`);
    expect(text).toContain('a named person releases it');
  });

  it('says of each withheld category by whose rule and what would be needed', () => {
    const under = agreement({
      id: 'mou-7',
      article: article({ id: '2', dataCategories: [DataCategory.CORE, DataCategory.IDENTITY, DataCategory.BIOMETRIC] }),
    });
    const { decision } = createGates({ baseline, nation: th }).previewExport(
      exportQuestion({ message: message(person), agreement: under }),
    );
    const text = explainDecision(decision, [baseline, th]);
    expect(text).toMatch(/biometric\n {4}- th\.withhold-biometrics .*\n {4}To let it pass: .*authority of TH/);
    expect(text).toMatch(/contact\n {4}- agreement mou-7, article 2: .*\n {4}To let it pass: .*agreement mou-7/);
  });

  it('says of a crossing that takes two persons so, and by which policy', () => {
    const two = bundleOf(
      'th',
      1,
      permitAll('th'),
      '@id("th.two") @reason("Two look at it.") @persons("2") forbid (principal, action == Action::"releaseUnattended", resource);',
    );
    const { decision } = createGates({ baseline, nation: two }).previewExport(exportQuestion());
    const text = explainDecision(decision, [baseline, two]);
    expect(text).toContain('Two look at it. It needs two named persons of different roles.');
    expect(text).toContain('To let it pass: it needs two named persons of different roles: one approves');
    const { releasesNeeded, ...told } = decision;
    expect(releasesNeeded).toBe(2);
    expect(explainDecision(told, [baseline, two])).toBe(text);
    expect(explainDecision(told, [baseline])).toContain('a named person releases it');
    expect(explainDecision({ ...decision, releasesNeeded: 1 }, [])).not.toContain('two named persons');
  });

  const refused = { outcome: Outcome.REFUSED, policies: [], reason: '', releasedBy: '', withheld: [] };

  it.each([
    [
      'a forbid of the baseline',
      { ...refused, reason: 'POLICY_FORBIDDEN', policies: ['baseline.trust-0-exercises-only'] },
      'cannot be lifted by a nation',
    ],
    ['no permit', { ...refused, reason: 'POLICY_NOT_PERMITTED' }, 'would have to permit'],
    [
      'a policy that failed',
      { ...refused, reason: 'POLICY_EVALUATION_ERROR', policies: ['th.release'] },
      'corrected and issued again',
    ],
    [
      'no agreement',
      { ...refused, reason: 'AGREEMENT_EXPIRED' },
      'REFUSED (AGREEMENT_EXPIRED). No agreement lets it cross.',
    ],
    [
      'a bundle that is not at hand',
      { ...refused, reason: 'POLICY_FORBIDDEN', policies: ['mm.old'] },
      'mm.old: not in the bundles at hand.',
    ],
    [
      'default deny of a part',
      {
        ...refused,
        outcome: Outcome.HELD,
        reason: 'POLICY_REVIEW_REQUIRED',
        withheld: [{ category: DataCategory.HEALTH, policies: [] }],
      },
      'health\n    - no policy permits it to pass.',
    ],
    [
      'a part that was not shown',
      {
        ...refused,
        outcome: Outcome.RELEASED,
        releasedBy: 'supervisor-1',
        withheld: [{ category: DataCategory.HEALTH, policies: ['hold:not-shown'] }],
      },
      'was not shown to the person',
    ],
    [
      'a release by name',
      { ...refused, outcome: Outcome.RELEASED, policies: ['th.release'], releasedBy: 'supervisor-1' },
      'RELEASED by supervisor-1.',
    ],
    [
      'a release by two',
      { ...refused, outcome: Outcome.RELEASED, releasedBy: 'supervisor-1', approvedBy: 'officer-2' },
      'RELEASED by supervisor-1; officer-2 approved it first.',
    ],
  ])('explains %s', (_, decision, expected) => {
    expect(explainDecision(decision, [baseline, th])).toContain(expected);
  });
});
