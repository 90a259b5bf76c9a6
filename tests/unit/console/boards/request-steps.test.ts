import { describe, expect, it } from 'vitest';
import { possibleSteps } from '../../../../services/console/src/boards/request-steps.ts';

const ALL = { takeSteps: true, submit: true };
const life = (state: string, more: object = {}) => ({
  asking: 'th-chiang-khong',
  asked: 'la-houayxay',
  state,
  open: true,
  overdue: false,
  answerBy: '2026-11-22T18:00:00Z',
  assignee: null,
  ...more,
});
const underWay = (origin: string, action: string) => ({ origin, standing: 'under-way', what: 'step', action });

describe('possibleSteps', () => {
  it('lets the asked office acknowledge, answer, ask back and refuse', () => {
    expect(possibleSteps(life('delivered'), 'asked', ALL)).toEqual([
      'acknowledge',
      'answer',
      'ask-clarification',
      'refuse',
    ]);
  });

  it('does not ask back twice', () => {
    expect(possibleSteps(life('clarification-asked'), 'asked', ALL)).not.toContain('ask-clarification');
  });

  it('lets the asking office withdraw, and clarify what it was asked', () => {
    expect(possibleSteps(life('acknowledged'), 'asking', ALL)).toEqual(['withdraw']);
    expect(possibleSteps(life('clarification-asked'), 'asking', ALL)).toEqual(['clarify', 'withdraw']);
  });

  it('has none for what is held, closed, or ended by something that is still under way', () => {
    expect(possibleSteps(life('held'), 'asking', ALL)).toEqual([]);
    expect(possibleSteps(life('answered', { open: false }), 'asked', ALL)).toEqual([]);
    const refused = life('delivered', { facts: [underWay('la-houayxay', 'REQUEST_ACTION_REFUSE')] });
    expect(possibleSteps(refused, 'asked', ALL)).toEqual([]);
    const withdrawn = life('delivered', { facts: [underWay('th-chiang-khong', 'REQUEST_ACTION_WITHDRAW')] });
    expect(possibleSteps(withdrawn, 'asking', ALL)).toEqual([]);
  });

  it('goes on while only something else, or of the other office, is under way', () => {
    const facts = [
      underWay('la-houayxay', 'REQUEST_ACTION_ACKNOWLEDGE'),
      underWay('th-chiang-khong', 'REQUEST_ACTION_WITHDRAW'),
    ];
    expect(possibleSteps(life('delivered', { facts }), 'asked', ALL)).toContain('refuse');
  });

  it('offers nobody what their role may not', () => {
    expect(possibleSteps(life('delivered'), 'asked', { takeSteps: false, submit: false })).toEqual([]);
    expect(possibleSteps(life('delivered'), 'asked', { takeSteps: false, submit: true })).toEqual(['answer']);
    expect(possibleSteps(life('delivered'), 'asking', { takeSteps: false, submit: true })).toEqual([]);
  });
});
