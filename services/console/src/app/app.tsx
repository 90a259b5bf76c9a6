import type { ComponentType, JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { isProofAsked, may, nodeConnection, session, sessionState } from '../api/index.ts';
import { t } from '../i18n/index.ts';
import { Notice } from '../ui/index.ts';
import { Frame } from './frame.tsx';
import { setScreenTitle } from './page-title.ts';
import { PasswordChange } from './password-change.tsx';
import { ProveAgain } from './prove-again.tsx';
import { here, matchPath } from './router.tsx';
import { SCREENS, type Screen, type ScreenProps } from './screens.ts';
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
      <Frame screen={current()?.screen}>
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

function current(): { readonly screen: Screen; readonly params: ScreenProps['params'] } | undefined {
  const { path } = here.value;
  for (const screen of SCREENS) {
    const params = matchPath(screen.path, path);
    if (params !== undefined) return { screen, params };
  }
  return undefined;
}

const loaded = new Map<Screen['load'], ComponentType<ScreenProps>>();

function CurrentScreen(): JSX.Element {
  const found = current();
  const [, drawAgain] = useState(0);
  const [failed, setFailed] = useState<Screen['load'] | null>(null);
  const load = found?.screen.load;
  useEffect(() => {
    setScreenTitle(`${found === undefined ? t('nav.unknown') : t(found.screen.title)} · ${session().office}`);
    if (load === undefined || loaded.has(load)) return;
    load().then(
      (module) => {
        loaded.set(load, module.default);
        drawAgain((count) => count + 1);
      },
      () => setFailed(() => load),
    );
  }, [load, found?.screen.title]);
  if (found === undefined) return <Notice tone="warn" title={t('nav.unknown')} />;
  if (session().officer.mustChangePassword) return <OwnPassword />;
  const { actions } = found.screen;
  if (actions !== null && !actions.some(may)) return <Notice tone="warn" title={t('nav.forbidden')} />;
  if (failed === load && load !== undefined && !loaded.has(load))
    return <Notice tone="danger" title={t('nav.notLoaded')} />;
  const Current = load === undefined ? undefined : loaded.get(load);
  if (Current === undefined) return <p role="status">{t('state.loading')}</p>;
  return <Current key={here.value.path} params={found.params} query={here.value.query} />;
}
