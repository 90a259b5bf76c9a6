import { describe, expect, it } from 'vitest';
import { decisionCache } from '../../../services/core/policy/decision-cache.ts';

const always = (): boolean => true;

describe('decisionCache', () => {
  it('asks once for one name of one key', () => {
    const cache = decisionCache<number>(10, always);
    let asked = 0;
    const ask = (): number => ++asked;
    expect([cache.answersFor('a').answer('x', ask), cache.answersFor('a').answer('x', ask)]).toEqual([1, 1]);
    expect(cache.answersFor('b').answer('x', ask)).toBe(2);
    expect(cache.answersFor('a').answer('y', ask)).toBe(3);
    expect(cache.answersFor('a').answer('x', ask)).toBe(1);
  });

  it('does not keep what may not be kept', () => {
    const cache = decisionCache<number>(10, (answer) => answer !== 1);
    let asked = 0;
    const ask = (): number => ++asked;
    expect([1, 2, 3].map(() => cache.answersFor('a').answer('x', ask))).toEqual([1, 2, 2]);
  });

  it('never holds more than it may, and forgets what was asked for least recently', () => {
    const cache = decisionCache<string>(6, always);
    for (const key of ['a', 'b', 'c']) cache.answersFor(key).answer('x', () => key);
    cache.answersFor('a');
    cache.answersFor('d').answer('x', () => 'd');
    expect(cache.size()).toBeLessThanOrEqual(6);
    expect(cache.answersFor('a').answer('x', () => 'forgotten')).toBe('a');
    expect(cache.answersFor('b').answer('x', () => 'forgotten')).toBe('forgotten');
  });

  it('counts keys of which nothing may be kept', () => {
    const cache = decisionCache<number>(5, () => false);
    for (let i = 0; i < 100; i++) cache.answersFor(`${i}`).answer('x', () => i);
    expect(cache.size()).toBeLessThanOrEqual(5);
  });

  it('lets go of a single key that has more answers than there is room for', () => {
    const cache = decisionCache<number>(5, always);
    const answers = cache.answersFor('a');
    for (let i = 0; i < 100; i++) expect(answers.answer(`${i}`, () => i)).toBe(i);
    expect(cache.size()).toBeLessThanOrEqual(5);
    expect(cache.answersFor('b').answer('x', () => 7)).toBe(7);
  });

  it('does not keep keys or names of more than a kibibyte', () => {
    const cache = decisionCache<number>(1000, always);
    cache.answersFor('k'.repeat(1025)).answer('x', () => 1);
    cache.answersFor('a').answer('n'.repeat(1025), () => 1);
    expect(cache.size()).toBe(1);
  });
});
