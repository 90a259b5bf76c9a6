import { describe, expect, it } from 'vitest';
import { requestTimeline } from '../../../../services/console/src/boards/request-timeline.ts';

const at = (hour: number): string => `2026-11-22T${String(hour).padStart(2, '0')}:00:00Z`;
const fact = (hour: number, id: string) => ({
  id,
  at: at(hour),
  origin: 'la-houayxay',
  standing: 'counted',
  what: 'step',
});
const life = (more: object = {}) => ({
  asking: 'th-chiang-khong',
  asked: 'la-houayxay',
  state: 'delivered',
  open: true,
  answerBy: at(16),
  deliveredAt: at(9),
  closedAt: null,
  facts: [] as ReturnType<typeof fact>[],
  ...more,
});
const words = (one: ReturnType<typeof life>): readonly string[] =>
  requestTimeline(at(8), one).map(({ what, fact: said }) => said?.id ?? what);

describe('requestTimeline', () => {
  it('has everything by its signed time, with the time limit in its place', () => {
    expect(words(life({ facts: [fact(18, 'answer'), fact(10, 'ack')] }))).toEqual([
      'asked',
      'delivered',
      'ack',
      'time-limit',
      'answer',
    ]);
  });

  it('leaves the time limit out of what was closed before it', () => {
    expect(words(life({ open: false, state: 'answered', closedAt: at(11), facts: [fact(11, 'answer')] }))).toEqual([
      'asked',
      'delivered',
      'answer',
    ]);
  });

  it('says when it expired, and keeps what never arrived there out', () => {
    expect(words(life({ open: false, state: 'expired', closedAt: at(20), deliveredAt: null }))).toEqual([
      'asked',
      'time-limit',
      'expired',
    ]);
  });

  it('puts what was asked before what was said in the same moment', () => {
    expect(words(life({ deliveredAt: at(8), facts: [fact(8, 'ack')] }))).toEqual([
      'asked',
      'delivered',
      'ack',
      'time-limit',
    ]);
  });
});
