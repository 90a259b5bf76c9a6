import { useEffect, useRef, useState } from 'preact/hooks';
import { nodeConnection, type Problem, ProblemError, send } from '../../api/index.ts';
import type { JsonObject } from '../../forms/json.ts';
import type { Preview } from './kinds.ts';
import { standIn } from './stand-ins.ts';

const SETTLE_MS = 700;
/** How long after a lost line it is asked again. */
const AGAIN_MS = 5000;

/** What is known of what each neighbour would get. */
export interface PreviewState {
  /** The newest answer; it stays while the next one is asked for. */
  readonly answer: Preview | undefined;
  /** The answer is of what stands in the form now. */
  readonly isCurrent: boolean;
  readonly busy: boolean;
  readonly problem: Problem | undefined;
  /** Asks now. @throws ProblemError */
  readonly ask: () => Promise<Preview>;
}

/**
 * Asks what each neighbour would get, a little after typing stops, and drops what it asked before; `address` null or
 * `ready` false asks nothing.
 */
export function usePreview(address: string | null, prepared: JsonObject, ready: boolean): PreviewState {
  const text = JSON.stringify(prepared);
  const [shown, setShown] = useState<{ readonly of: string; readonly answer: Preview } | undefined>(undefined);
  const [failed, setFailed] = useState<{ readonly of: string; readonly problem: Problem } | undefined>(undefined);
  const [busy, setBusy] = useState(false);
  const running = useRef<AbortController | undefined>(undefined);

  const ask = async (): Promise<Preview> => {
    if (address === null) throw new TypeError('a kind without a preview');
    running.current?.abort();
    const mine = new AbortController();
    running.current = mine;
    setBusy(true);
    try {
      const { value, restore } = standIn(prepared);
      const told = await send<Preview>(address, { body: value, signal: mine.signal });
      const answer = { ...told, copies: restore(told.copies) as Preview['copies'] };
      setShown({ of: text, answer });
      setFailed(undefined);
      return answer;
    } catch (cause) {
      if (cause instanceof ProblemError && !mine.signal.aborted) setFailed({ of: text, problem: cause.problem });
      throw cause;
    } finally {
      if (running.current === mine) setBusy(false);
    }
  };

  // Once the line is back, it is asked again; nobody has to notice.
  const isUp = nodeConnection().up;
  const [tries, setTries] = useState(0);
  const isUnanswered = failed?.of === text && failed.problem.status === 0;
  useEffect(() => {
    if (!isUnanswered) return undefined;
    const again = (): void => setTries((before) => before + 1);
    const timer = setTimeout(again, AGAIN_MS);
    addEventListener('online', again);
    return () => {
      clearTimeout(timer);
      removeEventListener('online', again);
    };
  }, [isUnanswered, tries]);
  useEffect(() => {
    if (address === null || !ready) return undefined;
    const timer = setTimeout(() => void ask().catch(() => undefined), SETTLE_MS);
    return () => {
      clearTimeout(timer);
      running.current?.abort();
    };
  }, [address, text, ready, isUp, tries]);

  return {
    answer: shown?.answer,
    isCurrent: shown?.of === text && failed?.of !== text && ready,
    busy,
    problem: failed?.of === text ? failed.problem : undefined,
    ask,
  };
}
