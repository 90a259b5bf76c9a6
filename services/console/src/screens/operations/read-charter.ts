import type { Charter } from './types.ts';

/** The text of a charter within its signed document; undefined where the document is none. Nothing is verified: the office node did. */
export function charterIn(document: unknown): Charter | undefined {
  const payload = (document as { readonly payload?: unknown } | null)?.payload;
  if (typeof payload !== 'string') return undefined;
  try {
    const bytes = Uint8Array.from(atob(payload.replaceAll('-', '+').replaceAll('_', '/')), (one) => one.charCodeAt(0));
    const charter = JSON.parse(new TextDecoder().decode(bytes)) as Partial<Charter> | null;
    return typeof charter?.id === 'string' && Array.isArray(charter.members) ? (charter as Charter) : undefined;
  } catch {
    return undefined;
  }
}

/** A text as the JSON that it is; undefined where it is none. */
export function parsedText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
