import { describe, expect, it } from 'vitest';
import { boundedNames, joinWithheld, withheldList } from '../../../services/core/policy/withheld-list.ts';
import { DataCategory, decisionCodec, Outcome } from '../../../services/core/wire/index.ts';

describe('withheldList', () => {
  it('has one entry for each category and set of names, in the order of the contract, without empty ones', () => {
    const list = withheldList();
    list.add(DataCategory.HEALTH, ['b'], [7, 2]);
    list.add(DataCategory.IDENTITY, ['a'], [5]);
    list.add(DataCategory.HEALTH, ['b'], [3]);
    list.add(DataCategory.HEALTH, [], [1]);
    list.add(DataCategory.CONTACT, ['a'], []);
    expect(list.list()).toEqual([
      { category: DataCategory.IDENTITY, policies: ['a'], parts: [5] },
      { category: DataCategory.HEALTH, policies: ['b'], parts: [2, 3, 7] },
      { category: DataCategory.HEALTH, policies: [], parts: [1] },
    ]);
  });

  it('joins the entries of a category rather than hold more than a decision may, and loses no part', () => {
    const list = withheldList();
    for (let i = 0; i < 400; i++) list.add(i % 2 === 0 ? DataCategory.HEALTH : DataCategory.CONTACT, [`th.p${i}`], [i]);
    const withheld = list.list();
    expect(withheld.map(({ category, policies, parts }) => [category, policies.length, parts.length])).toEqual([
      [DataCategory.CONTACT, 200, 200],
      [DataCategory.HEALTH, 200, 200],
    ]);
    const bytes = decisionCodec.encode({ outcome: Outcome.RELEASED, withheld });
    expect(decisionCodec.decode(bytes).withheld).toHaveLength(2);
  });
});

describe('withheldList, over the bytes of a ledger', () => {
  const name = (at: number): string => `th.${String(at).padStart(5, '0')}`.padEnd(80, 'x');
  const CATEGORIES = Object.values(DataCategory).filter((category) => category !== 0);

  it('keeps all names of each entry as long as there is room for them', () => {
    const list = withheldList();
    for (let entry = 0; entry < 4; entry++)
      list.add(
        DataCategory.HEALTH,
        Array.from({ length: 256 }, (_, at) => name(entry * 256 + at)),
        [entry],
      );
    expect(list.list().map(({ policies }) => policies.length)).toEqual([256, 256, 256, 256]);
    list.add(DataCategory.CONTACT, [name(0)], [4]);
    expect(list.list().map(({ category, policies, parts }) => [category, policies.length, parts])).toEqual([
      [DataCategory.CONTACT, 1, [4]],
      [DataCategory.HEALTH, 256, [0, 1, 2, 3]],
    ]);
  });

  it('fits a decision into a record whatever the names, and loses no part', () => {
    const list = withheldList();
    for (let entry = 0; entry < 400; entry++) {
      const category = CATEGORIES[entry % CATEGORIES.length] as DataCategory;
      list.add(
        category,
        Array.from({ length: 256 }, (_, at) => name(entry * 256 + at)),
        Array.from({ length: 20 }, (_, at) => entry * 20 + at),
      );
    }
    const withheld = list.list();
    expect(withheld.flatMap(({ parts }) => parts).sort((a, b) => a - b)).toEqual(
      Array.from({ length: 8000 }, (_, part) => part),
    );
    for (const { policies } of withheld) expect(policies.length).toBe(Math.floor(1024 / CATEGORIES.length));
    const bytes = decisionCodec.encode({ outcome: Outcome.HELD, withheld });
    expect(bytes.length).toBeLessThan(128 * 1024);
    expect(decisionCodec.decode(bytes).withheld).toEqual(withheld);
  });
});

describe('joinWithheld', () => {
  it('has what is withheld by either, within the bounds of one', () => {
    const lists = [0, 1].map((which) =>
      Array.from({ length: 60 }, (_, at) => ({
        category: DataCategory.HEALTH,
        policies: [`th.p${which}-${at}`],
        parts: [which * 60 + at],
      })),
    );
    const joined = joinWithheld(...lists);
    expect(joined.map(({ policies, parts }) => [policies.length, parts.length])).toEqual([[120, 120]]);
    expect(joinWithheld(lists[0] ?? [], [])).toEqual(lists[0]);
    expect(joinWithheld()).toEqual([]);
  });
});

describe('boundedNames', () => {
  it('gives as many different names as a decision holds', () => {
    const names = Array.from({ length: 600 }, (_, index) => `th.p${index % 300}`);
    const bounded = boundedNames(names);
    expect(new Set(bounded).size).toBe(256);
    expect(decisionCodec.decode(decisionCodec.encode({ policies: bounded })).policies).toHaveLength(256);
  });
});
