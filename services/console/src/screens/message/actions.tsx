import type { JSX } from 'preact';
import { may } from '../../api/index.ts';
import { Link } from '../../app/router.tsx';
import { t } from '../../i18n/index.ts';
import { Button } from '../../ui/index.ts';
import type { Message } from './message-types.ts';
import { possibleActions } from './possible-actions.ts';

/** What can be done with the message next, by this person. */
export function Actions({ message }: { readonly message: Message }): JSX.Element {
  return (
    <nav class="row no-print" aria-label={t('message.actions')}>
      {possibleActions(message, may).map(({ key, to }, index) => (
        <Link key={key} class={`button${index === 0 ? ' primary' : ''}`} to={to}>
          {t(key)}
        </Link>
      ))}
      <Button onClick={() => print()}>{t('action.print')}</Button>
    </nav>
  );
}
