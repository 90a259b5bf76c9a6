const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

const WIDE =
  /^[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]|^\p{Emoji_Presentation}/u;
const WITHOUT_WIDTH = /^[\p{Mn}\p{Me}\p{Cf}]$/u;
/** Khmer COENG and the Myanmar stacking VIRAMA: the consonant that follows is written below the one before. */
const STACKING = /^[\u17d2\u1039]$/u;

/**
 * How many columns of a terminal the text takes, in the scripts of the region too: vowel signs above and below and
 * stacked consonants take none.
 */
export function displayWidth(text: string): number {
  let width = 0;
  let stacked = false;
  for (const { segment } of graphemes.segment(text)) {
    if (WIDE.test(segment)) {
      width += 2;
      stacked = false;
      continue;
    }
    for (const character of segment) {
      if (!WITHOUT_WIDTH.test(character) && !stacked) width += 1;
      stacked = STACKING.test(character);
    }
  }
  return width;
}

/** The text with spaces behind it up to `columns`. */
export function padToWidth(text: string, columns: number): string {
  return text + ' '.repeat(Math.max(0, columns - displayWidth(text)));
}
