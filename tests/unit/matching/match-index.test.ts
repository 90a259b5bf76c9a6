import { describe, expect, it } from 'vitest';
import { isMatch, isSearchable, matchIndex, traitsOf } from '../../../services/core/matching/index.ts';
import { type Subject, subjectCodec } from '../../../services/core/wire/index.ts';

const subject = (init: Parameters<typeof subjectCodec.encode>[0]): Subject =>
  subjectCodec.decode(subjectCodec.encode(init));
const person = (init: object): ReturnType<typeof traitsOf> => traitsOf(subject({ role: 1, person: init }));
const born = (year: number, month = 0, day = 0) => ({ dateOfBirth: { year, month, day } });

describe('isMatch', () => {
  it('needs two words of a name, or one word and two whole dates that agree', () => {
    const one = { givenNames: 'Somchai' };
    expect(isMatch(person(one), person(one))).toBe(false);
    expect(isMatch(person({ ...one, ...born(1988, 4, 12) }), person({ ...one, ...born(1988, 4, 12) }))).toBe(true);
    expect(isMatch(person({ ...one, ...born(1988, 4, 12) }), person({ ...one, ...born(1988) }))).toBe(false);
    const two = { givenNames: 'Somchai', familyName: 'Jaidee' };
    expect(isMatch(person(two), person({ ...two, ...born(1988) }))).toBe(true);
    expect(isMatch(person(two), person(one))).toBe(false);
  });

  it('takes a date of birth against a name, never against an identifier', () => {
    const name = { givenNames: 'Somchai', familyName: 'Jaidee' };
    const passport = { documents: [{ documentType: 1, number: 'AA1234567' }] };
    expect(isMatch(person({ ...name, ...born(1988, 4) }), person({ ...name, ...born(1988, 5) }))).toBe(false);
    expect(isMatch(person({ ...name, ...born(1988, 4) }), person({ ...name, ...born(1988, 4, 9) }))).toBe(true);
    expect(isMatch(person({ ...passport, ...born(1988) }), person({ ...passport, ...born(1990) }))).toBe(true);
  });

  it('looks at aliases, the original script, holders and keepers', () => {
    const wanted = person({ givenNames: 'Somchai', familyName: 'Jaidee' });
    expect(isMatch(wanted, person({ familyName: 'X', aliases: ['Jaidee Somchay'] }))).toBe(true);
    expect(isMatch(wanted, person({ nameInOriginalScript: 'สมชาย ใจดี' }))).toBe(true);
    expect(isMatch(wanted, traitsOf(subject({ role: 6, vehicle: { keeperName: 'Somchai Jaidee' } })))).toBe(true);
  });
});

describe('isSearchable', () => {
  it('wants more than a description, a given name or half a number', () => {
    expect(isSearchable(person({ description: 'tall' }))).toBe(false);
    expect(isSearchable(person({ givenNames: 'Somchai' }))).toBe(false);
    expect(isSearchable(person({ givenNames: 'Somchai', ...born(1988) }))).toBe(false);
    expect(isSearchable(person({ documents: [{ documentType: 1, number: 'A1' }] }))).toBe(false);
    expect(isSearchable(person({ givenNames: 'Somchai', ...born(1988, 4, 12) }))).toBe(true);
    expect(isSearchable(person({ givenNames: 'Somchai', familyName: 'Jaidee' }))).toBe(true);
    expect(isSearchable(traitsOf(subject({ role: 6, route: { name: 'the old bridge' } })))).toBe(false);
    expect(isSearchable(traitsOf(subject({ role: 6, vessel: { imoNumber: '9074729' } })))).toBe(true);
  });
});

describe('matchIndex', () => {
  const ids = (items: readonly { readonly id: string }[]): string[] => items.map(({ id }) => id).toSorted();
  const plate = (registration: string) => traitsOf(subject({ role: 6, vehicle: { registration } }));

  it('finds what was added, until it is removed', () => {
    const index = matchIndex<{ id: string }>(100);
    index.add({ id: 'a' }, [plate('กข 1234')]);
    index.add({ id: 'b' }, [plate('กข 1234'), plate('XY 99')]);
    expect(ids(index.find(plate('กข๑๒๓๔')))).toEqual(['a', 'b']);
    index.remove('a');
    expect(ids(index.find(plate('กข1234')))).toEqual(['b']);
    index.remove('b');
    expect(ids(index.find(plate('กข1234')))).toEqual([]);
    expect(index.size()).toBe(0);
  });

  it('holds no more than it may: the oldest give way', () => {
    const index = matchIndex<{ id: string }>(10);
    for (let at = 0; at < 25; at++) index.add({ id: `m${at}` }, [plate(`AA ${1000 + at}`)]);
    expect(index.size()).toBe(10);
    expect(index.dropped()).toBe(15);
    expect(ids(index.find(plate('AA1014')))).toEqual([]);
    expect(ids(index.find(plate('AA1015')))).toEqual(['m15']);
  });

  it('finds a name that shares one word, however the others are spelled', () => {
    const index = matchIndex<{ id: string }>(100);
    index.add({ id: 'a' }, [person({ givenNames: 'Phongsavanh', familyName: 'Keo' })]);
    expect(ids(index.find(person({ givenNames: 'Phong Savan', familyName: 'Kaew' })))).toEqual(['a']);
  });

  it('gives up at once what many have in common', () => {
    const index = matchIndex<{ id: string }>(20_000);
    const one = person({ givenNames: 'Somchai', familyName: 'Phommachanh' });
    for (let at = 0; at < 20_000; at++) index.add({ id: `m${at}` }, [one]);
    const started = performance.now();
    for (let at = 0; at < 20_000; at++) index.remove(`m${at}`);
    expect(performance.now() - started).toBeLessThan(2_000);
    expect(index.find(one)).toEqual([]);
  });

  it('stays quick for names, numbers and signs of any size and kind', () => {
    const index = matchIndex<{ id: string }>(20_000);
    for (let at = 0; at < 10_000; at++)
      index.add({ id: `m${at}` }, [person({ givenNames: `Somchai${at % 50}`, familyName: `Nguyen${at % 7}` })]);
    const odd = ['(a+)+$', '\u0000', '𒈙'.repeat(120), 'A\u0301'.repeat(120), '﷽'.repeat(60), 'ก'.repeat(240)];
    const started = performance.now();
    for (const text of odd)
      index.find(person({ givenNames: text, familyName: text, aliases: Array.from({ length: 16 }, () => text) }));
    expect(performance.now() - started).toBeLessThan(2_000);
  });
});
