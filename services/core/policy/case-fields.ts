import { isOfficeId, type OfficeId } from '../foundation/index.ts';
import { HandlingCode } from '../wire/index.ts';
import { PolicyError } from './errors.ts';
import { type CodeList, codeOfWord, codesOf } from './vocabulary.ts';

/** A JSON object of a case. */
export type Fields = Readonly<Record<string, unknown>>;

/** The error for a case that says something it cannot say there. */
export function fail(at: string, fault: string): PolicyError {
  return new PolicyError('POLICY_CASES_INVALID', { context: { at, fault } });
}

/** An object without unknown fields. @throws PolicyError POLICY_CASES_INVALID. */
export function fieldsOf(value: unknown, at: string, known: readonly string[]): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw fail(at, 'must be an object');
  const unknown = Object.keys(value).find((key) => !known.includes(key));
  if (unknown !== undefined) throw fail(`${at}.${unknown}`, 'is not a field of a case');
  return value as Fields;
}

/** A text that is not empty. @throws PolicyError POLICY_CASES_INVALID. */
export function textOf(value: unknown, at: string): string {
  if (typeof value !== 'string' || value === '') throw fail(at, 'must be a text');
  return value;
}

/** True or false; false where it is left out. @throws PolicyError POLICY_CASES_INVALID. */
export function flagOf(value: unknown, at: string): boolean {
  if (value !== undefined && typeof value !== 'boolean') throw fail(at, 'must be true or false');
  return value === true;
}

/** A whole number within bounds. @throws PolicyError POLICY_CASES_INVALID. */
export function numberOf(value: unknown, at: string, least: number, most: number): number {
  if (!Number.isSafeInteger(value) || (value as number) < least || (value as number) > most)
    throw fail(at, `must be a whole number from ${least} to ${most}`);
  return value as number;
}

/** An office. @throws PolicyError POLICY_CASES_INVALID. */
export function officeOf(value: unknown, at: string): OfficeId {
  if (!isOfficeId(value)) throw fail(at, 'must be an office');
  return value;
}

/** Texts, sorted. @throws PolicyError POLICY_CASES_INVALID. */
export function wordsOf(value: unknown, at: string): readonly string[] {
  if (!Array.isArray(value) || !value.every((entry) => typeof entry === 'string'))
    throw fail(at, 'must be a list of texts');
  return [...(value as readonly string[])].sort();
}

/** The code of a word of the schema. @throws PolicyError POLICY_CASES_INVALID. */
export function codeOf(list: CodeList, value: unknown, at: string): number {
  const code = typeof value === 'string' ? codeOfWord(list, value) : undefined;
  if (code === undefined || code === 0) throw fail(at, `must be a word of the schema's ${list}`);
  return code;
}

/** Codes by their words; where the list is left out, all there are. @throws PolicyError POLICY_CASES_INVALID. */
export function codesIn(list: CodeList, value: unknown, at: string): readonly number[] {
  return value === undefined ? codesOf(list) : wordsOf(value, at).map((word) => codeOf(list, word, at));
}

const HANDLING = { H0: HandlingCode.H0, H1: HandlingCode.H1, H2: HandlingCode.H2, H3: HandlingCode.H3 } as const;

/** A handling code, H0 to H3. @throws PolicyError POLICY_CASES_INVALID. */
export function handlingOf(value: unknown, at: string, otherwise: HandlingCode): HandlingCode {
  if (value === undefined) return otherwise;
  if (typeof value !== 'string' || !(value in HANDLING)) throw fail(at, 'must be H0, H1, H2 or H3');
  return HANDLING[value as keyof typeof HANDLING];
}
