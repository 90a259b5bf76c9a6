import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { isProofAsked, may, nodeConnection, session, sessionState } from '../api/index.ts';
import { t } from '../i18n/index.ts';
import { Notice } from '../ui/index.ts';
import { Frame } from './frame.tsx';
import { componentOf, currentScreen, loadScreen } from './load-screen.ts';
import { setScreenTitle } from './page-title.ts';
import { PasswordChange } from './password-change.tsx';
import { ProveAgain } from './prove-again.tsx';
import { here } from './router.tsx';
import type { Screen } from './screens.ts';
import { SignIn } from './sign-in.tsx';
import { SignInAgain } from './sign-in-again.tsx';

/** The console: the sign-in, or the frame with the screen that the address names. */
export function App(): JSX.Element {
  const state = sessionState.value;
  if (state.kind === 'loading')
    return (
      <main id="main" class="alone">
        <p role="status">{nodeConnection().up ? t('state.loading') : t('line.nodeDown')}</p>
      </main>
    );
  if (state.kind === 'out') return <SignIn />;
  return (
    <>
      <Frame screen={currentScreen()?.screen}>
        <CurrentScreen />
      </Frame>
      {state.kind === 'in' ? null : <SignInAgain key={state.kind} state={state} />}
      {state.kind === 'in' && isProofAsked.value ? <ProveAgain /> : null}
    </>
  );
}

/** Who was given a password for one sign-in chooses their own before anything else. */
function OwnPassword(): JSX.Element {
  return (
    <div class="stack">
      <Notice tone="warn" title={t('password.mustChange')} />
      <PasswordChange />
    </div>
  );
}

function CurrentScreen(): JSX.Element {
  const found = currentScreen();
  const screen = found?.screen;
  const [, drawAgain] = useState(0);
  const [failed, setFailed] = useState<Screen | null>(null);
  useEffect(() => {
    setScreenTitle(`${screen === undefined ? t('nav.unknown') : t(screen.title)} · ${session().office}`);
    if (screen === undefined || componentOf(screen) !== undefined) return;
    loadScreen(screen).then(
      () => drawAgain((count) => count + 1),
      () => setFailed(screen),
    );
  }, [screen]);
  if (found === undefined) return <Notice tone="warn" title={t('nav.unknown')} />;
  if (session().officer.mustChangePassword) return <OwnPassword />;
  const { actions } = found.screen;
  if (actions !== null && !actions.some(may)) return <Notice tone="warn" title={t('nav.forbidden')} />;
  const Current = componentOf(found.screen);
  if (failed === found.screen && Current === undefined) return <Notice tone="danger" title={t('nav.notLoaded')} />;
  if (Current === undefined) return <p role="status">{t('state.loading')}</p>;
  return <Current key={here.value.path} params={found.params} query={here.value.query} />;
}
