import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { messageDescriptors } from '../../../services/core/wire/__generated__/descriptors.ts';
import {
  agreementCodec,
  alertCodec,
  type Codec,
  contentRefCodec,
  crossingCodec,
  directoryCodec,
  envelopeCodec,
  envelopeHeaderCodec,
  frameCodec,
  frameContentCodec,
  geoPointCodec,
  ledgerRecordCodec,
  linkStatusCodec,
  maxBytesOf,
  partCodec,
  personCodec,
  receiptCodec,
  sightingCodec,
  transitCodec,
  treeHeadCodec,
} from '../../../services/core/wire/index.ts';
import { arbitraryMessage } from './arbitrary-message.ts';

const bytes = (...values: number[]) => new Uint8Array(values);
const malformed = (fault: string) =>
  expect.objectContaining({
    code: 'WIRE_MALFORMED',
    disposition: 'quarantine',
    context: expect.objectContaining({ fault }),
  });

describe('encode', () => {
  it('gives bytes in memory of their own', () => {
    const first = alertCodec.encode({ narrative: 'first' });
    const kept = first.slice();
    alertCodec.encode({ narrative: 'other' });
    expect(first).toStrictEqual(kept);
    expect(first.buffer.byteLength).toBe(first.length);
    expect(first.constructor).toBe(Uint8Array);
  });

  it('works again after it was given something that cannot be encoded', () => {
    expect(() => envelopeCodec.encode({ parts: [null] as never })).toThrow(TypeError);
    expect(receiptCodec.encode({ issuer: 'a' })).toEqual(bytes(0x12, 1, 0x61));
  });

  it('writes texts of any length and script as UTF-8', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (narrative) => {
        expect(alertCodec.decode(alertCodec.encode({ narrative })).narrative).toBe(narrative);
      }),
    );
  });

  it('writes what does not fit into kept memory', () => {
    const data = new Uint8Array(200_000).fill(7);
    expect(Buffer.compare(partCodec.decode(partCodec.encode({ value: data })).value, data)).toBe(0);
    expect(partCodec.encode({ path: [1] })).toEqual(bytes(0x12, 1, 1));
  });
});

