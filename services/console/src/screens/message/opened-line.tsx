import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import { may, send, session, useAction } from '../../api/index.ts';
import { clockTime, dateTime, now, t } from '../../i18n/index.ts';
import { Button, Icon, ProblemNotice } from '../../ui/index.ts';
import { type Message, originQuery } from './message-types.ts';
import { mustTell } from './must-tell.ts';

/**
 * Says at the top what opening a received message does: its sender gets a signed receipt, once, and this office's ledger
 * has who opened it. Nothing is told by those who only oversee, and nothing is told silently.
 */
export function OpenedLine({ message }: { readonly message: Message }): JSX.Element | null {
  const told = useSignal<number | null>(null);
  const action = useAction();
  const me = session().officer.name;
  const first = message.direction === 'inbound' ? message.retrievals[0] : undefined;
  const shouldTell = mustTell(message, me, may('retrieve'));
  const tell = () =>
    action.run(async () => {
      await send(`/v1/messages/${encodeURIComponent(message.id)}/retrieved${originQuery(message)}`);
      told.value = now();
    });
  useEffect(() => {
    if (shouldTell) void tell();
  }, []);
  if (message.direction !== 'inbound') return null;
  const sender = message.from;
  if (action.problem !== undefined)
    return (
      <div class="stack-tight no-print">
        <ProblemNotice problem={action.problem} />
        <p>
          {t('opened.notTold', { sender })} <Button onClick={() => void tell()}>{t('action.tryAgain')}</Button>
        </p>
      </div>
    );
  const text =
    told.value !== null && (first === undefined || first.by === me)
      ? t('opened.told', { sender, at: clockTime(told.value) })
      : first !== undefined
        ? t(first.by === me ? 'opened.byYou' : 'opened.before', { sender, by: first.by, at: dateTime(first.at) })
        : action.busy || shouldTell
          ? t('opened.telling', { sender })
          : t('opened.notByYou', { sender });
  return (
    <p class="message-opened small" role="status">
      <Icon shape="check" /> {text}
    </p>
  );
}
