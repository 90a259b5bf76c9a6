import type { JSX } from 'preact';
import { may } from '../../api/index.ts';
import { Link } from '../../app/router.tsx';
import { t } from '../../i18n/index.ts';
import { Button } from '../../ui/index.ts';
import type { Message } from './message-types.ts';
import { possibleActions } from './possible-actions.ts';

/** Where on the page officers work on the message. */
export const WORK = 'message-work';

/** What can be done with the message next, by this person. */
export function Actions({ message, hasWork }: { readonly message: Message; readonly hasWork: boolean }): JSX.Element {
  return (
    <nav class="row no-print" aria-label={t('message.actions')}>
      {possibleActions(message, may).map(({ key, to }, index) => (
        <Link key={key} class={`button${index === 0 ? ' primary' : ''}`} to={to}>
          {t(key)}
        </Link>
      ))}
      {hasWork ? <Button onClick={toWork}>{t('triage.open')}</Button> : null}
      <Button look="plain" onClick={() => print()}>
        {t('action.print')}
      </Button>
    </nav>
  );
}

/** The work stands below what may be done with the message, on a narrow page below all that was said. */
function toWork(): void {
  const work = document.getElementById(WORK);
  work?.scrollIntoView();
  work?.querySelector<HTMLElement>('button, select, input')?.focus({ preventScroll: true });
}
