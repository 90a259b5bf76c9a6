import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { type Schemas, send, useAction } from '../../api/index.ts';
import { leading, t } from '../../i18n/index.ts';
import { Button, Dialog, ProblemNotice } from '../../ui/index.ts';
import { AccountForm } from './account-form.tsx';

/** What an operator does with an account; what ends somebody's sessions is confirmed first. */
export function AccountActs({
  account,
  agencies,
  onOneTime,
  onChanged,
}: {
  readonly account: Schemas['Account'];
  readonly agencies: readonly Schemas['Agency'][];
  readonly onOneTime: (password: Schemas['OneTimePassword']) => void;
  readonly onChanged: () => void;
}): JSX.Element {
  const [open, setOpen] = useState<'change' | 'disable' | 'reset' | undefined>(undefined);
  const action = useAction();
  const address = `/v1/officers/${encodeURIComponent(account.name)}`;
  const close = (): void => {
    setOpen(undefined);
    action.clear();
  };
  const act = async (name: 'disable' | 'enable' | 'reset'): Promise<void> => {
    const done = await action.run(async () => {
      const answer = await send<Schemas['OneTimePassword']>(`${address}/${name}`);
      if (name === 'reset') onOneTime(answer);
    });
    if (!done) return;
    close();
    onChanged();
  };
  return (
    <div class="row">
      <Button aria-label={`${t('people.change')}: ${account.name}`} onClick={() => setOpen('change')}>
        {t('people.change')}
      </Button>
      <Button aria-label={`${t('people.reset')}: ${account.name}`} onClick={() => setOpen('reset')}>
        {t('people.reset')}
      </Button>
      {account.disabledAt === null ? (
        <Button look="danger" aria-label={`${t('people.disable')}: ${account.name}`} onClick={() => setOpen('disable')}>
          {t('people.disable')}
        </Button>
      ) : (
        <Button
          busy={action.busy}
          aria-label={`${t('people.enable')}: ${account.name}`}
          onClick={() => void act('enable')}
        >
          {t('people.enable')}
        </Button>
      )}
      {open === undefined ? <ProblemNotice problem={action.problem} /> : null}
      {open === 'change' ? (
        <Dialog title={`${leading(t('people.change'))}${account.name}`} onClose={close}>
          <AccountForm
            account={account}
            agencies={agencies}
            onDone={() => {
              close();
              onChanged();
            }}
            onCancel={close}
          />
        </Dialog>
      ) : null}
      {open === 'disable' || open === 'reset' ? (
        <Dialog title={`${leading(t(`people.${open}`))}${account.name}`} onClose={close}>
          <p>{t(`people.${open}About`)}</p>
          <ProblemNotice problem={action.problem} />
          <div class="row">
            <Button look="danger" busy={action.busy} onClick={() => void act(open)}>
              {t(`people.${open}`)}
            </Button>
            <Button onClick={close}>{t('action.cancel')}</Button>
          </div>
        </Dialog>
      ) : null}
    </div>
  );
}
