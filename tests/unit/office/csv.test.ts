import { describe, expect, it } from 'vitest';
import { csvText } from '../../../services/office/views/csv.ts';

const cell = (value: string | number | null): string => csvText(['head'], [[value]]).slice('head\r\n'.length, -2);

describe('csvText', () => {
  it('ends each line with CRLF and keeps what is empty empty', () => {
    expect(
      csvText(
        ['a', 'b'],
        [
          ['x', 1],
          [null, ''],
        ],
      ),
    ).toBe('a,b\r\nx,1\r\n,\r\n');
  });

  it.each([
    ['with, comma', '"with, comma"'],
    ['with "quotes"', '"with ""quotes"""'],
    ['two\nlines', '"two\nlines"'],
    ['two\rlines', '"two\rlines"'],
    ['ພາສາລາວ', 'ພາສາລາວ'],
  ])('writes %s so that it is one cell', (value, expected) => {
    expect(cell(value)).toBe(expected);
  });

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\tx', '  =cmd'])('lets no spreadsheet run %j', (value) => {
    expect(cell(value)).toBe(`'${value}`);
  });

  it('does so within quotes as well', () => {
    expect(cell('=HYPERLINK("http://x","y")')).toBe('"\'=HYPERLINK(""http://x"",""y"")"');
  });

  it('leaves numbers as they are', () => {
    expect(cell(-1.5)).toBe('-1.5');
  });
});
