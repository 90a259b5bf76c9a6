import type { JSX } from 'preact';
import type { SessionState } from '../api/index.ts';
import { t } from '../i18n/index.ts';
import { Button, Dialog } from '../ui/index.ts';
import { beginAnew } from './leave.ts';
import { passkeysWork, signInWithPasskey } from './passkeys.ts';
import { enter, PasswordSignIn } from './sign-in.tsx';

/**
 * Asks the person whose session ended, or in whose place somebody else signed in at this browser, to sign in again, over
 * the page on which everything they typed still stands.
 */
export function SignInAgain({
  state,
}: {
  readonly state: Extract<SessionState, { readonly kind: 'ended' | 'other' }>;
}): JSX.Element {
  const own = state.session.officer;
  const other = state.kind === 'other' ? (state.by.displayName ?? state.by.name) : undefined;
  return (
    <Dialog title={other === undefined ? t('signIn.again') : t('signIn.otherHere', { name: other })}>
      <p>
        {other === undefined ? t('signIn.againHint') : t('signIn.otherHereHint', { name: own.displayName ?? own.name })}
      </p>
      {passkeysWork() ? (
        <Button onClick={() => void signInWithPasskey().then(enter, () => undefined)}>{t('signIn.passkey')}</Button>
      ) : null}
      <PasswordSignIn name={own.name} />
      <Button look="plain" onClick={beginAnew}>
        {other === undefined ? t('signIn.other') : t('signIn.goOnAs', { name: other })}
      </Button>
    </Dialog>
  );
}
