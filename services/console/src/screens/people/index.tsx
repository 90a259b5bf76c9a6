import type { ComponentChildren, JSX } from 'preact';
import { useState } from 'preact/hooks';
import { type Schemas, useResource } from '../../api/index.ts';
import { dateTime, now, t } from '../../i18n/index.ts';
import { Button, DataTable, Dialog, Empty, Loaded, Notice, Page, Panel, State, Time } from '../../ui/index.ts';
import { AccountActs } from './account-acts.tsx';
import { AccountForm } from './account-form.tsx';
import { Agencies } from './agencies.tsx';
import { FirstSteps } from './first-steps.tsx';

type Account = Schemas['Account'];
type Agency = Schemas['Agency'];

/** The people of the office and its agencies, for its operator. */
export default function People(): JSX.Element {
  const accounts = useResource<{ readonly items: readonly Account[] }>('/v1/accounts', ['people']);
  const agencies = useResource<{ readonly items: readonly Agency[] }>('/v1/agencies', ['people']);
  const [adding, setAdding] = useState(false);
  const [oneTime, setOneTime] = useState<Schemas['OneTimePassword'] | undefined>(undefined);
  const reload = (): void => void accounts.reload();
  const known = agencies.value?.items ?? [];
  return (
    <Page
      title={t('nav.people')}
      actions={
        <Button look="primary" onClick={() => setAdding(true)}>
          {t('people.add')}
        </Button>
      }
    >
      {accounts.value === undefined || agencies.value === undefined ? null : (
        <FirstSteps accounts={accounts.value.items} agencies={known} />
      )}
      {oneTime === undefined ? null : <OneTime given={oneTime} onClose={() => setOneTime(undefined)} />}
      {adding ? (
        <Dialog title={t('people.add')} onClose={() => setAdding(false)}>
          <AccountForm
            agencies={known}
            onDone={(password) => {
              setAdding(false);
              setOneTime(password);
              reload();
            }}
            onCancel={() => setAdding(false)}
          />
        </Dialog>
      ) : null}
      <Panel title={t('people.accounts')}>
        <Loaded resource={accounts}>
          {({ items }) =>
            items.length === 0 ? (
              <Empty>{t('state.none')}</Empty>
            ) : (
              <DataTable
                label={t('people.accounts')}
                columns={[
                  { head: t('people.name') },
                  { head: t('settings.role') },
                  { head: t('settings.agencies') },
                  { head: t('people.signsIn') },
                  { head: t('people.acts') },
                ]}
                rows={items.map((account) => ({
                  key: account.name,
                  cells: cellsOf(
                    account,
                    known,
                    <AccountActs account={account} agencies={known} onOneTime={setOneTime} onChanged={reload} />,
                  ),
                }))}
              />
            )
          }
        </Loaded>
      </Panel>
      <Agencies agencies={agencies} />
    </Page>
  );
}

function cellsOf(account: Account, agencies: readonly Agency[], acts: JSX.Element): readonly ComponentChildren[] {
  const names = account.agencies.map((id) => agencies.find((agency) => agency.id === id)?.name ?? id);
  const signsIn = [
    account.hasPassword ? passwordOf(account) : '',
    account.passkeys === 0 ? '' : t('people.passkeys', { n: account.passkeys }),
    account.oidcSubject === null ? '' : t('people.ministry'),
  ].filter((means) => means !== '');
  return [
    <>
      {account.displayName ?? account.name}
      <div class="mono small">{account.name}</div>
      {account.disabledAt === null ? null : (
        <State shape="cross" tone="danger">
          {t('people.disabledSince')} <Time at={account.disabledAt} />
        </State>
      )}
    </>,
    t(`role.${account.role}`),
    names.join(', '),
    signsIn.join(', '),
    acts,
  ];
}

function passwordOf({ oneTimeUntil }: Account): string {
  if (oneTimeUntil === null) return t('signIn.password');
  const at = dateTime(oneTimeUntil);
  return Date.parse(oneTimeUntil) > now() ? t('people.oneTimeUntil', { at }) : t('people.oneTimeEnded', { at });
}

function OneTime({
  given,
  onClose,
}: {
  readonly given: Schemas['OneTimePassword'];
  readonly onClose: () => void;
}): JSX.Element {
  return (
    <Notice tone="warn" title={t('people.oneTimeFor', { name: given.name })}>
      <p class="mono">{given.password}</p>
      <p>{t('people.oneTimeAbout', { at: dateTime(given.until) })}</p>
      <div>
        <Button onClick={onClose}>{t('people.oneTimeTold')}</Button>
      </div>
    </Notice>
  );
}
