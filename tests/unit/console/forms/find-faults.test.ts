import { describe, expect, it } from 'vitest';
import { allFieldsOf, codesOf, type FormField } from '../../../../services/console/src/forms/contract.ts';
import { bytesOf, findFaults, findUnsaid } from '../../../../services/console/src/forms/find-faults.ts';
import type { Json, JsonObject } from '../../../../services/console/src/forms/json.ts';
import * as wire from '../../../../services/core/wire/index.ts';

const { isJsonFaults, codecOf } = {
  isJsonFaults: (error: unknown): error is wire.JsonFaultsError => error instanceof wire.JsonFaultsError,
  codecOf: (message: string): wire.Codec<unknown> => {
    const name = `${message[0]?.toLowerCase()}${message.slice(1)}Codec`;
    return (wire as unknown as Readonly<Record<string, wire.Codec<unknown>>>)[name] as wire.Codec<unknown>;
  },
};

/** What the office says of the same document. */
function officeFaults(message: string, value: JsonObject): readonly string[] {
  try {
    wire.parseJson(codecOf(message), value);
    return [];
  } catch (error) {
    if (!isJsonFaults(error)) throw error;
    return error.faults.map(({ field, reason }) => `${field} ${reason}`).sort();
  }
}

function consoleFaults(message: string, value: JsonObject): readonly string[] {
  return findFaults(message, value)
    .map(({ field, reason }) => `${field} ${reason}`)
    .sort();
}

const SAMPLES: Readonly<Record<string, string>> = {
  STRING_FORMAT_NATION: 'TH',
  STRING_FORMAT_OFFICE: 'th-chiang-khong',
  STRING_FORMAT_LANGUAGE: 'th',
  STRING_FORMAT_ENVELOPE_ID: '01981bd2-6f4e-7abc-8def-0123456789ab',
  STRING_FORMAT_REFERENCE: 'A-1',
};

function sample(field: FormField): Json {
  switch (field.kind) {
    case 'string':
      return (SAMPLES[field.format ?? ''] ?? 'ສະບາຍດີ').slice(0, field.maxLength);
    case 'number':
      return Math.max(field.minimum ?? 1, 1);
    case 'bool':
      return true;
    case 'enum':
      return codesOf(field.type ?? '')[0] ?? '';
    case 'timestamp':
      return '2026-11-22T09:30:00Z';
    case 'bytes':
      return 'AAAA';
    default:
      return filled(field.type ?? '');
  }
}

/** A message with every field, one member of each oneof. */
function filled(message: string): JsonObject {
  const oneofs = new Set<string>();
  const entries = allFieldsOf(message).flatMap((field) => {
    if (field.oneof !== undefined && oneofs.has(field.oneof)) return [];
    if (field.oneof !== undefined) oneofs.add(field.oneof);
    return [[field.name, field.list === true ? [sample(field)] : sample(field)] as const];
  });
  return Object.fromEntries(entries);
}

const SUBMISSIONS = [
  'AlertSubmission',
  'RequestSubmission',
  'StepSubmission',
  'AnswerSubmission',
  'SearchSubmission',
  'LookoutSubmission',
  'RecallSubmission',
  'RecallAnswerSubmission',
  'ConsentRequestSubmission',
  'ConsentAnswerSubmission',
  'ForwardSubmission',
  'PartRequestSubmission',
  'OpeningSubmission',
  'ReviewSubmission',
  'OperationSubmission',
  'OperationActSubmission',
  'PostSubmission',
  'BulletinSubmission',
  'SubscriptionSubmission',
  'TriageSubmission',
];

