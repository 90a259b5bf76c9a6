import { describe, expect, it } from 'vitest';
import type { PreviewRecipient } from '../../../../../services/console/src/screens/compose/kinds.ts';
import { planOf, samePlan } from '../../../../../services/console/src/screens/compose/send-plan.ts';

const recipient = (office: string, outcome: PreviewRecipient['outcome']): PreviewRecipient => ({
  office,
  outcome,
  withheld: [],
  policies: [],
  withheldParts: [],
  why: [],
  agreement: null,
});
const recipients = [
  recipient('a', 'released'),
  recipient('b', 'held'),
  recipient('c', 'refused'),
  recipient('d', 'unknown'),
];

describe('planOf', () => {
  it('sorts the recipients by what becomes of their copies; what it does not know counts as refused', () => {
    expect(planOf(recipients, false)).toEqual({ released: ['a'], held: ['b'], refused: ['c', 'd'] });
  });

  it('lets an emergency past a hold, and past no refusal', () => {
    expect(planOf(recipients, true)).toEqual({ released: ['a', 'b'], held: [], refused: ['c', 'd'] });
  });
});

describe('samePlan', () => {
  it('tells whether what was shown still holds', () => {
    expect(samePlan(planOf(recipients, false), planOf([...recipients], false))).toBe(true);
    expect(samePlan(planOf(recipients, false), planOf(recipients, true))).toBe(false);
  });
});