describe('decode', () => {
  it('gives a plain object that owns every field, absent bytes included', () => {
    const header = treeHeadCodec.decode(bytes());
    expect(header).toStrictEqual({ kind: 0, size: 0, root: new Uint8Array(), signer: '', signedMs: 0 });
    expect({ ...header }).toStrictEqual(header);
    expect(JSON.parse(JSON.stringify(crossingCodec.decode(bytes())))).toMatchObject({
      envelope: null,
      disclosed: [],
      scope: '',
    });
  });

  it('gives the fields of messages within it too', () => {
    expect(alertCodec.decode(alertCodec.encode({ place: { name: 'a' } })).place).toStrictEqual({
      name: 'a',
      nation: '',
      position: null,
    });
    expect(sightingCodec.decode(sightingCodec.encode({ at: { seconds: 5 } })).at).toStrictEqual({
      seconds: 5,
      nanos: 0,
    });
  });

  it.each([
    ['a Uint8Array', (encoded: Uint8Array) => encoded],
    ['a Buffer', (encoded: Uint8Array) => Buffer.from(encoded)],
    [
      'a part of a larger Buffer',
      (encoded: Uint8Array) => Buffer.concat([Buffer.alloc(3, 0xff), encoded, Buffer.alloc(3, 0xff)]).subarray(3, -3),
    ],
  ])('shares no memory with the input, which is %s', (_, as) => {
    const encoded = as(partCodec.encode({ salt: bytes(1, 2), path: [20], value: bytes(3) }));
    const part = partCodec.decode(encoded);
    encoded.fill(0);
    expect(part).toStrictEqual({ salt: bytes(1, 2), path: [20], value: bytes(3) });
    expect(part.salt.constructor).toBe(Uint8Array);
    expect(part.salt.buffer).not.toBe(encoded.buffer);
  });

  it('drops fields that the contract does not have', () => {
    const extended = bytes(
      0x12,
      1,
      0x61,
      0xf8,
      0x07,
      1,
      0xf9,
      0x07,
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      0xfa,
      0x07,
      2,
      0,
      0,
      0xfd,
      0x07,
      0,
      0,
      0,
      0,
    );
    expect(receiptCodec.decode(extended)).toStrictEqual(receiptCodec.decode(bytes(0x12, 1, 0x61)));
  });

  it('reads lists packed, apart and mixed', () => {
    expect(partCodec.decode(bytes(0x10, 1, 0x12, 2, 2, 3, 0x10, 4)).path).toEqual([1, 2, 3, 4]);
  });

  it.each<[string, string, Codec<unknown>, Uint8Array]>([
    ['a tag without value', 'truncated', receiptCodec, bytes(0x08)],
    ['a number that does not end', 'truncated', receiptCodec, bytes(0x08, 0x80)],
    ['a length beyond the end', 'truncated', receiptCodec, bytes(0x12, 2, 0x61)],
    ['a double that is cut off', 'truncated', geoPointCodec, bytes(0x09, 1, 2, 3)],
    ['an unknown field that is cut off', 'truncated', receiptCodec, bytes(0xfa, 0x07, 2, 0)],
    ['an inner message beyond its length', 'truncated', alertCodec, bytes(0x42, 2, 0x0a, 1, 0x61)],
    ['a packed list beyond its length', 'truncated', partCodec, bytes(0x12, 1, 0x80, 1)],
    ['field number 0', 'tag-invalid', receiptCodec, bytes(0x00, 1)],
    ['a field number beyond protobuf', 'tag-invalid', receiptCodec, bytes(0x80, 0x80, 0x80, 0x80, 0x10, 1)],
    ['a group', 'tag-invalid', receiptCodec, bytes(0xfb, 0x07, 0xfc, 0x07)],
    ['a wire type that does not exist', 'tag-invalid', receiptCodec, bytes(0xff, 0x07)],
    ['a text as number', 'wire-type-wrong', receiptCodec, bytes(0x10, 1)],
    ['a number as text', 'wire-type-wrong', receiptCodec, bytes(0x0a, 1, 1)],
    ['a list of texts as numbers', 'wire-type-wrong', personCodec, bytes(0x20, 1)],
    ['a plain field twice', 'field-repeated', receiptCodec, bytes(0x12, 1, 0x61, 0x12, 1, 0x62)],
    [
      'a message twice, which protobuf would merge',
      'field-repeated',
      receiptCodec,
      bytes(0x52, 2, 0x08, 1, 0x52, 2, 0x08, 2),
    ],
    ['two members of a oneof', 'field-repeated', transitCodec, bytes(0x0a, 0, 0x12, 0)],
    [
      'two members of a oneof with a field between',
      'field-repeated',
      ledgerRecordCodec,
      bytes(0x52, 0, 0x08, 1, 0x5a, 0),
    ],
    [
      'one byte string more than a list may have',
      'list-too-long',
      partCodec,
      bytes(...new Array(33).fill([0x10, 1]).flat()),
    ],
    [
      'one packed number more than a list may have',
      'list-too-long',
      partCodec,
      bytes(0x12, 33, ...new Array(33).fill(1)),
    ],
    [
      'too many in packs that are each within bounds',
      'list-too-long',
      partCodec,
      bytes(0x12, 20, ...new Array(20).fill(1), 0x12, 20, ...new Array(20).fill(1)),
    ],
    [
      'a 64-bit number of 2^53',
      'number-out-of-range',
      receiptCodec,
      bytes(0x40, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x10),
    ],
    [
      'an unsigned 64-bit number of 2^53',
      'number-out-of-range',
      treeHeadCodec,
      bytes(0x10, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x10),
    ],
    [
      'an unsigned 64-bit number written as negative',
      'number-out-of-range',
      treeHeadCodec,
      bytes(0x10, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1),
    ],
    [
      'a 64-bit number of -2^53',
      'number-out-of-range',
      receiptCodec,
      bytes(0x40, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0xf0, 0xff, 1),
    ],
    ['a 32-bit number of 2^32', 'number-out-of-range', contentRefCodec, bytes(0x18, 0x80, 0x80, 0x80, 0x80, 0x10)],
    ['a code of 2^31', 'number-out-of-range', receiptCodec, bytes(0x08, 0x80, 0x80, 0x80, 0x80, 8)],
    ['a truth of 2', 'number-out-of-range', envelopeHeaderCodec, bytes(0x70, 2)],
    ['a number of eleven bytes', 'number-out-of-range', receiptCodec, bytes(0x40, ...new Array(10).fill(0x80), 1)],
    ['a number that is 0 and written', 'default-written', receiptCodec, bytes(0x40, 0)],
    ['a text that is empty and written', 'default-written', receiptCodec, bytes(0x12, 0)],
    ['bytes that are empty and written', 'default-written', receiptCodec, bytes(0x32, 0)],
    ['a double that is 0 and written', 'default-written', geoPointCodec, bytes(0x09, 0, 0, 0, 0, 0, 0, 0, 0)],
    ['text that is not UTF-8', 'text-not-utf8', receiptCodec, bytes(0x12, 2, 0xc3, 0x28)],
    ['half a character', 'text-not-utf8', receiptCodec, bytes(0x12, 3, 0xed, 0xa0, 0x80)],
    ['a fault two messages deep', 'field-repeated', alertCodec, bytes(0x42, 8, 0x1a, 6, 0x18, 1, 0x18, 1, 0x18, 1)],
  ])('refuses %s', (_, fault, codec, input) => {
    expect(() => codec.decode(input)).toThrow(malformed(fault));
  });

  it('reads 64-bit numbers up to 2^53 and times before 1970', () => {
    expect(receiptCodec.decode(bytes(0x40, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x0f)).atMs).toBe(2 ** 53 - 1);
    expect(receiptCodec.decode(receiptCodec.encode({ atMs: 1 - 2 ** 53 })).atMs).toBe(1 - 2 ** 53);
    expect(sightingCodec.decode(sightingCodec.encode({ at: { seconds: -1 } })).at?.seconds).toBe(-1);
    expect(contentRefCodec.decode(contentRefCodec.encode({ size: 2 ** 32 - 1 })).size).toBe(2 ** 32 - 1);
  });

  it.each([
    ['LinkStatus', linkStatusCodec, 64 * 1024],
    ['Receipt', receiptCodec, 8 * 1024],
    ['Frame', frameCodec, 2 * 1024 * 1024 + 32 * 1024],
  ] as [string, Codec<unknown>, number][])(
    'refuses %s of more bytes than its bound before it reads them',
    (name, codec, most) => {
      expect(maxBytesOf(name)).toBe(most);
      expect(() => codec.decode(new Uint8Array(most))).toThrow(expect.objectContaining({ code: 'WIRE_MALFORMED' }));
      expect(() => codec.decode(new Uint8Array(most + 1))).toThrow(
        expect.objectContaining({ code: 'WIRE_TOO_LARGE', context: { type: name, bytes: most + 1, maxBytes: most } }),
      );
    },
  );

  it('takes another bound from the caller', () => {
    expect(() => receiptCodec.decode(bytes(0x12, 1, 0x61), 2)).toThrow(
      expect.objectContaining({ code: 'WIRE_TOO_LARGE' }),
    );
    expect(receiptCodec.decode(bytes(0x12, 1, 0x61), 3).issuer).toBe('a');
  });

  it('refuses a crowd of empty entries without making them', () => {
    const crowd = new Uint8Array(2 * 1024 * 1024).map((_, at) => (at % 2 === 0 ? 0x0a : 0));
    const before = process.memoryUsage().heapUsed;
    expect(() => frameContentCodec.decode(crowd)).toThrow(malformed('list-too-long'));
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(8 * 1024 * 1024);
  });

  it('refuses a tag that is written longer than any tag is', () => {
    const overlong = Uint8Array.of(128, 128, 128, 128, 129, 0, 0);
    expect(() => alertCodec.decode(overlong)).toThrow(expect.objectContaining({ code: 'WIRE_MALFORMED' }));
  });

  it('answers any bytes with a message or a coded refusal', () => {
    const codecs = [
      alertCodec,
      envelopeCodec,
      crossingCodec,
      frameCodec,
      transitCodec,
      linkStatusCodec,
      directoryCodec,
      agreementCodec,
    ] as Codec<unknown>[];
    fc.assert(
      fc.property(fc.constantFrom(...codecs), fc.uint8Array({ maxLength: 60 }), (codec, input) => {
        try {
          codec.decode(input);
        } catch (error) {
          expect(error).toMatchObject({ code: 'WIRE_MALFORMED' });
        }
      }),
      { numRuns: 3000 },
    );
  });

  it('answers damaged messages with a message or a coded refusal, and one it takes encodes to what it was', () => {
    fc.assert(
      fc.property(arbitraryMessage('Alert'), fc.nat(), fc.integer({ min: 0, max: 255 }), (message, place, byte) => {
        const input = alertCodec.encode(message as never);
        input[place % input.length] = byte;
        try {
          const decoded = alertCodec.decode(input);
          expect(alertCodec.decode(alertCodec.encode(decoded))).toStrictEqual(decoded);
        } catch (error) {
          expect(error).toMatchObject({ code: 'WIRE_MALFORMED' });
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe('maxBytesOf', () => {
  it('bounds every message of the contract', () => {
    for (const { name } of messageDescriptors) expect(maxBytesOf(name)).toBeLessThanOrEqual(8 * 1024 * 1024);
  });
});
