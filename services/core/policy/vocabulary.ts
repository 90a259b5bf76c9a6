import {
  Certainty,
  CrimeArea,
  DataCategory,
  MessageKind,
  MessageType,
  Precedence,
  Purpose,
  Severity,
  SubjectRole,
  Urgency,
} from '../wire/index.ts';

/** The code lists that policies can name: entity type in the Cedar schema, and the contract's codes. */
export const CODE_LISTS = {
  MessageKind,
  MessageType,
  CrimeArea,
  Urgency,
  Severity,
  Certainty,
  Purpose,
  Precedence,
  DataCategory,
  SubjectRole,
} as const;

/** What makes somebody or something need care; derived by the gates, never on the wire. */
export const CONCERNS = ['minor', 'victim', 'protected', 'protected_from_unknown', 'source'] as const;

/** One concern. */
export type Concern = (typeof CONCERNS)[number];

/** A code list of the schema. */
export type CodeList = keyof typeof CODE_LISTS;

const words = new Map<CodeList, readonly (string | undefined)[]>();
for (const [list, codes] of Object.entries(CODE_LISTS)) {
  const byNumber: string[] = [];
  for (const [key, number] of Object.entries(codes)) byNumber[number] = key.toLowerCase();
  words.set(list as CodeList, byNumber);
}

/** Stands for a code without a word. */
const NO_SUCH_CODE = 'no_such_code';

/**
 * The word by which policies know a code: `trafficking_forced_labour`. A code that the contract does not have becomes
 * NO_SUCH_CODE, which is in no list of the schema, so that the question fails and the crossing is refused.
 */
export function wordOf(list: CodeList, code: number): string {
  return words.get(list)?.[code] ?? NO_SUCH_CODE;
}

/** Whether policies know that code: it is in the contract and, but for a subject's role, not the unspecified one. */
export function isKnownCode(list: CodeList, code: number): boolean {
  return (code !== 0 || list === 'SubjectRole') && words.get(list)?.[code] !== undefined;
}

/** The code of a word of that list; undefined for a word it does not have. */
export function codeOfWord(list: CodeList, word: string): number | undefined {
  const found = words.get(list)?.indexOf(word) ?? -1;
  return found < 0 ? undefined : found;
}

/** All codes of a list that mean something, in the contract's order. */
export function codesOf(list: CodeList): readonly number[] {
  return Object.values(CODE_LISTS[list]).filter((code) => code !== 0);
}

/** Categories that say something of a person, whoever that is. */
export const PERSONAL_CATEGORIES: ReadonlySet<DataCategory> = new Set([
  DataCategory.IDENTITY,
  DataCategory.IDENTITY_DOCUMENT,
  DataCategory.BIOMETRIC,
  DataCategory.CONTACT,
  DataCategory.MOVEMENT,
  DataCategory.HEALTH,
  DataCategory.PROTECTION_STATUS,
  DataCategory.VICTIM,
  DataCategory.MINOR,
  DataCategory.FINANCIAL,
  DataCategory.ONLINE_ACCOUNT,
]);
