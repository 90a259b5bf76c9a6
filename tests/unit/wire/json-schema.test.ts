import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  agreementCodec,
  alertSubmissionCodec,
  type Codec,
  directoryCodec,
  type JsonObject,
  jsonSchemaOf,
  jsonSchemasOf,
  officeEntryCodec,
  parseJson,
} from '../../../services/core/wire/index.ts';
import { arbitraryJson } from './arbitrary-json.ts';

const compile = (schema: object) =>
  new Ajv2020({ strict: false, validateFormats: false }).compile(schema) as (value: unknown) => boolean;

function parses(codec: Codec<unknown>, value: unknown): boolean {
  try {
    parseJson(codec, value);
    return true;
  } catch (error) {
    expect(error).toMatchObject({ code: 'WIRE_JSON_INVALID' });
    return false;
  }
}

const codecs = [alertSubmissionCodec, directoryCodec, agreementCodec] as Codec<unknown>[];

describe.each(codecs.map((codec) => [codec.name, codec] as const))('jsonSchemaOf %s', (name, codec) => {
  const { $defs, ...schema } = jsonSchemaOf(name);
  const valid = arbitraryJson(schema, $defs as Record<string, JsonObject>);
  const isAccepted = compile(jsonSchemaOf(name));

  it('accepts nothing that parseJson would refuse', () => {
    fc.assert(
      fc.property(valid, (value) => {
        expect(isAccepted(value)).toBe(true);
        expect(() => parseJson(codec, value)).not.toThrow();
      }),
    );
  });

  it('describes only fields and codes that are there', () => {
    expect(schema['additionalProperties']).toBe(false);
    for (const [definition, inner] of Object.entries($defs as Record<string, JsonObject>)) {
      expect(inner['title']).toBe(definition);
      expect(inner['additionalProperties'] === false || Array.isArray(inner['enum'])).toBe(true);
    }
  });
});

describe('jsonSchemaOf', () => {
  const isSubmission = compile(jsonSchemaOf('AlertSubmission'));
  const submission = {
    recipients: ['la-houayxay'],
    precedence: 'PRECEDENCE_FLASH',
    purpose: 'PURPOSE_PREVENTION',
    handling: 'HANDLING_CODE_H1',
    alert: {
      messageType: 'MESSAGE_TYPE_ALERT',
      crimeArea: 'CRIME_AREA_DRUGS',
      urgency: 'URGENCY_IMMEDIATE',
      severity: 'SEVERITY_SEVERE',
      certainty: 'CERTAINTY_OBSERVED',
    },
  };
  const subject = (more: object) => ({
    alert: { ...submission.alert, subjects: [{ role: 'SUBJECT_ROLE_SUSPECT', ...more }] },
  });

  it('refuses, as parseJson does, an empty list that is required', () => {
    const entry = { office: 'th-mae-sai', keys: [] };
    expect(compile(jsonSchemaOf('OfficeEntry'))(entry)).toBe(false);
    expect(() => parseJson(officeEntryCodec, entry)).toThrow();
  });

  it.each<[string, object]>([
    ['an unknown field', { colour: 'red' }],
    ['an unknown field deep inside', subject({ person: { familyname: 'Keo' } })],
    ['a missing field', { purpose: undefined }],
    ['an entry that stands twice', { recipients: ['la-houayxay', 'la-houayxay'] }],
    ['too many entries', { recipients: Array.from({ length: 33 }, (_, at) => `la-${at}`) }],
    ['an unknown code', { precedence: 'PRECEDENCE_SOON' }],
    ['the unspecified code', { precedence: 'PRECEDENCE_UNSPECIFIED' }],
    ['a code by its number', { precedence: 1 }],
    ['a text for true or false', { drill: 'true' }],
    ['null', { caveat: null }],
    ['a text that is too long', { caveat: 'x'.repeat(201) }],
    ['a line with a line break', { caveat: 'a\nb' }],
    ['half a character', { caveat: '\ud800' }],
    ['what is no envelope id', { supersedes: 'x' }],
    ['an empty text that cannot be empty', { supersedes: '' }],
    ['a date without time', { expires: '2026-01-31' }],
    ['a narrative without language', { alert: { ...submission.alert, narrative: 'seen' } }],
    ['two members of a oneof', subject({ person: {}, vessel: {} })],
    ['a number out of range', subject({ person: { dateOfBirth: { year: 1700 } } })],
    ['a fraction where a whole number belongs', subject({ vessel: { personsOnBoard: 1.5 } })],
    ['bytes that are not base64', subject({ person: { faceImages: [{ format: 'IMAGE_FORMAT_PNG', data: 'A' }] } })],
    [
      'no bytes where they are required',
      subject({ person: { faceImages: [{ format: 'IMAGE_FORMAT_PNG', data: '' }] } }),
    ],
    ['an empty entry of a list', subject({ person: { aliases: [''] } })],
  ])('refuses, as parseJson does, %s', (_, more) => {
    const value = JSON.parse(JSON.stringify({ ...submission, ...more })) as unknown;
    expect(isSubmission(value)).toBe(false);
    expect(parses(alertSubmissionCodec as Codec<unknown>, value)).toBe(false);
  });

  it('accepts the document that those are made from', () => {
    expect(isSubmission(submission)).toBe(true);
    expect(parses(alertSubmissionCodec as Codec<unknown>, submission)).toBe(true);
  });

  it('takes a 64-bit number as number or digits', () => {
    const { properties } = jsonSchemaOf('Directory') as { properties: { sequence: object } };
    const isAccepted = compile(properties.sequence);
    expect([1, '1', 2 ** 53 - 1, 0, '0', '01', 1.5, 2 ** 53].map((value) => isAccepted(value))).toEqual([
      true,
      true,
      true,
      false,
      false,
      false,
      false,
      false,
    ]);
  });

  it('says of each field of a body which data category it has, and what people call it', () => {
    const { $defs } = jsonSchemaOf('AlertSubmission') as {
      $defs: Record<string, { properties: Record<string, JsonObject> }>;
    };
    expect($defs['Person']?.properties['faceImages']).toMatchObject({
      'x-data-category': 'BIOMETRIC',
      title: 'Face images',
      type: 'array',
    });
    expect($defs['Person']?.properties['nameInOriginalScript']).toMatchObject({
      description: 'The whole name in its own script.',
    });
    expect($defs['CrimeArea']).toMatchObject({ 'x-enum-labels': { CRIME_AREA_DRUGS: 'Drugs' } });
  });
});

describe('jsonSchemasOf', () => {
  it('gives each schema once under its name, with references of the given form', () => {
    const schemas = jsonSchemasOf(['AlertSubmission', 'Alert'], '#/components/schemas/');
    expect(Object.keys(schemas)).toEqual(expect.arrayContaining(['AlertSubmission', 'Alert', 'Person', 'CrimeArea']));
    expect((schemas['AlertSubmission'] as { properties: { alert: object } }).properties.alert).toMatchObject({
      $ref: '#/components/schemas/Alert',
    });
    expect(JSON.stringify(schemas)).not.toContain('$defs');
  });
});
