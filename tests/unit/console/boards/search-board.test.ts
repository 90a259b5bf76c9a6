import { describe, expect, it } from 'vitest';
import { hitsOf, isAwaited, sortSearches } from '../../../../services/console/src/boards/search-board.ts';

const search = (id: string, states: readonly string[], outcomes: readonly string[] = [], hour = 10) => ({
  id,
  createdAt: `2026-11-22T${hour}:00:00Z`,
  expiresAt: `2026-11-23T${hour}:00:00Z`,
  offices: states.map((state) => ({
    state,
    result: outcomes.length === 0 ? null : { findings: outcomes.map((outcome) => ({ outcome })) },
  })),
});

describe('isAwaited', () => {
  it('is a search that one office has still to answer', () => {
    expect(isAwaited(search('1', ['answered', 'waiting']))).toBe(true);
    expect(isAwaited(search('1', ['answered', 'refused', 'quota-spent', 'unanswered']))).toBe(false);
  });
});

describe('hitsOf', () => {
  it('counts hits and nothing else', () => {
    expect(hitsOf(search('1', ['answered', 'answered'], ['SEARCH_OUTCOME_HIT', 'SEARCH_OUTCOME_NO_HIT']))).toBe(2);
    expect(hitsOf(search('1', ['waiting']))).toBe(0);
  });
});

describe('sortSearches', () => {
  it('puts what waits first, by its end, then the newest', () => {
    const sorted = sortSearches([
      search('old', ['answered'], [], 11),
      search('new', ['answered'], [], 12),
      search('later', ['waiting'], [], 15),
      search('soon', ['queued'], [], 10),
    ]);
    expect(sorted.map(({ id }) => id)).toEqual(['soon', 'later', 'new', 'old']);
  });
});
