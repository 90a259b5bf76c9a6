import { isLiaisonError } from '../foundation/index.ts';

/** What a log says about something that was thrown. */
export interface ErrorSummary {
  readonly name: string;
  readonly code?: string;
  readonly disposition?: string;
  readonly context?: Readonly<Record<string, string | number | boolean>>;
  /** Where it was thrown; only for what was not thrown on purpose. */
  readonly frames?: readonly string[];
  readonly cause?: ErrorSummary;
}

const NAME = /^[A-Za-z][A-Za-z0-9]{0,47}$/;
const CODE = /^[A-Za-z0-9_-]{1,64}$/;
const CONTEXT_KEY = /^[A-Za-z][A-Za-z0-9]{0,31}$/;
const CONTEXT_TEXT = /^[A-Za-z0-9_.:/@+-]{0,96}$/;
const FRAME = /^[\x21-\x7e ]{1,200}$/;
const MAX_FRAMES = 12;
const MAX_CAUSES = 4;

/**
 * Name, code, safe context, causes and places of `thrown`, never its message: the message of a foreign error may quote
 * what a peer sent. Texts that do not look like identifiers are written as their length.
 */
export function summaryOf(thrown: unknown, depth = 0): ErrorSummary {
  if (!(thrown instanceof Error)) return { name: `(${typeof thrown})` };
  const name = NAME.test(thrown.name) ? thrown.name : 'Error';
  const cause = thrown.cause === undefined || depth >= MAX_CAUSES ? {} : { cause: summaryOf(thrown.cause, depth + 1) };
  if (isLiaisonError(thrown)) {
    return { name, code: thrown.code, disposition: thrown.disposition, context: safeContext(thrown.context), ...cause };
  }
  const { code } = thrown as { readonly code?: unknown };
  return { name, ...(typeof code === 'string' && CODE.test(code) ? { code } : {}), frames: framesOf(thrown), ...cause };
}

function safeContext(context: Readonly<Record<string, unknown>>): Record<string, string | number | boolean> {
  const safe: Record<string, string | number | boolean> = {};
  for (const [key, value] of Object.entries(context)) {
    if (!CONTEXT_KEY.test(key)) continue;
    if (typeof value === 'number' || typeof value === 'boolean') safe[key] = value;
    else if (typeof value === 'string') safe[key] = CONTEXT_TEXT.test(value) ? value : `(${value.length} characters)`;
  }
  return safe;
}

/** The stack without its first part, which repeats the message. */
function framesOf(error: Error): string[] {
  const stack = error.stack ?? '';
  const head = `${error.name}: ${error.message}`;
  // A message that was changed after the throw cannot be told from the frames: then there are none.
  const rest = stack.startsWith(head) ? stack.slice(head.length) : error.message === '' ? stack : '';
  return rest
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line.startsWith('at ') && FRAME.test(line))
    .slice(0, MAX_FRAMES);
}
