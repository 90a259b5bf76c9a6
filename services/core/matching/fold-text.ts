import anyAscii from 'any-ascii';
import { spellBurmese } from './spell-burmese.ts';

const MAX_FOLDED = 512;

/** The same text in one form: compatibility forms (full-width letters and the like) as usual, and all digits as 0 to 9. */
export function plainText(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/\p{Nd}/gu, (digit) => anyAscii(digit))
    .trim();
}

/** Letters and digits only, in capitals and whatever script; everything that separates or decorates is gone. */
export function compact(text: string): string {
  return plainText(text)
    .toUpperCase()
    .replace(/[^\p{L}\p{M}\p{N}]/gu, '');
}

/** Thai and Lao write some vowels before the consonant that they are spoken after. */
const LEADING_VOWEL = /([เแโใไເແໂໃໄ])([ก-ฮກ-ຮ])/gu;
/** A silent ຫ or ห before a sonorant. */
const SILENT_H = /[ຫห](?=[ງຍນມວຣລงญนมยรลว])/gu;
/** Thai letters that are written and not spoken. */
const MUTED = /[ก-ฮ][ุิ]?์/gu;
const LAO_FINAL_Y = /(?<=[າັົໍະ])ຍ/gu;

/**
 * A name as it sounds, in Latin letters a to z, words apart. Thai, Lao, Khmer, Burmese, Chinese, Cyrillic and others are
 * romanised letter by letter, so what a script does not write (most vowels of Thai, those of Arabic) is not there.
 */
export function romanise(text: string): string {
  const spoken = text
    .normalize('NFKC')
    .replace(MUTED, '')
    .replace(SILENT_H, '')
    .replace(LEADING_VOWEL, '$2$1')
    .replace(LAO_FINAL_Y, 'y');
  return (
    anyAscii(spellBurmese(spoken))
      .slice(0, MAX_FOLDED)
      // Chinese comes as WangXiaoMing.
      .replace(/(?<=[a-z])(?=[A-Z])/g, ' ')
      .toLowerCase()
      .replace(/['`’.]/g, '')
      .replace(/[^a-z]+/g, ' ')
      .trim()
  );
}

/** Whether the text has letters of a script whose romanisation, letter by letter, lacks vowels or writes them apart from how they are spoken. */
export function lacksVowels(text: string): boolean {
  return /[\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\p{Script=Arabic}\p{Script=Hebrew}]/u.test(
    text,
  );
}
