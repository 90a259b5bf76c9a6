import { describe, expect, it } from 'vitest';
import { baselineBundle } from '../../../services/core/policy/bundle.ts';
import { readCases } from '../../../services/core/policy/read-cases.ts';
import { testBundle } from '../../../services/core/policy/test-bundle.ts';
import {
  CrimeArea,
  DataCategory,
  HandlingCode,
  MessageKind,
  Purpose,
  ResponseClass,
  TrustLevel,
} from '../../../services/core/wire/index.ts';
import { bundleOf, permitAll } from './fixtures.ts';

const SOUND = { description: 'x', gate: 'export', from: 'th-a', to: 'la-b', expect: { outcome: 'released' } };

function fileOf(entry: object, agreements: object = {}): string {
  return JSON.stringify({ agreements, cases: [entry] });
}

describe('readCases', () => {
  it('takes what is left out for the ordinary: investigation, H0, routine, and an agreement that covers all', () => {
    const [only] = readCases(fileOf(SOUND));
    expect(only?.message.header).toMatchObject({
      purpose: Purpose.INVESTIGATION,
      handling: HandlingCode.H0,
      origin: 'th-a',
      drill: false,
      emergency: false,
    });
    expect([only?.originatorConsents, only?.opening]).toEqual([false, false]);
    expect(only?.agreement).toMatchObject({
      inForce: true,
      trustLevel: TrustLevel.JOINT_OPERATION,
      article: { handlingCeiling: HandlingCode.H3, drills: true },
    });
    expect(only?.expect).toEqual({
      outcome: 'released',
      reason: undefined,
      withheld: [],
      policies: [],
      errors: [],
      persons: undefined,
    });
  });

  it('leaves out the parts that did not arrive, and keeps the numbers of the others', () => {
    const alert = {
      headline: 'x',
      subjects: [{ role: 'SUBJECT_ROLE_SUSPECT', person: { familyName: 'Doe', healthNeeds: 'y' } }],
    };
    const [only] = readCases(fileOf({ ...SOUND, gate: 'import', message: { alert, arrived: ['core', 'identity'] } }));
    expect(only?.message.parts.map(({ index, category }) => [index, category])).toEqual([
      [0, DataCategory.CORE],
      [2, DataCategory.CORE],
      [3, DataCategory.IDENTITY],
    ]);
    expect(JSON.stringify(only?.message.body)).not.toContain('"y"');
  });

  const BODIES = [
    'alert',
    'request',
    'requestStep',
    'answer',
    'lookout',
    'search',
    'searchResult',
    'recall',
    'recallAnswer',
    'consentRequest',
    'consent',
    'partRequest',
    'review',
    'operationCharter',
    'operationAct',
    'operationPost',
    'operationGap',
    'attachmentChunk',
    'bulletin',
  ];

  it('takes a body of any kind, and adds what the contract requires', () => {
    const kinds = BODIES.map((name) => {
      const message = readCases(fileOf({ ...SOUND, message: { [name]: {} } }))[0]?.message;
      expect(message?.header.kind).toBe(message?.kind);
      expect(message?.parts[0]).toMatchObject({ category: DataCategory.CORE, path: [] });
      return message?.kind ?? 0;
    });
    expect(kinds.sort((a, b) => a - b)).toEqual(Object.values(MessageKind).filter((kind) => kind !== 0));
  });

  it('takes what the case says of the body instead of the ordinary', () => {
    const request = { crimeArea: 'CRIME_AREA_DRUGS', terms: { responseClass: 'RESPONSE_CLASS_URGENT' } };
    const body = readCases(fileOf({ ...SOUND, message: { request } }))[0]?.message.body;
    expect(body).toMatchObject({
      crimeArea: CrimeArea.DRUGS,
      terms: { responseClass: ResponseClass.URGENT },
      languages: ['en'],
    });
  });

  it.each([
    ['no JSON', '{', ''],
    ['no cases', JSON.stringify({ cases: [] }), 'cases'],
    ['an unknown field of the file', JSON.stringify({ cases: [SOUND], note: 1 }), '.note'],
    ['an unknown field of a case', fileOf({ ...SOUND, expects: {} }), 'cases[0].expects'],
    ['no description', fileOf({ ...SOUND, description: '' }), 'cases[0].description'],
    ['an unknown gate', fileOf({ ...SOUND, gate: 'in' }), 'cases[0].gate'],
    ['an office that is none', fileOf({ ...SOUND, to: 'LA' }), 'cases[0].to'],
    ['an agreement that the file does not have', fileOf({ ...SOUND, agreement: 'mou' }), 'cases[0].agreement'],
    [
      'a trust level above the ladder',
      fileOf({ ...SOUND, agreement: { trustLevel: 5 } }),
      'cases[0].agreement.trustLevel',
    ],
    ['a misspelt word', fileOf({ ...SOUND, agreement: { crimeAreas: ['drug'] } }), 'cases[0].agreement.crimeAreas'],
    ['an unknown handling code', fileOf({ ...SOUND, message: { handling: 'H4' } }), 'cases[0].message.handling'],
    ['a time that is none', fileOf({ ...SOUND, message: { created: 'soon' } }), 'cases[0].message.created'],
    ['a flag that is none', fileOf({ ...SOUND, message: { drill: 'no' } }), 'cases[0].message.drill'],
    [
      'a misspelt field of the alert',
      fileOf({ ...SOUND, message: { alert: { headlin: 'x' } } }),
      'cases[0].message.alert.headlin',
    ],
    ['an opening that is none', fileOf({ ...SOUND, opening: 1 }), 'cases[0].opening'],
    ['too many persons', fileOf({ ...SOUND, expect: { outcome: 'held', persons: 3 } }), 'cases[0].expect.persons'],
    [
      'a misspelt field of another body',
      fileOf({ ...SOUND, message: { recall: { txt: 'x' } } }),
      'cases[0].message.recall.txt',
    ],
    ['a body that is none', fileOf({ ...SOUND, message: { requests: {} } }), 'cases[0].message.requests'],
    ['two bodies', fileOf({ ...SOUND, message: { alert: {}, request: {} } }), 'cases[0].message.request'],
    ['an unknown outcome', fileOf({ ...SOUND, expect: { outcome: 'sent' } }), 'cases[0].expect.outcome'],
    [
      'a list that is none',
      fileOf({ ...SOUND, expect: { outcome: 'held', withheld: 'core' } }),
      'cases[0].expect.withheld',
    ],
  ])('refuses %s and says where', (_, text, at) => {
    expect(() => readCases(text)).toThrow(
      expect.objectContaining({ code: 'POLICY_CASES_INVALID', context: expect.objectContaining({ at }) }),
    );
  });
});

