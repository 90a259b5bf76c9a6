import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkBundle } from '../../../services/core/policy/bundle.ts';
import { createGates } from '../../../services/core/policy/gates.ts';
import { readCases } from '../../../services/core/policy/read-cases.ts';
import { testBundle } from '../../../services/core/policy/test-bundle.ts';
import {
  categoriesOf,
  exportQuestion,
  LA,
  message,
  PERSON,
  POLICIES,
  readFolder,
  shippedBundle,
  TH,
  VEHICLE,
} from './fixtures.ts';

const NAMES = ['baseline', 'th', 'la', 'mm'] as const;

describe('the shipped bundles', () => {
  it.each(NAMES)('%s has no finding, not even a warning', (name) => {
    expect(checkBundle(readFolder(name))).toEqual([]);
  });

  it('let an ordinary alert about a vehicle go both ways at once', () => {
    const th = createGates({ baseline: shippedBundle('baseline'), nation: shippedBundle('th') });
    const la = createGates({ baseline: shippedBundle('baseline'), nation: shippedBundle('la') });
    const out = th.previewExport(exportQuestion());
    expect(out.outcome).toBe('released');
    expect(out.decision.withheld).toEqual([]);
    const back = la.previewExport(exportQuestion({ from: LA, to: TH }));
    expect(back.decision.reason).toBe('');
    expect(back.outcome).toBe('released');
  });

  it('withhold biometrics of a person from TH, and hold a person from LA', () => {
    const th = createGates({ baseline: shippedBundle('baseline'), nation: shippedBundle('th') });
    const la = createGates({ baseline: shippedBundle('baseline'), nation: shippedBundle('la') });
    const body = { subjects: [PERSON, VEHICLE], narrative: 'x', narrativeLanguage: 'en' };
    const out = th.previewExport(exportQuestion({ message: message(body) }));
    expect([out.outcome, categoriesOf(out.decision.withheld), out.decision.withheld.map((w) => w.policies)]).toEqual([
      'released',
      ['biometric'],
      [['th.withhold-biometrics']],
    ]);
    const held = la.previewExport(exportQuestion({ from: LA, to: TH, message: message(body, { origin: LA }) }));
    expect([held.outcome, held.decision.policies]).toEqual(['held', ['la.persons-need-review']]);
  });
});

describe('the cases beside the shipped bundles', () => {
  const baseline = shippedBundle('baseline');
  const nations = (['th', 'la', 'mm'] as const).map(shippedBundle);
  for (const name of NAMES) {
    const cases = readCases(readFileSync(join(POLICIES, name, 'cases.json'), 'utf8'));
    const bundles = name === 'baseline' ? { baseline, nations: [] } : { baseline, nations };
    it.each(testBundle(bundles, cases).map((result) => [`${name}: ${result.description}`, result] as const))(
      '%s',
      (_, { expected, got, differences }) => {
        expect(Object.fromEntries(differences.map((field) => [field, got[field]]))).toEqual(
          Object.fromEntries(differences.map((field) => [field, expected[field]])),
        );
        expect(differences).toEqual([]);
      },
    );
  }
});
