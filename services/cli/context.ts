import { processTerminal, type Terminal } from './terminal/terminal.ts';

/** What a command may touch of the process it runs in. */
export interface CommandContext {
  readonly terminal: Terminal;
  readonly env: NodeJS.ProcessEnv;
  readonly cwd: string;
  /** From the first call on, Ctrl-C and SIGTERM no longer end the process but abort this signal. */
  readonly untilStopped: () => AbortSignal;
}

/** The context of the process that runs now. */
export function processContext(process: NodeJS.Process): CommandContext {
  let stopped: AbortController | undefined;
  return {
    terminal: processTerminal(process),
    env: process.env,
    cwd: process.cwd(),
    untilStopped: () => {
      stopped ??= abortOnSignals(process);
      return stopped.signal;
    },
  };
}

function abortOnSignals(process: NodeJS.Process): AbortController {
  const controller = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => controller.abort());
  return controller;
}
