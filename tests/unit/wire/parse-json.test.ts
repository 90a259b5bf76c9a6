import { describe, expect, it } from 'vitest';
import {
  alertCodec,
  alertSubmissionCodec,
  consignmentCodec,
  dateCodec,
  directoryCodec,
  findFaults,
  geoPointCodec,
  imageCodec,
  type JsonFault,
  JsonFaultsError,
  parseJson,
  parseJsonText,
  sightingCodec,
  travelDocumentCodec,
  vesselCodec,
} from '../../../services/core/wire/index.ts';

const alert = {
  messageType: 'MESSAGE_TYPE_ALERT',
  crimeArea: 'CRIME_AREA_DRUGS',
  urgency: 'URGENCY_IMMEDIATE',
  severity: 'SEVERITY_SEVERE',
  certainty: 'CERTAINTY_OBSERVED',
};
const submission = {
  recipients: ['la-houayxay'],
  precedence: 'PRECEDENCE_FLASH',
  purpose: 'PURPOSE_PREVENTION',
  handling: 'HANDLING_CODE_H1',
  alert,
};

function faultsOf(act: () => unknown): readonly JsonFault[] {
  try {
    act();
  } catch (error) {
    expect(error).toBeInstanceOf(JsonFaultsError);
    expect(error).toMatchObject({ code: 'WIRE_JSON_INVALID', disposition: 'reject' });
    return (error as JsonFaultsError).faults;
  }
  return [];
}

const reasons = (faults: readonly JsonFault[]) => faults.map((fault) => `${fault.field} ${fault.reason}`);
const ofAlert = (more: object) => reasons(faultsOf(() => parseJson(alertCodec, { ...alert, ...more })));
const ofPerson = (person: object) => ofAlert({ subjects: [{ role: 'SUBJECT_ROLE_SUSPECT', person }] });
const ofSubmission = (more: object) =>
  reasons(faultsOf(() => parseJson(alertSubmissionCodec, { ...submission, ...more })));

