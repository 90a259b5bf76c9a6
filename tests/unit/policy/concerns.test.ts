import { describe, expect, it } from 'vitest';
import { concernsOfSubjects, isUnderAge, unionOf } from '../../../services/core/policy/concerns.ts';
import {
  AgeGroup,
  type Alert,
  CrimeArea,
  type Init,
  ProtectionStatus,
  SubjectRole,
  VictimStatus,
} from '../../../services/core/wire/index.ts';
import { alert, NOW } from './fixtures.ts';

type SubjectInit = Init<Alert['subjects'][number]>;

const CHILD: SubjectInit = { label: 'P1', role: SubjectRole.OTHER, person: { ageGroup: AgeGroup.MINOR } };

function concernsOf(...subjects: SubjectInit[]): (readonly string[])[] {
  return concernsOfSubjects(alert({ subjects }).subjects, NOW).map(({ concerns }) => concerns);
}

function concernsOfPerson(
  person: NonNullable<SubjectInit['person']>,
  role: SubjectRole = SubjectRole.OTHER,
): readonly string[] {
  return concernsOf({ role, person })[0] ?? [];
}

describe('isUnderAge', () => {
  const at = (text: string): number => Date.parse(text);

  it('protects until the eighteenth birthday has begun everywhere on earth', () => {
    const born = { year: 2008, month: 3, day: 1 };
    expect(isUnderAge(born, at('2026-03-01T11:59:59.999Z'))).toBe(true);
    expect(isUnderAge(born, at('2026-03-01T12:00:00Z'))).toBe(false);
  });

  it('takes the last day of a month or year whose day or month is not known', () => {
    expect(isUnderAge({ year: 2008, month: 3, day: 0 }, at('2026-03-30T00:00:00Z'))).toBe(true);
    expect(isUnderAge({ year: 2008, month: 3, day: 0 }, at('2026-04-01T00:00:00Z'))).toBe(false);
    expect(isUnderAge({ year: 2008, month: 0, day: 0 }, at('2026-12-30T00:00:00Z'))).toBe(true);
    expect(isUnderAge({ year: 2008, month: 0, day: 0 }, at('2027-01-01T00:00:00Z'))).toBe(false);
  });

  it('knows nothing from a date without a year', () => {
    expect(isUnderAge({ year: 0, month: 3, day: 1 }, at('2026-03-01T00:00:00Z'))).toBe(false);
  });
});

