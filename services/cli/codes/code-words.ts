import { describeEnum, labelsOf } from '../../core/wire/index.ts';
import { CliError } from '../errors.ts';

interface CodeList {
  readonly name: string;
  /** What all its codes begin with: `CRIME_AREA_`. */
  readonly prefix: string;
  /** Without the unspecified one. */
  readonly codes: readonly string[];
}

type CodeOf<Word> = undefined extends Word ? string | undefined : string;

const LISTS: ReadonlyMap<string, CodeList> = new Map(
  Object.keys(labelsOf('en').codes).map((name) => {
    const list = name.replace(/(?<=[a-z])(?=[A-Z])/g, '_').toUpperCase();
    const codes = describeEnum(name).values.map((value) => value.name);
    return [list, { name, prefix: `${list}_`, codes: codes.filter((each) => each !== `${list}_UNSPECIFIED`) }];
  }),
);

const LIST_OF_CODE: ReadonlyMap<string, CodeList> = new Map(
  [...LISTS.values()].flatMap((list) => list.codes.map((code) => [code, list] as const)),
);

/**
 * A code by its full name from the word that people use: `people-smuggling` of `CRIME_AREA`, `H2` of `HANDLING_CODE`.
 * What was left out stays so. @throws CliError CLI_USAGE with the words that there are.
 */
export function code<Word extends string | undefined>(list: string, word: Word): CodeOf<Word> {
  if (word === undefined) return undefined as CodeOf<Word>;
  const known = listOfCodes(list);
  const name = word.trim().toUpperCase().replaceAll('-', '_');
  const full = known.codes.find((each) => each === name || each === `${known.prefix}${name}`);
  if (full !== undefined) return full as CodeOf<Word>;
  throw new CliError('CLI_USAGE', {
    context: { [list.toLowerCase().replaceAll('_', ' ')]: word, allowed: codeWords(list).join(', ') },
  });
}

/** The words of a list, in the order of the contract. */
export function codeWords(list: string): readonly string[] {
  return listOfCodes(list).codes.map(wordOf);
}

/** A code as people say it: `CRIME_AREA_PEOPLE_SMUGGLING` is people-smuggling. What is no code of the contract stays as it is. */
export function wordOf(name: string): string {
  const list = LIST_OF_CODE.get(name);
  if (list === undefined) return name;
  const word = name.slice(list.prefix.length);
  return list.name === 'HandlingCode' ? word : word.toLowerCase().replaceAll('_', '-');
}

/** The word of a code by its number; the number where the contract does not have it. */
export function wordOfNumber(list: string, number: number): string {
  const { name } = listOfCodes(list);
  const found = describeEnum(name).values.find((value) => value.number === number);
  return found === undefined ? String(number) : wordOf(found.name);
}

/** What an office answered, with each code in it as people say it. */
export function inWords(value: unknown): unknown {
  if (typeof value === 'string') return wordOf(value);
  if (Array.isArray(value)) return value.map(inWords);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, inWords(inner)]));
}

function listOfCodes(list: string): CodeList {
  const found = LISTS.get(list);
  if (found === undefined) throw new TypeError(`the contract has no code list ${list}`);
  return found;
}
