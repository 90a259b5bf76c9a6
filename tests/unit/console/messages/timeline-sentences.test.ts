import { describe, expect, it } from 'vitest';
import { type TimelineStep, timelineSentence } from '../../../../services/console/src/messages/timeline-sentences.ts';

const at = '2026-11-22T07:03:07.000Z';
const step = (event: string, detail = '', more: Partial<TimelineStep> = {}): TimelineStep => ({
  at,
  event,
  office: 'th-chiang-khong',
  peer: 'la-huay-xai',
  detail,
  recordedAt: at,
  ...more,
});
const keyOf = (event: string, direction: 'outbound' | 'inbound', detail = '') =>
  timelineSentence(step(event, detail), direction).key;

describe('timelineSentence', () => {
  it('names who took the step, at which office and for whom', () => {
    const sentence = timelineSentence(step('released', 'duty-supervisor'), 'outbound');
    expect(sentence.key).toBe('timeline.released');
    expect(sentence.values).toEqual({ office: 'th-chiang-khong', peer: 'la-huay-xai', by: 'duty-supervisor' });
    expect(sentence.at).toBe(at);
  });

  it('says what the rules decided, each way, and why where they were not asked', () => {
    expect(keyOf('decided', 'outbound', 'held')).toBe('timeline.decidedOut.held');
    expect(keyOf('decided', 'inbound', 'released')).toBe('timeline.decidedIn.released');
    expect(timelineSentence(step('decided', 'refused ARTICLE_DOES_NOT_COVER'), 'outbound')).toMatchObject({
      key: 'timeline.decidedOut.refused',
      reason: 'ARTICLE_DOES_NOT_COVER',
    });
  });

  it('reads the number of a copy', () => {
    expect(timelineSentence(step('framed', 'number 12'), 'outbound').values['number']).toBe('12');
    expect(timelineSentence(step('received', 'twelve'), 'inbound').values['number']).toBe('');
  });

  it('tells opening here from opening there', () => {
    expect(timelineSentence(step('retrieved', 'border-desk'), 'inbound')).toMatchObject({
      key: 'timeline.retrievedHere',
      values: { by: 'border-desk' },
    });
    expect(keyOf('retrieved', 'outbound')).toBe('timeline.retrievedThere');
    expect(keyOf('delivered', 'inbound')).toBe('timeline.deliveredHere');
    expect(keyOf('delivered', 'outbound')).toBe('timeline.deliveredThere');
  });

  it('says when it was put on record here where the clocks differ', () => {
    const late = step('delivered', '', { recordedAt: '2026-11-22T07:03:10.000Z' });
    expect(timelineSentence(late, 'outbound').recordedAt).toBe('2026-11-22T07:03:10.000Z');
    const same = step('delivered', '', { recordedAt: '2026-11-22T07:03:08.000Z' });
    expect(timelineSentence(same, 'outbound').recordedAt).toBeUndefined();
  });

  it('keeps the reason of the other office as its own words', () => {
    expect(timelineSentence(step('not-delivered', 'RELAY_EXPIRED'), 'outbound').reason).toBe('RELAY_EXPIRED');
  });

  it('says also of a step that it does not know that it happened', () => {
    expect(timelineSentence(step('sealed', 'x'), 'inbound')).toMatchObject({
      key: 'timeline.other',
      values: { event: 'sealed' },
      reason: 'x',
    });
  });

  it.each([
    'accepted',
    'held',
    'approved',
    'rejected',
    'expired',
    'relayed',
    'relay-accepted',
    'relay-failed',
    'not-retrieved',
  ])('has a sentence of its own for %s', (event) => {
    expect(keyOf(event, 'outbound')).not.toBe('timeline.other');
  });
});
