// @ts-check

/**
 * Why set-up could not go on; stable, for scripts and tests.
 * @typedef {'SETUP_NODE_TOO_OLD' | 'SETUP_DEPENDENCIES_FAILED' | 'SETUP_BUILD_FAILED' | 'SETUP_SERVER_UNFIT'
 *   | 'SETUP_SERVER_MISSING' | 'SETUP_LOCKED'} SetupErrorCode
 */

/** A set-up step that cannot go on: the message is one sentence for the person at the keyboard and says what to do. */
export class SetupError extends Error {
  /** @override */
  name = 'SetupError';

  /**
   * @param {SetupErrorCode} code
   * @param {string} sentence
   */
  constructor(code, sentence) {
    super(sentence);
    this.code = code;
  }
}

/**
 * Tells the person at the keyboard, on stderr, which step is under way: one line.
 * @param {string} line
 */
export function say(line) {
  process.stderr.write(`liaison-bus: ${line}\n`);
}

/**
 * Runs a set-up entry point: a {@link SetupError} becomes its one sentence and exit code 1; anything else is our own bug and keeps its stack.
 * @param {() => Promise<number>} body
 * @returns {Promise<never>}
 */
export async function runToExit(body) {
  try {
    process.exit(await body());
  } catch (error) {
    say(error instanceof SetupError ? error.message : String(error instanceof Error ? error.stack : error));
    process.exit(1);
  }
}
