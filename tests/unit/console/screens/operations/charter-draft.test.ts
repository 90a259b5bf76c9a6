import { describe, expect, it } from 'vitest';
import {
  type CharterGround,
  candidates,
  charterFaults,
  charterGrounds,
  charterOf,
  membersOf,
  shortName,
  startCharter,
  stepOf,
  usualQuorum,
  withDrill,
  withMember,
  withMemberAs,
} from '../../../../../services/console/src/screens/operations/charter-draft.ts';
import { charterIn } from '../../../../../services/console/src/screens/operations/read-charter.ts';
import { LA, MM, TH } from './fixtures.ts';

const NOW = Date.parse('2026-11-22T18:00:30Z');
const article = (id: string, more: object = {}) =>
  ({
    id,
    text: '',
    kinds: ['MESSAGE_KIND_OPERATION_CHARTER'],
    crimeAreas: ['CRIME_AREA_DRUGS'],
    dataCategories: ['DATA_CATEGORY_CORE', 'DATA_CATEGORY_IDENTITY', 'DATA_CATEGORY_HEALTH', 'DATA_CATEGORY_LOCATION'],
    purposes: ['PURPOSE_INVESTIGATION', 'PURPOSE_PROSECUTION'],
    handlingCeiling: 'HANDLING_CODE_H2',
    retentionDays: 365,
    ...more,
  }) as unknown as CharterGround['articles'][number];
const drills = article('2', {
  drills: true,
  dataCategories: ['DATA_CATEGORY_CORE', 'DATA_CATEGORY_LOCATION'],
  handlingCeiling: 'HANDLING_CODE_H1',
  retentionDays: 14,
});
const GROUND: CharterGround = { id: 'mou', title: 'MOU', offices: [LA, MM], articles: [article('1'), drills] };

const complete = () => {
  const charter = {
    ...startCharter(TH, GROUND, NOW),
    id: 'naga',
    name: 'Naga',
    aim: 'Boats',
    crimeAreas: ['CRIME_AREA_DRUGS'],
  };
  return withMember(charter, LA, true);
};
const faultsOf = (charter: Parameters<typeof charterFaults>[0]) =>
  charterFaults(charter, GROUND).map(({ field }) => field);

describe('charterGrounds', () => {
  const installed = (more: object = {}, current = true) =>
    ({
      current,
      agreement: {
        id: 'mou',
        title: 'MOU',
        parties: [{ offices: [TH] }, { offices: [LA, 'la-other'] }],
        articles: [article('1'), article('3', { kinds: ['MESSAGE_KIND_ALERT'] })],
        ...more,
      },
    }) as never;

  it('are those in force that name this office and let charters cross', () => {
    expect(charterGrounds([installed()], TH)).toMatchObject([
      { id: 'mou', offices: [LA, 'la-other'], articles: [{ id: '1' }] },
    ]);
    expect(charterGrounds([installed({}, false)], TH)).toEqual([]);
    expect(charterGrounds([installed()], MM)).toEqual([]);
    expect(charterGrounds([installed({ articles: [] })], TH)).toEqual([]);
  });

  it('offer as members those to whom there is a line', () => {
    expect(candidates({ offices: [MM, LA] }, [LA, 'th-mae-sai'])).toEqual([LA]);
  });
});

describe('startCharter', () => {
  it('is led by this office, for a week, and asks for no more data than most need', () => {
    const charter = charterOf(startCharter(TH, GROUND, NOW));
    expect(charter.members).toEqual([{ office: TH, role: 'OPERATION_ROLE_LEAD' }]);
    expect([charter.starts, charter.ends]).toEqual(['2026-11-22T18:00:00.000Z', '2026-11-29T18:00:00.000Z']);
    expect(charter.dataCategories).toEqual(['DATA_CATEGORY_CORE', 'DATA_CATEGORY_IDENTITY', 'DATA_CATEGORY_LOCATION']);
    expect(charter.purposes).toEqual(['PURPOSE_INVESTIGATION']);
    expect(charter.retentionDays).toBe(30);
  });
});

