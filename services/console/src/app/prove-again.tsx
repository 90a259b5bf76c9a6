import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { answerProof, type Session, send, session, signedIn, useAction } from '../api/index.ts';
import { t } from '../i18n/index.ts';
import { Button, Dialog, ProblemNotice, TextField } from '../ui/index.ts';
import { isDeviceRefusal, passkeysWork, proveWithPasskey } from './passkeys.ts';
import { here } from './router.tsx';

/** Asks who is signed in to prove again who they are, over the page; what they began goes on by itself. */
export function ProveAgain(): JSX.Element {
  const { passkeys, hasPassword, ministry } = session();
  const [password, setPassword] = useState('');
  const action = useAction();
  const prove = (ask: () => Promise<Session>): void =>
    void action.run(async () => {
      try {
        signedIn(await ask());
      } catch (error) {
        if (isDeviceRefusal(error)) return;
        throw error;
      }
      answerProof(true);
    });
  return (
    <Dialog title={t('proof.title')} onClose={() => answerProof(false)}>
      <p>{t('proof.about')}</p>
      {passkeysWork() && passkeys.length > 0 ? (
        <Button busy={action.busy} onClick={() => prove(proveWithPasskey)}>
          {t('signIn.passkey')}
        </Button>
      ) : null}
      {ministry === null ? null : (
        <a class="button" href={`/v1/sign-in/oidc?again=true&page=${encodeURIComponent(`/console${here.value.path}`)}`}>
          {t('signIn.oidc', { label: ministry.label })}
        </a>
      )}
      {hasPassword ? (
        <form
          class="stack"
          onSubmit={(event) => {
            event.preventDefault();
            prove(() => send<Session>('/v1/session/proof/password', { body: { password } }));
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
            label={t('signIn.password')}
            name="password"
            type="password"
            autocomplete="current-password"
            required
            value={password}
            onValue={setPassword}
          />
          <Button type="submit" look="primary" busy={action.busy}>
            {t('proof.submit')}
          </Button>
        </form>
      ) : null}
      <ProblemNotice problem={action.problem} />
      <Button look="plain" onClick={() => answerProof(false)}>
        {t('action.cancel')}
      </Button>
    </Dialog>
  );
}
