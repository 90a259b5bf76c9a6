import { describe, expect, it } from 'vitest';
import { createGates } from '../../../services/core/policy/gates.ts';
import type { GateMessage, Verdict } from '../../../services/core/policy/types.ts';
import {
  type Alert,
  type Decision,
  decisionCodec,
  findFaults,
  HandlingCode,
  type Init,
  Outcome,
  SubjectRole,
} from '../../../services/core/wire/index.ts';
import { agreement, article, bundleOf, exportQuestion, message, permitAll } from './fixtures.ts';

const baseline = bundleOf(
  'baseline',
  1,
  '@id("baseline.never") @reason("Never true.") forbid (principal, action == Action::"release", resource) when { context.message.handling > 7 };',
);
const nationAt = (index: number): string => String.fromCharCode(65 + (index % 26), 65 + Math.floor(index / 26));

function forbid(name: string, action: string, condition: string): string {
  return `@id("th.${name}") @reason("Forbidden.") forbid (principal, action == Action::"${action}", resource) when { ${condition} };`;
}

/** As many different persons as a message may name. */
function peopleOf(count: number, more: object = {}): GateMessage {
  const subjects = Array.from({ length: count }, (_, index) => ({
    label: `P${index}`,
    role: SubjectRole.SUSPECT,
    person: { familyName: 'Doe', nationalities: [nationAt(index)], ...more },
  }));
  return message({ subjects } as unknown as Init<Alert>);
}

/** The decision after its way through bytes, which refuses what is over the contract's bounds. */
function recorded({ decision }: Verdict): Decision {
  expect(findFaults('Decision', decision, false)).toEqual([]);
  const read = decisionCodec.decode(decisionCodec.encode(decision));
  expect({ ...read, bundles: [] }).toEqual({ ...decision, bundles: [] });
  return read;
}

function everyPartOnce({ disclosed, decision }: Verdict, { parts }: GateMessage): void {
  expect([...disclosed, ...decision.withheld.flatMap((entry) => entry.parts)].sort((a, b) => a - b)).toEqual(
    parts.map((_, index) => index),
  );
}

describe('a decision about the most varied message', () => {
  it('names every part once, within the bounds of the contract, where each person is withheld by a rule of their own', () => {
    const sent = peopleOf(99);
    const own = Array.from({ length: 99 }, (_, index) =>
      forbid(
        `p${index}`,
        'disclose',
        `context.part.ofSubject && context.part.category == DataCategory::"identity" && context.part.nationalities.contains(Nation::"${nationAt(index)}")`,
      ),
    );
    const gates = createGates({ baseline, nation: bundleOf('th', 1, permitAll('th'), ...own) });
    const verdict = gates.previewExport(exportQuestion({ message: sent }));
    everyPartOnce(verdict, sent);
    expect(recorded(verdict).withheld.map(({ policies, parts }) => [policies.length, parts.length])).toEqual([
      [99, 99],
    ]);
  });

  it('names no more policies than the contract allows where more of them withhold and hold', () => {
    const sent = peopleOf(60);
    const many = Array.from({ length: 300 }, (_, index) => [
      forbid(`d${index}`, 'disclose', 'context.part.category == DataCategory::"identity"'),
      forbid(`h${index}`, 'releaseUnattended', 'true'),
    ]).flat();
    const gates = createGates({ baseline, nation: bundleOf('th', 1, permitAll('th'), ...many) });
    const verdict = gates.previewExport(exportQuestion({ message: sent }));
    everyPartOnce(verdict, sent);
    const decision = recorded(verdict);
    expect([decision.outcome, decision.policies.length]).toEqual([Outcome.HELD, 256]);
    expect(decision.withheld.map(({ policies, parts }) => [policies.length, parts.length])).toEqual([[256, 60]]);
  });

  it('stays within the bounds when it is released and less was shown before than would pass', () => {
    const sent = peopleOf(90);
    const gates = createGates({
      baseline,
      nation: bundleOf(
        'th',
        1,
        permitAll('th'),
        forbid('review', 'releaseUnattended', 'true'),
        forbid('late', 'disclose', 'context.part.nationalities.contains(Nation::"AA") && context.part.ofSubject'),
      ),
    });
    const shown = { withheld: [{ parts: sent.parts.flatMap(({ path }, index) => (path.length > 2 ? [index] : [])) }] };
    const asked = exportQuestion({ message: sent });
    const decided = gates.releaseExport(asked as never, { by: 'supervisor-1', shown });
    expect(decided.decision.outcome).toBe(Outcome.RELEASED);
    everyPartOnce({ ...decided, outcome: 'released' }, sent);
    recorded({ ...decided, outcome: 'released' });
  });

  it('is a refusal, and short, where the persons differ in more ways than can be asked about', () => {
    const sent = peopleOf(100, { address: 'x', healthNeeds: 'x', description: 'x', telephoneNumbers: ['1'] });
    const gates = createGates({
      baseline,
      nation: bundleOf(
        'th',
        1,
        permitAll('th'),
        forbid('n', 'disclose', 'context.part.nationalities.contains(Nation::"ZZ")'),
      ),
    });
    const decision = recorded(gates.previewExport(exportQuestion({ message: sent })));
    expect(decision).toMatchObject({ reason: 'POLICY_TOO_MANY_QUESTIONS', withheld: [], policies: [] });
  });

  it('tells parts apart by the article as well, and stays within the bounds', () => {
    const sent = peopleOf(60, { telephoneNumbers: ['1'], healthNeeds: 'x' });
    const under = agreement({ article: article({ dataCategories: [1], handlingCeiling: HandlingCode.H3 }) });
    const verdict = createGates({ baseline, nation: bundleOf('th', 1, permitAll('th')) }).previewExport(
      exportQuestion({ message: sent, agreement: under }),
    );
    everyPartOnce(verdict, sent);
    for (const { policies } of recorded(verdict).withheld) expect(policies).toEqual(['agreement:la-th-2026#3']);
  });
});
