import { type EpochMs, nationOf } from '../foundation/index.ts';
import { type AgreementRef, type Decision, HandlingCode, Outcome, TrustLevel } from '../wire/index.ts';
import { askPolicies, type GateActions, type GateRules } from './ask-policies.ts';
import { type Parties, REGION } from './facts.ts';
import { CrossingQuestion } from './question.ts';
import type { GateReason } from './reasons.ts';
import type { AgreementInForce, GateCircumstances, GateMessage, GateOutcome, NamedRelease, Verdict } from './types.ts';
import { isKnownCode } from './vocabulary.ts';

const OUTCOMES: Record<GateOutcome, Outcome> = {
  released: Outcome.RELEASED,
  held: Outcome.HELD,
  refused: Outcome.REFUSED,
};
const NO_NAMES: readonly string[] = Object.freeze([]);

/** What holds whatever the policies say; a bundle cannot lift it. */
function limitOf(
  { header }: GateMessage,
  { article, trustLevel }: AgreementInForce,
  question: CrossingQuestion,
): GateReason | undefined {
  if (!question.hasCore) return 'POLICY_CORE_WITHHELD';
  if (!question.codesKnown) return 'POLICY_CODE_UNKNOWN';
  if (trustLevel < TrustLevel.CONTACT || trustLevel > TrustLevel.JOINT_OPERATION) return 'POLICY_TRUST_LEVEL_UNKNOWN';
  if (!question.covered || (header.drill && !article.drills)) return 'POLICY_ARTICLE_DOES_NOT_COVER';
  // A message that does not say its handling code counts as above every ceiling.
  if (header.handling === HandlingCode.UNSPECIFIED || header.handling > article.handlingCeiling)
    return 'POLICY_HANDLING_ABOVE_CEILING';
  return undefined;
}

/**
 * A gate's answer. Refused unless the nation's own bundle permits, nothing forbids, every policy could be asked and the
 * core may pass; held unless it may also go unattended or a named person releases it. Pure: reads no clock, keeps
 * nothing but answers that the same facts would get again.
 */
export function evaluate(
  rules: GateRules,
  actions: GateActions,
  parties: Parties,
  message: GateMessage,
  given: GateCircumstances,
  release?: NamedRelease,
): Verdict {
  const { agreement, now } = given;
  const self = actions.gate === 'export' ? parties.from : parties.to;
  if (self === REGION || nationOf(self) !== rules.nation) return refusal(rules, 'POLICY_NO_BUNDLE', now, null);
  const { validFrom, validUntil } = rules;
  if ((validFrom !== undefined && now < validFrom) || (validUntil !== undefined && now >= validUntil))
    return refusal(rules, 'POLICY_BUNDLE_NOT_IN_FORCE', now, null);
  if (!('inForce' in agreement) || agreement.inForce !== true)
    return refusal(rules, 'refused' in agreement ? agreement.refused : 'POLICY_NO_AGREEMENT', now, null);
  const ref = refOf(agreement);
  if (!isKnownCode('MessageKind', message.kind)) return refusal(rules, 'POLICY_KIND_UNKNOWN', now, ref);
  const question = new CrossingQuestion(message, parties, agreement, given, rules.used);
  const limit = limitOf(message, agreement, question);
  if (limit !== undefined) return refusal(rules, limit, now, ref);
  const { grounds, disclosed, withheld } = askPolicies(rules, actions, question, release);
  const refused = grounds.outcome === 'refused';
  const released = grounds.outcome === 'released';
  const decision: Decision = {
    outcome: OUTCOMES[grounds.outcome],
    policies: grounds.policies,
    reason: grounds.reason,
    bundles: rules.bundles,
    withheld: refused ? [] : withheld,
    decidedMs: now,
    releasedBy: released ? (release?.by ?? '') : '',
    releasesNeeded: grounds.releasesNeeded,
    approvedBy: released ? (release?.approvedBy ?? '') : '',
  };
  return { outcome: grounds.outcome, decision, disclosed: refused ? [] : disclosed, agreement: ref };
}

function refOf(agreement: AgreementInForce): AgreementRef {
  return { id: agreement.id, version: agreement.version, digest: agreement.digest, article: agreement.article.id };
}

function refusal(rules: GateRules, reason: string, now: EpochMs, agreement: AgreementRef | null): Verdict {
  const decision: Decision = {
    outcome: Outcome.REFUSED,
    policies: NO_NAMES,
    reason,
    bundles: rules.bundles,
    withheld: [],
    decidedMs: now,
    releasedBy: '',
    releasesNeeded: 0,
    approvedBy: '',
  };
  return { outcome: 'refused', decision, disclosed: [], agreement };
}
