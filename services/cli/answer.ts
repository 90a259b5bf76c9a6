import type { ExitCode } from './exit-codes.ts';

/** What a command has to say when it is done. */
export interface Answer {
  /** 0 where it is left out. */
  readonly exitCode?: ExitCode;
  /** For people. Left out where everything was said on the way. */
  readonly text?: string;
  /** The same for scripts, with `--json`. */
  readonly json?: unknown;
}
