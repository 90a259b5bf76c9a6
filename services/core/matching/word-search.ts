import anyAscii from 'any-ascii';
import { compact, plainText } from './fold-text.ts';

/** Words as they are looked for: in their own script, in Latin letters, and with nothing that separates. */
export interface FoldedWords {
  readonly plain: string;
  readonly latin: string;
  readonly compact: string;
}

const MAX_TEXT = 8192;
const MAX_TERMS = 8;
/** What separates is left out of a term only where enough of it is left to mean something. */
const MIN_COMPACT = 4;

/** A text as words are looked for in it; of a very long one the beginning. */
export function foldWords(text: string): FoldedWords {
  const plain = plainText(text.slice(0, MAX_TEXT)).toLowerCase().replace(/\s+/gu, ' ');
  return { plain, latin: latinOf(plain), compact: compact(plain) };
}

/** The words of a question, each of which has to be found; at most eight. */
export function searchTerms(question: string): readonly FoldedWords[] {
  const words = plainText(question)
    .split(/\s+/u)
    .filter((word) => compact(word) !== '');
  return words.slice(0, MAX_TERMS).map(foldWords);
}

/** Whether the word of a question is somewhere in a text, in whatever script and however it is separated. */
export function hasTerm(text: FoldedWords, term: FoldedWords): boolean {
  return (
    text.plain.includes(term.plain) ||
    (term.latin !== '' && text.latin.includes(term.latin)) ||
    (term.compact.length >= MIN_COMPACT && text.compact.includes(term.compact))
  );
}

function latinOf(plain: string): string {
  return anyAscii(plain)
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, ' ')
    .trim();
}
