import type { AdmittedCrossing, AdmittedRegionItem, DecidedCrossing, DecidedRelease } from '../envelope/index.ts';
import type { BundleRef } from '../wire/index.ts';
import { SCHEMA_TEXT } from './__generated__/shipped.ts';
import {
  EXPORT_ACTIONS,
  type GateRules,
  IMPORT_ACTIONS,
  REGION_EXPORT_ACTIONS,
  REGION_IMPORT_ACTIONS,
} from './ask-policies.ts';
import { BASELINE } from './bundle-form.ts';
import { describePolicy, prepareEngine } from './cedar.ts';
import { decisionCache } from './decision-cache.ts';
import { PolicyError } from './errors.ts';
import { evaluate } from './evaluate.ts';
import { REGION } from './facts.ts';
import type {
  ExportQuestion,
  GateMessage,
  Gates,
  ImportQuestion,
  ImportVerdict,
  NamedPolicy,
  NamedRelease,
  PolicyBundle,
  RegionImportQuestion,
  RegionImportVerdict,
  RegionQuestion,
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

/** Whether it counts where the region is asked about: every policy that forbids, and of those that permit what names its actions. */
function speaksOfRegion({ effect, text }: NamedPolicy): boolean {
  return effect === 'forbid' || describePolicy(text)?.actions !== undefined;
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
  const textsOf = (some: readonly NamedPolicy[]) => Object.fromEntries(some.map(({ name, text }) => [name, text]));
  return {
    engine: prepareEngine(SCHEMA_TEXT, textsOf(all)),
    regionEngine: prepareEngine(SCHEMA_TEXT, textsOf(all.filter(speaksOfRegion))),
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

  const toRegion = (question: RegionQuestion<GateMessage>): Verdict =>
    evaluate(rules, REGION_EXPORT_ACTIONS, { from: question.from, to: REGION }, question.message, question);

  const fromRegion = (question: RegionImportQuestion): RegionImportVerdict => {
    const { item, reader } = question;
    const message = { header: item.envelopeHeader, kind: item.kind, parts: item.parts, body: item.body };
    const verdict = evaluate(rules, REGION_IMPORT_ACTIONS, { from: item.from, to: reader }, message, question);
    const admitted = { item, decision: verdict.decision, accepted: verdict.disclosed };
    return { ...verdict, admitted: verdict.outcome === 'released' ? (admitted as AdmittedRegionItem) : null };
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
    decideRegion: (question) => {
      const { decision, disclosed, agreement } = toRegion(question);
      return { message: question.message, from: question.from, agreement, decision, disclosed } as DecidedRelease;
    },
    previewRegion: (question) => toRegion(question),
    decideRegionImport: (question) => fromRegion(question),
    decideImport: (question) => inward(question),
    releaseImport: (question, release) => {
      assertNamed(release);
      return inward(question, release);
    },
  };
}
