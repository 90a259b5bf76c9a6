import { type DataCategory, Outcome } from '../wire/index.ts';
import { NOT_SHOWN } from './ask-policies.ts';
import { GATE_REASONS } from './reasons.ts';
import type { NamedPolicy, PolicyBundle } from './types.ts';
import { wordOf } from './vocabulary.ts';

/** What there is of a decision to explain: the ledger's, a crossing's, or a gate's fresh one. */
export interface ExplainableDecision {
  readonly outcome: Outcome;
  readonly policies: readonly string[];
  readonly reason: string;
  readonly releasedBy: string;
  /** Who approved the release first, where two persons did. */
  readonly approvedBy?: string;
  /** How many named persons it takes to release it, where it is held. Left out, the policies of the bundles say it. */
  readonly releasesNeeded?: number;
  readonly withheld: readonly { readonly category: DataCategory; readonly policies: readonly string[] }[];
}

const AGREEMENT_NAME = /^agreement:(.+)#(.+)$/;

function policyIn(bundles: readonly PolicyBundle[], name: string): NamedPolicy | undefined {
  return bundles.flatMap((bundle) => bundle.policies).find((policy) => policy.name === name);
}

function because(bundles: readonly PolicyBundle[], name: string): string {
  const [, agreement, article] = AGREEMENT_NAME.exec(name) ?? [];
  if (agreement !== undefined) return `agreement ${agreement}, article ${article}: it does not name this kind of data.`;
  if (name === NOT_SHOWN) return 'it was not shown to the person who released the message, so it stayed.';
  const policy = policyIn(bundles, name);
  if (policy === undefined) return `${name}: not in the bundles at hand.`;
  const persons = policy.persons === 2 ? ` It ${TWO_PERSONS}.` : '';
  return `${name} (${policy.file}, line ${policy.line}): ${policy.reason}${persons}`;
}

function ownerOf(name: string): string {
  const bundle = name.split('.')[0] ?? '';
  return bundle === 'baseline'
    ? 'the project (the baseline cannot be lifted by a nation)'
    : `the authority of ${bundle.toUpperCase()}`;
}

function list(bundles: readonly PolicyBundle[], names: readonly string[], indent: string): readonly string[] {
  return names.map((name) => `${indent}- ${because(bundles, name)}`);
}

function needed(names: readonly string[], bundles: readonly PolicyBundle[], permit: string): string {
  const agreement = names.map((name) => AGREEMENT_NAME.exec(name)).find((match) => match !== null);
  if (agreement !== undefined && agreement !== null)
    return `the article would have to name it: all parties sign a new version of agreement ${agreement[1]}.`;
  if (names.includes(NOT_SHOWN)) return 'send it again; the gate then decides by the rules of now.';
  const forbids = names.filter((name) => policyIn(bundles, name)?.effect !== 'permit');
  if (forbids.length === 0) return `a policy of the nation would have to permit ${permit}.`;
  const owners = [...new Set(forbids.map(ownerOf))].join(' and ');
  return `the facts would have to be others (purpose, kind of data, recipient, agreement), or the rule, which is for ${owners} to change.`;
}

/** What a policy with `@persons("2")` asks for. */
export const TWO_PERSONS = 'needs two named persons of different roles';

function takesTwo({ releasesNeeded, policies }: ExplainableDecision, bundles: readonly PolicyBundle[]): boolean {
  if (releasesNeeded !== undefined) return releasesNeeded > 1;
  return policies.some((name) => policyIn(bundles, name)?.persons === 2);
}

function releasedLine({ releasedBy, approvedBy = '' }: ExplainableDecision): string {
  if (releasedBy === '') return 'RELEASED. It may pass at once.';
  return approvedBy === ''
    ? `RELEASED by ${releasedBy}.`
    : `RELEASED by ${releasedBy}; ${approvedBy} approved it first.`;
}

function explainOutcome(decision: ExplainableDecision, bundles: readonly PolicyBundle[]): readonly string[] {
  const { policies, reason } = decision;
  const sentence = (GATE_REASONS as Readonly<Record<string, string>>)[reason] ?? 'No agreement lets it cross.';
  const asked = list(bundles, policies, '  ');
  switch (decision.outcome) {
    case Outcome.RELEASED:
      return [releasedLine(decision), 'Permitted by:', ...asked];
    case Outcome.HELD:
      return [
        `HELD (${reason}). ${GATE_REASONS.POLICY_REVIEW_REQUIRED}`,
        ...(policies.length === 0 ? ['No policy permits it to pass without a person.'] : ['Because of:', ...asked]),
        `To let it pass: ${takesTwo(decision, bundles) ? `it ${TWO_PERSONS}: one approves, the other releases` : 'a named person releases it'}; the gate is then asked again.`,
      ];
    default:
      return [
        `REFUSED (${reason}). ${sentence}`,
        ...(policies.length === 0 ? [] : ['Because of:', ...asked]),
        ...(reason === 'POLICY_EVALUATION_ERROR'
          ? ['To let it pass: the policies named would have to be corrected and issued again.']
          : reason === 'POLICY_FORBIDDEN' || reason === 'POLICY_NOT_PERMITTED' || reason === 'POLICY_CORE_WITHHELD'
            ? [`To let it pass: ${needed(policies, bundles, 'it')}`]
            : []),
      ];
  }
}

/**
 * A decision in plain sentences: what came out, by which policies with their reasons, what was withheld, and what would
 * be needed for another answer. `bundles` are those it was decided by; a policy that is not in them is named only.
 */
export function explainDecision(decision: ExplainableDecision, bundles: readonly PolicyBundle[]): string {
  const lines = [...explainOutcome(decision, bundles)];
  if (decision.withheld.length > 0) lines.push('', 'Withheld:');
  for (const { category, policies } of decision.withheld) {
    const word = wordOf('DataCategory', category);
    lines.push(`  ${word}`);
    lines.push(...(policies.length === 0 ? ['    - no policy permits it to pass.'] : list(bundles, policies, '    ')));
    lines.push(`    To let it pass: ${needed(policies, bundles, `${word} to pass`)}`);
  }
  return `${lines.join('\n')}\n`;
}
