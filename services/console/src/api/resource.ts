import { type Signal, signal } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import { read } from './client.ts';
import { type LiveEvent, onEvent } from './live.ts';
import { type Problem, problemFrom } from './problem.ts';
import type { Topic } from './topics.ts';

/** What a screen has of an address of the office: the newest answer, and why there is none newer. */
export interface Resource<T> {
  /** The newest answer; it stays while it is asked again and when that fails. */
  readonly value: T | undefined;
  readonly problem: Problem | undefined;
  readonly loading: boolean;
  /** Asks again now; resolves when the answer is there or not. */
  readonly reload: () => Promise<void>;
}

/** Events come in bunches, and lines are slow: one question answers them all. */
const SETTLE_MS = 400;

interface State<T> {
  readonly value: T | undefined;
  readonly problem: Problem | undefined;
  readonly loading: boolean;
}

/**
 * The answer to GET `address`, asked again whenever an event touches one of the topics; `null` asks nothing. The list of
 * topics must not change between renders; `touches` can leave out events that are about something else.
 */
export function useResource<T>(
  address: string | null,
  topics: readonly Topic[] = [],
  touches: (event: LiveEvent) => boolean = () => true,
): Resource<T> {
  const resource = useMemo(() => openResource<T>(address), [address]);
  useEffect(() => {
    if (address === null) return undefined;
    void resource.reload();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const off = onEvent((event, touched) => {
      const isAll = touched.includes('all');
      if (!isAll && (!touched.some((topic) => topics.includes(topic)) || !touches(event))) return;
      timer ??= setTimeout(() => {
        timer = undefined;
        void resource.reload();
      }, SETTLE_MS);
    });
    return () => {
      off();
      clearTimeout(timer);
      resource.close();
    };
  }, [resource]);
  return { ...resource.state.value, reload: resource.reload };
}

function openResource<T>(address: string | null): {
  readonly state: Signal<State<T>>;
  readonly reload: () => Promise<void>;
  readonly close: () => void;
} {
  const state = signal<State<T>>({ value: undefined, problem: undefined, loading: address !== null });
  let asking: AbortController | undefined;
  return {
    state,
    reload: async () => {
      if (address === null) return;
      asking?.abort();
      const mine = new AbortController();
      asking = mine;
      state.value = { ...state.peek(), loading: true };
      try {
        const value = await read<T>(address, { signal: mine.signal });
        if (!mine.signal.aborted) state.value = { value, problem: undefined, loading: false };
      } catch (error) {
        if (mine.signal.aborted) return;
        state.value = { ...state.peek(), problem: problemFrom(error), loading: false };
      }
    },
    close: () => asking?.abort(),
  };
}
