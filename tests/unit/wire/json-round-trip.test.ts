import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  agreementCodec,
  alertCodec,
  alertSubmissionCodec,
  type Codec,
  directoryCodec,
  findFaults,
  parseJson,
  parseJsonText,
  sightingCodec,
  toJson,
} from '../../../services/core/wire/index.ts';
import { arbitraryMessage } from './arbitrary-message.ts';

const codecs: Codec<unknown>[] = [alertSubmissionCodec, directoryCodec, agreementCodec, alertCodec] as Codec<unknown>[];

describe.each(codecs.map((codec) => [codec.name, codec] as const))('toJson of %s', (name, codec) => {
  it('is undone by parseJson, from the value and from its text', () => {
    fc.assert(
      fc.property(arbitraryMessage(name), (message) => {
        const text = JSON.stringify(toJson(codec, message as never));
        expect(parseJson(codec, JSON.parse(text))).toStrictEqual(message);
        expect(parseJsonText(codec, Buffer.from(text), text.length * 4)).toStrictEqual(message);
      }),
    );
  });

  it('says the same after the message went through protobuf', () => {
    fc.assert(
      fc.property(arbitraryMessage(name), (message) => {
        expect(codec.decode(codec.encode(message as never))).toStrictEqual(message);
      }),
    );
  });

  it('comes of a message in which findFaults finds none', () => {
    fc.assert(
      fc.property(arbitraryMessage(name), (message) => {
        expect(findFaults(name, message, true)).toEqual([]);
      }),
    );
  });
});

describe('toJson', () => {
  it('leaves defaults out', () => {
    expect(toJson(alertCodec, alertCodec.decode(new Uint8Array()))).toEqual({});
  });

  it('writes codes by name, times in UTC, bytes in base64 and 64-bit numbers as digits', () => {
    expect(toJson(alertCodec, { crimeArea: 6, occurredAt: { seconds: 1_767_225_600, nanos: 120_000_000 } })).toEqual({
      crimeArea: 'CRIME_AREA_DRUGS',
      occurredAt: '2026-01-01T00:00:00.120Z',
    });
    expect(toJson(directoryCodec, { sequence: 7 })).toEqual({ sequence: '7' });
    expect(
      toJson(alertCodec, { subjects: [{ person: { faceImages: [{ data: new Uint8Array([255, 254]) }] } }] }),
    ).toEqual({
      subjects: [{ person: { faceImages: [{ data: '//4=' }] } }],
    });
  });

  it('writes a code that the contract does not have by its number', () => {
    expect(toJson(alertCodec, { crimeArea: 99 as 1 })).toEqual({ crimeArea: 99 });
  });

  it.each([
    [0, '1970-01-01T00:00:00Z'],
    [1, '1970-01-01T00:00:00.000000001Z'],
    [1000, '1970-01-01T00:00:00.000001Z'],
    [1_000_000, '1970-01-01T00:00:00.001Z'],
    [100_000_000, '1970-01-01T00:00:00.100Z'],
  ])('writes %i nanoseconds with as few groups of three digits as say it', (nanos, text) => {
    expect(toJson(sightingCodec, { at: { seconds: 0, nanos } })).toEqual({ at: text });
  });

  it('says how many entries a list has, empty messages in it included', () => {
    expect(toJson(alertCodec, { subjects: [{}, { role: 1 }] })).toEqual({
      subjects: [{}, { role: 'SUBJECT_ROLE_SUSPECT' }],
    });
  });
});
