import type { JSX } from 'preact';
import { t } from '../../i18n/index.ts';
import { State } from '../../ui/index.ts';

const SOON_DAYS = 14;

/** How many days something lasts; marked where they are few. */
export function DaysLeft({ days, ended }: { readonly days: number; readonly ended: boolean }): JSX.Element {
  if (ended)
    return (
      <State shape="cross" tone="danger">
        {t('directory.ended')}
      </State>
    );
  const soon = days <= SOON_DAYS;
  return (
    <State shape={soon ? 'triangle' : 'check'} tone={soon ? 'warn' : 'good'}>
      {t('directory.daysLeft', { n: days })}
    </State>
  );
}
