import { describe, expect, it } from 'vitest';
import { categoriesIn } from '../../../../services/console/src/boards/categories-in.ts';

describe('categoriesIn', () => {
  it('names the categories of what is there, however deep, and of nothing else', () => {
    const alert = {
      crimeArea: 'CRIME_AREA_DRUGS',
      headline: 'Fast boat',
      sourceDescription: '',
      subjects: [{ label: 'P1', person: { familyName: 'Example', telephoneNumbers: ['+66 2 000 0000'] } }],
    };
    expect([...categoriesIn('Alert', alert)].sort()).toEqual([
      'DATA_CATEGORY_CONTACT',
      'DATA_CATEGORY_CORE',
      'DATA_CATEGORY_FREE_TEXT',
      'DATA_CATEGORY_IDENTITY',
    ]);
  });

  it('names none of what the contract does not know', () => {
    expect(categoriesIn('Alert', { gossip: 'x' }).size).toBe(0);
    expect(categoriesIn('Gossip', { headline: 'x' }).size).toBe(0);
    expect(categoriesIn('Alert', null).size).toBe(0);
  });
});
