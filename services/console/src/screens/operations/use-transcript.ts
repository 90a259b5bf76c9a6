import { type Signal, signal } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import { addressOf, onEvent, type Problem, problemFrom, read, type Schemas } from '../../api/index.ts';
import { touches } from './touches.ts';
import type { Entry } from './types.ts';

type Transcript = Schemas['Transcript'];

/** The transcript as far as it is loaded, with what each post says. */
export interface Story {
  readonly transcript: Transcript | undefined;
  readonly problem: Problem | undefined;
  readonly loading: boolean;
  /** There may be older posts than these. */
  readonly hasOlder: boolean;
  readonly loadOlder: () => void;
  readonly reload: () => Promise<void>;
}

const STEP = 30;
const SETTLE_MS = 400;
/** Of so many new posts each is asked for alone; of more, all together. */
const FEW = 4;

type Said = Pick<Entry, 'content' | 'contentState'>;

/** What stands in a post does not change while its parts do not: it is asked for once. */
function keyOf({ office, number, digest, state, withheldParts }: Entry): string {
  return `${office}/${number}/${digest}/${state}/${withheldParts.length}`;
}

/** The transcript of that operation, kept up with what happens: after the first answer only what is new is asked for. */
export function useTranscript(operation: string): Story {
  const story = useMemo(() => openStory(operation), [operation]);
  useEffect(() => {
    void story.load();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const off = onEvent((event) => {
      if (!touches(event, operation, story.has)) return;
      timer ??= setTimeout(() => {
        timer = undefined;
        void story.load();
      }, SETTLE_MS);
    });
    return () => {
      off();
      clearTimeout(timer);
      story.close();
    };
  }, [story]);
  return { ...story.state.value, loadOlder: story.loadOlder, reload: story.load };
}

interface State {
  readonly transcript: Transcript | undefined;
  readonly problem: Problem | undefined;
  readonly loading: boolean;
  readonly hasOlder: boolean;
}

function openStory(operation: string): {
  readonly state: Signal<State>;
  readonly load: () => Promise<void>;
  readonly loadOlder: () => void;
  readonly has: (origin: string, id: string) => boolean;
  readonly close: () => void;
} {
  const state = signal<State>({ transcript: undefined, problem: undefined, loading: true, hasOlder: false });
  const said = new Map<string, Said>();
  const path = `/v1/operations/${encodeURIComponent(operation)}`;
  let newest = STEP;
  let asking: AbortController | undefined;

  const ask = async (signal: AbortSignal): Promise<Transcript> => {
    const whole = said.size === 0;
    const from = addressOf(`${path}/transcript`, { newest, ...(whole ? { include: 'content' } : {}) });
    const transcript = await read<Transcript>(from, { signal });
    if (whole) {
      for (const entry of transcript.entries) said.set(keyOf(entry), entry);
      return transcript;
    }
    const unknown = transcript.entries.filter((entry) => entry.id !== null && !said.has(keyOf(entry)));
    if (unknown.length > FEW) {
      said.clear();
      return await ask(signal);
    }
    for (const entry of unknown) {
      const post = await read<Entry>(`${path}/posts/${entry.office}/${entry.id}`, { signal }).catch(() => undefined);
      if (post !== undefined) said.set(keyOf(entry), post);
    }
    return transcript;
  };

  const load = async (): Promise<void> => {
    asking?.abort();
    const mine = new AbortController();
    asking = mine;
    state.value = { ...state.peek(), loading: true };
    try {
      const transcript = await ask(mine.signal);
      if (mine.signal.aborted) return;
      const entries = transcript.entries.map((entry): Entry => {
        const { content, contentState } = said.get(keyOf(entry)) ?? {};
        return {
          ...entry,
          ...(content === undefined ? {} : { content }),
          ...(contentState === undefined ? {} : { contentState }),
        };
      });
      state.value = {
        transcript: { ...transcript, entries },
        problem: undefined,
        loading: false,
        hasOlder: entries.length >= newest,
      };
    } catch (error) {
      if (!mine.signal.aborted) state.value = { ...state.peek(), problem: problemFrom(error), loading: false };
    }
  };

  return {
    state,
    load,
    loadOlder: () => {
      newest += STEP;
      said.clear();
      void load();
    },
    has: (origin, id) =>
      state.peek().transcript?.entries.some((entry) => entry.office === origin && entry.id === id) === true,
    close: () => asking?.abort(),
  };
}
