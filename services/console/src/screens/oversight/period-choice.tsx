import type { JSX } from 'preact';
import { now, t } from '../../i18n/index.ts';
import { Select, TextField } from '../../ui/index.ts';

/** A period by its days, both included, in UTC as the figures are. */
export interface Period {
  readonly first: string;
  readonly last: string;
}

const DAY_MS = 86_400_000;
const SPANS = [30, 91, 365] as const;

/** The last so many days, today included. */
export function lastDays(days: number): Period {
  const today = now();
  return { first: dayOf(today - (days - 1) * DAY_MS), last: dayOf(today) };
}

/** The period as the office is asked for it; undefined while its days are no period. */
export function queryOf({ first, last }: Period): { readonly from: string; readonly until: string } | undefined {
  const from = Date.parse(`${first}T00:00:00Z`);
  const until = Date.parse(`${last}T00:00:00Z`) + DAY_MS;
  if (!(from < until)) return undefined;
  return { from: new Date(from).toISOString(), until: new Date(until).toISOString() };
}

function dayOf(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}

/** Chooses a period: a usual one, or its first and last day. */
export function PeriodChoice({
  period,
  onPeriod,
}: {
  readonly period: Period;
  readonly onPeriod: (period: Period) => void;
}): JSX.Element {
  const usual = SPANS.find((days) => {
    const { first, last } = lastDays(days);
    return first === period.first && last === period.last;
  });
  const wrong = queryOf(period) === undefined ? t('figures.periodWrong') : undefined;
  return (
    <>
      <Select
        label={t('figures.period')}
        value={usual === undefined ? '' : String(usual)}
        options={[
          ...SPANS.map((days) => ({ value: String(days), label: t('figures.lastDays', { n: days }) })),
          { value: '', label: t('figures.ownPeriod') },
        ]}
        onValue={(value) => {
          if (value !== '') onPeriod(lastDays(Number(value)));
        }}
      />
      <TextField
        label={t('figures.firstDay')}
        type="date"
        value={period.first}
        max={period.last}
        onValue={(first) => onPeriod({ ...period, first })}
        error={wrong}
      />
      <TextField
        label={t('figures.lastDay')}
        type="date"
        value={period.last}
        min={period.first}
        onValue={(last) => onPeriod({ ...period, last })}
      />
    </>
  );
}
