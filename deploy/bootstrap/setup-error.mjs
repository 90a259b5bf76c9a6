// @ts-check

/** A set-up step that cannot go on: the message is one sentence for the person at the keyboard and says what to do. */
export class SetupError extends Error {
  /** @override */
  name = 'SetupError';
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
