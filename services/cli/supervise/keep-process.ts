import { type ChildProcess, spawn } from 'node:child_process';
import { type DurationMs, seconds } from '../../core/foundation/index.ts';
import { KEEPER_SCRIPT } from './keeper-script.ts';

/** A program to run. */
export interface ProcessSpec {
  /** Names it for people: `th-chiang-khong`, `th-chiang-khong's server`. */
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  /** Takes what it prints; appended to. */
  readonly logFile: string;
  /** How long it has for ending in order; 10 s where it is left out. */
  readonly graceMs?: DurationMs;
}

const GRACE_MS = seconds(10);

/** How a program ended: its exit code, 128 and more for a signal; -1 where it was never started. */
export interface ProcessEnd {
  readonly code: number;
}

/** A program that runs under a keeper and never outlives this process. */
export interface KeptProcess {
  /** Of the program itself; undefined where it could not be started. */
  readonly pid: Promise<number | undefined>;
  readonly ended: Promise<ProcessEnd>;
  readonly signal: (name: 'TERM' | 'KILL' | 'HUP' | 'STOP' | 'CONT') => void;
  /** Asks it to end, and makes it end when its time for that is over. */
  readonly stop: () => Promise<ProcessEnd>;
}

/** Starts the program under a keeper of its own. It has its own session: a terminal's Ctrl-C reaches this process alone. */
export function keepProcess(spec: ProcessSpec): KeptProcess {
  const tenths = String(Math.ceil((spec.graceMs ?? GRACE_MS) / 100));
  const keeper = spawn(
    '/bin/sh',
    ['-c', KEEPER_SCRIPT, 'liaison-keeper', spec.logFile, tenths, spec.command, ...spec.args],
    {
      cwd: spec.cwd,
      env: spec.env,
      detached: true,
      stdio: ['pipe', 'pipe', 'ignore'],
    },
  );
  const lifeline = keeper.stdin;
  // A keeper that is gone already needs no word from us.
  lifeline?.on('error', () => undefined);
  const pid = readPid(keeper);
  const ended = new Promise<ProcessEnd>((resolve) => {
    keeper.once('error', () => resolve({ code: -1 }));
    keeper.once('exit', (code, signal) => void endOf(code, signal, pid).then(resolve));
  });
  return {
    pid,
    ended,
    signal: (name) => void lifeline?.write(`${name}\n`),
    stop: () => {
      lifeline?.end();
      return ended;
    },
  };
}

async function readPid(keeper: ChildProcess): Promise<number | undefined> {
  let text = '';
  for await (const chunk of keeper.stdout ?? []) {
    text += String(chunk);
    if (text.includes('\n')) break;
  }
  const pid = Number.parseInt(text, 10);
  return Number.isSafeInteger(pid) && pid > 1 ? pid : undefined;
}

/** A keeper that was itself killed has left its program to us. */
async function endOf(
  code: number | null,
  signal: NodeJS.Signals | null,
  pid: Promise<number | undefined>,
): Promise<ProcessEnd> {
  if (signal === null) return { code: code ?? -1 };
  const orphan = await pid;
  if (orphan !== undefined) killIfThere(orphan);
  return { code: 137 };
}

function killIfThere(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It was gone already.
  }
}
