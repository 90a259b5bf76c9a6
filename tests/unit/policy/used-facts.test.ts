import { describe, expect, it } from 'vitest';
import { describePolicy } from '../../../services/core/policy/cedar.ts';
import { usedFacts } from '../../../services/core/policy/used-facts.ts';

function usedBy(condition: string): string[] {
  const described = describePolicy(`forbid (principal, action, resource) when { ${condition} };`);
  expect(described).toBeDefined();
  const { message, part } = usedFacts([described?.conditions]);
  const names = (record: string, facts: Readonly<Record<string, boolean>>): string[] =>
    Object.entries(facts).flatMap(([name, used]) => (used ? [`${record}.${name}`] : []));
  return [...names('message', message), ...names('part', part)];
}

const ALL_MESSAGE = 18;
const ALL_PART = 6;

describe('usedFacts', () => {
  it('finds the facts that a condition names, wherever in it they stand', () => {
    expect(usedBy('context.message.urgency == Urgency::"past"')).toEqual(['message.urgency']);
    expect(
      usedBy(
        '!(if context.message.drill then context.part.concerns.contains(Concern::"minor") else [context.message.severity].contains(context.part.role))',
      ),
    ).toEqual(['message.severity', 'message.drill', 'part.role']);
    expect(
      usedBy(
        '{ x: context.message.certainty }.x == Certainty::"likely" || context["message"]["precedence"] == Precedence::"flash"',
      ),
    ).toEqual(['message.certainty', 'message.precedence']);
  });

  it('finds nothing where nothing is looked at', () => {
    expect(usedBy('principal in Nation::"TH" && context.agreement.trustLevel > 2')).toEqual([]);
  });

  it('takes a record that is looked at as a whole for all its facts', () => {
    expect(usedBy('context.message == context.message')).toHaveLength(ALL_MESSAGE);
    expect(usedBy('context.part has role')).toHaveLength(ALL_PART);
    expect(usedBy('context has part && [context.part].isEmpty()')).toHaveLength(ALL_MESSAGE + ALL_PART);
    expect(usedBy('context == {}')).toHaveLength(ALL_MESSAGE + ALL_PART);
  });

  it('takes a policy that could not be read for one that looks at everything', () => {
    const { message, part } = usedFacts([undefined]);
    expect([...Object.values(message), ...Object.values(part)]).not.toContain(false);
  });
});
