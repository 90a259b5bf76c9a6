import { useEffect, useRef } from 'preact/hooks';
import { may, send } from '../../api/index.ts';
import type { Entry } from './types.ts';

/** Whether nobody here has opened that post yet, although all or some of it is here. */
export function isUnread({ id, openedAt, state, by }: Entry): boolean {
  return id !== null && openedAt === null && by === null && (state === 'here' || state === 'partly');
}

/**
 * What is shown to an officer is opened: each sender is told once, one after the other, so that a poor line is not
 * filled with it. Nothing is said while the page is in the background.
 */
export function useOpened(entries: readonly Entry[]): void {
  const told = useRef(new Set<string>());
  const busy = useRef(false);
  useEffect(() => {
    if (!may('retrieve')) return undefined;
    const next = async (): Promise<void> => {
      if (busy.current || document.visibilityState !== 'visible') return;
      busy.current = true;
      try {
        for (const entry of entries.filter(isUnread)) {
          const name = `${entry.office}/${entry.id}`;
          if (told.current.has(name)) continue;
          told.current.add(name);
          await send(`/v1/messages/${entry.id}/retrieved`, { query: { origin: entry.office }, body: {} }).catch(() => {
            told.current.delete(name);
          });
          if (!told.current.has(name)) return;
        }
      } finally {
        busy.current = false;
      }
    };
    void next();
    const again = (): void => void next();
    document.addEventListener('visibilitychange', again);
    return () => document.removeEventListener('visibilitychange', again);
  }, [entries]);
}