describe('concernsOfSubjects', () => {
  it('leaves unknown what is unknown', () => {
    expect(concernsOfPerson({ familyName: 'Doe' })).toEqual([]);
  });

  it.each([
    ['a stated minor', { ageGroup: AgeGroup.MINOR }, ['minor']],
    ['a presumed minor', { ageGroup: AgeGroup.PRESUMED_MINOR }, ['minor']],
    [
      'a date of birth that contradicts the stated age',
      { ageGroup: AgeGroup.ADULT, dateOfBirth: { year: 2015, month: 1, day: 1 } },
      ['minor'],
    ],
    ['an adult', { ageGroup: AgeGroup.ADULT }, []],
    ['a possible victim', { victimStatus: VictimStatus.POSSIBLE }, ['victim']],
    ['a victim of something', { victimOf: [CrimeArea.TRAFFICKING_FORCED_LABOUR] }, ['victim']],
    [
      'a refugee of known origin',
      { protectionStatus: ProtectionStatus.REFUGEE, protectionSoughtFrom: ['MM'] },
      ['protected'],
    ],
    ['somebody who only names the state', { protectionSoughtFrom: ['MM'] }, ['protected']],
    [
      'a stateless person of unknown origin',
      { protectionStatus: ProtectionStatus.STATELESS },
      ['protected', 'protected_from_unknown'],
    ],
    [
      'witness protection',
      { protectionStatus: ProtectionStatus.WITNESS_PROTECTION, protectionSoughtFrom: ['TH'] },
      ['protected', 'source'],
    ],
  ] as const)('%s', (_, person, expected) => {
    expect(concernsOfPerson(person)).toEqual(expected);
  });

  it('takes the role for what it says', () => {
    expect(concernsOfPerson({ familyName: 'Doe' }, SubjectRole.POSSIBLE_VICTIM)).toEqual(['victim']);
    expect(concernsOfPerson({ familyName: 'Doe' }, SubjectRole.WITNESS)).toEqual(['source']);
  });

  it("takes the person's own states where none is named to be protected from", () => {
    const [refugee] = concernsOfSubjects(
      alert({
        subjects: [
          { role: 1, person: { nationalities: ['MM', 'BD', 'MM'], protectionStatus: ProtectionStatus.REFUGEE } },
        ],
      }).subjects,
      NOW,
    );
    expect(refugee?.protectedFrom).toEqual(['BD', 'MM']);
  });

  it('does not take for a state what has not the form of one, and then knows that it does not know', () => {
    const [refugee] = concernsOfSubjects(
      alert({ subjects: [{ role: 1, person: { nationalities: ['mm|x'], protectionSoughtFrom: ['MM', 'L;A'] } }] })
        .subjects,
      NOW,
    );
    expect(refugee).toMatchObject({
      protectedFrom: ['MM'],
      nationalities: [],
      concerns: ['protected', 'protected_from_unknown'],
    });
  });

  it('gives a thing the concerns of the person it belongs to, whichever of the two names the other', () => {
    const document: SubjectInit = { label: 'D1', role: SubjectRole.OBJECT, travelDocument: { documentType: 1 } };
    expect(concernsOf(CHILD, { ...document, relatedTo: ['P1'] })).toEqual([['minor'], ['minor']]);
    expect(concernsOf({ ...CHILD, relatedTo: ['D1'] }, document)).toEqual([['minor'], ['minor']]);
    expect(concernsOf(CHILD, document)).toEqual([['minor'], []]);
  });

  it('goes on through things, in whatever order they stand', () => {
    const vehicle: SubjectInit = {
      label: 'V1',
      role: SubjectRole.MEANS,
      relatedTo: ['D1'],
      vehicle: { vehicleType: 1 },
    };
    const document: SubjectInit = {
      label: 'D1',
      role: SubjectRole.OBJECT,
      relatedTo: ['P1'],
      travelDocument: { documentType: 1 },
    };
    expect(concernsOf(vehicle, document, CHILD)).toEqual([['minor'], ['minor'], ['minor']]);
  });

  it("does not go on through persons: who travels with a child is not a child, nor is their passport a child's", () => {
    const adult: SubjectInit = {
      label: 'P2',
      role: SubjectRole.SUSPECT,
      relatedTo: ['P1'],
      person: { familyName: 'Doe' },
    };
    const passport: SubjectInit = {
      label: 'D2',
      role: SubjectRole.OBJECT,
      relatedTo: ['P2'],
      travelDocument: { documentType: 1 },
    };
    expect(concernsOf(CHILD, adult, passport)).toEqual([['minor'], [], []]);
  });

  it('gives a thing that several persons share the concerns of all', () => {
    const victim: SubjectInit = { label: 'P2', role: SubjectRole.POSSIBLE_VICTIM, person: { familyName: 'Doe' } };
    expect(
      concernsOf(CHILD, victim, {
        label: 'V1',
        role: SubjectRole.MEANS,
        relatedTo: ['P1', 'P2'],
        vehicle: { vehicleType: 1 },
      })[2],
    ).toEqual(['minor', 'victim']);
  });

  it('stays with subjects that name themselves, nobody, or a label that several have', () => {
    const twin: SubjectInit = {
      label: 'P1',
      role: SubjectRole.OTHER,
      person: { victimStatus: VictimStatus.IDENTIFIED },
    };
    const vehicle: SubjectInit = {
      label: 'V1',
      role: SubjectRole.MEANS,
      relatedTo: ['V1', 'nobody', 'P1'],
      vehicle: { vehicleType: 1 },
    };
    expect(concernsOf(CHILD, twin, vehicle)[2]).toEqual(['minor', 'victim']);
  });
});

describe('unionOf', () => {
  it('has everything that any of them has, once and in order', () => {
    const all = concernsOfSubjects(
      alert({
        subjects: [
          { role: 1, person: { victimStatus: 1, nationalities: ['TH'] } },
          { role: 1, person: { ageGroup: 2, protectionSoughtFrom: ['MM'], nationalities: ['LA', 'TH'] } },
        ],
      }).subjects,
      NOW,
    );
    expect(unionOf(all)).toEqual({
      concerns: ['minor', 'victim', 'protected'],
      protectedFrom: ['MM'],
      nationalities: ['LA', 'TH'],
      key: 'minor,victim,protected;MM',
      nationalitiesKey: 'LA,TH',
    });
  });
});
