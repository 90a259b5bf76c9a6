/** A run of text as it is, or one character that would not be seen, or would change how others are seen. */
export type TextPiece =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'hidden'; readonly name: string };

/** Format, control, private, surrogate and unassigned characters; line feed and tab are seen. */
const HIDDEN = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}]|\u115f|\u1160|\u3164|\uffa0|\u034f|\u17b4|\u17b5/u;
/** Zero-width space and joiners belong to how these scripts are written. */
const USES_ZERO_WIDTH =
  /[\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Tamil}\p{Script=Sinhala}\p{Script=Arabic}\p{Extended_Pictographic}\p{Emoji_Modifier}]|\ufe0f/u;
const ZERO_WIDTH = new Set(['\u200b', '\u200c', '\u200d']);

/**
 * Splits text so that whatever is invisible, or turns the direction of others, can be shown by its code point. Joiners and
 * the zero-width space stay within words of scripts that need them.
 */
export function splitHidden(text: string): readonly TextPiece[] {
  const pieces: TextPiece[] = [];
  const characters = [...text];
  let run = '';
  for (const [index, character] of characters.entries()) {
    if (!HIDDEN.test(character) || character === '\n' || character === '\t' || isScriptMark(characters, index)) {
      run += character;
      continue;
    }
    if (character === '\r' && characters[index + 1] === '\n') continue;
    if (run !== '') pieces.push({ kind: 'text', text: run });
    run = '';
    pieces.push({ kind: 'hidden', name: nameOf(character) });
  }
  if (run !== '') pieces.push({ kind: 'text', text: run });
  return pieces;
}

/** The same text for where nothing can be marked, a tooltip or a name that is read out: what is hidden stands in brackets. */
export function nameHidden(text: string): string {
  return splitHidden(text)
    .map((piece) => (piece.kind === 'text' ? piece.text : `[${piece.name}]`))
    .join('');
}

function isScriptMark(characters: readonly string[], index: number): boolean {
  if (!ZERO_WIDTH.has(characters[index] ?? '')) return false;
  return [characters[index - 1], characters[index + 1]].some(
    (near) => near !== undefined && USES_ZERO_WIDTH.test(near),
  );
}

function nameOf(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}
