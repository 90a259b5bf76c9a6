import { type ErrorContext, type ErrorEntry, isLiaisonError, type LiaisonError } from '../core/foundation/index.ts';
import { CLI_ERRORS, CliError } from './errors.ts';
import { ExitCode } from './exit-codes.ts';
import { REGION_ERRORS } from './region/errors.ts';
import { escapeText } from './terminal/escape-text.ts';

type ErrorTable = Readonly<Record<string, ErrorEntry>>;

/** Loaded only once something went wrong: most of them stand behind a large library. */
const TABLES: Readonly<Record<string, () => Promise<ErrorTable>>> = {
  CLI: async () => CLI_ERRORS,
  REGION: async () => REGION_ERRORS,
  FOUNDATION: async () => (await import('../core/foundation/index.ts')).FOUNDATION_ERRORS,
  SUBJECTS: async () => (await import('../core/subjects/index.ts')).SUBJECTS_ERRORS,
  WIRE: async () => (await import('../core/wire/index.ts')).WIRE_ERRORS,
  ACCESS: async () => (await import('../core/access/index.ts')).ACCESS_ERRORS,
  POLICY: async () => (await import('../core/policy/index.ts')).POLICY_ERRORS,
  TRUST: async () => (await import('../core/trust/index.ts')).TRUST_ERRORS,
  ENVELOPE: async () => (await import('../core/envelope/index.ts')).ENVELOPE_ERRORS,
  LEDGER: async () => (await import('../core/ledger/index.ts')).LEDGER_ERRORS,
  BUS: async () => (await import('../core/bus/index.ts')).BUS_ERRORS,
};

/** The one sentence that tells a person what went wrong, with which facts, and what to do. */
export async function describeError(error: unknown): Promise<string> {
  if (!isLiaisonError(error)) return error instanceof Error ? (error.stack ?? error.message) : String(error);
  if (error.code === 'CLI_API_REFUSED') return escapeText(describeRefusal(error));
  const facts = Object.entries(error.context).map(([name, value]) => `${name}: ${value}`);
  const what = facts.length === 0 ? error.message : `${error.message} (${facts.join(', ')})`;
  const action = await actionOf(error);
  return escapeText(action === undefined ? `${what}.` : `${what}; ${action}.`);
}

/** What a script learns of what went wrong. */
export function errorJson(error: unknown): {
  readonly error: { code: string; message: string; context: ErrorContext };
} {
  if (isLiaisonError(error)) return { error: { code: error.code, message: error.message, context: error.context } };
  return { error: { code: 'UNEXPECTED', message: String(error), context: {} } };
}

/** The exit code that goes with an error. */
export function exitCodeOf(error: unknown): ExitCode {
  const isUsage = error instanceof CliError && (error.code === 'CLI_USAGE' || error.code === 'CLI_OFFICE_NOT_NAMED');
  return isUsage ? ExitCode.USAGE : ExitCode.FAILURE;
}

/** What the office's node says of its refusal, in its own words. */
function describeRefusal({ message, context }: LiaisonError): string {
  const { status, reason, title, detail, faults } = context;
  const what = `${title ?? message} (${reason ?? `status ${status}`})`;
  return [faults === undefined ? what : `${what}: ${faults}`, detail].filter((piece) => piece !== undefined).join('; ');
}

async function actionOf(error: LiaisonError): Promise<string | undefined> {
  const table = await TABLES[error.code.split('_')[0] ?? '']?.();
  return table?.[error.code]?.action;
}
