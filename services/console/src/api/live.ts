import { signal } from '@preact/signals';
import { stillHere } from './go-on.ts';
import { parseEvents } from './parse-events.ts';
import { csrfToken, may, sessionState } from './session.ts';
import { type Topic, topicsOf } from './topics.ts';

/** Something happened at the office: its type and facts, as GET /v1/events tells them. */
export interface LiveEvent {
  readonly id: string;
  readonly type: string;
  readonly facts: Readonly<Record<string, unknown>>;
}

/** Whether the node is heard, and since when it is not. */
export type Connection = { readonly up: true } | { readonly up: false; readonly since: number };

const connection = signal<Connection>({ up: true });
const listeners = new Set<(event: LiveEvent, topics: readonly Topic[]) => void>();
const RETRY_MS = [1000, 2000, 4000, 8000, 15_000];
/** Longer than the node's heartbeat with a slow line's delay: then the line is taken for dead. */
const SILENCE_MS = 40_000;

const LOOK_EVERY_MS = 20_000;

let lastId = '';
let following: AbortController | undefined;

/** Whether the node is heard; reading it in a component renders that again when it changes. */
export function nodeConnection(): Connection {
  return connection.value;
}

/** Calls back at every event until the returned function is called. */
export function onEvent(listener: (event: LiveEvent, topics: readonly Topic[]) => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

/**
 * Follows the events until `stopFollowing`; after a gap the node tells first what was missed, or `reset`. `from` is the
 * event after which to begin, unless others were heard already.
 */
export function startFollowing(from: string | null): void {
  stopFollowing();
  if (lastId === '') lastId = from ?? '';
  following = new AbortController();
  if (may('follow-events')) void follow(following.signal);
  else lookRegularly(following.signal);
}

/** Ends it, as a sign-out does; the next sign-in hears from its own beginning. */
export function stopFollowing(): void {
  following?.abort();
  following = undefined;
}

/** Whom the node tells no events, since they are about messages, has the few lists that they see asked again. */
function lookRegularly(signal: AbortSignal): void {
  const timer = setInterval(() => tell({ id: '', type: 'reset', facts: {} }), LOOK_EVERY_MS);
  signal.addEventListener('abort', () => clearInterval(timer), { once: true });
}

async function follow(signal: AbortSignal): Promise<void> {
  let refusals = 0;
  for (let failures = 0; !signal.aborted; failures++) {
    const heard = await followOnce(signal).catch(() => 'lost' as const);
    if (signal.aborted) return;
    if (heard === 'refused') {
      if (!(await stillHere())) await untilSignedIn(signal);
      // The line is there: another word is tried at once, but not for ever.
      if (++refusals === 1) continue;
    }
    if (heard === 'heard') failures = refusals = 0;
    if (connection.value.up) connection.value = { up: false, since: Date.now() };
    await pause(RETRY_MS[Math.min(failures, RETRY_MS.length - 1)] ?? 1000, signal);
  }
}

/** One connection until it ends. */
async function followOnce(signal: AbortSignal): Promise<'heard' | 'lost' | 'refused'> {
  const line = new AbortController();
  const end = (): void => line.abort();
  const word = csrfToken();
  signal.addEventListener('abort', end, { once: true });
  let silence = setTimeout(end, SILENCE_MS);
  try {
    const response = await fetch('/v1/events', {
      signal: line.signal,
      credentials: 'same-origin',
      cache: 'no-store',
      headers: {
        accept: 'text/event-stream',
        ...(word === undefined ? {} : { 'x-liaison-csrf': word }),
        ...(lastId === '' ? {} : { 'last-event-id': lastId }),
      },
    });
    if (response.status === 401 || response.status === 403) return 'refused';
    if (!response.ok || response.body === null) return 'lost';
    const wasDown = !connection.value.up;
    connection.value = { up: true };
    // Without a place to go on from, nobody knows what was missed meanwhile.
    if (wasDown && lastId === '') tell({ id: '', type: 'reset', facts: {} });
    const reader = response.body.getReader();
    const parse = parseEvents();
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return 'heard';
      clearTimeout(silence);
      silence = setTimeout(end, SILENCE_MS);
      for (const event of parse(value)) {
        if (event.id !== '') lastId = event.id;
        tell(event);
      }
    }
  } finally {
    clearTimeout(silence);
    signal.removeEventListener('abort', end);
  }
}

function tell(event: LiveEvent): void {
  const topics = topicsOf(event.type);
  for (const listener of [...listeners]) listener(event, topics);
}

/** Whose page it is has to be back before anything is followed. */
function untilSignedIn(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const ended = new AbortController();
    const done = (): void => {
      ended.abort();
      resolve();
    };
    signal.addEventListener('abort', done, { signal: ended.signal });
    const off = sessionState.subscribe(({ kind }) => {
      if (kind === 'in') done();
    });
    ended.signal.addEventListener('abort', off);
    if (ended.signal.aborted) off();
  });
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    // A device that has its line back does not wait out the pause.
    const now = (): void => {
      clearTimeout(timer);
      resolve();
    };
    addEventListener('online', now, { once: true });
    signal.addEventListener('abort', now, { once: true });
  });
}
