import { HIDDEN_OR_PILED, pointOf } from './line-fault.ts';

/** A run of text as it is, or what would not be seen, would change how others are seen, or would lie over them. */
export type TextPiece =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'hidden'; readonly name: string };

/**
 * Splits text so that whatever is invisible, turns the direction of others, or is piled up beyond what any language writes,
 * can be shown by its code point. Joiners and the zero-width space stay within words of scripts that need them.
 */
export function splitHidden(text: string): readonly TextPiece[] {
  const pieces: TextPiece[] = [];
  let run = '';
  let from = 0;
  for (const match of text.matchAll(HIDDEN_OR_PILED)) {
    const [found, hidden] = match;
    run += text.slice(from, match.index);
    from = match.index + found.length;
    // Line feed and tab are seen.
    if (found === '\n' || found === '\t') run += found;
    if (found === '\n' || found === '\t' || (found === '\r' && text[from] === '\n')) continue;
    if (run !== '') pieces.push({ kind: 'text', text: run });
    run = '';
    const count = [...found].length;
    pieces.push({ kind: 'hidden', name: hidden === undefined ? `${pointOf(found)} ×${count}` : pointOf(found) });
  }
  run += text.slice(from);
  if (run !== '') pieces.push({ kind: 'text', text: run });
  return pieces;
}

/** The same text for where nothing can be marked, a tooltip or a name that is read out: what is hidden stands in brackets. */
export function nameHidden(text: string): string {
  return splitHidden(text)
    .map((piece) => (piece.kind === 'text' ? piece.text : `[${piece.name}]`))
    .join('');
}
