const CONSONANTS = 'bdfghjklmnprstvz';
const VOWELS = 'aiou';
const WORDS = 4;

/**
 * The beginning of a digest as four words of five letters, to read aloud and compare: 16 bits each, consonants and vowels
 * in turn, the same in every language (the scheme of D. Wilkerson's proquints). Text that is no digest gives none.
 */
export function compareWords(digest: string): readonly string[] {
  if (!/^[0-9a-f]{16,}$/.test(digest)) return [];
  return Array.from({ length: WORDS }, (_, index) =>
    wordOf(Number.parseInt(digest.slice(index * 4, index * 4 + 4), 16)),
  );
}

function wordOf(bits: number): string {
  const consonant = (shift: number): string => CONSONANTS.charAt((bits >> shift) & 15);
  const vowel = (shift: number): string => VOWELS.charAt((bits >> shift) & 3);
  return consonant(12) + vowel(10) + consonant(6) + vowel(4) + consonant(0);
}
