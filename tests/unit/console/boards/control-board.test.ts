import { describe, expect, it } from 'vitest';
import {
  owesAnswer,
  owesRecallAnswer,
  recallProgress,
  sortAsked,
  sortRecalls,
} from '../../../../services/console/src/boards/control-board.ts';

const recall = (id: string, direction: string, state: string, holders: readonly string[], hour = 10) => ({
  id,
  direction,
  state,
  answerBy: `2026-11-23T${hour}:00:00Z`,
  createdAt: `2026-11-22T${hour}:00:00Z`,
  holders: holders.map((one) => ({ state: one })),
});

describe('owesRecallAnswer', () => {
  it('is a recall of another office that this one has not answered, also when it is late', () => {
    expect(owesRecallAnswer(recall('1', 'inbound', 'open', ['waiting']))).toBe(true);
    expect(owesRecallAnswer(recall('1', 'inbound', 'overdue', ['overdue']))).toBe(true);
    expect(owesRecallAnswer(recall('1', 'inbound', 'open', ['done', 'waiting']))).toBe(false);
    expect(owesRecallAnswer(recall('1', 'outbound', 'open', ['waiting']))).toBe(false);
  });
});

describe('recallProgress', () => {
  it('counts every answer, a refusal too', () => {
    const holders = ['done', 'partly', 'refused', 'waiting', 'overdue', 'unreached'];
    expect(recallProgress(recall('1', 'outbound', 'open', holders))).toEqual({ answered: 3, of: 6 });
  });
});

describe('sortRecalls', () => {
  it('puts what this office owes first, then what waits by its time, then what is answered, the newest first', () => {
    const sorted = sortRecalls([
      recall('old', 'outbound', 'answered', ['done'], 11),
      recall('new', 'outbound', 'answered', ['done'], 12),
      recall('later', 'outbound', 'open', ['waiting'], 15),
      recall('soon', 'outbound', 'overdue', ['overdue'], 10),
      recall('owed', 'inbound', 'open', ['waiting'], 20),
    ]);
    expect(sorted.map(({ id }) => id)).toEqual(['owed', 'soon', 'later', 'new', 'old']);
  });
});

describe('owesAnswer', () => {
  it('is what the originator was asked and has said nothing to', () => {
    expect(owesAnswer({ side: 'originator', state: 'asked', askedAt: '' })).toBe(true);
    expect(owesAnswer({ side: 'originator', state: 'opened-in-part', askedAt: '' })).toBe(false);
    expect(owesAnswer({ side: 'asking', state: 'asked', askedAt: '' })).toBe(false);
  });
});

describe('sortAsked', () => {
  it('puts what this office owes first, then what waits, then what is over, the newest first', () => {
    const asked = (id: string, side: string, state: string, hour: number) => ({
      id,
      side,
      state,
      askedAt: `2026-11-22T${hour}:00:00Z`,
      until: `2026-11-23T${hour}:00:00Z`,
    });
    const sorted = sortAsked(
      [
        asked('old', 'asking', 'refused', 11),
        asked('new', 'asking', 'lapsed', 12),
        asked('waits', 'asking', 'asked', 10),
        asked('owed', 'originator', 'asked', 20),
      ],
      ({ until }) => until,
    );
    expect(sorted.map(({ id }) => id)).toEqual(['owed', 'waits', 'new', 'old']);
  });
});
