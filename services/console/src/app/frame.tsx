import type { ComponentChildren, JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { may, session } from '../api/index.ts';
import { countFor, useBoardCounts, useFollowedCounts } from '../boards/counts.ts';
import { exactTime, number, t, thisMoment } from '../i18n/index.ts';
import { Icon } from '../ui/index.ts';
import { FlashWatch } from './flash-watch.tsx';
import { Link } from './router.tsx';
import { SCREENS, type Screen } from './screens.ts';
import { SignOut } from './sign-out.tsx';
import { StatusStrip } from './status-strip.tsx';

const GROUPS = ['work', 'together', 'office', 'me'] as const;

/** What stands around every screen: whose office it is, the lines, the navigation, and who is signed in. */
export function Frame({
  screen,
  children,
}: {
  readonly screen: Screen | undefined;
  readonly children: ComponentChildren;
}): JSX.Element {
  const [open, setOpen] = useState(false);
  useFollowedCounts();
  return (
    <div class="frame">
      <a class="skip" href="#main">
        {t('nav.skip')}
      </a>
      <header class="top no-print">
        <button
          type="button"
          class="button plain menu"
          aria-expanded={open}
          aria-controls="navigation"
          onClick={() => setOpen(!open)}
        >
          <Icon shape="menu" size={18} />
          <span>{t('nav.menu')}</span>
        </button>
        <strong class="office">{session().office}</strong>
        <StatusStrip />
        <Person />
      </header>
      <nav id="navigation" class={`navigation no-print${open ? ' open' : ''}`} aria-label={t('nav.label')}>
        {GROUPS.map((group) => (
          <NavigationGroup key={group} group={group} screen={screen} onGo={() => setOpen(false)} />
        ))}
      </nav>
      <main id="main" tabIndex={-1}>
        <FlashWatch />
        <Printed />
        {children}
      </main>
    </div>
  );
}

/** Only on paper: whose it is, who printed it and when. */
function Printed(): JSX.Element {
  const line = useRef<HTMLParagraphElement>(null);
  useEffect(() => {
    const write = (): void => {
      const { officer, office } = session();
      // Put there at once: a page that is printed by its own button is not drawn again before.
      line.current?.setAttribute(
        'data-said',
        t('print.by', { office, name: officer.name, at: exactTime(thisMoment()) }),
      );
    };
    addEventListener('beforeprint', write);
    return () => removeEventListener('beforeprint', write);
  }, []);
  return <p ref={line} class="printed" />;
}

function NavigationGroup({
  group,
  screen,
  onGo,
}: {
  readonly group: (typeof GROUPS)[number];
  readonly screen: Screen | undefined;
  readonly onGo: () => void;
}): JSX.Element | null {
  const shown = SCREENS.filter((entry) => entry.group === group && (entry.actions === null || entry.actions.some(may)));
  const counts = useBoardCounts();
  if (shown.length === 0) return null;
  return (
    <ul>
      {shown.map((entry) => {
        const isHere = screen?.title === entry.title;
        return (
          <li key={entry.path}>
            <Link to={entry.path} onClick={onGo} aria-current={isHere ? 'page' : undefined}>
              {t(entry.title)}
              <Count n={countFor(entry.path, counts)} />
            </Link>
          </li>
        );
      })}
    </ul>
  );
}

/** How much waits there; nothing where nothing does. */
function Count({ n }: { readonly n: number }): JSX.Element | null {
  if (n === 0) return null;
  return (
    <span class="count">
      <span aria-hidden="true">{number(n)}</span>
      <span class="visually-hidden">{t('nav.waiting', { n })}</span>
    </span>
  );
}

function Person(): JSX.Element {
  const { officer } = session();
  const name = officer.displayName ?? officer.name;
  const role = t(`role.${officer.role}`);
  return (
    <div class="person">
      <span>
        <span class="visually-hidden">{t('nav.signedInAs')} </span>
        {name}
        {name === role ? null : <span class="muted small"> {role}</span>}
      </span>
      <SignOut />
    </div>
  );
}
