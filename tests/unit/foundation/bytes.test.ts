import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  copyBytes,
  digestFromBytes,
  digestOf,
  fromBase64url,
  fromHex,
  fromUtf8,
  parseDigest,
  sameBytes,
  sha256,
  toBase64url,
  toHex,
  utf8,
} from '../../../services/core/foundation/index.ts';

const invalid = expect.objectContaining({ code: 'FOUNDATION_ENCODING_INVALID', disposition: 'reject' });

// FIPS 180-4, and NIST's examples.
const ABC = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';
const NOTHING = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';

describe('sha256', () => {
  it('has the known values', () => {
    expect(toHex(sha256())).toBe(NOTHING);
    expect(toHex(sha256(utf8('abc')))).toBe(ABC);
  });

  it('takes chunks as one text', () => {
    expect(sha256(utf8('a'), utf8(''), utf8('bc'))).toEqual(sha256(utf8('abc')));
  });
});

describe('digestOf', () => {
  it('is the digest in lowercase hexadecimal', () => {
    expect(digestOf(utf8('abc'))).toBe(ABC);
  });
});

describe('digestFromBytes', () => {
  it('is the text of 32 bytes', () => {
    expect(digestFromBytes(fromHex(ABC))).toBe(ABC);
  });

  it.each([[0], [31], [33]])('refuses %i bytes', (length) => {
    expect(() => digestFromBytes(new Uint8Array(length))).toThrow(invalid);
  });
});

describe('parseDigest', () => {
  it('takes 64 lowercase digits', () => {
    expect(parseDigest(ABC)).toBe(ABC);
  });

  it.each([[ABC.toUpperCase()], [ABC.slice(1)], [`${ABC}0`], [`${ABC}\n`], [ABC.replace('b', 'g')], ['']])(
    'refuses %j',
    (text) => {
      expect(() => parseDigest(text)).toThrow(invalid);
    },
  );
});

describe('fromHex', () => {
  it('undoes toHex', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        expect(fromHex(toHex(bytes))).toStrictEqual(bytes);
      }),
    );
  });

  it.each([['0'], ['0G'], ['AB'], ['0x00'], [' 00'], ['00\n']])('refuses %j', (text) => {
    expect(() => fromHex(text)).toThrow(invalid);
  });
});

describe('toBase64url', () => {
  // RFC 4648 section 10, without padding.
  it.each([
    ['', ''],
    ['f', 'Zg'],
    ['fo', 'Zm8'],
    ['foo', 'Zm9v'],
    ['foob', 'Zm9vYg'],
    ['fooba', 'Zm9vYmE'],
    ['foobar', 'Zm9vYmFy'],
  ])('writes %j as %j', (text, encoded) => {
    expect(toBase64url(utf8(text))).toBe(encoded);
  });

  it('reads a part of a larger memory as that part', () => {
    expect(toBase64url(utf8('xfoox').subarray(1, 4))).toBe('Zm9v');
    expect(toHex(utf8('xfoox').subarray(1, 4))).toBe('666f6f');
  });
});

describe('fromBase64url', () => {
  it('undoes toBase64url', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        expect(fromBase64url(toBase64url(bytes))).toStrictEqual(bytes);
      }),
    );
  });

  it.each([
    ['padding', 'Zg=='],
    ['bits that say nothing', 'Zh'],
    ['the other alphabet', '+/8'],
    ['a space', 'Zm 9v'],
    ['a line break at the end', 'Zm9v\n'],
    ['a lone character', 'Z'],
    ['a character of no alphabet', 'Zm9*'],
  ])('refuses %s', (_, text) => {
    expect(() => fromBase64url(text)).toThrow(invalid);
  });

  it('takes one text only for any bytes', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[A-Za-z0-9_-]{0,12}$/), (text) => {
        try {
          expect(toBase64url(fromBase64url(text))).toBe(text);
        } catch (error) {
          expect(error).toEqual(invalid);
        }
      }),
    );
  });
});

describe('fromUtf8', () => {
  it('undoes utf8', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        fc.pre(!text.startsWith('\ufeff'));
        expect(fromUtf8(utf8(text))).toBe(text);
      }),
    );
  });

  it.each([[[0xc3, 0x28]], [[0xed, 0xa0, 0x80]], [[0xc0, 0x80]], [[0xf5, 0x80, 0x80, 0x80]], [[0xe2, 0x82]]])(
    'refuses %j',
    (bytes) => {
      expect(() => fromUtf8(new Uint8Array(bytes))).toThrow(TypeError);
    },
  );
});

describe('sameBytes', () => {
  it('is true for equal bytes only', () => {
    expect(sameBytes(utf8('abc'), Buffer.from('abc'))).toBe(true);
    expect(sameBytes(utf8('abc'), utf8('abd'))).toBe(false);
    expect(sameBytes(utf8('abc'), utf8('ab'))).toBe(false);
    expect(sameBytes(utf8(''), utf8(''))).toBe(true);
  });
});

describe('copyBytes', () => {
  it('gives bytes that nobody else holds', () => {
    const bytes = Buffer.from('abc');
    const copy = copyBytes(bytes);
    bytes.fill(0);
    expect(copy).toStrictEqual(utf8('abc'));
    expect(copy.buffer.byteLength).toBe(3);
  });
});
