import type { Bodies, DataCategory } from './__generated__/types.ts';

/** A kind of message that has a body. */
export type BodyKind = keyof Bodies;

/** The fields of one data category of one message within a body. */
export interface BodyPart {
  /** From the body inwards: field number, and after a list's field number the index in it. Empty for the body itself. */
  readonly path: readonly number[];
  readonly category: DataCategory;
  /** That message, encoded with only its fields of that category. */
  readonly value: Uint8Array;
}

/** The most parts that a body is split into or joined from. */
export const MAX_PARTS = 8192;

/** The data categories of these parts, ascending, each once. */
export function categoriesIn(parts: readonly { readonly category: DataCategory }[]): DataCategory[] {
  return [...new Set(parts.map((part) => part.category))].sort((a, b) => a - b);
}
