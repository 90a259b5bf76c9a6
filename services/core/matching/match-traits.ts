import type { Date as PartialDate } from '../wire/index.ts';
import { isSameIdentifier } from './identifiers.ts';
import { isSameName, NAME_ALONE, NAME_WITH_BIRTH } from './match-names.ts';
import type { NameForm } from './name-words.ts';
import type { Traits } from './types.ts';

/** A name of several words that its script writes without spaces. */
const MIN_RUN_LETTERS = 9;

/** Whether two dates of birth may be one: parts that are not known (0) agree with all. */
export function isSameDate(one: PartialDate, other: PartialDate): boolean {
  const agrees = (a: number, b: number): boolean => a === 0 || b === 0 || a === b;
  return one.year === other.year && agrees(one.month, other.month) && agrees(one.day, other.day);
}

/**
 * Whether the two may be the same person or thing: an identifier in common, or a name in common that no date of birth
 * contradicts. A date of birth on both sides lets names differ a little more; a name of one word counts only where both
 * dates are whole.
 */
export function isMatch(one: Traits, other: Traits): boolean {
  if (one.identifiers.some((mine) => other.identifiers.some((theirs) => isSameIdentifier(mine, theirs)))) return true;
  const dated = one.born !== null && other.born !== null;
  if (dated && !isSameDate(one.born, other.born)) return false;
  const limits = dated ? NAME_WITH_BIRTH : NAME_ALONE;
  const surelyDated = isWhole(one.born) && isWhole(other.born);
  return one.names.some((mine) =>
    other.names.some(
      (theirs) =>
        (surelyDated || mine.words.length !== theirs.words.length || (isTelling(mine) && isTelling(theirs))) &&
        isSameName(mine, theirs, limits),
    ),
  );
}

/** Whether there is anything to look for: an identifier, a name of at least two words, or one name and a whole date of birth. */
export function isSearchable({ identifiers, names, born }: Traits): boolean {
  return identifiers.length > 0 || names.some((name) => isTelling(name) || isWhole(born));
}

/** More than a given name: half a name would find half a town. */
function isTelling({ words, bare, joined }: NameForm): boolean {
  return words.length > 1 || (bare && joined.length >= MIN_RUN_LETTERS);
}

function isWhole(born: PartialDate | null): boolean {
  return born !== null && born.month !== 0 && born.day !== 0;
}