describe('withMember', () => {
  it('lets the quorum follow while it is the usual one', () => {
    const three = withMember(complete(), MM, true);
    expect(three['quorum']).toBe(3);
    expect(withMember(three, MM, false)['quorum']).toBe(2);
    expect(withMember({ ...three, quorum: 2 }, 'vn-lao-bao', true)['quorum']).toBe(2);
    expect([2, 3, 4, 5, 12].map(usualQuorum)).toEqual([2, 3, 3, 3, 7]);
  });

  it('gives a limited member a list with the core, and takes it from any other', () => {
    const [, member] = membersOf(complete());
    const limited = withMemberAs(complete(), { ...member, office: LA, role: 'OPERATION_ROLE_LIMITED' });
    expect(membersOf(limited)[1]).toMatchObject({ dataCategories: ['DATA_CATEGORY_CORE'] });
    const again = withMemberAs(limited, {
      ...(membersOf(limited)[1] as never as object),
      role: 'OPERATION_ROLE_OBSERVER',
    } as never);
    expect(membersOf(again)[1]).toEqual({ office: LA, role: 'OPERATION_ROLE_OBSERVER' });
  });
});

describe('withDrill', () => {
  it('keeps of the terms what the article on exercises allows', () => {
    const drill = withDrill(complete(), GROUND, true);
    expect(drill).toMatchObject({
      drill: true,
      dataCategories: ['DATA_CATEGORY_CORE', 'DATA_CATEGORY_LOCATION'],
      handlingCeiling: 'HANDLING_CODE_H1',
      retentionDays: 14,
      lawfulBasisReference: '2',
    });
    expect(faultsOf(drill)).toEqual([]);
    expect(withDrill(drill, GROUND, false)).not.toHaveProperty('drill');
  });
});

describe('charterFaults', () => {
  it('finds nothing in a charter within its agreement', () => {
    expect(faultsOf(complete())).toEqual([]);
  });

  it.each([
    ['an id that is no address', { id: 'Naga 1' }, 'charter.id'],
    ['a quorum that cannot be reached', { quorum: 5 }, 'charter.quorum'],
    ['an end before the beginning', { ends: '2026-11-20T00:00:00Z' }, 'charter.ends'],
    ['no core', { dataCategories: ['DATA_CATEGORY_LOCATION'] }, 'charter.dataCategories'],
    [
      'a kind of data that the agreement does not name',
      { dataCategories: ['DATA_CATEGORY_CORE', 'DATA_CATEGORY_VICTIM'] },
      'charter.dataCategories',
    ],
    ['a purpose that the agreement does not name', { purposes: ['PURPOSE_BORDER_CONTROL'] }, 'charter.purposes'],
    ['a crime area that the agreement does not name', { crimeAreas: ['CRIME_AREA_TIMBER'] }, 'charter.crimeAreas'],
    ['a ceiling above the agreement', { handlingCeiling: 'HANDLING_CODE_H3' }, 'charter.handlingCeiling'],
    ['keeping longer than the agreement', { retentionDays: 366 }, 'charter.retentionDays'],
    ['no aim', { aim: '' }, 'charter.aim'],
  ])('finds %s', (_, change, field) => {
    expect(faultsOf({ ...complete(), ...change })).toEqual([field]);
  });

  it('finds nobody else, and two of one nation', () => {
    expect(faultsOf(withMember({ ...complete(), quorum: 2 }, LA, false))).toContain('charter.members');
    expect(faultsOf(withMember(complete(), 'la-other', true))).toEqual(['charter.members']);
  });

  it('finds an exercise under an agreement that allows none', () => {
    const without = { ...GROUND, articles: [article('1')] };
    expect(charterFaults({ ...complete(), drill: true }, without).map(({ field }) => field)).toEqual(['charter.drill']);
  });
});

describe('stepOf', () => {
  it('leads to the step that shows the field', () => {
    expect([stepOf('charter.aim'), stepOf('charter.members[1].role'), stepOf('charter.ends'), stepOf('else')]).toEqual([
      0, 1, 3, 4,
    ]);
  });
});

describe('shortName', () => {
  it('is made of the letters and digits of a name; of a name in another script it is the day', () => {
    expect(shortName('  Opération Naga, 2026! ', NOW)).toBe('operation-naga-2026');
    expect(shortName('ปฏิบัติการ', NOW)).toBe('operation-2026-11-22');
    expect(shortName(`${'a'.repeat(39)} b`, NOW)).toBe('a'.repeat(39));
  });
});

describe('charterIn', () => {
  const payload = (text: string) => Buffer.from(text, 'utf8').toString('base64url');
  it('reads the text of a signed document, and takes anything else for none', () => {
    const document = { payload: payload(JSON.stringify({ id: 'naga', name: 'ນາກ', members: [] })), signatures: [] };
    expect(charterIn(document)).toMatchObject({ id: 'naga', name: 'ນາກ' });
    for (const other of [
      null,
      {},
      { payload: 1 },
      { payload: '%' },
      { payload: payload('{}') },
      { payload: payload('x') },
    ])
      expect(charterIn(other)).toBeUndefined();
  });
});
