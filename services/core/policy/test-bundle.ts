import { nationOf, utf8 } from '../foundation/index.ts';
import {
  EXPORT_ACTIONS,
  type GateActions,
  type GateRules,
  IMPORT_ACTIONS,
  REGION_EXPORT_ACTIONS,
  REGION_IMPORT_ACTIONS,
} from './ask-policies.ts';
import { loadBundle } from './bundle.ts';
import { writeForm } from './bundle-form.ts';
import { evaluate } from './evaluate.ts';
import { REGION } from './facts.ts';
import { createGateRules } from './gates.ts';
import type { CaseExpectation, PolicyCase } from './read-cases.ts';
import type { PolicyBundle, Verdict } from './types.ts';
import { wordOf } from './vocabulary.ts';

/** How one case came out. */
export interface CaseResult {
  readonly description: string;
  readonly passed: boolean;
  readonly expected: CaseExpectation;
  readonly got: CaseExpectation;
  /** Fields in which the two differ. */
  readonly differences: readonly (keyof CaseExpectation)[];
}

/** The bundles to be tested: a nation that has none here permits everything, so that the baseline can be tested alone. */
export interface TestedBundles {
  readonly baseline: PolicyBundle;
  readonly nations: readonly PolicyBundle[];
}

function permitEverything(nation: string): PolicyBundle {
  const text = `@id("${nation}.permit-everything") @reason("Stands in for the nation's own law.") permit (principal, action, resource);
@id("${nation}.region-permit-everything") @reason("Stands in for the nation's own law.") permit (principal, action in [Action::"releaseToRegion", Action::"discloseToRegion", Action::"admitFromRegion", Action::"acceptFromRegion"], resource);`;
  return loadBundle(
    utf8(
      writeForm({ name: nation, version: 1, schema: 1, validFrom: undefined, validUntil: undefined }, [
        { path: 'permit.cedar', text },
      ]),
    ),
  );
}

function outcomeOf({ outcome, decision }: Verdict): CaseExpectation {
  const failed = decision.reason === 'POLICY_EVALUATION_ERROR';
  const names = [...(failed ? [] : decision.policies), ...decision.withheld.flatMap(({ policies }) => policies)];
  return {
    outcome,
    reason: decision.reason,
    withheld: [...new Set(decision.withheld.map(({ category }) => wordOf('DataCategory', category)))].sort(),
    policies: [...new Set(names)].filter((name) => !name.endsWith('permit-everything')).sort(),
    errors: failed ? [...decision.policies] : [],
    persons: decision.releasesNeeded,
  };
}

const ACTIONS: Readonly<Record<PolicyCase['gate'], GateActions>> = {
  export: EXPORT_ACTIONS,
  import: IMPORT_ACTIONS,
  toRegion: REGION_EXPORT_ACTIONS,
  fromRegion: REGION_IMPORT_ACTIONS,
};

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** How the cases come out under these bundles: data in, results out, in the order of the cases. */
export function testBundle({ baseline, nations }: TestedBundles, cases: readonly PolicyCase[]): readonly CaseResult[] {
  const rules = new Map<string, GateRules>();
  const rulesOf = (nation: string): GateRules => {
    const known =
      rules.get(nation) ??
      createGateRules({
        baseline,
        nation: nations.find((bundle) => bundle.nation === nation) ?? permitEverything(nation.toLowerCase()),
      });
    rules.set(nation, known);
    return known;
  };
  return cases.map(({ description, gate, from, to, message, expect: expected, ...given }) => {
    const got = outcomeOf(
      evaluate(
        rulesOf(nationOf(to === REGION || gate === 'export' ? from : to)),
        ACTIONS[gate],
        { from, to },
        message,
        given,
      ),
    );
    const fields: readonly (keyof CaseExpectation)[] = [
      'outcome',
      'reason',
      'withheld',
      'policies',
      'errors',
      'persons',
    ];
    const differences = fields.filter((field) => expected[field] !== undefined && !same(expected[field], got[field]));
    return { description, passed: differences.length === 0, expected, got, differences };
  });
}
