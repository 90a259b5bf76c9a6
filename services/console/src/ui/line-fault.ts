/** Why a line does not show what it says: a character that nobody sees, by its code point, or a pile of marks. */
export type LineFault = { readonly kind: 'hidden'; readonly character: string } | { readonly kind: 'piled' };

const ZERO_WIDTH = '\\u200b-\\u200d';
const WRITES_WITH_THEM =
  'Thai Lao Khmer Myanmar Tai_Le New_Tai_Lue Tai_Tham Tai_Viet Cham Javanese Balinese Devanagari Bengali Tamil Telugu Kannada Malayalam Gujarati Gurmukhi Oriya Sinhala Tibetan Mongolian Arabic Syriac'
    .split(' ')
    .map((script) => `\\p{Script=${script}}`)
    .concat('\\p{Extended_Pictographic}', '\\p{Emoji_Modifier}', '\\ufe0f')
    .join('');
const AFTER_LETTER = `(?<=[${WRITES_WITH_THEM}][${ZERO_WIDTH}]{0,2})[${ZERO_WIDTH}]`;
const BEFORE_LETTER = `[${ZERO_WIDTH}](?=[${ZERO_WIDTH}]{0,2}[${WRITES_WITH_THEM}])`;
const NEVER =
  '\\p{Cc}\\p{Co}\\p{Cs}\\p{Zl}\\p{Zp}\\p{Noncharacter_Code_Point}\\u00ad\\u034f\\u061c\\u115f\\u1160\\u17b4\\u17b5\\u180e\\u200e\\u200f\\u202a-\\u202e\\u2060-\\u206f\\u2800\\u3164\\ufeff\\uffa0\\ufff9-\\ufffb\\u{1bca0}-\\u{1bca3}\\u{1d173}-\\u{1d17a}\\u{e0001}\\u{e0020}-\\u{e007f}';
const FEW =
  '[\\u0300-\\u036f\\u1ab0-\\u1aff\\u1dc0-\\u1dff\\u20d0-\\u20ff\\ufe20-\\ufe2f\\u0e31\\u0e34-\\u0e3a\\u0e47-\\u0e4e\\u0eb1\\u0eb4-\\u0ebc\\u0ec8-\\u0ece]';
const FORM = '[\\ufe00-\\ufe0f\\u{e0100}-\\u{e01ef}]';

const HIDDEN = `[${NEVER}]|(?!${AFTER_LETTER}|${BEFORE_LETTER})[${ZERO_WIDTH}]`;
const PILED = `(?<=${FEW}{3})${FEW}+|(?<=\\p{M}{8})\\p{M}+|(?<=${FORM})${FORM}+`;

/** Every character that nobody sees, and every run of marks beyond what any language writes on one letter. */
export const HIDDEN_OR_PILED = new RegExp(`(${HIDDEN})|${PILED}`, 'gu');

/** The name of a character. */
export function pointOf(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}

/** What is wrong with a line that somebody here writes; the office checks the same. */
export function lineFault(text: string): LineFault | undefined {
  const hidden = new RegExp(HIDDEN, 'u').exec(text)?.[0];
  if (hidden !== undefined) return { kind: 'hidden', character: pointOf(hidden) };
  return new RegExp(PILED, 'u').test(text) ? { kind: 'piled' } : undefined;
}
