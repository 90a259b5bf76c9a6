import { jaroWinkler } from '@skyra/jaro-winkler';
import type { NameForm, NameWord } from './name-words.ts';

/** How alike two names have to be. */
export interface NameThresholds {
  /** Of two words with the same consonants. */
  readonly sameFrame: number;
  /** Of two words with different consonants; 1 and more for never. */
  readonly otherFrame: number;
}

/** Nothing but the name is known. */
export const NAME_ALONE: NameThresholds = { sameFrame: 0.86, otherFrame: 0.95 };
/** The dates of birth agree. */
export const NAME_WITH_BIRTH: NameThresholds = { sameFrame: 0.79, otherFrame: 0.9 };

const MIN_FUZZY_LETTERS = 5;
const MIN_BARE_FRAME = 3;
const MIN_RUN = 8;
const MIN_RUN_FRAME = 5;

/** The consonants of a whole name, for names that run together. */
export function runFrames(name: NameForm): readonly string[] {
  return turns(name).map((text) => bareFrame(text.replace(/[aeiou]/g, '')));
}

/** Lao writes one letter for what others spell as s, x and ch. */
export function bareFrame(frame: string): string {
  return frame.replaceAll('C', 's');
}

function isSameWord(one: NameWord, other: NameWord, bare: boolean, limits: NameThresholds): boolean {
  if (one.sound === other.sound) return true;
  if (bare && one.frame.length >= MIN_BARE_FRAME && bareFrame(one.frame) === bareFrame(other.frame)) return true;
  if (one.frame === other.frame) return jaroWinkler(one.sound, other.sound) >= limits.sameFrame;
  return (
    Math.min(one.sound.length, other.sound.length) >= MIN_FUZZY_LETTERS &&
    jaroWinkler(one.sound, other.sound) >= limits.otherFrame
  );
}

/**
 * Whether the two may be spellings of one name, in whatever order their words stand.
 *
 * The method: titles are dropped, other scripts are romanised, every word becomes one spelling of its sound
 * (`name-words.ts`, made for the romanisations in use between Thailand, Laos, Myanmar, Cambodia, Viet Nam and China, and
 * for Malay and Arabic names in them), and words are alike by their consonants and their Jaro-Winkler similarity. Every word of the shorter name has
 * a word of its own in the longer one, which has at most one word more; a single word matches a single word only. Names
 * that run together or apart ("Phong Savanh") match by their letters.
 *
 * Its limits: it is a way to find what a person should look at, and never proof. Names that sound alike are one to it
 * (An and Anh, Phuong and Phong). Other dialects' readings of Chinese names (Chan for Chen), nicknames, and names in
 * Arabic script, which leaves vowels out, are not found unless an alias has them; of Thai, Khmer and Burmese script some
 * are missed. A name that shares no word whose consonants are the same is not found either.
 */
export function isSameName(one: NameForm, other: NameForm, limits: NameThresholds): boolean {
  const bare = one.bare || other.bare;
  const [short, long] = one.words.length <= other.words.length ? [one, other] : [other, one];
  if (short.words.length === 0) return false;
  if (isSameRun(one, other, bare)) return true;
  if (long.words.length - short.words.length > 1) return false;
  if (short.words.length === 1 && long.words.length > 1) return false;
  const left = [...long.words];
  // Exact ones first, so that a near one does not take the place of the right one.
  const open = short.words.filter((word) => !take(left, (candidate) => candidate.sound === word.sound));
  return open.every((word) => take(left, (candidate) => isSameWord(word, candidate, bare, limits)));
}

function take(words: NameWord[], fits: (word: NameWord) => boolean): boolean {
  const at = words.findIndex(fits);
  if (at >= 0) words.splice(at, 1);
  return at >= 0;
}

/** Run together, in either order of the first word and the rest. */
function isSameRun(one: NameForm, other: NameForm, bare: boolean): boolean {
  if (one.words.length === other.words.length && !bare) return false;
  const frames = bare ? runFrames(other) : [];
  const runs = turns(other);
  return (
    turns(one).some((text) => text.length >= MIN_RUN && runs.includes(text)) ||
    (bare && runFrames(one).some((frame) => frame.length >= MIN_RUN_FRAME && frames.includes(frame)))
  );
}

function turns({ words, joined }: NameForm): readonly string[] {
  const sounds = words.map((word) => word.sound);
  return words.length < 2
    ? [joined]
    : [joined, [...sounds.slice(1), sounds[0]].join(''), [sounds.at(-1), ...sounds.slice(0, -1)].join('')];
}
