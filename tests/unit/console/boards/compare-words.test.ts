import { describe, expect, it } from 'vitest';
import { compareWords } from '../../../../services/console/src/boards/compare-words.ts';

describe('compareWords', () => {
  it('writes sixteen bits as a word, as proquints do', () => {
    // 127.0.0.1 and 63.84.220.193, from the proquints' own specification.
    expect(compareWords('7f0000013f54dcc1')).toEqual(['lusab', 'babad', 'gutih', 'tugad']);
  });

  it('differs with any of the first 64 bits', () => {
    const digest = '0'.repeat(64);
    const words = Array.from({ length: 16 }, (_, index) =>
      compareWords(`${digest.slice(0, index)}1${digest.slice(index + 1)}`).join(' '),
    );
    expect(new Set([compareWords(digest).join(' '), ...words]).size).toBe(17);
  });

  it.each(['', 'xyz', 'ABCDEF0123456789', '0123'])('gives none for %j, which is no digest', (text) => {
    expect(compareWords(text)).toEqual([]);
  });
});
