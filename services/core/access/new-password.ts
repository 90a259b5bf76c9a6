import { randomBytes } from 'node:crypto';
import type { EpochMs } from '../foundation/index.ts';

const CONSONANTS = 'bdfghjklmnprstvz';
const VOWELS = 'aeio';
const WORDS = 5;
/** A word is two syllables of 6 bits each. */
const BYTES_PER_WORD = 4;

/** Three days: over a weekend it reaches whom it is for, and a note of it that is found later is of no use. */
const ONE_TIME_HOURS = 72;

/** Until when a password that is made now is good for one sign-in. */
export function oneTimeEnd(now: EpochMs): EpochMs {
  return (now + ONE_TIME_HOURS * 3_600_000) as EpochMs;
}

/** A password of 60 random bits that can be read out over a telephone: `bado-fime-rolu-…`, five words of two syllables. */
export function newPassword(random: (size: number) => Uint8Array = randomBytes): string {
  const bytes = random(WORDS * BYTES_PER_WORD);
  const letterAt = (index: number): string => {
    const letters = index % 2 === 0 ? CONSONANTS : VOWELS;
    // Both lists are as long as a power of two: no letter is likelier than another.
    return letters[(bytes[index] ?? 0) % letters.length] ?? '';
  };
  return Array.from({ length: WORDS }, (_, word) =>
    Array.from({ length: BYTES_PER_WORD }, (__, letter) => letterAt(word * BYTES_PER_WORD + letter)).join(''),
  ).join('-');
}
