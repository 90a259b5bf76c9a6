/** What is wrong with one field of what was sent. */
export interface Fault {
  /** Path of the field: `alert.subjects[0].person.familyName`. */
  readonly field: string;
  readonly reason: string;
  readonly message: string;
}

/** Why the office did not do it (RFC 9457), or why it could not be asked. */
export interface Problem {
  readonly status: number;
  readonly code: string;
  readonly title: string;
  readonly detail: string;
  readonly faults: readonly Fault[];
  readonly correlationId: string;
  /** Where another officer was quicker. */
  readonly conflict?: { readonly officer: string; readonly action: string; readonly at: string; readonly step: number };
  readonly retryAfterSeconds?: number;
}

/** The office answered with a problem, or did not answer. */
export class ProblemError extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.code);
    this.name = 'ProblemError';
    this.problem = problem;
  }
}

/** The node did not answer: it is down, or this device has no line to it. Codes that begin CONSOLE_ are this console's. */
export const UNREACHABLE: Problem = {
  status: 0,
  code: 'CONSOLE_NODE_UNREACHABLE',
  title: 'the office node does not answer',
  detail: 'what you typed is kept; try again when the connection is back',
  faults: [],
  correlationId: '',
};

/** The problem of whatever was thrown; a fault of this console is thrown on, since nobody could act on it. */
export function problemFrom(error: unknown): Problem {
  if (error instanceof ProblemError) return error.problem;
  throw error;
}
