import { type EpochMs, epochMs } from '../foundation/index.ts';

/** A week of ISO 8601, `2029-W04`, Monday to Sunday in UTC. Weeks compare as texts. */
export type IsoWeek = string & { readonly __week: unique symbol };

const DAY_MS = 86_400_000;
const THURSDAY = 3;

/** The week in which that moment lies. */
export function isoWeekOf(at: EpochMs): IsoWeek {
  const weekday = (new Date(at).getUTCDay() + 6) % 7;
  // A week belongs to the year of its Thursday (ISO 8601-1:2019, 3.1.1.23).
  const thursday = Math.floor(at / DAY_MS) + THURSDAY - weekday;
  const year = new Date(thursday * DAY_MS).getUTCFullYear();
  const week = Math.floor((thursday - Date.UTC(year, 0, 1) / DAY_MS) / 7) + 1;
  return weekText(year, week);
}

/** A week from its text, if there is such a week. */
export function parseIsoWeek(text: unknown): IsoWeek | undefined {
  const [, year, week] = typeof text === 'string' ? (/^([0-9]{4})-W([0-9]{2})$/.exec(text) ?? []) : [];
  if (year === undefined || week === undefined || Number(year) < 1971) return undefined;
  // 4 January is always in the first week.
  const first = Date.UTC(Number(year), 0, 4);
  const made = isoWeekOf(epochMs(first + (Number(week) - 1) * 7 * DAY_MS));
  return made === text ? made : undefined;
}

/** Every week from one to another, both included; at most so many, the last ones. */
export function weeksBetween(from: IsoWeek, until: IsoWeek, atMost: number): readonly IsoWeek[] {
  const weeks: IsoWeek[] = [];
  for (let at = mondayOf(until); weeks.length < atMost; at -= 7 * DAY_MS) {
    const week = isoWeekOf(epochMs(at));
    if (week < from) break;
    weeks.unshift(week);
  }
  return weeks;
}

function mondayOf(week: IsoWeek): number {
  const fourth = Date.UTC(Number(week.slice(0, 4)), 0, 4);
  const weekday = (new Date(fourth).getUTCDay() + 6) % 7;
  return fourth - weekday * DAY_MS + (Number(week.slice(6)) - 1) * 7 * DAY_MS;
}

function weekText(year: number, week: number): IsoWeek {
  return `${year}-W${String(week).padStart(2, '0')}` as IsoWeek;
}

/** The first moment of the week. */
export function startOfIsoWeek(week: IsoWeek): EpochMs {
  return epochMs(mondayOf(week));
}
