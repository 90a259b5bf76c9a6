import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { type Schemas, useResource } from '../../api/index.ts';
import { dateTime, now, t } from '../../i18n/index.ts';
import { Button, Dialog, Empty, Loaded, Notice, Page, Panel, State, Time } from '../../ui/index.ts';
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
      <FirstSteps accounts={accounts.value?.items ?? []} agencies={known} />
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
              <div class="table-scroll">
                <table class="table people-table">
                  <thead>
                    <tr>
                      <th scope="col">{t('people.name')}</th>
                      <th scope="col">{t('settings.role')}</th>
                      <th scope="col">{t('settings.agencies')}</th>
                      <th scope="col">{t('people.signsIn')}</th>
                      <th scope="col">{t('people.acts')}</th>
                    </tr>
                  </thead>
                  <tbody>
                    {items.map((account) => (
                      <Row
                        key={account.name}
                        account={account}
                        agencies={known}
                        onOneTime={setOneTime}
                        onChanged={reload}
                      />
                    ))}
                  </tbody>
                </table>
              </div>
            )
          }
        </Loaded>
      </Panel>
      <Agencies agencies={agencies} />
    </Page>
  );
}

function Row({
  account,
  agencies,
  onOneTime,
  onChanged,
}: {
  readonly account: Account;
  readonly agencies: readonly Agency[];
  readonly onOneTime: (password: Schemas['OneTimePassword']) => void;
  readonly onChanged: () => void;
}): JSX.Element {
  const names = account.agencies.map((id) => agencies.find((agency) => agency.id === id)?.name ?? id);
  return (
    <tr>
      <th scope="row">
        {account.displayName ?? account.name}
        <div class="mono small">{account.name}</div>
        {account.disabledAt === null ? null : (
          <State shape="cross" tone="danger">
            {t('people.disabledSince')} <Time at={account.disabledAt} />
          </State>
        )}
      </th>
      <td>{t(`role.${account.role}`)}</td>
      <td>{names.join(', ')}</td>
      <td>
        {[
          account.hasPassword ? passwordOf(account) : '',
          account.passkeys === 0 ? '' : t('people.passkeys', { n: account.passkeys }),
          account.oidcSubject === null ? '' : t('people.ministry'),
        ]
          .filter((means) => means !== '')
          .join(', ')}
      </td>
      <td>
        <AccountActs account={account} agencies={agencies} onOneTime={onOneTime} onChanged={onChanged} />
      </td>
    </tr>
  );
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
