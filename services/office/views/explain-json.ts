import { type OfficeId, rfc3339 } from '../../core/foundation/index.ts';
import type {
  AddedCopy,
  AgreementView,
  DecisionView,
  HoldView,
  InboundMessageView,
  OutboundCopy,
  OutboundMessage,
} from '../../core/ledger/index.ts';
import type { MessageContent } from '../../core/relay/index.ts';
import type { TrustStore } from '../../core/trust/index.ts';
import { CrossingOccasion } from '../../core/wire/index.ts';
import { codeName } from './code-names.ts';
import { outcomeWord } from './decision-json.ts';

type Json = Readonly<Record<string, unknown>>;

/** What sentences and articles are looked up in. */
export interface ExplainSources {
  readonly reasonOf: (policy: string) => string | undefined;
  readonly bundles: readonly { readonly digest: string }[];
  readonly agreements: TrustStore['agreements'];
  /** Crossings that were added to the message's own. */
  readonly added: readonly AddedCopy[];
  /** What of it is not here, where it can be read. */
  readonly withheld: MessageContent['withheld'];
  readonly self: OfficeId;
}

/** Everything that was decided about a message here, by which rules and under which article, in their own sentences. */
export function explainJson(message: OutboundMessage | InboundMessageView, sources: ExplainSources): readonly Json[] {
  const added = sources.added.flatMap((copy) =>
    steps(sources, copy, 'export', copy.to, copy.occasion === CrossingOccasion.ONWARD ? 'passed-on' : 'opened'),
  );
  if (message.direction === 'outbound') {
    const own = [...message.copies.values()].flatMap((copy) => steps(sources, copy, 'export', copy.to, 'decided'));
    return [...own, ...added];
  }
  const opened = message.supplements.map(({ decision }) =>
    decisionOf(sources, { gate: 'import', office: message.from, step: 'opened' }, decision, message.agreement),
  );
  const arrived = steps(sources, message, 'import', message.from, 'decided');
  return [...exporterOf(sources, message), ...arrived, ...opened, ...added];
}

interface Place {
  readonly gate: 'export' | 'import';
  readonly office: OfficeId;
  readonly step: string;
}

/** The decision that held it, where one did, and the one that stands. */
function steps(
  sources: ExplainSources,
  { decision, hold, agreement }: Pick<OutboundCopy, 'decision' | 'agreement'> & { readonly hold: HoldView | null },
  gate: Place['gate'],
  office: OfficeId,
  step: string,
): readonly Json[] {
  if (hold === null) return [decisionOf(sources, { gate, office, step }, decision, agreement)];
  const held = decisionOf(sources, { gate, office, step: 'held' }, hold.decision, agreement);
  return hold.decision === decision
    ? [held]
    : [held, decisionOf(sources, { gate, office, step: 'released' }, decision, agreement)];
}

function decisionOf(
  sources: ExplainSources,
  place: Place,
  decision: DecisionView,
  agreement: AgreementView | null,
): Json {
  return {
    ...place,
    outcome: outcomeWord(decision.outcome),
    at: decision.decidedMs === 0 ? null : rfc3339(decision.decidedMs),
    by: decision.releasedBy === '' ? null : decision.releasedBy,
    code: decision.reason === '' ? null : decision.reason,
    policies: sentences(sources, decision.policies),
    withheld: decision.withheld.map(({ category, parts, policies }) => ({
      category: codeName('DataCategory', category),
      parts: parts.length,
      policies: sentences(sources, policies),
    })),
    bundles: decision.bundles.map((bundle) => ({
      ...bundle,
      inForce: sources.bundles.some(({ digest }) => digest === bundle.digest),
    })),
    agreement: agreement === null ? null : { ...agreement, text: articleOf(sources, agreement) },
  };
}

/** Of what the sender kept back only the names of its rules are known here. */
function exporterOf({ withheld, self }: ExplainSources, message: InboundMessageView): readonly Json[] {
  const kept = withheld.filter(({ by }) => by !== self);
  if (kept.length === 0) return [];
  return [
    {
      gate: 'exporter',
      office: message.from,
      step: 'decided',
      outcome: 'released',
      at: rfc3339(message.exportedMs),
      by: null,
      code: null,
      policies: [],
      withheld: kept.map(({ category, policies }) => ({
        category: codeName('DataCategory', category),
        parts: null,
        policies: policies.map((name) => ({ name, reason: null })),
      })),
      bundles: [],
      agreement: null,
    },
  ];
}

function sentences({ reasonOf }: ExplainSources, policies: readonly string[]): readonly Json[] {
  return policies.map((name) => ({ name, reason: reasonOf(name) ?? null }));
}

/** In the very version that was relied on. */
function articleOf({ agreements }: ExplainSources, { id, digest, article }: AgreementView): string | null {
  const installed = agreements.get(id);
  if (installed === undefined || installed.document.digest !== digest) return null;
  return installed.agreement.articles.find((one) => one.id === article)?.text ?? null;
}
