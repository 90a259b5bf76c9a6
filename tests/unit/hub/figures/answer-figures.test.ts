import { describe, expect, it } from 'vitest';
import { isoWeekOf, parseIsoWeek, weeksBetween } from '../../../../services/core/figures/index.ts';
import { type EpochMs, epochMs, parseOfficeId } from '../../../../services/core/foundation/index.ts';
import { Corridor, CrimeArea, MessageKind, Urgency } from '../../../../services/core/wire/index.ts';
import { answerFigures, parseFiguresQuery } from '../../../../services/hub/figures/answer-figures.ts';
import { countReleases, type ReleaseCounts } from '../../../../services/hub/figures/count-releases.ts';
import { figuresPage } from '../../../../services/hub/figures/figures-page.ts';
import type { HubLogEntry } from '../../../../services/hub/log/entry.ts';

const NOW = Date.UTC(2029, 0, 24) as EpochMs;
const WEEK_MS = 7 * 86_400_000;

function entry(changes: Partial<HubLogEntry> = {}): HubLogEntry {
  return {
    sequence: 1,
    atMs: NOW,
    releasedMs: NOW,
    from: parseOfficeId('th-mae-sai'),
    nation: 'TH',
    corridor: Corridor.GOLDEN_TRIANGLE,
    crimeArea: CrimeArea.DRUGS,
    urgency: Urgency.EXPECTED,
    kind: MessageKind.BULLETIN,
    drill: false,
    withdraws: null,
    ...changes,
  } as HubLogEntry;
}

function counted(entries: readonly HubLogEntry[]): ReleaseCounts {
  const counts = countReleases(() => ['LA', 'MM', 'TH']);
  for (const each of entries) counts.add(each);
  return counts;
}

const times = (count: number, changes: Partial<HubLogEntry> = {}): HubLogEntry[] =>
  Array.from({ length: count }, () => entry(changes));

describe('parseFiguresQuery', () => {
  it('takes the last twelve weeks by corridor where nothing is said', () => {
    const query = parseFiguresQuery({}, NOW);
    expect(query).toEqual({ by: 'corridor', from: '2028-W45', until: '2029-W04' });
    expect(weeksBetween(query.from, query.until, 100)).toHaveLength(12);
  });

  it.each([
    [{ by: 'office' }, 'by'],
    [{ by: ['corridor', 'nation'] }, 'by'],
    [{ from: '2029-W54' }, 'from'],
    [{ until: '2029-1' }, 'until'],
    [{ officer: 'x' }, 'unknown'],
  ])('refuses %j', (query, field) => {
    expect(() => parseFiguresQuery(query, NOW)).toThrow(
      expect.objectContaining({ code: 'HUB_FIGURES_QUERY_INVALID', context: { field } }),
    );
  });
});

describe('answerFigures', () => {
  const query = (by: string) => parseFiguresQuery({ by, from: '2029-W03', until: '2029-W04' }, NOW);

  it('says counts in steps of five, and nothing of what is below', () => {
    const counts = counted([...times(13), ...times(4, { corridor: Corridor.OTHER })]);
    const figures = answerFigures(counts, query('corridor'));
    expect(figures.weeks[1]).toMatchObject({
      week: '2029-W04',
      withheld: false,
      categories: [{ category: 'CORRIDOR_GOLDEN_TRIANGLE', atLeast: 10, atMost: 14 }],
    });
    expect(JSON.stringify(figures)).not.toContain('CORRIDOR_OTHER');
  });

  it('says the same of a category with four as of one with none', () => {
    const four = answerFigures(counted([...times(13), ...times(4, { corridor: Corridor.OTHER })]), query('corridor'));
    const none = answerFigures(counted([...times(13), ...times(4)]), query('corridor'));
    expect(four.categories.map(({ category }) => category)).toEqual(none.categories.map(({ category }) => category));
  });

  it('says of a longer time the sum of what it says of each week', () => {
    const counts = counted([...times(9), ...times(9, { releasedMs: epochMs(NOW - WEEK_MS) })]);
    const figures = answerFigures(counts, query('nation'));
    // Eighteen in all; but a sum of eighteen would tell the last week from the one before.
    expect(figures.categories).toEqual([{ category: 'TH', atLeast: 10, atMost: 18 }]);
  });

  it('counts neither exercises nor withdrawals', () => {
    const counts = counted([...times(9, { drill: true }), ...times(9, { withdraws: 'd'.repeat(64) as never })]);
    expect(answerFigures(counts, query('corridor')).total.atLeast).toBe(0);
  });

  it('gives totals by week', () => {
    expect(answerFigures(counted(times(13)), query('week')).weeks[1]?.total.atLeast).toBe(10);
  });
});

describe('figuresPage', () => {
  it('escapes what it is given, and loads nothing', () => {
    const figures = answerFigures(counted(times(9)), parseFiguresQuery({}, NOW));
    const page = figuresPage(figures, { hub: '<b>hub</b>', at: '2029', wordOf: () => '"><script>' });
    expect(page).not.toMatch(/<script|<b>|https?:|src=|@import/);
    expect(page).toContain('5 to 9');
  });
});

describe('isoWeekOf', () => {
  it.each([
    ['2027-01-03', '2026-W53'],
    ['2027-01-04', '2027-W01'],
    ['2024-12-30', '2025-W01'],
    ['2029-01-24', '2029-W04'],
  ])('puts %s into %s', (day, week) => {
    expect(isoWeekOf(epochMs(Date.parse(`${day}T12:00:00Z`)))).toBe(week);
    expect(parseIsoWeek(week)).toBe(week);
  });
});
