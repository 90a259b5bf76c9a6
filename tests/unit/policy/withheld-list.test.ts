import { describe, expect, it } from 'vitest';
import { boundedNames, withheldList } from '../../../services/core/policy/withheld-list.ts';
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

describe('boundedNames', () => {
  it('gives as many different names as a decision holds', () => {
    const names = Array.from({ length: 600 }, (_, index) => `th.p${index % 300}`);
    const bounded = boundedNames(names);
    expect(new Set(bounded).size).toBe(256);
    expect(decisionCodec.decode(decisionCodec.encode({ policies: bounded })).policies).toHaveLength(256);
  });
});