describe('parseJson', () => {
  it('gives every field, those left out at their default', () => {
    expect(parseJson(alertCodec, alert)).toStrictEqual({
      ...alertCodec.decode(new Uint8Array()),
      messageType: 1,
      crimeArea: 6,
      urgency: 1,
      severity: 2,
      certainty: 1,
    });
  });

  it('tells all faults at once, each with its place', () => {
    const faults = ofSubmission({
      precedence: 'FLASH',
      colour: 'red',
      alert: {
        ...alert,
        narrative: 7,
        subjects: [
          { role: 'SUBJECT_ROLE_SUSPECT' },
          { person: { nationalities: ['TH', 'Thai'], dateOfBirth: { year: 1990, month: 2, day: 31 } } },
        ],
      },
    });
    expect(faults.sort()).toEqual([
      'alert.narrative type-wrong',
      'alert.subjects[1].person.dateOfBirth date-invalid',
      'alert.subjects[1].person.nationalities[1] format-wrong',
      'alert.subjects[1].role required',
      'colour field-unknown',
      'precedence code-unknown',
    ]);
  });

  it('says each fault in one sentence that repeats nothing of what was written', () => {
    const faults = faultsOf(() =>
      parseJson(alertCodec, {
        ...alert,
        crimeArea: 'SECRET',
        narrative: 'SECRET\0',
        narrativeLanguage: 'en',
        headline: 5,
        occurredAt: 'SECRET',
        corridor: 'SECRET',
      }),
    );
    expect(faults).toHaveLength(5);
    for (const { message } of faults) expect(message).toMatch(/^(must|is|stands) (?!.*SECRET)[^\n]+$/);
  });

  it('stops telling at 50', () => {
    const aliases = new Array(16).fill(1);
    const subjects = new Array(10).fill({ role: 'SUBJECT_ROLE_SUSPECT', person: { aliases } });
    expect(ofAlert({ subjects })).toHaveLength(50);
  });

  it.each([[null], [[]], ['text'], [1], [true], [undefined]])('refuses %j as a document', (value) => {
    expect(reasons(faultsOf(() => parseJson(alertCodec, value)))).toEqual([' type-wrong']);
  });

  it.each([
    ['a name in snake_case', 'message_type'],
    ['a name that every object has', 'toString'],
    ['a name that sets the prototype', '__proto__'],
    ['a oneof', 'subject'],
  ])('refuses %s as an unknown field', (_, name) => {
    expect(ofAlert(Object.fromEntries([[name, 1]]))).toEqual([`${name} field-unknown`]);
  });

  it('shows the name of an unknown field shortened and without characters that could be taken for markup', () => {
    expect(ofAlert({ [`<b>\n${'x'.repeat(100)}`]: 1 })).toEqual([`?b??${'x'.repeat(60)}... field-unknown`]);
  });

  it.each([
    ['a text', { narrative: 5 }, 'narrative type-wrong'],
    ['null', { narrative: null }, 'narrative type-wrong'],
    ['a list', { indicators: 'INDICATOR_OTHER' }, 'indicators type-wrong'],
    ['null for a list', { indicators: null }, 'indicators type-wrong'],
    ['an object', { place: 'here' }, 'place type-wrong'],
    ['null for an object', { place: null }, 'place type-wrong'],
    ['a list for an object', { place: [] }, 'place type-wrong'],
    ['a code by its number', { corridor: 4 }, 'corridor type-wrong'],
    ['a time as number', { occurredAt: 1_767_225_600 }, 'occurredAt type-wrong'],
    ['an entry', { subjects: [1] }, 'subjects[0] type-wrong'],
  ])('refuses the wrong type: %s', (_, more, fault) => {
    expect(ofAlert(more)).toEqual([fault]);
  });

  it.each([
    ['CORRIDOR_NOWHERE'],
    ['CORRIDOR_UNSPECIFIED'],
    ['GOLDEN_TRIANGLE'],
    ['corridor_golden_triangle'],
    ['toString'],
    [''],
  ])('refuses %j as a code', (corridor) => {
    expect(ofAlert({ corridor })).toEqual(['corridor code-unknown']);
  });

  it('refuses true and false as text or number, and those as true and false', () => {
    expect(ofSubmission({ drill: 'true' })).toEqual(['drill type-wrong']);
    expect(ofSubmission({ drill: 1 })).toEqual(['drill type-wrong']);
    expect(reasons(faultsOf(() => parseJson(vesselCodec, { personsOnBoard: true })))).toEqual([
      'personsOnBoard type-wrong',
    ]);
  });

  it.each([
    ['1', ['personsOnBoard type-wrong']],
    [1.5, ['personsOnBoard number-invalid']],
    [-1, ['personsOnBoard out-of-range']],
    [2 ** 32, ['personsOnBoard out-of-range']],
    [2 ** 32 - 1, []],
  ])('takes a 32-bit number only as a whole number of its range: %j', (personsOnBoard, faults) => {
    expect(reasons(faultsOf(() => parseJson(vesselCodec, { personsOnBoard })))).toEqual(faults);
  });

  const sequence = (value: unknown) =>
    reasons(faultsOf(() => parseJson(directoryCodec, { sequence: value }))).filter((fault) =>
      fault.startsWith('sequence'),
    );
  it.each<[unknown, string[]]>([
    [7, []],
    ['7', []],
    [2 ** 53 - 1, []],
    ['9007199254740991', []],
    [2 ** 53, ['sequence out-of-range']],
    ['9007199254740992', ['sequence out-of-range']],
    ['-1', ['sequence out-of-range']],
    ['07', ['sequence number-invalid']],
    ['7.0', ['sequence number-invalid']],
    ['0x7', ['sequence number-invalid']],
    ['', ['sequence number-invalid']],
    [' 7', ['sequence number-invalid']],
    ['99999999999999999', ['sequence number-invalid']],
    [1.5, ['sequence number-invalid']],
    [0, ['sequence required']],
  ])('takes a 64-bit number as number or digits up to 2^53: %j', (value, faults) => {
    expect(sequence(value)).toEqual(faults);
  });

  it('makes no difference between 0 and -0', () => {
    expect(Object.is(parseJson(geoPointCodec, { latitude: -0 }).latitude, 0)).toBe(true);
    expect(Object.is(parseJson(vesselCodec, { personsOnBoard: -0 }).personsOnBoard, 0)).toBe(true);
  });

  it.each([
    ['AQID', []],
    ['AQI=', []],
    ['AQI', ['data base64-invalid']],
    ['AQJ=', ['data base64-invalid']],
    ['A_-=', ['data base64-invalid']],
    ['AQ ID', ['data base64-invalid']],
    [[1], ['data type-wrong']],
    [Buffer.alloc(131_072, 1).toString('base64'), []],
    [Buffer.alloc(131_073, 1).toString('base64'), ['data too-long']],
  ])('takes bytes in the one base64 that they have', (data, faults) => {
    expect(reasons(faultsOf(() => parseJson(imageCodec, { format: 'IMAGE_FORMAT_JPEG', data })))).toEqual(faults);
  });

  it.each([
    ['2026-01-31T09:30:00Z', { seconds: 1_769_851_800, nanos: 0 }],
    ['2026-01-31T09:30:00.5Z', { seconds: 1_769_851_800, nanos: 500_000_000 }],
    ['2026-01-31T16:30:00+07:00', { seconds: 1_769_851_800, nanos: 0 }],
    ['2026-01-31T03:00:00-06:30', { seconds: 1_769_851_800, nanos: 0 }],
    ['1969-12-31T23:59:59.000000001Z', { seconds: -1, nanos: 1 }],
    ['0001-01-01T00:00:00Z', { seconds: -62_135_596_800, nanos: 0 }],
    ['9999-12-31T23:59:59Z', { seconds: 253_402_300_799, nanos: 0 }],
    ['2024-02-29T00:00:00Z', { seconds: 1_709_164_800, nanos: 0 }],
  ])('reads the time %s', (at, time) => {
    expect(parseJson(sightingCodec, { at }).at).toEqual(time);
  });

  it.each([
    '2026-01-31',
    '2026-01-31T09:30Z',
    '2026-01-31T09:30:00',
    '2026-01-31 09:30:00Z',
    '2026-01-31t09:30:00z',
    '2026-02-29T00:00:00Z',
    '2026-02-30T00:00:00Z',
    '2026-13-01T00:00:00Z',
    '2026-00-01T00:00:00Z',
    '2026-01-00T00:00:00Z',
    '2026-01-31T24:00:00Z',
    '2026-01-31T23:60:00Z',
    '2026-01-31T23:59:60Z',
    '2026-01-31T09:30:00.Z',
    '2026-01-31T09:30:00.1234567890Z',
    '2026-01-31T09:30:00+24:00',
    '2026-01-31T09:30:00+07:60',
    '0000-01-01T00:00:00Z',
    '0001-01-01T00:00:00+00:01',
    '9999-12-31T23:59:59-00:01',
    '+2026-01-31T09:30:00Z',
    'now',
    '',
  ])('refuses %j as a time', (at) => {
    expect(reasons(faultsOf(() => parseJson(sightingCodec, { at })))).toEqual(['at time-invalid']);
  });

  it.each([
    [{ year: 1990 }, []],
    [{ year: 1990, month: 2 }, []],
    [{ year: 2024, month: 2, day: 29 }, []],
    [{ year: 2000, month: 2, day: 29 }, []],
    [{ year: 2023, month: 2, day: 29 }, [' date-invalid']],
    [{ year: 1900, month: 2, day: 29 }, [' date-invalid']],
    [{ year: 1990, month: 4, day: 31 }, [' date-invalid']],
    [{ year: 1990, day: 3 }, [' date-invalid']],
    [{ year: 1990, month: 13, day: 1 }, ['month out-of-range']],
    [{ year: 1990, month: 12, day: 32 }, ['day out-of-range']],
    [{ year: 1849 }, ['year out-of-range']],
    [{ year: 2201 }, ['year out-of-range']],
    [{ month: 1 }, ['year required']],
  ])('takes whole and partial dates that exist: %j', (date, faults) => {
    expect(reasons(faultsOf(() => parseJson(dateCodec, date)))).toEqual(faults);
  });

  it('refuses two members of a oneof', () => {
    expect(ofAlert({ subjects: [{ role: 'SUBJECT_ROLE_SUSPECT', person: {}, vehicle: {} }] })).toEqual([
      'subjects[0].vehicle oneof-ambiguous',
    ]);
  });

  it.each([[{ messageType: undefined }], [{ certainty: undefined }]])(
    'refuses what is required and left out',
    (left) => {
      const [field] = Object.keys(left);
      const { [field as 'messageType']: _, ...rest } = alert;
      expect(reasons(faultsOf(() => parseJson(alertCodec, rest)))).toEqual([`${field} required`]);
    },
  );

  it('wants the language of a narrative, and none without', () => {
    expect(ofAlert({ narrative: 'seen' })).toEqual(['narrativeLanguage required']);
    expect(ofAlert({ narrative: 'seen', narrativeLanguage: 'en' })).toEqual([]);
    expect(ofAlert({ narrative: '' })).toEqual([]);
  });

  it('counts characters, not units of an encoding', () => {
    expect(ofAlert({ headline: '😀'.repeat(160) })).toEqual([]);
    expect(ofAlert({ headline: '😀'.repeat(161) })).toEqual(['headline too-long']);
    expect(ofAlert({ headline: 'x'.repeat(161) })).toEqual(['headline too-long']);
  });

  it.each([
    ['half a character', { headline: 'a\ud800b' }, 'headline format-wrong'],
    ['the other half', { narrative: '\udc00', narrativeLanguage: 'en' }, 'narrative text-invalid'],
    ['NUL', { narrative: 'a\0', narrativeLanguage: 'en' }, 'narrative text-invalid'],
    ['escape', { narrative: '\u001b[31m', narrativeLanguage: 'en' }, 'narrative text-invalid'],
    ['a C1 control', { narrative: '\u0085', narrativeLanguage: 'en' }, 'narrative text-invalid'],
    ['DEL', { narrative: '\u007f', narrativeLanguage: 'en' }, 'narrative text-invalid'],
    ['a line break in a line', { headline: 'a\nb' }, 'headline format-wrong'],
    ['a tab in a line', { headline: 'a\tb' }, 'headline format-wrong'],
    ['a line separator in a line', { headline: 'a\u2028b' }, 'headline format-wrong'],
    ['a turn of direction in a line', { headline: 'a\u202eb' }, 'headline format-wrong'],
    ['an isolate in a line', { headline: 'a\u2066b' }, 'headline format-wrong'],
  ])('refuses %s', (_, more, fault) => {
    expect(ofAlert(more)).toEqual([fault]);
  });

  it('takes line breaks and tabs in free text, and joiners that scripts of the region need anywhere', () => {
    expect(
      ofAlert({ narrative: 'one\r\n\ttwo', narrativeLanguage: 'en', headline: 'ភាសា\u200bខ្មែរ \u200cမြန်မာ\u200d' }),
    ).toEqual([]);
  });

  it.each([
    ['a joiner among Latin letters', 'a\u200db', 'character-hidden'],
    ['a mark of direction', 'a\u200eb', 'character-hidden'],
    ['a byte-order mark', '\ufeffa', 'character-hidden'],
    ['marks that reach over the next line', `a${'\u0336'.repeat(4)}`, 'marks-piled'],
  ])('refuses %s in a line, and names what it is', (_, headline, reason) => {
    expect(ofAlert({ headline })).toEqual([`headline ${reason}`]);
    expect(ofAlert({ narrative: headline, narrativeLanguage: 'en' })).toEqual([]);
  });

  it('lets a neighbour say it all the same: what hides is shown by its name, and no message is lost for it', () => {
    for (const headline of ['a\u200bb', `a${'\u0336'.repeat(60)}`])
      expect(findFaults('Alert', { ...alertCodec.decode(new Uint8Array()), headline }, false)).toEqual([]);
  });

  it.each([
    ['NATION', 'th'],
    ['NATION', 'THA'],
    ['NATION', ''],
    ['NATION', 'ＴＨ'],
  ])('refuses what is no %s: %j', (_, issuingNation) => {
    const faults = reasons(
      faultsOf(() => parseJson(travelDocumentCodec, { documentType: 'DOCUMENT_TYPE_PASSPORT', issuingNation })),
    );
    expect(faults).toEqual(['issuingNation format-wrong']);
  });

  it.each([
    [['th-chiang-khong'], []],
    [['TH-chiang'], ['recipients[0] format-wrong']],
    [['th'], ['recipients[0] format-wrong']],
    [['th--x'], ['recipients[0] format-wrong']],
    [['la-houayxay\n'], ['recipients[0] format-wrong']],
    [[`th-${'x'.repeat(46)}`], ['recipients[0] format-wrong']],
    [[''], ['recipients[0] format-wrong']],
    [['la-houayxay', 'mm-tachileik', 'la-houayxay'], ['recipients[2] entry-repeated']],
  ])('takes office ids, each once: %j', (recipients, faults) => {
    expect(ofSubmission({ recipients })).toEqual(faults);
  });

  it.each([
    ['0190b2a4-6f7e-7d3c-8a1b-0123456789ab', []],
    ['0190B2A4-6F7E-7D3C-8A1B-0123456789AB', ['supersedes format-wrong']],
    ['0190b2a4-6f7e-4d3c-8a1b-0123456789ab', ['supersedes format-wrong']],
    ['0190b2a4-6f7e-7d3c-0a1b-0123456789ab', ['supersedes format-wrong']],
    ['', ['supersedes format-wrong']],
  ])('takes %j as an envelope id or not', (supersedes, faults) => {
    expect(ofSubmission({ supersedes })).toEqual(faults);
  });

  it.each([
    ['CASE/2026:1_a.b-c', []],
    ['a b', ['caseReference format-wrong']],
    ['é', ['caseReference format-wrong']],
    ['x'.repeat(61), ['caseReference too-long']],
  ])('takes %j as a reference or not', (caseReference, faults) => {
    expect(ofSubmission({ caseReference })).toEqual(faults);
  });

  it.each([
    ['en', []],
    ['zh-Hans', []],
    ['EN', ['narrativeLanguage format-wrong']],
    ['english-please-now-x', ['narrativeLanguage format-wrong']],
  ])('takes %j as a language or not', (narrativeLanguage, faults) => {
    expect(ofAlert({ narrativeLanguage })).toEqual(faults);
  });

  it('refuses more entries than a list may have, without reading them', () => {
    expect(ofAlert({ subjects: new Array(101).fill(1) })).toEqual(['subjects too-many']);
    expect(ofPerson({ aliases: new Array(17).fill('a') })).toEqual(['subjects[0].person.aliases too-many']);
  });

  it('refuses an empty entry of a list', () => {
    expect(ofPerson({ aliases: ['a', ''] })).toEqual(['subjects[0].person.aliases[1] required']);
  });

  it('refuses numbers outside their bounds', () => {
    const position = (more: object) =>
      reasons(faultsOf(() => parseJson(geoPointCodec, { latitude: 20, longitude: 100, ...more })));
    expect(position({ latitude: 90, longitude: -180 })).toEqual([]);
    expect(position({ latitude: 90.001 })).toEqual(['latitude out-of-range']);
    expect(position({ longitude: -180.001 })).toEqual(['longitude out-of-range']);
    expect(position({ longitude: Number.NaN })).toEqual(['longitude number-invalid']);
    expect(position({ longitude: Number.POSITIVE_INFINITY })).toEqual(['longitude number-invalid']);
    expect(position({ longitude: '100' })).toEqual(['longitude type-wrong']);
    expect(reasons(faultsOf(() => parseJson(consignmentCodec, { weightKg: -0.5 })))).toEqual(['weightKg out-of-range']);
  });
});

