import type { Decision, PartDigest } from '../wire/index.ts';
import { EnvelopeError } from './errors.ts';
import type { WithheldPart } from './types.ts';

function mismatch(fault: string): EnvelopeError {
  return new EnvelopeError('ENVELOPE_WITHHELD_MISMATCH', { context: { fault } });
}

/**
 * The parts that a decision withholds, in the order of the envelope: exactly those that are not disclosed, each once and
 * under its own category. So a recipient sees that something is missing, what kind it is, and by whose rule.
 * @throws EnvelopeError ENVELOPE_WITHHELD_MISMATCH.
 */
export function assertAccountsForWithheld(
  withheld: Decision['withheld'],
  envelopeParts: readonly PartDigest[],
  disclosed: ReadonlySet<number>,
): readonly WithheldPart[] {
  for (const index of disclosed) if (envelopeParts[index] === undefined) throw mismatch('unknown');
  const found = new Map<number, WithheldPart>();
  for (const { category, policies, parts } of withheld) {
    for (const index of parts) {
      if (envelopeParts[index]?.category !== category) throw mismatch('category');
      if (disclosed.has(index)) throw mismatch('disclosed');
      if (found.has(index)) throw mismatch('twice');
      found.set(index, { index, category, policies });
    }
  }
  if (found.size + disclosed.size !== envelopeParts.length) throw mismatch('unaccounted');
  return [...found.values()].sort((a, b) => a.index - b.index);
}
