import { effect } from '@preact/signals';
import { render } from 'preact';
import { App } from './app/app.tsx';
import './app/appearance.ts';
import { sessionEnded } from './api/index.ts';
import { keepFocus } from './app/keep-focus.ts';
import { loadAhead } from './app/load-screen.ts';
import { enter } from './app/sign-in.tsx';
import { followTabs } from './app/tabs.ts';
import { whenIdle } from './app/when-idle.ts';
import { allTexts, language, startLanguage } from './i18n/index.ts';
import { loadChineseFont, loadFontFor } from './ui/fonts.ts';
import './ui/tokens.css';
import './ui/base.css';
import './ui/components.css';
import './app/frame.css';

/** So long is waited for who is signed in before the page says that it waits. */
const PATIENCE_MS = 400;
/** The first page has a slow line to itself for so long; then comes what most likely follows. */
const LATER_MS = 2000;

const root = document.getElementById('console');
if (root !== null) {
  // Who is not signed in is told so by the node, and then the sign-in is shown; asked while the texts are on their way.
  followTabs();
  const entering = enter().catch(sessionEnded);
  loadAhead();
  await startLanguage();
  await Promise.race([entering, new Promise((resolve) => setTimeout(resolve, PATIENCE_MS))]);
  root.textContent = '';
  keepFocus();
  render(<App />, root);
  await entering;
  effect(() => {
    if (language() === 'zh') void loadChineseFont();
  });
  addEventListener('input', ({ target }) => {
    if (target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement) loadFontFor(target.value);
  });
  // Whatever is not there then is asked for again when it is needed.
  setTimeout(() => whenIdle(() => void allTexts().catch(() => undefined)), LATER_MS);
}
