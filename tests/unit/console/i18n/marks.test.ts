import { describe, expect, it } from 'vitest';
import { leadingIn, listedIn } from '../../../../services/console/src/i18n/marks.ts';

describe('listedIn', () => {
  it.each([
    ['en', ['Drugs', 'Timber', 'Wildlife'], 'Drugs, Timber, Wildlife'],
    ['km', ['ថៃ', 'ឡាវ'], 'ថៃ, ឡាវ'],
    ['my', ['ထိုင်း', 'လာအို', 'မြန်မာ'], 'ထိုင်း၊ လာအို၊ မြန်မာ'],
    ['zh', ['泰国', '老挝'], '泰国、老挝'],
  ])('writes the comma of %s', (tag, texts, text) => {
    expect(listedIn(tag, texts)).toBe(text);
  });

  it('keeps the Latin comma after the name of an office, which a Burmese one would seem to lengthen', () => {
    expect(listedIn('my', ['la-houayxay', 'ထိုင်း', 'mm-tachileik'])).toBe('la-houayxay, ထိုင်း၊ mm-tachileik');
    expect(listedIn('zh', ['la-houayxay', 'mm-tachileik'])).toBe('la-houayxay、mm-tachileik');
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

  it('keeps the Latin colon after Latin letters and digits in Burmese', () => {
    expect(leadingIn('my', 'la-houayxay')).toBe('la-houayxay: ');
    expect(leadingIn('my', 'ပို့စ် 1')).toBe('ပို့စ် 1: ');
    expect(leadingIn('km', 'កម្មវត្ថុទី 1')).toBe('កម្មវត្ថុទី 1៖ ');
  });
});
