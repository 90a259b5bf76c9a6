import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { send, session, useAction } from '../../api/index.ts';
import { chooseTheme, THEMES, theme } from '../../app/appearance.ts';
import { LanguageChoice } from '../../app/language-choice.tsx';
import { addPasskey, isDeviceRefusal, passkeysWork } from '../../app/passkeys.ts';
import { PasswordChange } from '../../app/password-change.tsx';
import { enter } from '../../app/sign-in.tsx';
import { listed, t } from '../../i18n/index.ts';
import { Button, Facts, Notice, Page, Panel, ProblemNotice, Select, TextField, Time } from '../../ui/index.ts';
import './settings.css';

/** What belongs to this device, and what belongs to this person. */
export default function Settings(): JSX.Element {
  return (
    <Page title={t('nav.settings')}>
      {session().officer.mustChangePassword === true ? <Notice tone="warn" title={t('password.mustChange')} /> : null}
      <ThisDevice />
      <Account />
      {session().hasPassword ? <PasswordChange /> : null}
      <Passkeys />
    </Page>
  );
}

function ThisDevice(): JSX.Element {
  return (
    <Panel title={t('settings.device')}>
      <div class="stack narrow">
        <LanguageChoice />
        <Select
          label={t('settings.theme')}
          value={theme()}
          options={THEMES.map((value) => ({ value, label: t(`settings.theme.${value}`) }))}
          onValue={(value) => chooseTheme(THEMES.find((one) => one === value) ?? 'device')}
        />
      </div>
    </Panel>
  );
}

function Account(): JSX.Element {
  const { officer } = session();
  return (
    <Panel title={t('settings.account')}>
      <Facts
        entries={[
          [
            t('signIn.name'),
            <span key="name" class="mono">
              {officer.name}
            </span>,
          ],
          [t('settings.role'), t(`role.${officer.role}`)],
          [t('settings.agencies'), namesOf(officer.agencies)],
        ]}
      />
    </Panel>
  );
}

function namesOf(ids: readonly string[]): string {
  return listed(ids.map((id) => session().agencies.find((agency) => agency.id === id)?.name ?? id));
}

function Passkeys(): JSX.Element {
  const [label, setLabel] = useState('');
  const [refused, setRefused] = useState(false);
  const action = useAction();
  const { passkeys } = session();
  const add = async (): Promise<void> => {
    setRefused(false);
    await action.run(async () => {
      try {
        await addPasskey(label.trim());
      } catch (error) {
        if (!isDeviceRefusal(error)) throw error;
        setRefused(true);
        return;
      }
      setLabel('');
      await enter();
    });
  };
  return (
    <Panel title={t('settings.passkeys')}>
      <div class="stack">
        <p>{t('settings.passkeysAbout')}</p>
        {passkeys.length === 0 ? <p class="muted">{t('settings.passkeyNone')}</p> : null}
        <ul class="work-list" hidden={passkeys.length === 0}>
          {passkeys.map((passkey) => (
            <li key={passkey.id} class="row settings-passkey">
              <span class="grow">
                {passkey.label}{' '}
                <span class="muted small">
                  <Time at={passkey.createdAt} />
                </span>
              </span>
              <Button
                look="danger"
                busy={action.busy}
                aria-label={`${t('settings.passkeyRemove')}: ${passkey.label}`}
                onClick={() =>
                  void action.run(async () => {
                    await send(`/v1/session/passkeys/${encodeURIComponent(passkey.id)}/remove`);
                    await enter();
                  })
                }
              >
                {t('settings.passkeyRemove')}
              </Button>
            </li>
          ))}
        </ul>
        {passkeysWork() ? (
          <form
            class="row"
            onSubmit={(event) => {
              event.preventDefault();
              void add();
            }}
          >
            <TextField label={t('settings.passkeyLabel')} value={label} onValue={setLabel} maxLength={40} required />
            <Button type="submit" busy={action.busy}>
              {t('settings.passkeyAdd')}
            </Button>
          </form>
        ) : null}
        {refused ? <Notice tone="warn" title={t('settings.passkeyRefused')} /> : null}
        <ProblemNotice problem={action.problem} />
      </div>
    </Panel>
  );
}
