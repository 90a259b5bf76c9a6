import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { lineFault, ownLine } from '../../../services/core/foundation/index.ts';

const textsIn = (value: unknown): readonly string[] =>
  typeof value === 'string' ? [value] : Object.values(value as object).flatMap(textsIn);
const isLine = (text: string): boolean => ownLine(0, 500).test(text);

describe('lineFault', () => {
  it.each([
    ['Thai with marks above and below', 'ชุดปฏิบัติการพิเศษ กู้ภัย น้ำ ที่ปรึกษา'],
    ['Thai with parted words', 'ประเทศ\u200bไทย'],
    ['Lao', 'ຫ້ອງການ\u200bປະສານງານ ນ້ຳ ເຂົ້າ'],
    ['Khmer with parted words, one of them at the end', 'ព្រះរាជាណាចក្រ\u200bកម្ពុជា\u200b\u200b'],
    ['Khmer with a non-joiner within a syllable', 'ប៊\u200c\u17d2រេ'],
    ['Khmer beside a number', 'លេខ\u200b 12 \u200bថ្ងៃ'],
    ['Burmese with medials, asat and tone', 'ကျွန်ုပ်တို့၏ ညွှန်ကြားရေးမှူး မြွှေ့'],
    ['Burmese with parted words', 'မြန်မာ\u200bနိုင်ငံ'],
    ['Shan and Mon', 'ၵႂၢမ်းတႆး ဘာသာမန် ဂၞိဪ'],
    ['Vietnamese, its marks apart', 'Đường biên giới Việt'.normalize('NFD')],
    ['Chinese with a chosen form', '葛\u{e0100}城'],
    ['Arabic with vowels and a sign before a number', 'مُحَمَّد \u0600123'],
    ['Hindi with a joiner', 'क्\u200dष'],
    ['a family of emoji and a heart', '👩\u200d👧 ❤\ufe0f'],
    ['a transliteration', 'ā́ḹ̐ s̲ẖ'],
    ['an empty line', ''],
  ])('finds nothing in %s', (_, text) => {
    expect([lineFault(text), isLine(text)]).toEqual([undefined, true]);
  });

  it('finds nothing in what officers of nine languages read in the console', () => {
    const folder = resolve(import.meta.dirname, '../../../services/console/languages');
    const texts = readdirSync(folder)
      .filter((name) => name.endsWith('.json'))
      .flatMap((name) => textsIn(JSON.parse(readFileSync(join(folder, name), 'utf8'))));
    expect(texts.length).toBeGreaterThan(20_000);
    expect(texts.filter((text) => lineFault(text) !== undefined)).toEqual([]);
  });

  it.each([
    ['a zero-width space between Latin letters', 'a\u200bb', 'U+200B'],
    ['a joiner between digits', '1\u200d2', 'U+200D'],
    ['more of them than anybody types', 'ខ្មែរ\u200b\u200b\u200b\u200b\u200b\u200b\u200bខ្មែរ', 'U+200B'],
    ['a mark of direction in Thai', 'ไทย\u200eไทย', 'U+200E'],
    ['the other one', 'a\u200fb', 'U+200F'],
    ['the Arabic one', 'a\u061cb', 'U+061C'],
    ['an override', 'a\u202eb', 'U+202E'],
    ['an isolate', 'a\u2066b', 'U+2066'],
    ['a word joiner', 'a\u2060b', 'U+2060'],
    ['a byte-order mark', '\ufeffa', 'U+FEFF'],
    ['a soft hyphen', 'a\u00adb', 'U+00AD'],
    ['a blank that is a letter', 'a\u3164b', 'U+3164'],
    ['a blank of Braille', 'a\u2800b', 'U+2800'],
    ['a Khmer vowel that is not written', 'ក\u17b4', 'U+17B4'],
    ['letters of tags', 'a\u{e0061}', 'U+E0061'],
    ['a private character', 'a\ue000', 'U+E000'],
    ['no character', 'a\ufffe', 'U+FFFE'],
    ['half of one', 'a\ud800', 'U+D800'],
    ['a line break', 'a\nb', 'U+000A'],
    ['a line separator', 'a\u2028b', 'U+2028'],
  ])('names %s', (_, text, character) => {
    expect([lineFault(text), isLine(text)]).toEqual([{ kind: 'hidden', character }, false]);
  });

  it.each([
    ['strokes through a Latin letter', `a${'\u0336'.repeat(4)}`],
    ['Thai tone marks', `ก${'\u0e49'.repeat(4)}`],
    ['Lao tone marks', `ກ${'\u0ec9'.repeat(4)}`],
    ['Burmese marks', `က${'\u102d\u1037'.repeat(5)}`],
    ['chosen forms, which carry what nobody sees', 'a\ufe01\ufe02'],
  ])('finds a pile of %s', (_, text) => {
    expect([lineFault(text), isLine(text)]).toEqual([{ kind: 'piled' }, false]);
  });
});

describe('ownLine', () => {
  it('is of so many characters', () => {
    expect([ownLine(1, 3).test(''), ownLine(1, 3).test('😀😀😀'), ownLine(1, 3).test('abcd')]).toEqual([
      false,
      true,
      false,
    ]);
  });

  it('takes no time over a long line that is wrong at its end', () => {
    const long = `${'ខ\u200b'.repeat(5000)}\u202e`;
    const before = performance.now();
    expect([ownLine(0, 20_000).test(long), lineFault(long)?.kind]).toEqual([false, 'hidden']);
    expect(performance.now() - before).toBeLessThan(1000);
  });
});
