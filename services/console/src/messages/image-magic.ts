/** The kinds of image that are shown; each begins with bytes of its own, and a browser draws no script in them. */
export type ShownImage = 'image/jpeg' | 'image/png' | 'image/webp';

const PNG = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

/** What the bytes are by how they begin, whatever anybody says they are; undefined for all that is not shown. */
export function imageMagic(bytes: Uint8Array): ShownImage | undefined {
  if (begins(bytes, 0, PNG)) return 'image/png';
  if (begins(bytes, 0, [0xff, 0xd8, 0xff])) return 'image/jpeg';
  if (begins(bytes, 0, ascii('RIFF')) && begins(bytes, 8, ascii('WEBP'))) return 'image/webp';
  return undefined;
}

/** The bytes of a base64 text; undefined for any other text. */
export function base64Bytes(text: string): Uint8Array<ArrayBuffer> | undefined {
  try {
    return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  } catch {
    return undefined;
  }
}

function begins(bytes: Uint8Array, at: number, wanted: readonly number[]): boolean {
  return bytes.length >= at + wanted.length && wanted.every((byte, index) => bytes[at + index] === byte);
}

function ascii(text: string): readonly number[] {
  return [...text].map((character) => character.charCodeAt(0));
}
