import {
  AgeGroup,
  type Date as CalendarDate,
  type Person,
  ProtectionStatus,
  type Subject,
  SubjectRole,
  VictimStatus,
} from '../wire/index.ts';
import { CONCERNS, type Concern } from './vocabulary.ts';

/** What a gate knows of the people whom a part of a message may give away. */
export interface Concerned {
  /** In the order of CONCERNS. */
  readonly concerns: readonly Concern[];
  /** States from which protection is sought; sorted. */
  readonly protectedFrom: readonly string[];
  /** Of the persons concerned, as far as known; sorted. */
  readonly nationalities: readonly string[];
  /** Equal exactly where concerns and states are equal; holds letters, `_`, `,` and `;` only. */
  readonly key: string;
  /** Equal exactly where the nationalities are equal; holds letters and `,` only. */
  readonly nationalitiesKey: string;
}

/** Nobody in need of care, as far as is known. */
export const NOBODY: Concerned = { concerns: [], protectedFrom: [], nationalities: [], key: '', nationalitiesKey: '' };

function concerned(
  concerns: readonly Concern[],
  protectedFrom: Iterable<string>,
  nationalities: Iterable<string>,
): Concerned {
  const states = sorted(protectedFrom);
  const nations = sorted(nationalities);
  if (concerns.length === 0 && states.length === 0 && nations.length === 0) return NOBODY;
  return {
    concerns,
    protectedFrom: states,
    nationalities: nations,
    key: concerns.length === 0 ? '' : `${concerns.join(',')};${states.join(',')}`,
    nationalitiesKey: nations.join(','),
  };
}

const ADULT_AGE_YEARS = 18;

/**
 * Whether somebody born on that date was under 18 at `atMs`. Where month or day is not known, and in the hours in which
 * the date differs around the world, the answer is the one that protects.
 */
export function isUnderAge(born: CalendarDate, atMs: number): boolean {
  if (born.year === 0) return false;
  const month = born.month === 0 ? 12 : born.month;
  const day = born.day === 0 ? 31 : born.day;
  const comesOfAge = Date.UTC(born.year + ADULT_AGE_YEARS, month - 1, day);
  // At UTC-12 the day begins twelve hours later than in UTC.
  return atMs < comesOfAge + 12 * 3_600_000;
}

function concernsOfPerson(person: Person, role: SubjectRole, createdMs: number): Concerned {
  const concerns: Concern[] = [];
  const statedMinor = person.ageGroup === AgeGroup.MINOR || person.ageGroup === AgeGroup.PRESUMED_MINOR;
  if (statedMinor || (person.dateOfBirth !== null && isUnderAge(person.dateOfBirth, createdMs))) concerns.push('minor');
  if (
    role === SubjectRole.POSSIBLE_VICTIM ||
    person.victimStatus !== VictimStatus.UNSPECIFIED ||
    person.victimOf.length > 0
  )
    concerns.push('victim');
  const nationalities = person.nationalities.filter(isNation);
  const seeksProtection =
    person.protectionStatus !== ProtectionStatus.UNSPECIFIED || person.protectionSoughtFrom.length > 0;
  const statedFrom = !seeksProtection
    ? []
    : person.protectionSoughtFrom.length > 0
      ? person.protectionSoughtFrom
      : person.nationalities;
  const protectedFrom = statedFrom.filter(isNation);
  if (seeksProtection) concerns.push('protected');
  if (seeksProtection && (protectedFrom.length === 0 || protectedFrom.length < statedFrom.length))
    concerns.push('protected_from_unknown');
  if (role === SubjectRole.WITNESS || person.protectionStatus === ProtectionStatus.WITNESS_PROTECTION)
    concerns.push('source');
  return concerned(concerns, protectedFrom, nationalities);
}

/** What a peer wrote is no nation until it has the form of one. */
function isNation(text: string): boolean {
  return /^[A-Z]{2}$/.test(text);
}

function sorted(values: Iterable<string>): readonly string[] {
  return [...new Set(values)].sort();
}

/** Everything that is said of any of them. */
export function unionOf(all: readonly Concerned[]): Concerned {
  const some = all.filter((one) => one !== NOBODY);
  if (some.length <= 1) return some[0] ?? NOBODY;
  const found = new Set(some.flatMap((one) => one.concerns));
  return concerned(
    CONCERNS.filter((concern) => found.has(concern)),
    some.flatMap((one) => one.protectedFrom),
    some.flatMap((one) => one.nationalities),
  );
}

/** Who belongs together, by the labels with which subjects refer to each other; either may name the other. */
function linksBetween(subjects: readonly Subject[]): readonly (readonly number[])[] {
  const links: number[][] = subjects.map(() => []);
  const byLabel = new Map<string, number[]>();
  subjects.forEach((subject, index) => {
    if (subject.label !== '') byLabel.set(subject.label, [...(byLabel.get(subject.label) ?? []), index]);
  });
  subjects.forEach((subject, index) => {
    for (const label of subject.relatedTo) {
      for (const other of byLabel.get(label) ?? []) {
        links[index]?.push(other);
        links[other]?.push(index);
      }
    }
  });
  return links;
}

/**
 * What each of these subjects may give away, in the order of the subjects. A person stands for themselves: whoever
 * travels with a child is not a child. Everything else takes over what is said of the persons it is related to, directly
 * or through other things, for a document or vehicle leads to its holder.
 */
export function concernsOfSubjects(subjects: readonly Subject[], createdMs: number): readonly Concerned[] {
  const own = subjects.map(({ person, role }) =>
    person === null ? undefined : concernsOfPerson(person, role, createdMs),
  );
  if (!own.some((one) => one !== undefined)) return subjects.map(() => NOBODY);
  const links = linksBetween(subjects);
  const groups = new Map<number, Concerned>();
  const groupOf = (start: number): Concerned => {
    const things = [start];
    const seen = new Set(things);
    const persons = new Set<Concerned>();
    for (let at = 0; at < things.length; at++) {
      for (const other of links[things[at] as number] ?? []) {
        const person = own[other];
        if (person !== undefined) persons.add(person);
        else if (!seen.has(other)) {
          seen.add(other);
          things.push(other);
        }
      }
    }
    const union = unionOf([...persons]);
    for (const thing of things) groups.set(thing, union);
    return union;
  };
  return subjects.map((_, index) => own[index] ?? groups.get(index) ?? groupOf(index));
}