describe('findFaults', () => {
  it.each(SUBMISSIONS)('finds nothing in a whole %s, as the office does not', (message) => {
    const value = filled(message);
    expect(officeFaults(message, value)).toEqual([]);
    expect(consoleFaults(message, value)).toEqual([]);
  });

  it.each(SUBMISSIONS)('misses in an empty %s what the office misses', (message) => {
    expect(consoleFaults(message, {})).toEqual(officeFaults(message, {}));
  });

  const person = (value: JsonObject): JsonObject => ({
    ...(filled('AlertSubmission') as JsonObject),
    alert: { ...(filled('Alert') as JsonObject), subjects: [{ role: 'SUBJECT_ROLE_SUSPECT', person: value }] },
  });
  it.each<[string, string, JsonObject]>([
    ['a line that is too long', 'AlertSubmission', person({ familyName: 'x'.repeat(121) })],
    [
      'characters outside the first plane, counted as one each',
      'AlertSubmission',
      person({ familyName: '𠮷'.repeat(120) }),
    ],
    ['one of those too many', 'AlertSubmission', person({ familyName: '𠮷'.repeat(121) })],
    ['a line with a break', 'AlertSubmission', person({ familyName: 'a\nb' })],
    ['a line that turns direction', 'AlertSubmission', person({ familyName: 'a\u202eb' })],
    ['a line with a mark of direction', 'AlertSubmission', person({ familyName: 'a\u200eb' })],
    ['a line in Khmer with parted words', 'AlertSubmission', person({ familyName: 'កម្ពុជា\u200bខ្មែរ' })],
    ['a line with a pile of marks', 'AlertSubmission', person({ familyName: `a${'\u0336'.repeat(4)}` })],
    ['half of a character', 'AlertSubmission', person({ description: 'a\ud83d' })],
    ['a control character', 'AlertSubmission', person({ description: 'a\u0007' })],
    ['a text with breaks', 'AlertSubmission', person({ description: 'a\nb\tc' })],
    ['no nation', 'AlertSubmission', person({ nationalities: ['Thailand'] })],
    ['a nation twice', 'AlertSubmission', person({ nationalities: ['TH', 'TH'] })],
    ['an empty entry', 'AlertSubmission', person({ aliases: [''] })],
    ['too many entries', 'AlertSubmission', person({ nationalities: 'TH LA KH MM VN CN MY ID SG'.split(' ') })],
    ['no code', 'AlertSubmission', person({ sex: 'SEX_NO' })],
    ['the unspecified code', 'AlertSubmission', person({ sex: 'SEX_UNSPECIFIED' })],
    ['30 February', 'AlertSubmission', person({ dateOfBirth: { year: 2000, month: 2, day: 30 } })],
    ['29 February of a leap year', 'AlertSubmission', person({ dateOfBirth: { year: 2000, month: 2, day: 29 } })],
    [
      '29 February of a year that has none',
      'AlertSubmission',
      person({ dateOfBirth: { year: 1900, month: 2, day: 29 } }),
    ],
    ['a day without month', 'AlertSubmission', person({ dateOfBirth: { year: 2000, day: 3 } })],
    ['a year before all others', 'AlertSubmission', person({ dateOfBirth: { year: 1849 } })],
    ['a month that is none', 'AlertSubmission', person({ dateOfBirth: { year: 1990, month: 13, day: 1 } })],
    ['a part of a month', 'AlertSubmission', person({ dateOfBirth: { year: 1990, month: 1.5 } })],
    [
      'a picture that is too large',
      'AlertSubmission',
      person({ faceImages: [{ format: 'IMAGE_FORMAT_JPEG', data: 'AAAA'.repeat(43_691) }] }),
    ],
    [
      'a picture that just fits',
      'AlertSubmission',
      person({ faceImages: [{ format: 'IMAGE_FORMAT_JPEG', data: `${'AAAA'.repeat(43_690)}AAA=` }] }),
    ],
    [
      'two kinds at once',
      'AlertSubmission',
      {
        ...(filled('AlertSubmission') as JsonObject),
        alert: {
          ...(filled('Alert') as JsonObject),
          subjects: [{ role: 'SUBJECT_ROLE_SUSPECT', person: {}, vehicle: {} }],
        },
      },
    ],
    [
      'a text without its language',
      'RecallSubmission',
      { ...filled('RecallSubmission'), textLanguage: undefined } as JsonObject,
    ],
    [
      'a place beyond the poles',
      'AlertSubmission',
      {
        ...(filled('AlertSubmission') as JsonObject),
        alert: { ...(filled('Alert') as JsonObject), place: { position: { latitude: 91, longitude: 181 } } },
      },
    ],
    ['days that are too many', 'SubscriptionSubmission', { backfillDays: 366 }],
    ['a number below zero', 'TriageSubmission', { action: 'TRIAGE_ACTION_NOTE', step: -1 }],
    ['no envelope id', 'RecallSubmission', { ...filled('RecallSubmission'), message: 'x' }],
    ['no time', 'AlertSubmission', { ...filled('AlertSubmission'), expires: 'tomorrow' }],
    ['a time without offset', 'AlertSubmission', { ...filled('AlertSubmission'), expires: '2026-11-22T09:30:00' }],
    ['no reference', 'AlertSubmission', { ...filled('AlertSubmission'), caseReference: 'a b' }],
  ])('says of %s what the office says', (_, message, value) => {
    const plain = JSON.parse(JSON.stringify(value)) as JsonObject;
    expect(consoleFaults(message, plain)).toEqual(officeFaults(message, plain));
  });

  it('tells a number that is not one where it was typed', () => {
    expect(findFaults('SubscriptionSubmission', { backfillDays: '12a' })).toEqual([
      { field: 'backfillDays', reason: 'number-invalid' },
    ]);
  });
});

describe('findUnsaid', () => {
  it('tells a subject that does not say what it is, and no other', () => {
    const subjects = [{ role: 'SUBJECT_ROLE_SUSPECT' }, { role: 'SUBJECT_ROLE_SUSPECT', person: {} }];
    expect(findUnsaid('AlertSubmission', { alert: { subjects } })).toEqual([
      { field: 'alert.subjects[0]', reason: 'required' },
    ]);
  });

  it('tells half of a position', () => {
    const place = { position: { latitude: 20.2 } };
    expect(findUnsaid('Alert', { place })).toEqual([{ field: 'place.position.longitude', reason: 'required' }]);
    expect(findUnsaid('Alert', { place: { position: { latitude: 0, longitude: 0 } } })).toEqual([]);
  });
});

describe('bytesOf', () => {
  it.each([
    ['', 0],
    ['AA==', 1],
    ['AAA=', 2],
    ['AAAA', 3],
  ])('counts the bytes of %j', (text, count) => {
    expect(bytesOf(text)).toBe(count);
  });
});
