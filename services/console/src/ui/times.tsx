import type { JSX } from 'preact';
import { dateTime, exactTime, localDate, now, span, t } from '../i18n/index.ts';

/** A time: date and time of day, exact to the second when pointed at, with the reader's own calendar beside it. */
export function Time({ at, withLocal = false }: { readonly at: string; readonly withLocal?: boolean }): JSX.Element {
  const local = withLocal ? localDate(at) : undefined;
  return (
    <time dateTime={at} title={exactTime(at)}>
      {dateTime(at)}
      {local === undefined ? null : (
        <>
          {' '}
          <span class="muted local-date">({local})</span>
        </>
      )}
    </time>
  );
}

/** A list has many ages, and a phone, which points at nothing, takes long to write exact times: only who points has them written. */
function exactWhenPointedAt(at: string): { readonly onPointerEnter: (event: { currentTarget: HTMLElement }) => void } {
  return {
    onPointerEnter: ({ currentTarget }) => {
      currentTarget.title = exactTime(at);
    },
  };
}

/** How long ago: `4 min ago`. */
export function Age({ at }: { readonly at: string }): JSX.Element {
  const ms = now() - Date.parse(at);
  return (
    <time dateTime={at} {...exactWhenPointedAt(at)}>
      {ms < 60_000 ? t('time.justNow') : t('time.ago', { span: span(ms) })}
    </time>
  );
}

/** How long until then, or since when it is over; `soonMs` before the end it is marked. */
export function Countdown({
  until,
  soonMs = 3_600_000,
}: {
  readonly until: string;
  readonly soonMs?: number;
}): JSX.Element {
  const left = Date.parse(until) - now();
  const look = left < 0 ? ' late' : left < soonMs ? ' soon' : '';
  return (
    <time class={`countdown${look}`} dateTime={until} {...exactWhenPointedAt(until)}>
      {left < 0 ? t('time.overdue', { span: span(left) }) : t('time.left', { span: span(left) })}
    </time>
  );
}
