/** What a script learns from the end of a command. */
export const ExitCode = {
  OK: 0,
  FAILURE: 1,
  USAGE: 2,
  /** Something waits for a named person's release. */
  HELD: 3,
  /** Policy let nothing of it pass. */
  REFUSED: 4,
} as const;

/** One of the exit codes. */
export type ExitCode = (typeof ExitCode)[keyof typeof ExitCode];
