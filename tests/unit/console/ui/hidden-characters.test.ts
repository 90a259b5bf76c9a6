import { describe, expect, it } from 'vitest';
import { nameHidden, splitHidden } from '../../../../services/console/src/ui/hidden-characters.ts';

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

describe('nameHidden', () => {
  it('says in brackets what cannot be seen, and leaves the rest', () => {
    expect(nameHidden('a\u200Bb \u202Egnp.exe')).toBe('a[U+200B]b [U+202E]gnp.exe');
    expect(nameHidden('ประเทศ\u200Bไทย')).toBe('ประเทศ\u200Bไทย');
  });
});
