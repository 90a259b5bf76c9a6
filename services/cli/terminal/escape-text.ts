/**
 * Text of others as it may be shown on a terminal: nothing in it can move the cursor, change colours, reverse the
 * direction of writing or look like a line of ours. What would is shown as `\u{...}`.
 */
export function escapeText(text: string): string {
  return text.replace(
    /[\p{Cc}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\p{Cs}]/gu,
    escapeCharacter,
  );
}

/** As `escapeText`, over several lines; every line begins with `indent`. */
export function escapeLines(text: string, indent: string): string {
  return text
    .split(/\r?\n/)
    .map((line) => `${indent}${escapeText(line)}`)
    .join('\n');
}

function escapeCharacter(character: string): string {
  return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
}
