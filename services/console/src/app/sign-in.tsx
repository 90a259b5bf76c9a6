import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import {
  type Problem,
  problemFrom,
  read,
  type Schemas,
  type Session,
  send,
  sessionState,
  signedIn,
  startFollowing,
  useAction,
} from '../api/index.ts';
import { t } from '../i18n/index.ts';
import { Button, Notice, ProblemNotice, TextField } from '../ui/index.ts';
import { FirstRun } from './first-run.tsx';
import { LanguageChoice } from './language-choice.tsx';
import { beginAnew, isSomebodyElse } from './leave.ts';
import { isDeviceRefusal, passkeysWork, signInWithPasskey } from './passkeys.ts';
import { tellTabs } from './tabs.ts';

/** Whoever is signed in from now on, by the node's word. */
export async function enter(): Promise<void> {
  const session = await read<Session>('/v1/session');
  if (isSomebodyElse(sessionState.peek(), session)) return beginAnew();
  signedIn(session);
  tellTabs({ kind: 'in', officer: session.officer.name });
  // From where the node was when it said so: what is asked for meanwhile misses nothing.
  startFollowing(session.lastEventId);
}

/** The first page that somebody sees who is not signed in. */
export function SignIn(): JSX.Element {
  const [ways, setWays] = useState<Schemas['SignIn'] | undefined>(undefined);
  const [problem, setProblem] = useState<Problem | undefined>(undefined);
  const ask = (): void => {
    setProblem(undefined);
    read<Schemas['SignIn']>('/v1/sign-in').then(setWays, (error: unknown) => setProblem(problemFrom(error)));
  };
  useEffect(ask, []);
  useEffect(() => {
    document.title = t('signIn.title');
  }, []);
  return (
    <main id="main" class="alone">
      <div class="panel stack">
        <header>
          <h1>{t('signIn.title')}</h1>
          {ways === undefined ? null : <p>{ways.officeName}</p>}
        </header>
        <LanguageChoice />
        {problem === undefined ? null : (
          <>
            <ProblemNotice problem={problem} />
            <Button onClick={ask}>{t('action.tryAgain')}</Button>
          </>
        )}
        {ways === undefined ? null : <ForState ways={ways} />}
      </div>
    </main>
  );
}

function ForState({ ways }: { readonly ways: Schemas['SignIn'] }): JSX.Element {
  if (!ways.secure) return <Notice tone="danger" title={t('signIn.insecure')} />;
  return ways.firstRun ? <FirstRun /> : <Ways ways={ways} />;
}

function Ways({ ways }: { readonly ways: Schemas['SignIn'] }): JSX.Element {
  return (
    <>
      {ways.ways.passkey && passkeysWork() ? <PasskeySignIn isOnly={!ways.ways.password} /> : null}
      {ways.ways.oidc === null ? null : (
        <a class="button" href="/v1/sign-in/oidc">
          {t('signIn.oidc', { label: ways.ways.oidc.label })}
        </a>
      )}
      {ways.ways.password ? <PasswordSignIn /> : null}
      {new URLSearchParams(location.search).get('refused') === null ? null : (
        <Notice tone="danger" title={t('signIn.oidcRefused')} />
      )}
    </>
  );
}

function PasskeySignIn({ isOnly }: { readonly isOnly: boolean }): JSX.Element {
  const action = useAction();
  const signIn = async (): Promise<void> => {
    try {
      await signInWithPasskey();
    } catch (error) {
      if (isDeviceRefusal(error)) return;
      throw error;
    }
    await enter();
  };
  return (
    <div class="stack-tight">
      <Button
        {...(isOnly ? { look: 'primary' as const } : {})}
        busy={action.busy}
        onClick={() => void action.run(signIn)}
      >
        {t('signIn.passkey')}
      </Button>
      <ProblemNotice problem={action.problem} />
    </div>
  );
}

/** Name and password; a name that is given cannot be changed, as when a session ended and its person comes back. */
export function PasswordSignIn({ name: given }: { readonly name?: string }): JSX.Element {
  const [name, setName] = useState(given ?? '');
  const [password, setPassword] = useState('');
  const form = useRef<HTMLFormElement>(null);
  const action = useAction();
  const submit = async (): Promise<void> => {
    const done = await action.run(async () => {
      await send('/v1/sign-in/password', { body: { name: name.trim(), password } });
      await enter();
    });
    if (done) return;
    setPassword('');
    form.current?.querySelector<HTMLInputElement>('input[type="password"]')?.focus();
  };
  return (
    <form
      ref={form}
      class="stack"
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <TextField
        label={t('signIn.name')}
        name="name"
        autocomplete="username"
        required
        value={name}
        onValue={setName}
        disabled={given !== undefined}
      />
      <TextField
        label={t('signIn.password')}
        name="password"
        type="password"
        autocomplete="current-password"
        required
        value={password}
        onValue={setPassword}
      />
      <ProblemNotice problem={action.problem} />
      <Button type="submit" look="primary" busy={action.busy}>
        {t('signIn.submit')}
      </Button>
    </form>
  );
}
