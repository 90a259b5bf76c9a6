import { lacksVowels, romanise } from './fold-text.ts';

/** One word of a name, ready to be compared. */
export interface NameWord {
  /** As it sounds, in one spelling: spellings that only differ in how a sound is written are the same here. */
  readonly sound: string;
  /** The consonants of `sound`. */
  readonly frame: string;
}

/** A name, ready to be compared. */
export interface NameForm {
  readonly words: readonly NameWord[];
  /** All words run together, in the order in which they stand. */
  readonly joined: string;
  /** It was written in a script that leaves vowels out, so only its consonants say much. */
  readonly bare: boolean;
}

const MAX_WORDS = 12;

/** Titles and particles that are no part of a name, wherever they stand. */
const TITLES = new Set(
  'mr mrs ms miss dr prof sir nai nangsao khun khunying thao than lok loksrey daw daw hajji haji datuk dato datin bin binti bte ibn al el de da dos'.split(
    ' ',
  ),
);

/** Titles that are names as well: only in front of at least two more words. */
const TITLES_IN_FRONT = new Set('u ko ma maung sao sai nang mom ong ba co anh chi saw'.split(' '));

/** Titles that are written in one word with the name. */
const PREFIXES = /^(?:นางสาว|นาง|นาย|น\.ส\.|ด\.ช\.|ด\.ญ\.|คุณ|ท้าว|ທ້າວ|ນາງສາວ|ນາງ|ທ່ານ|ဦး|ဒေါ်|လោក(?:ស្រី)?|លោកស្រី|លោក)\s*/u;

/**
 * Spellings of one sound, in this order. Aspiration is not kept (ph p, th t, kh k), nor l and r, ch and j, w and v,
 * f and ph, nor how long a vowel is; ng becomes one letter.
 */
const SPELLINGS: readonly (readonly [RegExp, string])[] = [
  [/^hs|sh|^ss|x/g, 's'],
  [/ngk?$|ng(?=[^aeiouy])/g, 'G'],
  [/ng/g, 'G'],
  [/^h(?=[tpklmnswy])/g, ''],
  [/ck|q/g, 'k'],
  [/tch|ch|j|zh/g, 'C'],
  [/c(?=[eiy])/g, 's'],
  [/c/g, 'k'],
  [/ph|f/g, 'p'],
  [/(?<=[bdgktp])h/g, ''],
  [/w/g, 'v'],
  [/g/g, 'k'],
  [/ny(?=[aeiou])/g, 'n'],
  [/(?<=[aeiouy])h(?![aeiouy])|(?<=n)h/g, ''],
  [/(?<=[aeiouy])r(?![aeiouyr])/g, ''],
  [/r/g, 'l'],
  [/^y(?=[aeiou])/g, 'Y'],
  [/(?<=[^aeiouy])ie(?=.)|ee|ii|y/g, 'i'],
  [/aai|ai|ei/g, 'E'],
  [/eu[ae]|ue[ae]?|ua|uo/g, 'o'],
  [/ae[ov]?|eo|ev$|ia/g, 'e'],
  [/aa/g, 'a'],
  [/av(?=[^aeiouyE]|$)|au|ao|ou|oo|uu|u/g, 'o'],
  [/oe|eo/g, 'e'],
  [/E/g, 'ai'],
  [/(?<=..[^aeiou])e$/g, ''],
  [/d$/g, 't'],
  [/b$/g, 'p'],
  [/(.)\1+/g, '$1'],
];

/** One spelling for everything that sounds alike. */
export function soundOf(word: string): string {
  return SPELLINGS.reduce((text, [pattern, sound]) => text.replace(pattern, sound), word);
}

function frameOf(sound: string): string {
  const consonants = sound.replace(/[aeiou]/g, '');
  return /^[aeiou]/.test(sound) ? `-${consonants}` : consonants;
}

/** A name as it is compared; without words where nothing of it can be romanised. */
export function nameForm(name: string): NameForm {
  const all = romanise(name.trim().replace(PREFIXES, ''))
    .split(' ')
    .filter((word) => word !== '');
  const front = all[0] ?? '';
  const kept = (TITLES_IN_FRONT.has(front) && all.length > 2 ? all.slice(1) : all).filter((word) => !TITLES.has(word));
  const words = (kept.length === 0 ? all : kept).slice(0, MAX_WORDS).map((word) => {
    const sound = soundOf(word);
    return { sound, frame: frameOf(sound) };
  });
  return { words, joined: words.map((word) => word.sound).join(''), bare: lacksVowels(name) };
}
