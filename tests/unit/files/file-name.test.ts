import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fitFileName, mediaTypeName } from '../../../services/core/files/index.ts';
import { MediaType } from '../../../services/core/wire/index.ts';

describe('fitFileName', () => {
  it('leaves a name that fits, and puts the ending where there is none', () => {
    expect(fitFileName('รถกระบะ 1.JPG', MediaType.JPEG)).toBe('รถกระบะ 1.jpg');
    expect(fitFileName('scan', MediaType.PDF)).toBe('scan.pdf');
    expect(fitFileName('seen.csv', MediaType.TEXT)).toBe('seen.csv');
    expect(fitFileName('', MediaType.TEXT)).toBe('');
  });

  it('refuses a name whose ending says something else', () => {
    for (const name of ['photo.jpg.exe', 'photo.png', 'a.html', 'macro.docm'])
      expect(() => fitFileName(name, MediaType.JPEG)).toThrow(expect.objectContaining({ code: 'FILES_NAME_UNFIT' }));
  });

  it('gives a name without folders and hidden characters, of at most 120 characters', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (name) => {
        const fit = fitFileName(`${name}.png`, MediaType.PNG);
        expect([...fit].length).toBeLessThanOrEqual(120);
        expect(fit).toMatch(/^[^/\\:\0\n\u202e"]+\.png$/u);
        expect(fit.startsWith('.')).toBe(false);
      }),
    );
  });
});

describe('mediaTypeName', () => {
  it('is the registered type, and bytes for what is none', () => {
    expect(mediaTypeName(MediaType.WEBP)).toBe('image/webp');
    expect(mediaTypeName(MediaType.UNSPECIFIED)).toBe('application/octet-stream');
  });
});
