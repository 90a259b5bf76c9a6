import type { JSX } from 'preact';
import { code, date, dateTime, t } from '../i18n/index.ts';
import { PeerText } from '../ui/index.ts';
import { type LimitedMessage, limitsOf } from './limits.ts';

/** What may be done with a message and until when, in sentences; the caveat in its author's words. */
export function LimitsView({
  message,
  caveat,
}: {
  readonly message: LimitedMessage;
  readonly caveat?: string | undefined;
}): JSX.Element {
  return (
    <ul class="limits">
      {caveat === undefined ? null : (
        <li>
          <strong>{t('limits.caveat')}</strong> <PeerText text={caveat} />
        </li>
      )}
      {limitsOf(message).map(({ key, values, codes = {}, times = {}, days = {} }) => (
        <li key={key}>
          {t(key, {
            ...values,
            ...Object.fromEntries(Object.entries(codes).map(([name, [list, value]]) => [name, code(list, value)])),
            ...Object.fromEntries(Object.entries(times).map(([name, at]) => [name, dateTime(at)])),
            ...Object.fromEntries(Object.entries(days).map(([name, day]) => [name, date(day)])),
          })}
        </li>
      ))}
    </ul>
  );
}
