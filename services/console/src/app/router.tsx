import { computed, signal } from '@preact/signals';
import type { ComponentChildren, JSX } from 'preact';

/** Where the console is served. */
const BASE = '/console';

interface Place {
  /** Below the base, `/inbox`. */
  readonly path: string;
  readonly query: URLSearchParams;
}

const place = signal<Place>(read());

/** Where the person is; reading it in a component renders that again when they go elsewhere. */
export const here = computed(() => place.value);

/** Leaving asks first while one of these says that something would be lost. */
const guards = new Set<() => boolean>();

/** Keeps `mayLeave` asked before somebody goes elsewhere, until the returned function is called. */
export function guardLeaving(mayLeave: () => boolean): () => void {
  guards.add(mayLeave);
  return () => void guards.delete(mayLeave);
}

/** Goes there: `/inbox?unread=true`. `replace` leaves no way back to where one was. */
export function go(to: string, { replace = false }: { replace?: boolean } = {}): void {
  if ([...guards].some((mayLeave) => !mayLeave())) return;
  const samePath = to.split('?')[0] === place.peek().path;
  history[replace ? 'replaceState' : 'pushState'](null, '', BASE + to);
  place.value = read();
  if (samePath) return;
  scrollTo(0, 0);
  // A reader of the page, and the keyboard, begin at the new screen.
  requestAnimationFrame(() => document.getElementById('main')?.focus({ preventScroll: true }));
}

addEventListener('popstate', () => {
  place.value = read();
});

function read(): Place {
  const path = location.pathname.startsWith(BASE) ? location.pathname.slice(BASE.length) : '/';
  return {
    path: path === '' || path === '/' ? '/inbox' : path.replace(/\/$/, ''),
    query: new URLSearchParams(location.search),
  };
}

/** The values of `{name}` in `/messages/{origin}/{id}` where `path` has that form; else undefined. */
export function matchPath(pattern: string, path: string): Readonly<Record<string, string>> | undefined {
  const wanted = pattern.split('/');
  const given = path.split('/');
  if (wanted.length !== given.length) return undefined;
  const values: Record<string, string> = {};
  for (const [index, part] of wanted.entries()) {
    const value = given[index] ?? '';
    const name = /^\{(\w+)\}$/.exec(part)?.[1];
    if (name === undefined) {
      if (part !== value) return undefined;
    } else {
      try {
        values[name] = decodeURIComponent(value);
      } catch {
        return undefined;
      }
    }
  }
  return values;
}

/** A link to another screen: goes there without loading the page anew, and is a real address for a new tab. */
export function Link({
  to,
  children,
  onClick,
  ...rest
}: {
  readonly to: string;
  readonly children: ComponentChildren;
  readonly class?: string;
  readonly id?: string;
  readonly title?: string;
  readonly 'aria-current'?: 'page' | 'true' | undefined;
  readonly 'aria-label'?: string;
  readonly 'aria-describedby'?: string;
  readonly 'data-line'?: string;
  readonly onClick?: () => void;
}): JSX.Element {
  return (
    <a
      {...rest}
      href={BASE + to}
      onClick={(event) => {
        onClick?.();
        if (
          event.defaultPrevented ||
          event.button !== 0 ||
          event.metaKey ||
          event.ctrlKey ||
          event.shiftKey ||
          event.altKey
        )
          return;
        event.preventDefault();
        go(to);
      }}
    >
      {children}
    </a>
  );
}
