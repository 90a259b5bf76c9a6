import type { DecidedCrossing, MessagePart, SignedMessage, VerifiedCrossing } from '../../envelope/index.ts';
import type { Digest, EpochMs } from '../../foundation/index.ts';
import type { DecisionView, InboundMessageView, OutboundCopy } from '../../ledger/index.ts';
import { joinWithheld } from '../../policy/index.ts';
import { type Decision, Outcome, termsOf } from '../../wire/index.ts';
import { answerBy } from '../answer-by.ts';
import { exportQuestion, importQuestion } from '../gate-questions.ts';
import type { RelayContext } from '../parts.ts';
import { shownDigest } from './shown-digest.ts';

/** What a release would let pass, by the laws that are in force at this moment. */
export interface Passes<Decided> {
  /** The gate's word on a release by that person alone: held still where it takes two. */
  readonly decision: Decision;
  readonly parts: readonly MessagePart[];
  /** Null where the gate refuses it. */
  readonly shown: Digest | null;
  readonly needed: number;
  readonly retentionDays: number;
  /** Of a request of this office: when it is to be answered under the article that it then relies on; 0 for everything else. */
  readonly answerByMs: number;
  /** The decision of the very same moment, once both are known. */
  readonly decide: (approvedBy: string) => Decided;
}

function neededFor(decision: Decision, before: DecisionView): number {
  return Math.max(1, before.releasesNeeded, decision.outcome === Outcome.HELD ? decision.releasesNeeded : 0);
}

/** What of a message of this office one recipient would get upon a release by that person. */
export function passesOutward(
  context: RelayContext,
  message: SignedMessage,
  copy: OutboundCopy,
  by: string,
  now: EpochMs,
): Passes<DecidedCrossing> {
  const { question, retentionDays, article } = exportQuestion(context, message, copy.to, now);
  const gates = context.gates();
  const decide = (approvedBy: string): DecidedCrossing =>
    gates.releaseExport(question, { by, approvedBy, shown: copy.decision });
  const { decision, disclosed } = decide('');
  const parts = disclosed.map((index) => message.parts[index] as MessagePart);
  const refused = decision.outcome === Outcome.REFUSED;
  return {
    decision,
    parts,
    shown: refused ? null : shownDigest(message.envelopeDigest, copy.to, digestsOf(parts)),
    needed: neededFor(decision, copy.decision),
    retentionDays,
    answerByMs: answerBy(termsOf(message.kind, message.body), message.header.createdMs, article),
    decide,
  };
}

/** What of a message of another office the officers here would see upon a release by that person. */
export function passesInward(
  context: RelayContext,
  crossing: VerifiedCrossing,
  message: InboundMessageView,
  by: string,
  now: EpochMs,
): Passes<Decision> {
  const { question, retentionDays } = importQuestion(context, crossing, now);
  const gates = context.gates();
  const ask = (approvedBy: string) => gates.releaseImport(question, { by, approvedBy, shown: message.decision });
  const { decision, disclosed } = ask('');
  const passing = new Set(disclosed);
  const parts = crossing.parts.filter((part) => passing.has(part.index));
  const refused = decision.outcome === Outcome.REFUSED;
  return {
    decision: withWithheldBefore(decision, message.decision),
    parts,
    shown: refused ? null : shownDigest(crossing.envelopeDigest, context.self, digestsOf(parts)),
    needed: neededFor(decision, message.decision),
    retentionDays,
    answerByMs: 0,
    decide: (approvedBy) => withWithheldBefore(ask(approvedBy).decision, message.decision),
  };
}

function digestsOf(parts: readonly MessagePart[]): readonly Uint8Array[] {
  return parts.map((part) => part.digest);
}

/** Parts that were not accepted when it arrived were not kept, so the gate no longer sees them; they stay withheld. */
function withWithheldBefore(decision: Decision, before: DecisionView): Decision {
  if (decision.outcome === Outcome.REFUSED) return decision;
  const named = new Set(decision.withheld.flatMap((entry) => entry.parts));
  const earlier = before.withheld
    .map(({ category, policies, parts }) => ({
      category,
      policies: [...policies],
      parts: parts.filter((part) => !named.has(part)),
    }))
    .filter(({ parts }) => parts.length > 0);
  return { ...decision, withheld: joinWithheld(decision.withheld, earlier) };
}
