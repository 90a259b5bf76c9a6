import { describe, expect, it } from 'vitest';
import { foldFirstPage, foldNextPage, keyOf, reachOfKeys } from '../../../../services/console/src/lists/fold-list.ts';

const item = (id: string, text = '') => ({ origin: 'th-chiang-khong', id, text });
const items = (ids: string) => [...ids].map((id) => item(id));
const ids = (list: readonly { readonly id: string }[]) => list.map(({ id }) => id).join('');

describe('foldFirstPage', () => {
  it('takes the first answer as it is', () => {
    const folded = foldFirstPage({ items: [], next: null }, { items: items('cba'), next: 'n' });
    expect([ids(folded.items), folded.next]).toEqual(['cba', 'n']);
  });

  it('inserts what came and keeps what was loaded after it with its cursor', () => {
    const folded = foldFirstPage({ items: items('dcba'), next: 'later' }, { items: items('edc'), next: 'early' });
    expect([ids(folded.items), folded.next, ids(folded.fresh)]).toEqual(['edcba', 'later', 'e']);
  });

  it('takes the new state of what is there', () => {
    const page = { items: [item('b', 'new')], next: 'n' };
    expect(foldFirstPage({ items: items('ba'), next: null }, page).items[0]?.text).toBe('new');
  });

  it('keeps the very object of what is as it was, so that its line is not drawn again', () => {
    const before = items('ba');
    const [first, second] = foldFirstPage(
      { items: before, next: null },
      { items: [item('b', 'new'), item('a')], next: null },
    ).items;
    expect(first).not.toBe(before[0]);
    expect(second).toBe(before[1]);
  });

  it('lets go what no longer belongs there', () => {
    expect(ids(foldFirstPage({ items: items('cba'), next: null }, { items: items('ca'), next: null }).items)).toBe(
      'ca',
    );
    expect(ids(foldFirstPage({ items: items('cba'), next: null }, { items: [], next: null }).items)).toBe('');
  });

  it('keeps where it is what somebody is working with', () => {
    const keep = new Set([keyOf(item('b'))]);
    const current = { items: items('cba'), next: null };
    expect(ids(foldFirstPage(current, { items: items('ca'), next: null }, keep).items)).toBe('cba');
    expect(ids(foldFirstPage(current, { items: [], next: null }, keep).items)).toBe('b');
    expect(ids(foldFirstPage(current, { items: items('dcba'), next: null }, keep).items)).toBe('dcba');
  });

  it('drops the rest where more came than a page holds, so that there is no gap', () => {
    const folded = foldFirstPage({ items: items('ba'), next: null }, { items: items('gf'), next: 'n' });
    expect([ids(folded.items), folded.next]).toEqual(['gf', 'n']);
  });

  it('drops the rest where the page is the whole list', () => {
    expect(ids(foldFirstPage({ items: items('cba'), next: 'n' }, { items: items('c'), next: null }).items)).toBe('c');
  });

  it('has each message once where the order changed', () => {
    const folded = foldFirstPage({ items: items('cba'), next: null }, { items: items('ac'), next: 'n' });
    expect(ids(folded.items)).toBe('acb');
  });
});

describe('foldNextPage', () => {
  it('adds what is not there yet and takes the new cursor', () => {
    const folded = foldNextPage({ items: items('dc'), next: 'n' }, { items: items('cba'), next: null });
    expect([ids(folded.items), folded.next]).toEqual(['dcba', null]);
  });
});

describe('reachOfKeys', () => {
  it('reaches the last message that was touched, and at least so far', () => {
    expect(reachOfKeys(items('dcba'), new Set([keyOf(item('b'))]), 1)).toBe(3);
    expect(reachOfKeys(items('dcba'), new Set(['elsewhere/x']), 2)).toBe(2);
  });
});
