import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { displayWidth, padToWidth } from '../../../services/cli/terminal/display-width.ts';
import { escapeLines, escapeText } from '../../../services/cli/terminal/escape-text.ts';
import { renderBody } from '../../../services/cli/terminal/render-body.ts';
import { renderPairs, renderTable } from '../../../services/cli/terminal/render-table.ts';

describe('displayWidth', () => {
  it.each([
    ['Latin', 'office', 6],
    ['Thai with vowel signs above', 'ที่', 1],
    ['Thai with a vowel that stands beside', 'กำ', 2],
    ['Lao with marks above', 'ຫ້ວຍ', 3],
    ['a stacked Khmer consonant', 'ក្រ', 1],
    ['Khmer with a vowel beside', 'កា', 2],
    ['a stacked Burmese consonant', 'န္တ', 1],
    ['Chinese', '瑞丽', 4],
    ['an emoji', '🚨', 2],
    ['combining marks', 'é', 1],
    ['nothing', '', 0],
  ])('counts %s', (_, text, width) => {
    expect(displayWidth(text)).toBe(width);
  });

  it('is what padding fills up', () => {
    expect(displayWidth(padToWidth('瑞丽', 7))).toBe(7);
    expect(padToWidth('longer', 3)).toBe('longer');
  });
});

describe('escapeText', () => {
  it.each([
    ['an escape sequence', '\u001b[2Jgone', '\\u{1b}[2Jgone'],
    ['a line break', 'one\ntwo', 'one\\u{a}two'],
    ['an 8-bit control', '\u009b31m', '\\u{9b}31m'],
    ['a reversal of direction', 'abc\u202edcba', 'abc\\u{202e}dcba'],
    ['a line separator', 'a\u2028b', 'a\\u{2028}b'],
    ['a lone surrogate', '\ud800', '\\u{d800}'],
  ])('shows %s', (_, text, shown) => {
    expect(escapeText(text)).toBe(shown);
  });

  it('leaves the scripts of the region as they are', () => {
    for (const text of ['เชียงของ', 'ຫ້ວຍຊາຍ', 'တာချီလိတ်', 'ប៉ោយប៉ែត', '瑞丽']) expect(escapeText(text)).toBe(text);
  });

  it('lets no control character through, whatever comes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(escapeText(text)).not.toMatch(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u);
      }),
    );
  });

  it('keeps every line of a text behind its indentation', () => {
    expect(escapeLines('a\r\nblo: done', '  ')).toBe('  a\n  blo: done');
  });
});

describe('renderTable', () => {
  it('aligns columns by what is seen, and leaves no spaces at the end', () => {
    expect(
      renderTable(
        ['a', 'b'],
        [
          ['瑞丽', 'x'],
          ['k', ''],
        ],
      ),
    ).toBe('a     b\n瑞丽  x\nk');
  });

  it('escapes every cell', () => {
    expect(renderTable(['a'], [['x\u001b[1m']])).toBe('a\nx\\u{1b}[1m');
  });
});

describe('renderPairs', () => {
  it('puts one pair on a line', () => {
    expect(
      renderPairs([
        ['name', 'a\nb'],
        ['x', ''],
      ]),
    ).toBe('name  a\\u{a}b\nx');
  });
});

describe('renderBody', () => {
  it('shows fields by depth, lists of words on one line', () => {
    const body = { headline: 'x', subjects: [{ label: 'P1', person: { aliases: ['a', 'b'] } }] };
    expect(renderBody(body)).toBe('headline  x\nsubjects\n  - label  P1\n    person\n      aliases  a, b');
  });

  it('shows the length of what is no text', () => {
    expect(renderBody({ data: 'A'.repeat(300) })).toBe('data  (300 characters)');
  });

  it('shows a text of several lines below its name, each line indented and escaped', () => {
    expect(renderBody({ narrative: 'one\r\ntwo\u0007\nblo: done' })).toBe('narrative\n  one\n  two\\u{7}\n  blo: done');
  });

  it('escapes names and values', () => {
    expect(renderBody({ 'a\u0007': 'b\u0007' })).toBe('a\\u{7}  b\\u{7}');
  });
});
