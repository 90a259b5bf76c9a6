import { INBOX_AHEAD } from './ahead-address.ts';
import type { AskedAhead } from './asked-ahead.ts';
import type { Session } from './session.ts';

/**
 * What the page asks for while the console's code is still on its way: who is signed in, the first page of the inbox where
 * that is what is looked at, and the texts. The build puts this into the page itself, so it imports nothing that is shared.
 */

/** The files of each language, the first part and the rest; the build writes them here. */
declare const LANGUAGE_FILES: Readonly<Record<string, readonly [first: string, rest: string]>>;

const asked: AskedAhead = new Map();
const nonce = document.currentScript?.nonce ?? '';

const ask = (path: string, word: Readonly<Record<string, string>> = {}): Promise<Response> => {
  const headers = { accept: 'application/json', ...word };
  const answer = fetch(path, { credentials: 'same-origin', redirect: 'error', headers });
  // Whoever takes it hears of its failure; nobody may come.
  answer.catch(() => undefined);
  asked.set(path, { answer, at: Date.now() });
  return answer;
};

const preload = (href: string | undefined): void => {
  if (href === undefined) return;
  const link = document.createElement('link');
  Object.assign(link, { rel: 'modulepreload', href, nonce, crossOrigin: 'anonymous' });
  document.head.append(link);
};

const stored = localStorage.getItem('liaison.language') ?? '';
const wanted = [stored, ...navigator.languages.map((tag) => tag.toLowerCase().split('-')[0] ?? ''), 'en'];
const files = new Map(Object.entries(LANGUAGE_FILES));
const [first, rest] = wanted.map((tag) => files.get(tag)).find((found) => found !== undefined) ?? [];
const isInbox = /^\/console(\/|\/inbox\/?)?$/.test(location.pathname);

Object.assign(globalThis, { askedAhead: asked });
preload(first);
if (!isInbox) preload(rest);
ask('/v1/session')
  .then(async (response) => {
    if (!isInbox || location.search !== '' || !response.ok) return;
    const { actions, csrf } = (await response.clone().json()) as Session;
    // It says whose page this is, as every request does: the node answers nobody else's.
    if (actions.includes('read-inbox')) ask(INBOX_AHEAD, { 'x-liaison-csrf': csrf });
  })
  .catch(() => undefined);
