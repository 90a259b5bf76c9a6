import type { Key } from '../../i18n/index.ts';
import type { Entry, Reader } from './types.ts';

/** A plain sentence about a place of the transcript, still without its language. */
export interface Sentence {
  readonly key: Key;
  readonly values: Readonly<Record<string, string | number>>;
  /** By whose rule: names of policies. */
  readonly policies: readonly string[];
  /** A code of the contract that the sentence ends with, by its list. */
  readonly reason?: readonly [list: string, code: string];
  readonly look: 'lock' | 'clock' | 'pause' | 'cross';
}

/** Why this office does not have all of that post, or that others do not have it: one sentence for each. */
export function sentencesOf(entry: Entry, self: string): readonly Sentence[] {
  const own = ownSentence(entry, self);
  return [...(own === undefined ? [] : [own]), ...entry.readers.flatMap((reader) => readerSentence(entry, reader))];
}

function ownSentence(entry: Entry, self: string): Sentence | undefined {
  const { office, number, last, state } = entry;
  const values = { self, office, number };
  switch (state) {
    case 'awaited':
      return last > number
        ? { key: 'operations.gap.awaitedMany', values: { ...values, last }, policies: [], look: 'clock' }
        : { key: 'operations.gap.awaited', values, policies: [], look: 'clock' };
    case 'withheld': {
      const { reason = 'GAP_REASON_REFUSED', policies = [] } = entry.keptBack ?? {};
      const key = policies.length > 0 ? 'operations.gap.keptBackByRule' : 'operations.gap.keptBack';
      return { key, values, policies, reason: ['GapReason', reason], look: 'lock' };
    }
    case 'held':
      return { key: 'operations.gap.held', values, policies: [], look: 'pause' };
    case 'refused':
      return { key: 'operations.gap.refusedHere', values, policies: [], look: 'lock' };
    case 'void':
      return { key: 'operations.gap.void', values: { ...values, code: entry.void ?? '' }, policies: [], look: 'cross' };
    default:
      return undefined;
  }
}

/** States of a copy in which its office does not get the post. */
const NOT_GIVEN: Readonly<Record<string, { readonly key: Key; readonly look: Sentence['look'] }>> = {
  refused: { key: 'operations.gap.memberRefused', look: 'lock' },
  held: { key: 'operations.gap.memberHeld', look: 'pause' },
  rejected: { key: 'operations.gap.memberRejected', look: 'lock' },
  expired: { key: 'operations.gap.memberExpired', look: 'clock' },
  failed: { key: 'operations.gap.memberFailed', look: 'cross' },
};

function readerSentence({ office, number }: Entry, reader: Reader): readonly Sentence[] {
  const values = { member: reader.office, office, number };
  const { policies } = reader;
  const given = reader.state === null ? undefined : NOT_GIVEN[reader.state];
  if (given !== undefined) return [{ ...given, values, policies }];
  return reader.withheld.map((category) => ({
    key: 'operations.gap.memberWithout',
    values,
    policies,
    reason: ['DataCategory', category],
    look: 'lock',
  }));
}
