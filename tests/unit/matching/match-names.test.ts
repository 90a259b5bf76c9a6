import { describe, expect, it } from 'vitest';
import { isSameName, NAME_ALONE, NAME_WITH_BIRTH } from '../../../services/core/matching/match-names.ts';
import { nameForm } from '../../../services/core/matching/name-words.ts';
import { PEOPLE } from './people.ts';

const same = (one: string, other: string, limits = NAME_ALONE): boolean =>
  isSameName(nameForm(one), nameForm(other), limits);

/** Every pair of spellings of one person, and every pair of two persons' first spellings and of all their spellings. */
function measure(): {
  readonly missed: string[];
  readonly mixed: string[];
  readonly same: number;
  readonly other: number;
} {
  const missed: string[] = [];
  const mixed: string[] = [];
  let pairs = 0;
  let others = 0;
  PEOPLE.forEach((spellings, person) => {
    spellings.forEach((one, at) => {
      for (const other of spellings.slice(at + 1)) {
        pairs++;
        if (!same(one, other)) missed.push(`${one} | ${other}`);
      }
      for (const stranger of PEOPLE.slice(person + 1).flat()) {
        others++;
        if (same(one, stranger)) mixed.push(`${one} | ${stranger}`);
      }
    });
  });
  return { missed, mixed, same: pairs, other: others };
}

describe('isSameName', () => {
  it('finds nine in ten spellings of one person, and of what it finds nineteen in twenty are one person', () => {
    const found = measure();
    const right = found.same - found.missed.length;
    const recall = right / found.same;
    const precision = right / (right + found.mixed.length);
    expect(recall, found.missed.join('; ')).toBeGreaterThan(0.9);
    expect(precision, found.mixed.join('; ')).toBeGreaterThan(0.95);
    expect(found.other).toBeGreaterThan(10_000);
  });

  it.each([
    ['Somchai Jaidee', 'Jaidee Somchay'],
    ['Ms Porntip Sirivong', 'Pornthip Silivong'],
    ['Phong Savanh', 'Phongsavanh'],
    ['Mohamad Ali', 'Muhammad Aly'],
    ['ＳＯＭＣＨＡＩ　Jaidee', 'Somchai Jaidee'],
  ])('takes %s and %s for one name', (one, other) => {
    expect(same(one, other)).toBe(true);
    expect(same(other, one)).toBe(true);
  });

  it.each([
    ['Somchai Jaidee', 'Somchai'],
    ['Somchai Jaidee', 'Somsak Jaidee'],
    ['Chen Wei', 'Chan Wei'],
    ['Nguyen Van An', 'Nguyen Van Minh'],
    ['Zaw Min', 'Saw Min'],
    ['Phongsavan Keo', 'Phonsavan Keo'],
    ['Somchai Somchai', 'Somchai Jaidee'],
    ['Aung Aung', 'Aung Min'],
    ['Somchai', 'Somchai Jaidee Wongsa Phommachanh'],
    ['', ''],
    ['...', '---'],
  ])('does not take %s and %s for one name', (one, other) => {
    expect(same(one, other)).toBe(false);
    expect(same(other, one)).toBe(false);
  });

  it('lets names with the same consonants differ more where a date of birth agrees', () => {
    expect(same('Chan Wei', 'Chen Wei')).toBe(false);
    expect(same('Chan Wei', 'Chen Wei', NAME_WITH_BIRTH)).toBe(true);
  });
});
