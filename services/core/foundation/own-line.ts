/** Why somebody's line does not show what it says: a character that nobody sees, by its code point, or a pile of marks. */
export type LineFault = { readonly kind: 'hidden'; readonly character: string } | { readonly kind: 'piled' };

/** Zero-width space, non-joiner and joiner: in these scripts they part words and shape letters, in others they only hide. */
const ZERO_WIDTH = '\\u200b-\\u200d';
const WRITES_WITH_THEM = [
  ...[
    'Thai',
    'Lao',
    'Khmer',
    'Myanmar',
    'Tai_Le',
    'New_Tai_Lue',
    'Tai_Tham',
    'Tai_Viet',
    'Cham',
    'Javanese',
    'Balinese',
  ],
  ...['Devanagari', 'Bengali', 'Tamil', 'Telugu', 'Kannada', 'Malayalam', 'Gujarati', 'Gurmukhi', 'Oriya', 'Sinhala'],
  ...['Tibetan', 'Mongolian', 'Arabic', 'Syriac'],
]
  .map((script) => `\\p{Script=${script}}`)
  .concat('\\p{Extended_Pictographic}', '\\p{Emoji_Modifier}', '\\ufe0f')
  .join('');
const AFTER_LETTER = `(?<=[${WRITES_WITH_THEM}][${ZERO_WIDTH}]{0,2})[${ZERO_WIDTH}]`;
const BEFORE_LETTER = `[${ZERO_WIDTH}](?=[${ZERO_WIDTH}]{0,2}[${WRITES_WITH_THEM}])`;

/**
 * Control, private and half characters, those that turn the direction of what follows, tags, blanks that pass for letters,
 * and what is invisible in every script. The signs of Arabic numbers are format characters too, but are seen.
 */
const NEVER = [
  '\\p{Cc}\\p{Co}\\p{Cs}\\p{Zl}\\p{Zp}\\p{Noncharacter_Code_Point}',
  '\\u00ad\\u034f\\u061c\\u115f\\u1160\\u17b4\\u17b5\\u180e\\u200e\\u200f\\u202a-\\u202e\\u2060-\\u206f\\u2800\\u3164',
  '\\ufeff\\uffa0\\ufff9-\\ufffb\\u{1bca0}-\\u{1bca3}\\u{1d173}-\\u{1d17a}\\u{e0001}\\u{e0020}-\\u{e007f}',
].join('');

/**
 * More marks on one letter than any language writes. Vietnamese and transliterations write three that belong to no script,
 * Thai and Lao three, Khmer and Burmese up to seven; a form of a letter is chosen once.
 */
const OF_NO_SCRIPT = '\\u0300-\\u036f\\u1ab0-\\u1aff\\u1dc0-\\u1dff\\u20d0-\\u20ff\\ufe20-\\ufe2f';
const THAI_AND_LAO = '\\u0e31\\u0e34-\\u0e3a\\u0e47-\\u0e4e\\u0eb1\\u0eb4-\\u0ebc\\u0ec8-\\u0ece';
const PILE = `[${OF_NO_SCRIPT}${THAI_AND_LAO}]{4}|\\p{M}{9}|[\\ufe00-\\ufe0f\\u{e0100}-\\u{e01ef}]{2}`;

const STRAY = `(?!${AFTER_LETTER}|${BEFORE_LETTER})[${ZERO_WIDTH}]`;

const HIDDEN = new RegExp(`[${NEVER}]|${STRAY}`, 'u');
const PILED = new RegExp(PILE, 'u');

/** What is wrong with a line that somebody here writes; `undefined` where everybody sees what it says. */
export function lineFault(text: string): LineFault | undefined {
  const [hidden] = HIDDEN.exec(text) ?? [];
  if (hidden !== undefined) {
    const point = (hidden.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
    return { kind: 'hidden', character: `U+${point}` };
  }
  return PILED.test(text) ? { kind: 'piled' } : undefined;
}

/** The same as a pattern, of a line of so many characters. */
export function ownLine(least: number, most: number): RegExp {
  // Each character is read in one way only, so that a long line that is wrong at its end takes no longer than another.
  return new RegExp(`^(?!.*(?:${PILE}|${STRAY}))[^${NEVER}]{${least},${most}}$`, 'u');
}
