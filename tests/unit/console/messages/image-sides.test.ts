import { describe, expect, it } from 'vitest';
import { shownImage } from '../../../../services/console/src/messages/image-sides.ts';

const bytes = (...parts: readonly (string | number | Uint8Array)[]): Uint8Array =>
  Uint8Array.from(
    parts.flatMap((part) => {
      if (typeof part === 'number') return [part];
      return typeof part === 'string' ? [...part].map((one) => one.charCodeAt(0)) : [...part];
    }),
  );
const big = (value: number, size: number): Uint8Array =>
  Uint8Array.from({ length: size }, (_, index) => (value / 256 ** (size - 1 - index)) & 0xff);
const little = (value: number, size: number): Uint8Array => big(value, size).toReversed();

const png = (width: number, height: number) =>
  bytes(0x89, 'PNG\r\n', 0x1a, '\n', big(13, 4), 'IHDR', big(width, 4), big(height, 4), 8, 6, 0, 0, 0);
const frame = (width: number, height: number) =>
  bytes(0xff, 0xc2, big(11, 2), 8, big(height, 2), big(width, 2), 1, 1, 0x11, 0);
const jpeg = (width: number, height: number) =>
  bytes(
    big(0xffd8, 2),
    // A thumbnail of its own within what the camera wrote says nothing of the picture; nor does a table.
    bytes(0xff, 0xe1, big(2 + 15, 2), frame(9, 9), 0, 0),
    bytes(0xff, 0xc4, big(4, 2), 0xff, 0xc0),
    0xff,
    frame(width, height),
  );
const webp = (kind: string, header: Uint8Array) =>
  bytes('RIFF', big(0, 4), 'WEBP', kind, big(0, 4), header, new Uint8Array(8));
const extended = (width: number, height: number) =>
  webp('VP8X', bytes(0, 0, 0, 0, little(width - 1, 3), little(height - 1, 3)));
const lossless = (width: number, height: number) =>
  webp('VP8L', bytes(0x2f, little(width - 1 + (height - 1) * 2 ** 14, 4)));
const lossy = (width: number, height: number) =>
  webp('VP8 ', bytes(0, 0, 0, 0x9d, 0x01, 0x2a, little(width, 2), little(height, 2)));

describe('shownImage', () => {
  it.each([
    ['image/png', png],
    ['image/jpeg', jpeg],
    ['image/webp', extended],
    ['image/webp', lossless],
    ['image/webp', lossy],
  ] as const)('takes %s of a size that a phone draws, and none that would take all its memory', (type, made) => {
    expect(shownImage(made(1600, 1200))).toBe(type);
    expect(shownImage(made(16_000, 16_000))).toBeUndefined();
    expect(shownImage(made(1600, 1200).subarray(0, 16))).toBeUndefined();
  });

  it('takes no picture that has no size, or begins before its header', () => {
    expect(shownImage(png(0, 10))).toBeUndefined();
    expect(shownImage(bytes(0xff, 0xd8, 0xff, 0xda, 0, 2, frame(9, 9)))).toBeUndefined();
    expect(shownImage(bytes(0xff, 0xd8, 0xff, 0xe0, 0, 2, 0, 0, frame(9, 9)))).toBeUndefined();
    expect(shownImage(webp('ALPH', new Uint8Array(12)))).toBeUndefined();
  });

  it('takes nothing that is no image', () => {
    expect(shownImage(bytes('<svg xmlns="http://www.w3.org/2000/svg">'))).toBeUndefined();
  });
});
