import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { send, session, useAction } from '../../api/index.ts';
import { chooseTheme, THEMES, theme } from '../../app/appearance.ts';
import { LanguageChoice } from '../../app/language-choice.tsx';
import { addPasskey, passkeysWork } from '../../app/passkeys.ts';
import { enter } from '../../app/sign-in.tsx';
import { t } from '../../i18n/index.ts';
import { Button, Facts, Notice, Page, Panel, ProblemNotice, Select, TextField, Time } from '../../ui/index.ts';

/** What belongs to this device, and what belongs to this person. */
export default function Settings(): JSX.Element {
  return (
    <Page title={t('nav.settings')}>
      {session().officer.mustChangePassword === true ? <Notice tone="warn" title={t('password.mustChange')} /> : null}
      <ThisDevice />
      <Account />
      <PasswordChange />
      <Passkeys />
    </Page>
  );
}

function ThisDevice(): JSX.Element {
  return (
    <Panel title={t('settings.device')}>
      <div class="stack">
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
          [t('settings.role'), t(`role.${officer.role}` as 'role.officer')],
          [t('settings.agencies'), officer.agencies.join(', ')],
        ]}
      />
    </Panel>
  );
}

function PasswordChange(): JSX.Element {
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const [repeated, setRepeated] = useState('');
  const [done, setDone] = useState(false);
  const action = useAction();
  const differs = repeated !== '' && repeated !== next;
  const change = async (): Promise<void> => {
    if (next !== repeated) return;
    const changed = await action.run(async () => {
      await send('/v1/session/password', { body: { current, next } });
      await enter();
    });
    setDone(changed);
    if (!changed) return;
    setCurrent('');
    setNext('');
    setRepeated('');
  };
  return (
    <Panel title={t('password.change')}>
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void change();
        }}
      >
        <input
          class="visually-hidden"
          type="text"
          autocomplete="username"
          value={session().officer.name}
          readOnly
          tabIndex={-1}
          aria-hidden="true"
        />
        <TextField
          label={t('password.current')}
          type="password"
          autocomplete="current-password"
          value={current}
          onValue={setCurrent}
          required
        />
        <TextField
          label={t('password.next')}
          hint={t('password.hint')}
          type="password"
          autocomplete="new-password"
          value={next}
          onValue={setNext}
          required
        />
        <TextField
          label={t('password.repeat')}
          type="password"
          autocomplete="new-password"
          value={repeated}
          onValue={setRepeated}
          error={differs ? t('password.differs') : undefined}
          required
        />
        <ProblemNotice problem={action.problem} />
        {done ? <Notice tone="good" title={t('password.changed')} /> : null}
        <div>
          <Button type="submit" look="primary" busy={action.busy}>
            {t('password.change')}
          </Button>
        </div>
      </form>
    </Panel>
  );
}

function Passkeys(): JSX.Element {
  const [label, setLabel] = useState('');
  const [refused, setRefused] = useState(false);
  const action = useAction();
  const { passkeys = [] } = session();
  const add = async (): Promise<void> => {
    setRefused(false);
    await action.run(async () => {
      try {
        await addPasskey(label.trim());
      } catch (error) {
        // The person or the device said no; that is no problem of the office.
        if (!(error instanceof DOMException) && !(error instanceof Error && error.name === 'WebAuthnError'))
          throw error;
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