describe('parseJsonText', () => {
  const faults = (text: string | Uint8Array, maxBytes = 10_000) =>
    reasons(faultsOf(() => parseJsonText(alertCodec, typeof text === 'string' ? Buffer.from(text) : text, maxBytes)));
  const text = JSON.stringify(alert);

  it('reads what parseJson reads', () => {
    expect(parseJsonText(alertCodec, Buffer.from(text), text.length)).toStrictEqual(parseJson(alertCodec, alert));
  });

  it('refuses more bytes than it may have', () => {
    expect(faults(text, text.length - 1)).toEqual([' too-large']);
  });

  it.each([['{'], [''], ["{'a':1}"], ['\ufeff{}'], ['{} {}'], ['{"narrative":NaN}']])(
    'refuses %j as no JSON',
    (broken) => {
      expect(faults(broken)).toEqual([' not-json']);
    },
  );

  it('refuses bytes that are not UTF-8', () => {
    expect(faults(new Uint8Array([0x22, 0xc3, 0x28, 0x22]))).toEqual([' not-json']);
  });

  it.each([
    ['in the document', '{"crimeArea":"CRIME_AREA_DRUGS", "crimeArea":"CRIME_AREA_OTHER"}', 'crimeArea'],
    ['within another', '{"place":{"name":"a","name":"b"}}', 'name'],
    ['written with an escape', '{"headline":"a","head\\u006cine":"b"}', 'headline'],
    ['that is unknown', '{"<x>":1,"<x>":2}', '?x?'],
  ])('refuses a field that stands twice %s', (_, broken, name) => {
    expect(faults(broken)).toEqual([`${name} field-repeated`]);
  });

  it('takes the same name in different objects, and quotes and braces within texts', () => {
    const places = {
      subjects: [
        { role: 'SUBJECT_ROLE_MEANS', vessel: { name: 'a' } },
        { role: 'SUBJECT_ROLE_MEANS', vessel: { name: '{"name":"\\"name\\":' } },
      ],
      headline: '"}]',
    };
    expect(faults(JSON.stringify({ ...alert, ...places }, null, 1))).toEqual([]);
  });

  it('refuses nesting beyond 32 levels', () => {
    expect(faults(`${'['.repeat(33)}${']'.repeat(33)}`)).toEqual([' too-deep']);
    expect(faults(`${'['.repeat(32)}${']'.repeat(32)}`)).toEqual([' type-wrong']);
  });
});

