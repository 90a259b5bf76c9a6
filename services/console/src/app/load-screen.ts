import type { ComponentType } from 'preact';
import { allTexts } from '../i18n/index.ts';
import { here, matchPath } from './router.tsx';
import { SCREENS, type Screen, type ScreenProps } from './screens.ts';

const loaded = new Map<Screen, ComponentType<ScreenProps>>();

/** The screen that the address names, and the values in the address; undefined where it names none. */
export function currentScreen(): { readonly screen: Screen; readonly params: ScreenProps['params'] } | undefined {
  const { path } = here.value;
  for (const screen of SCREENS) {
    const params = matchPath(screen.path, path);
    if (params !== undefined) return { screen, params };
  }
  return undefined;
}

/** What is drawn for the screen; undefined until it is loaded. */
export function componentOf(screen: Screen): ComponentType<ScreenProps> | undefined {
  return screen.component ?? loaded.get(screen);
}

/** Loads the code of the screen and all texts, both at once: on a slow line each wait for the other is felt. */
export async function loadScreen(screen: Screen): Promise<void> {
  const [module] = await Promise.all([screen.load?.(), allTexts()]);
  if (module !== undefined) loaded.set(screen, module.default);
}

/** Has the code of the screen that is looked at on its way before anybody knows who looks at it. */
export function loadAhead(): void {
  // Whether it came is asked by whoever draws it.
  currentScreen()
    ?.screen.load?.()
    .catch(() => undefined);
}
