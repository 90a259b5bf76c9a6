import { describe, expect, it } from 'vitest';
import { nameHidden, splitHidden } from '../../../../services/console/src/ui/hidden-characters.ts';
import { lineFault } from '../../../../services/console/src/ui/line-fault.ts';
import * as office from '../../../../services/core/foundation/index.ts';

const hidden = (text: string) => splitHidden(text).flatMap((piece) => (piece.kind === 'hidden' ? [piece.name] : []));

describe('splitHidden', () => {
  it.each([
    ['a turned direction', 'abc\u202Etxt.exe', ['U+202E']],
    ['an isolate', '\u2066a\u2069', ['U+2066', 'U+2069']],
    ['a zero-width space between Latin letters', 'a\u200Bb', ['U+200B']],
    ['a soft hyphen', 'a\u00ADb', ['U+00AD']],
    ['a byte-order mark', '\uFEFFa', ['U+FEFF']],
    ['an escape', '\u001b[31m', ['U+001B']],
    ['a blank that is a letter', 'a\u3164b', ['U+3164']],
    ['a line separator', 'a\u2028b', ['U+2028']],
    ['a lone surrogate', 'a\uD800', ['U+D800']],
    ['tag letters', 'a\u{E0061}', ['U+E0061']],
  ])('shows %s', (_, text, names) => {
    expect(hidden(text)).toEqual(names);
  });

  it.each([
    ['Lao', 'ປ້ອມ\u200Bຍາມ'],
    ['Khmer', 'កម្ពុជា\u200Bនិង'],
    ['Burmese', 'မြန်မာ\u200Bနိုင်ငံ'],
    ['Thai', 'ประเทศ\u200Bไทย'],
    ['a family of emoji', '👩\u200D👧'],
    ['several lines and tabs', 'a\nb\tc\r\nd'],
  ])('leaves %s as it is written', (_, text) => {
    expect(hidden(text)).toEqual([]);
    expect(
      splitHidden(text)
        .map((piece) => (piece.kind === 'text' ? piece.text : ''))
        .join(''),
    ).toBe(text.replaceAll('\r\n', '\n'));
  });
});

describe('a pile of marks', () => {
  it.each([
    ['of no script', `a${'\u0336'.repeat(20)}b`, [`a${'\u0336'.repeat(3)}`, 'U+0336 ×17', 'b']],
    ['of Thai', `ก${'\u0e49'.repeat(7)}า`, [`ก${'\u0e49'.repeat(3)}`, 'U+0E49 ×4', 'า']],
    ['of another script', `က${'\u102d'.repeat(10)}`, [`က${'\u102d'.repeat(8)}`, 'U+102D ×2']],
  ])('%s is cut where it would reach over other lines', (_, text, shown) => {
    expect(splitHidden(text).map((piece) => (piece.kind === 'text' ? piece.text : piece.name))).toEqual(shown);
  });
});

describe('lineFault', () => {
  it.each([
    'ประเทศ\u200bไทย',
    'កម្ពុជា\u200b\u200b',
    'ខ្មែរ\u200b\u200b\u200b\u200b\u200b\u200b\u200bខ្មែរ',
    'က\u200dx',
    'a\u200bb',
    'a\u200eb',
    'a\u061cb',
    '\u0600123',
    'a\u00adb',
    'a\u{e0061}',
    'a\ue000',
    'a\ufffe',
    'a\u2800',
    'a\nb',
    `a${'\u0301'.repeat(4)}`,
    `a${'\u0301'.repeat(3)}`,
    `ก${'\u0e49'.repeat(3)}`,
    `ກ${'\u0ec9'.repeat(4)}`,
    `က${'\u102d'.repeat(8)}`,
    `က${'\u102d'.repeat(9)}`,
    '葛\u{e0100}',
    'a\ufe01\ufe02',
  ])('says of %j what the office says', (text) => {
    expect(lineFault(text)).toEqual(office.lineFault(text));
  });
});

describe('nameHidden', () => {
  it('says in brackets what cannot be seen, and leaves the rest', () => {
    expect(nameHidden('a\u200Bb \u202Egnp.exe')).toBe('a[U+200B]b [U+202E]gnp.exe');
    expect(nameHidden('ประเทศ\u200Bไทย')).toBe('ประเทศ\u200Bไทย');
  });
});
