import { describe, expect, it } from 'vitest';
import { base64Bytes, imageMagic } from '../../../../services/console/src/messages/image-magic.ts';

const bytes = (...parts: readonly (string | number)[]) =>
  Uint8Array.from(
    parts.flatMap((part) => (typeof part === 'number' ? [part] : [...part].map((one) => one.charCodeAt(0)))),
  );

describe('imageMagic', () => {
  it('knows the kinds that are shown by how they begin', () => {
    expect(imageMagic(bytes(0xff, 0xd8, 0xff, 0xe0))).toBe('image/jpeg');
    expect(imageMagic(bytes(0x89, 'PNG\r\n', 0x1a, '\n', 0))).toBe('image/png');
    expect(imageMagic(bytes('RIFF', 1, 2, 3, 4, 'WEBPVP8 '))).toBe('image/webp');
  });

  it('shows nothing else, whatever it is called', () => {
    expect(imageMagic(bytes('<svg xmlns="http://www.w3.org/2000/svg">'))).toBeUndefined();
    expect(imageMagic(bytes('<?xml version="1.0"?><svg>'))).toBeUndefined();
    expect(imageMagic(bytes('GIF89a'))).toBeUndefined();
    expect(imageMagic(bytes('RIFF', 1, 2, 3, 4, 'WAVE'))).toBeUndefined();
    expect(imageMagic(bytes(0xff, 0xd8))).toBeUndefined();
    expect(imageMagic(bytes())).toBeUndefined();
  });
});

describe('base64Bytes', () => {
  it('reads base64 and nothing else', () => {
    expect(base64Bytes('/9j/')).toEqual(bytes(0xff, 0xd8, 0xff));
    expect(base64Bytes('not base64!')).toBeUndefined();
  });
});
