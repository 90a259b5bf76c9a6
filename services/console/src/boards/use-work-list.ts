import { useSignal } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import { addressOf, onEvent, type Problem, problemFrom, type Resource, read, type Topic } from '../api/index.ts';
import type { ListPage } from '../lists/index.ts';
import { readWork } from './read-work.ts';

/** A list of work that is sorted by the office; more of it is loaded when somebody wants to see it. */
export interface WorkList<Page> extends Resource<Page> {
  /** Loads the next ones too; what is there stays meanwhile. */
  readonly more: () => Promise<void>;
}

/** How many are loaded at first, and with each wish for more. */
const STEP = 50;
/** Events come in bunches, and lines are slow: one question answers them all. */
const SETTLE_MS = 400;

interface State<Page> {
  readonly value: Page | undefined;
  readonly problem: Problem | undefined;
  readonly loading: boolean;
}

/**
 * The list at `path` with that query, as far as it was wanted; asked again whenever an event touches one of the topics,
 * since any entry may have changed its place. The list of topics must not change between renders.
 */
export function useWorkList<Item extends { readonly id: string; readonly origin: string }, Page extends ListPage<Item>>(
  path: string,
  query: Readonly<Record<string, string | undefined>>,
  topics: readonly Topic[],
): WorkList<Page> {
  const address = addressOf(path, query);
  const state = useSignal<State<Page>>({ value: undefined, problem: undefined, loading: true });
  const list = useMemo(() => {
    let wanted = STEP;
    let asking: AbortController | undefined;
    const load = async (): Promise<void> => {
      asking?.abort();
      const mine = new AbortController();
      asking = mine;
      state.value = { ...state.peek(), loading: true };
      try {
        const value = await readWork<Item, Page>(
          (page) => read<Page>(path, { query: { ...query, ...page }, signal: mine.signal }),
          wanted,
        );
        if (!mine.signal.aborted) state.value = { value, problem: undefined, loading: false };
      } catch (error) {
        if (!mine.signal.aborted) state.value = { ...state.peek(), problem: problemFrom(error), loading: false };
      }
    };
    return {
      load,
      more: () => {
        wanted = (state.peek().value?.items.length ?? 0) + STEP;
        return load();
      },
      close: () => asking?.abort(),
    };
  }, [address]);
  useEffect(() => {
    state.value = { value: undefined, problem: undefined, loading: true };
    void list.load();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const off = onEvent((_event, touched) => {
      if (!touched.some((topic) => topic === 'all' || topics.includes(topic))) return;
      timer ??= setTimeout(() => {
        timer = undefined;
        void list.load();
      }, SETTLE_MS);
    });
    return () => {
      off();
      clearTimeout(timer);
      list.close();
    };
  }, [list]);
  return { ...state.value, reload: list.load, more: list.more };
}