describe('testBundle', () => {
  it('says in what a case came out otherwise', () => {
    const cases = readCases(
      fileOf({
        ...SOUND,
        message: { handling: 'H3' },
        expect: { outcome: 'released', withheld: ['core'], errors: ['th.a'] },
      }),
    );
    expect(testBundle({ baseline: baselineBundle(), nations: [] }, cases)).toMatchObject([
      {
        passed: false,
        differences: ['outcome', 'withheld', 'policies', 'errors'],
        got: { outcome: 'held', reason: 'POLICY_REVIEW_REQUIRED', policies: ['baseline.caveat-is-read-by-a-person'] },
      },
    ]);
  });

  it('asks with the circumstances of the case, and minds how many persons it takes where the case says', () => {
    const nation = bundleOf(
      'th',
      1,
      permitAll('th'),
      '@id("th.two") @reason("Two.") @persons("2") forbid (principal, action == Action::"releaseUnattended", resource) when { context.message.opening && context.message.emergency };',
    );
    const result = (circumstances: object, message: object, persons: number): object => {
      const expected = { outcome: 'held', policies: ['th.two'], persons };
      const cases = readCases(fileOf({ ...SOUND, ...circumstances, message, expect: expected }));
      return testBundle({ baseline: baselineBundle(), nations: [nation] }, cases).map(({ differences }) => differences);
    };
    expect(result({ opening: true }, { emergency: true }, 2)).toEqual([[]]);
    expect(result({ opening: true }, { emergency: true }, 1)).toEqual([['persons']]);
    expect(result({ opening: true }, {}, 0)).toEqual([['outcome', 'policies']]);
    expect(result({}, { emergency: true }, 0)).toEqual([['outcome', 'policies']]);
  });

  it('does not mind the reason where the case says none', () => {
    const expected = { outcome: 'held', policies: ['baseline.caveat-is-read-by-a-person'] };
    const results = (reason: object): boolean[] =>
      testBundle(
        { baseline: baselineBundle(), nations: [] },
        readCases(fileOf({ ...SOUND, message: { handling: 'H3' }, expect: { ...expected, ...reason } })),
      ).map(({ passed }) => passed);
    expect([
      results({}),
      results({ reason: 'POLICY_REVIEW_REQUIRED' }),
      results({ reason: 'POLICY_FORBIDDEN' }),
    ]).toEqual([[true], [true], [false]]);
  });
});
