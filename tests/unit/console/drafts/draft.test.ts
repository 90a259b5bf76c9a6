import { describe, expect, it } from 'vitest';
import {
  type Draft,
  newestFirst,
  ownerOf,
  randomName,
  titleOf,
} from '../../../../services/console/src/drafts/draft.ts';
import { TEXT_FORMATS } from '../../../../services/console/src/forms/text-formats.ts';

describe('titleOf', () => {
  it('is the headline, else the first line of what is said, else nothing', () => {
    expect(titleOf({ alert: { narrative: 'Long\ntext', headline: ' Grey pick-up ' } })).toBe('Grey pick-up');
    expect(titleOf({ request: { text: 'First line\nsecond' } })).toBe('First line');
    expect(titleOf({ alert: { headline: '  ' } })).toBe('');
  });

  it('is short, and cuts no character in two', () => {
    expect(titleOf({ alert: { headline: '𠮷'.repeat(100) } })).toBe(`${'𠮷'.repeat(80)}…`);
  });
});

describe('newestFirst', () => {
  it('puts what was written last first, and changes nothing', () => {
    const draft = (id: string, savedMs: number): Draft => ({
      id,
      owner: 'o',
      template: 't',
      value: {},
      key: 'k',
      title: '',
      savedMs,
    });
    const drafts = [draft('a', 1), draft('b', 3), draft('c', 2)];
    expect(newestFirst(drafts).map(({ id }) => id)).toEqual(['b', 'c', 'a']);
    expect(drafts[0]?.id).toBe('a');
  });
});

describe('ownerOf', () => {
  it('keeps officers of the same name at two offices apart', () => {
    expect(ownerOf('th-a', 'desk')).not.toBe(ownerOf('la-b', 'desk'));
  });
});

describe('randomName', () => {
  it('is new each time and fit for a key of a submission', () => {
    const names = Array.from({ length: 50 }, randomName);
    expect(new Set(names).size).toBe(50);
    for (const name of names)
      expect(`console-${name}`).toMatch(TEXT_FORMATS['STRING_FORMAT_REFERENCE']?.pattern as RegExp);
  });
});
