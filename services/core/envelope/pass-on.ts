import { type DataCategory, Outcome, type Purpose, type Withheld } from '../wire/index.ts';
import type { DecidedCrossing, HeldMessage, ReceivedPart, VerifiedCrossing } from './types.ts';
import { joinVerifiedParts } from './verify-parts.ts';

/** All parts of a message that came with these crossings of it, in the order of the envelope, each once. */
export function partsOf(crossings: readonly Pick<VerifiedCrossing, 'parts'>[]): readonly ReceivedPart[] {
  const byIndex = new Map(crossings.flatMap(({ parts }) => parts.map((part) => [part.index, part] as const)));
  return [...byIndex.values()].sort((a, b) => a.index - b.index);
}

/**
 * What is here of a message of another office, made up of the crossing that brought it and of those that opened more of
 * it, for the gate to decide whether it goes on for that purpose. The envelope stays the origin's own.
 */
export function messageToPassOn(
  first: VerifiedCrossing,
  later: readonly VerifiedCrossing[],
  purpose: Purpose,
): HeldMessage {
  const { header, kind, envelope, envelopeBytes, envelopeDigest, crossing } = first;
  const parts = partsOf([first, ...later]);
  return {
    header: { ...header, purpose },
    kind,
    body: joinVerifiedParts(kind, parts),
    envelope,
    envelopeBytes,
    envelopeDigest,
    proof: crossing.envelope?.proof,
    parts,
  } as unknown as HeldMessage;
}

/** The most entries that a decision has on the wire (crossing.proto). */
const MAX_ENTRIES = 64;

/** As they are, or one for each category where that would be more than a decision holds. */
function bounded(entries: readonly Withheld[]): readonly Withheld[] {
  if (entries.length <= MAX_ENTRIES) return entries;
  const byCategory = new Map<DataCategory, Withheld>();
  for (const { category, policies, parts } of entries) {
    const before = byCategory.get(category);
    byCategory.set(category, {
      category,
      policies: [...new Set([...(before?.policies ?? []), ...policies])],
      parts: [...(before?.parts ?? []), ...parts],
    });
  }
  return [...byCategory.values()];
}

/** Why a part does not cross although no gate withheld it; stands where a policy's name stands. */
export type NarrowingReason = 'onward:not-held' | 'consent:not-named' | 'opening:not-asked' | 'opening:sent-before';

/**
 * The same decision with fewer parts: those that `reasonFor` gives a reason for are withheld for it, and the envelope's
 * parts that the gate never saw are accounted for. It never discloses a part that the gate withheld.
 */
export function narrowCrossing(
  decided: DecidedCrossing,
  reasonFor: (part: {
    readonly index: number;
    readonly category: DataCategory;
    readonly here: boolean;
  }) => NarrowingReason | undefined,
): DecidedCrossing {
  const { decision, disclosed, message } = decided;
  if (decision.outcome === Outcome.REFUSED) return decided;
  const passes = new Set(disclosed);
  const named = new Set(decision.withheld.flatMap((entry) => entry.parts));
  const added = new Map<string, { category: DataCategory; policies: string[]; parts: number[] }>();
  message.envelope.parts.forEach(({ category }, index) => {
    if (named.has(index)) return;
    const here = passes.has(index);
    const reason = reasonFor({ index, category, here });
    if (reason === undefined) return;
    passes.delete(index);
    const key = `${category}/${reason}`;
    const entry = added.get(key) ?? { category, policies: [reason], parts: [] };
    entry.parts.push(index);
    added.set(key, entry);
  });
  return {
    ...decided,
    decision: { ...decision, withheld: bounded([...decision.withheld, ...added.values()]) },
    disclosed: disclosed.filter((index) => passes.has(index)),
  } as DecidedCrossing;
}