describe('findFaults', () => {
  const empty = alertCodec.decode(new Uint8Array());

  it('misses what is required only in a complete message', () => {
    expect(findFaults('Alert', empty, false)).toEqual([]);
    expect(findFaults('Alert', empty, true).map((fault) => fault.reason)).toEqual(new Array(5).fill('required'));
  });

  it.each([
    ['a line break in a line', { headline: 'a\nb' }, 'headline format-wrong'],
    ['a text that is too long', { headline: 'a'.repeat(161) }, 'headline too-long'],
    ['more entries than a list may have', { indicators: new Array(17).fill(1) }, 'indicators too-many'],
    ['an entry that stands twice', { indicators: [1, 2, 1] }, 'indicators[2] entry-repeated'],
    [
      'a time that cannot be written',
      { occurredAt: { seconds: 253_402_300_800, nanos: 0 } },
      'occurredAt time-invalid',
    ],
    ['nanoseconds below zero', { occurredAt: { seconds: 0, nanos: -1 } }, 'occurredAt time-invalid'],
    ['too many nanoseconds', { occurredAt: { seconds: 0, nanos: 1e9 } }, 'occurredAt time-invalid'],
    [
      'a number that is none',
      { place: { name: '', nation: '', position: { latitude: Number.NaN, longitude: 0, accuracyM: 0 } } },
      'place.position.latitude number-invalid',
    ],
  ])('finds %s in what came as protobuf', (_, more, fault) => {
    expect(reasons(findFaults('Alert', { ...empty, ...more }, false))).toEqual([fault]);
  });

  it('lets code numbers pass that the contract does not have', () => {
    expect(findFaults('Alert', { ...empty, crimeArea: 99 }, false)).toEqual([]);
  });
});
