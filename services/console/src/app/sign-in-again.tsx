import type { JSX } from 'preact';
import { sessionState } from '../api/index.ts';
import { t } from '../i18n/index.ts';
import { Button, Dialog } from '../ui/index.ts';
import { beginAnew } from './leave.ts';
import { passkeysWork, signInWithPasskey } from './passkeys.ts';
import { enter, PasswordSignIn } from './sign-in.tsx';

/** Asks the person whose session ended to sign in again, over the page on which everything they typed still stands. */
export function SignInAgain({ name }: { readonly name: string }): JSX.Element | null {
  if (sessionState.value.kind !== 'ended') return null;
  return (
    <Dialog title={t('signIn.again')}>
      <p>{t('signIn.againHint')}</p>
      {passkeysWork() ? (
        <Button onClick={() => void signInWithPasskey().then(enter, () => undefined)}>{t('signIn.passkey')}</Button>
      ) : null}
      <PasswordSignIn name={name} />
      <Button look="plain" onClick={beginAnew}>
        {t('signIn.other')}
      </Button>
    </Dialog>
  );
}
