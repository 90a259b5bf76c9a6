import type { AdmittedCrossing, DecidedCrossing } from '../envelope/index.ts';
import type { BundleRef } from '../wire/index.ts';
import { SCHEMA_TEXT } from './__generated__/shipped.ts';
import { EXPORT_ACTIONS, type GateRules, IMPORT_ACTIONS } from './ask-policies.ts';
import { BASELINE } from './bundle-form.ts';
import { describePolicy, prepareEngine } from './cedar.ts';
import { decisionCache } from './decision-cache.ts';
import { PolicyError } from './errors.ts';
import { evaluate } from './evaluate.ts';
import type {
  ExportQuestion,
  GateMessage,
  Gates,
  ImportQuestion,
  ImportVerdict,
  NamedRelease,
  PolicyBundle,
  Verdict,
} from './types.ts';
import { usedFacts } from './used-facts.ts';

/** The two bundles that decide: what the program brings, and the law of the office's own nation. */
export interface GateBundles {
  readonly baseline: PolicyBundle;
  readonly nation: PolicyBundle;
  /** The most answers that are kept. Default 20,000, some 10 MB. */
  readonly maxKeptAnswers?: number;
}

const MAX_KEPT_ANSWERS = 20_000;

function refOf({ name, version, digest }: PolicyBundle): BundleRef {
  return { name, version, digest };
}

function assertNamed(release: NamedRelease): void {
  if (release.by.trim() === '') throw new PolicyError('POLICY_RELEASE_UNNAMED');
}

/**
 * What gates over these bundles ask.
 * @throws PolicyError POLICY_BUNDLE_FOREIGN when one is not what its place calls for, POLICY_ENGINE_FAILED.
 */
export function createGateRules({ baseline, nation, maxKeptAnswers = MAX_KEPT_ANSWERS }: GateBundles): GateRules {
  if (baseline.name !== BASELINE || nation.nation === undefined) {
    throw new PolicyError('POLICY_BUNDLE_FOREIGN', { context: { baseline: baseline.name, nation: nation.name } });
  }
  const all = [...baseline.policies, ...nation.policies];
  const policies = Object.fromEntries(all.map(({ name, text }) => [name, text]));
  return {
    engine: prepareEngine(SCHEMA_TEXT, policies),
    answers: decisionCache(maxKeptAnswers, (answer) => !answer.failed),
    outcomes: decisionCache(maxKeptAnswers, (asked) => asked.grounds.reason !== 'POLICY_EVALUATION_ERROR'),
    wantTwo: new Set(all.flatMap(({ name, persons }) => (persons === 2 ? [name] : []))),
    used: usedFacts(all.map(({ text }) => describePolicy(text)?.conditions)),
    nation: nation.nation,
    validFrom: nation.validFrom,
    validUntil: nation.validUntil,
    bundles: [refOf(baseline), refOf(nation)],
  };
}

/**
 * The gates over these bundles. A new bundle means new gates; what is under way finishes under the old one.
 * @throws PolicyError POLICY_BUNDLE_FOREIGN, POLICY_ENGINE_FAILED
 */
export function createGates(bundles: GateBundles): Gates {
  const rules = createGateRules(bundles);
  const policies = [...bundles.baseline.policies, ...bundles.nation.policies];
  const reasons = new Map(policies.map(({ name, reason }) => [name, reason]));

  const outward = (question: ExportQuestion<GateMessage>, release?: NamedRelease): Verdict =>
    evaluate(rules, EXPORT_ACTIONS, question, question.message, question, release);

  const decided = (question: ExportQuestion, release?: NamedRelease): DecidedCrossing => {
    const { decision, disclosed, agreement } = outward(question, release);
    const { message, from, to, scope } = question;
    return { message, from, to, scope, agreement, decision, disclosed } as DecidedCrossing;
  };

  const inward = (question: ImportQuestion, release?: NamedRelease): ImportVerdict => {
    const { crossing } = question;
    const verdict = evaluate(rules, IMPORT_ACTIONS, crossing, crossing, question, release);
    const admitted = { crossing, decision: verdict.decision, accepted: verdict.disclosed };
    return { ...verdict, admitted: verdict.outcome === 'released' ? (admitted as AdmittedCrossing) : null };
  };

  return {
    nation: rules.nation,
    bundles: rules.bundles,
    limits: bundles.nation.limits,
    reasonOf: (policy) => reasons.get(policy),
    decideExport: (question) => decided(question),
    previewExport: (question) => outward(question),
    releaseExport: (question, release) => {
      assertNamed(release);
      return decided(question, release);
    },
    decideImport: (question) => inward(question),
    releaseImport: (question, release) => {
      assertNamed(release);
      return inward(question, release);
    },
  };
}
