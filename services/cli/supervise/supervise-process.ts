import { type DurationMs, durationMs, seconds } from '../../core/foundation/index.ts';
import { type KeptProcess, keepProcess, type ProcessEnd, type ProcessSpec } from './keep-process.ts';

/** What happens to a supervised program. */
export interface SupervisionEvents {
  readonly started: (name: string, pid: number) => void;
  readonly ended: (name: string, end: ProcessEnd, againInMs: DurationMs | null) => void;
}

/** A program that is started again whenever it ends by itself. */
export interface SupervisedProcess {
  readonly spec: ProcessSpec;
  /** Of the program as it runs now; null while it does not. */
  readonly pid: () => number | null;
  /** How often it ended without being asked to. */
  readonly failures: () => number;
  /** Ends it at once, as a crash does; it stays down until `resume`. */
  readonly crash: () => Promise<void>;
  /** Ends it in order; it stays down until `resume`. */
  readonly pause: () => Promise<void>;
  readonly resume: () => void;
  /** Freezes or thaws it. */
  readonly signal: (name: 'STOP' | 'CONT' | 'HUP') => void;
  /** Ends it in order, for good. */
  readonly stop: () => Promise<void>;
}

const FIRST_PAUSE_MS = durationMs(250);
const LONGEST_PAUSE_MS = seconds(10);
/** What ran that long is not failing at its start. */
const STEADY_AFTER_MS = seconds(30);

/** Starts the program and keeps it running, with growing pauses while it keeps failing. */
export function superviseProcess(spec: ProcessSpec, events: SupervisionEvents): SupervisedProcess {
  let kept: KeptProcess | undefined;
  let pid: number | null = null;
  let wanted = true;
  let failures = 0;
  let pauseMs = FIRST_PAUSE_MS;
  let timer: NodeJS.Timeout | undefined;

  const start = (): void => {
    const current = keepProcess(spec);
    const startedAt = performance.now();
    kept = current;
    void current.pid.then((found) => {
      if (found === undefined || kept !== current) return;
      pid = found;
      events.started(spec.name, found);
    });
    void current.ended.then((end) => {
      if (kept === current) kept = undefined;
      pid = null;
      if (!wanted) return events.ended(spec.name, end, null);
      failures += 1;
      if (performance.now() - startedAt >= STEADY_AFTER_MS) pauseMs = FIRST_PAUSE_MS;
      events.ended(spec.name, end, pauseMs);
      timer = setTimeout(start, pauseMs);
      pauseMs = durationMs(Math.min(pauseMs * 2, LONGEST_PAUSE_MS));
    });
  };
  const bringDown = async (how: 'KILL' | 'in order'): Promise<void> => {
    wanted = false;
    clearTimeout(timer);
    const current = kept;
    if (current === undefined) return;
    if (how === 'KILL') {
      await current.pid;
      current.signal('KILL');
      await current.ended;
    } else await current.stop();
  };
  start();
  return {
    spec,
    pid: () => pid,
    failures: () => failures,
    crash: () => bringDown('KILL'),
    pause: () => bringDown('in order'),
    resume: () => {
      if (wanted) return;
      wanted = true;
      pauseMs = FIRST_PAUSE_MS;
      start();
    },
    signal: (name) => kept?.signal(name),
    stop: () => bringDown('in order'),
  };
}
