import { describe, expect, it } from 'vitest';
import {
  type AgencyId,
  type Compartment,
  claimsOf,
  isAgencyId,
  maySee,
  type Principal,
  type PrincipalName,
} from '../../../services/core/access/index.ts';

const agency = (id: string, ...crimeAreas: string[]) => ({ id: id as AgencyId, name: id, crimeAreas });
const CLAIMS = claimsOf([
  agency('narcotics', 'CRIME_AREA_DRUGS', 'CRIME_AREA_PRECURSORS'),
  agency('border-police', 'CRIME_AREA_PEOPLE_SMUGGLING'),
  agency('customs', 'CRIME_AREA_PRECURSORS'),
]);
const of = (agencies: string[] | null): Principal => ({
  kind: agencies === null ? 'token' : 'session',
  id: '0123456789abcdef' as Principal['id'],
  role: 'officer',
  name: 'narcotics-desk' as PrincipalName,
  agencies: agencies as AgencyId[] | null,
});
const message = (more: Partial<Compartment> = {}): Compartment => ({
  crimeArea: 'CRIME_AREA_PEOPLE_SMUGGLING',
  flash: false,
  submittedBy: null,
  assignee: null,
  restrictedTo: [],
  ...more,
});

describe('maySee', () => {
  it.each<[string, boolean, string[] | null, Partial<Compartment>]>([
    ['what an agency of theirs claims', true, ['narcotics'], { crimeArea: 'CRIME_AREA_DRUGS' }],
    ['what another agency alone claims', false, ['narcotics'], {}],
    ['what several claim, one of theirs among them', true, ['customs'], { crimeArea: 'CRIME_AREA_PRECURSORS' }],
    ['what no agency claims', true, ['narcotics'], { crimeArea: 'CRIME_AREA_TIMBER' }],
    ['what has no crime area', true, ['narcotics'], { crimeArea: null }],
    ['what no agency claims, being of none', true, [], { crimeArea: 'CRIME_AREA_TIMBER' }],
    ['what an agency claims, being of none', false, [], {}],
    ['flash, whoever claims it', true, ['narcotics'], { flash: true }],
    ['flash that is restricted to others', true, ['narcotics'], { flash: true, restrictedTo: ['customs'] }],
    ['what they submitted', true, ['narcotics'], { submittedBy: 'narcotics-desk' }],
    ['what somebody else submitted', false, ['narcotics'], { submittedBy: 'border-desk' }],
    ['what they were given', true, ['narcotics'], { assignee: 'narcotics-desk' }],
    ['what somebody else was given', false, ['narcotics'], { assignee: 'border-desk' }],
    ['what is restricted to one of theirs', true, ['narcotics'], { restrictedTo: ['customs', 'narcotics'] }],
    [
      'what is restricted to others, though theirs claims it',
      false,
      ['narcotics'],
      { crimeArea: 'CRIME_AREA_DRUGS', restrictedTo: ['customs'] },
    ],
    [
      'what is restricted to others, though none claims it',
      false,
      ['narcotics'],
      { crimeArea: null, restrictedTo: ['customs'] },
    ],
    ['anything, where no compartment concerns them', true, null, { restrictedTo: ['customs'] }],
  ])('shows %s: %s', (_, seen, agencies, more) => {
    expect(maySee(of(agencies), message(more), CLAIMS)).toBe(seen);
  });
});

describe('isAgencyId', () => {
  it.each(['narcotics', 'a', 'border-police', '1st-unit', 'x'.repeat(32)])('takes %s', (id) => {
    expect(isAgencyId(id)).toBe(true);
  });

  it.each(['', '-a', 'A', 'a b', 'a_b', 'x'.repeat(33), 7])('refuses %j', (id) => {
    expect(isAgencyId(id)).toBe(false);
  });
});
