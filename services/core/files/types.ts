import type { MediaType } from '../wire/index.ts';

/** A file whose whole structure was walked: it is of that type and of no other, and nothing in it acts. */
export interface IdentifiedFile {
  readonly mediaType: MediaType;
  /** In pixels; null for what is no picture. */
  readonly size: { readonly width: number; readonly height: number } | null;
}

/** The file without what an image says of itself. */
export interface StrippedFile {
  readonly bytes: Uint8Array;
  /** What was taken out, by the format's own names, each once: `Exif`, `XMP`, `tEXt`. Empty where there was nothing. */
  readonly removed: readonly string[];
}

/** One piece of an image's file, from the first byte to the last. */
export interface ImagePart {
  /** The format's name for it. */
  readonly name: string;
  readonly bytes: Uint8Array;
  /** What stays of it when metadata is taken out: all, something, or nothing. */
  readonly bare: Uint8Array;
}

/** An image's file, taken apart without a byte left over. */
export interface ImageParts {
  readonly width: number;
  readonly height: number;
  readonly parts: readonly ImagePart[];
}
