import { useSignal } from '@preact/signals';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import { addressOf, read as ask, onEvent, type Problem, problemFrom, type Topic } from '../api/index.ts';
import { foldFirstPage, foldNextPage, type Keyed, keyOf, type ListPage, reachOfKeys } from './fold-list.ts';

/** A list that follows what happens, without moving what somebody is looking at. */
export interface LiveList<Item, Page> {
  /** Undefined until the first answer. */
  readonly items: readonly Item[] | undefined;
  readonly hasMore: boolean;
  /** The newest answer with all that it says beside its items. */
  readonly page: Page | undefined;
  readonly problem: Problem | undefined;
  readonly loading: boolean;
  /** How many came by themselves since `seen` was called. */
  readonly arrived: number;
  readonly seen: () => void;
  readonly more: () => Promise<void>;
  readonly reload: () => Promise<void>;
}

const PAGE = 40;
const MOST = 100;
/** Events come in bunches, and lines are slow: one question answers them all. */
const SETTLE_MS = 400;

interface State<Item, Page> {
  readonly items: readonly Item[] | undefined;
  readonly next: string | null;
  readonly page: Page | undefined;
  readonly problem: Problem | undefined;
  readonly loading: boolean;
  readonly arrived: number;
}

/**
 * The list at `address` (with its filters, without a cursor); `null` asks nothing. `keep` names the messages that stay in
 * it even when they no longer belong there. An event asks again only as much of the list as it touches.
 * `read` asks for a page where its answer has another form.
 */
export function useLiveList<Item extends Keyed, Page extends ListPage<Item>>(
  address: string | null,
  topics: readonly Topic[],
  keep: () => ReadonlySet<string> = () => new Set(),
  read: (address: string, signal: AbortSignal) => Promise<Page> = readPage,
): LiveList<Item, Page> {
  const empty: State<Item, Page> = {
    items: undefined,
    next: null,
    page: undefined,
    problem: undefined,
    loading: address !== null,
    arrived: 0,
  };
  const state = useSignal(empty);
  const kept = useRef(keep);
  kept.current = keep;
  const list = useMemo(() => {
    // What follows is loaded while the beginning is asked again, and neither ends the other.
    const asking = new Map<'first' | 'next', AbortController>();
    let isOpen = true;
    const askPage = async (limit: number, cursor?: string): Promise<void> => {
      if (address === null) return;
      const which = cursor === undefined ? 'first' : 'next';
      asking.get(which)?.abort();
      const mine = new AbortController();
      asking.set(which, mine);
      state.value = { ...state.peek(), loading: true };
      try {
        const query = { limit: Math.min(limit, MOST), cursor };
        const page = await read(withQuery(address, query), mine.signal);
        if (mine.signal.aborted || !isOpen) return;
        const before = state.peek();
        const current: ListPage<Item> = { items: before.items ?? [], next: before.next };
        const folded =
          cursor === undefined
            ? foldFirstPage(current, page, kept.current())
            : { ...foldNextPage(current, page), fresh: [] };
        state.value = {
          items: folded.items,
          next: folded.next,
          page: cursor === undefined ? page : before.page,
          problem: undefined,
          loading: false,
          arrived: before.arrived + (before.items === undefined ? 0 : folded.fresh.length),
        };
      } catch (error) {
        if (mine.signal.aborted || !isOpen) return;
        state.value = { ...state.peek(), problem: problemFrom(error), loading: false };
      }
    };
    return {
      ask: askPage,
      close: () => {
        isOpen = false;
        for (const one of asking.values()) one.abort();
      },
    };
  }, [address]);
  useEffect(() => {
    state.value = empty;
    void list.ask(PAGE);
    if (address === null) return undefined;
    const touched = new Set<string>();
    let everything = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const off = onEvent(({ facts }, about) => {
      if (!about.some((topic) => topic === 'all' || topics.includes(topic))) return;
      if (about.includes('all')) everything = true;
      const { origin, envelopeId } = facts;
      touched.add(keyOf({ origin: String(origin), id: String(envelopeId) }));
      timer ??= setTimeout(() => {
        timer = undefined;
        const items = state.peek().items ?? [];
        const limit = everything ? Math.max(PAGE, items.length) : reachOfKeys(items, touched, PAGE);
        touched.clear();
        everything = false;
        void list.ask(limit);
      }, SETTLE_MS);
    });
    return () => {
      off();
      clearTimeout(timer);
      list.close();
    };
  }, [list]);
  const { value } = state;
  return {
    ...value,
    hasMore: value.next !== null,
    seen: () => {
      if (state.peek().arrived > 0) state.value = { ...state.peek(), arrived: 0 };
    },
    more: async () => {
      const { next } = state.peek();
      if (next !== null) await list.ask(PAGE, next);
    },
    reload: () => list.ask(Math.max(PAGE, state.peek().items?.length ?? 0)),
  };
}

/** What is asked for the first page of the list at `address`. */
export function firstPageOf(address: string): string {
  return withQuery(address, { limit: PAGE, cursor: undefined });
}

function readPage<Page>(address: string, signal: AbortSignal): Promise<Page> {
  return ask<Page>(address, { signal });
}

function withQuery(address: string, query: { readonly limit: number; readonly cursor: string | undefined }): string {
  const [path = '', rest = ''] = address.split('?');
  return addressOf(path, { ...Object.fromEntries(new URLSearchParams(rest)), ...query });
}
