import { describe, expect, it } from 'vitest';
import { leadingIn, listedIn } from '../../../../services/console/src/i18n/marks.ts';

describe('listedIn', () => {
  it.each([
    ['en', 'a, b, c'],
    ['th', 'a, b, c'],
    ['my', 'a၊ b၊ c'],
    ['zh', 'a、b、c'],
  ])('writes the comma of %s', (tag, text) => {
    expect(listedIn(tag, ['a', 'b', 'c'])).toBe(text);
  });

  it('writes nothing for nothing', () => {
    expect(listedIn('my', [])).toBe('');
  });
});

describe('leadingIn', () => {
  it.each([
    ['en', 'Where', 'Where: '],
    ['lo', 'ສະຖານທີ່', 'ສະຖານທີ່: '],
    ['km', 'នៅឯណា', 'នៅឯណា៖ '],
    ['my', 'နေရာ', 'နေရာ- '],
    ['zh', '地点', '地点：'],
  ])('writes the colon of %s', (tag, label, text) => {
    expect(leadingIn(tag, label)).toBe(text);
  });

  it('keeps the Latin colon after the name of an office or a number', () => {
    expect(leadingIn('my', 'la-houayxay')).toBe('la-houayxay: ');
    expect(leadingIn('km', 'កម្មវត្ថុទី 1')).toBe('កម្មវត្ថុទី 1: ');
  });
});
