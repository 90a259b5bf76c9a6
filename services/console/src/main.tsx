import { render } from 'preact';
import { App } from './app/app.tsx';
import './app/appearance.ts';
import { sessionEnded } from './api/index.ts';
import { keepFocus } from './app/keep-focus.ts';
import { enter } from './app/sign-in.tsx';
import { followTabs } from './app/tabs.ts';
import { language, startLanguage } from './i18n/index.ts';
import { loadChineseFont } from './ui/fonts.ts';
import './ui/tokens.css';
import './ui/base.css';
import './ui/components.css';
import './app/frame.css';

const CHINESE_LATER_MS = 20_000;

const root = document.getElementById('console');
if (root !== null) {
  // Who is not signed in is told so by the node, and then the sign-in is shown; asked while the texts are on their way.
  followTabs();
  const entering = enter().catch(sessionEnded);
  await startLanguage();
  root.textContent = '';
  keepFocus();
  render(<App />, root);
  await entering;
  // Who reads Chinese waits for nothing; all others have a slow line to themselves first.
  // Without a line it is loaded the next time; until then the device's own letters do.
  setTimeout(() => void loadChineseFont().catch(() => undefined), language() === 'zh' ? 0 : CHINESE_LATER_MS);
}
