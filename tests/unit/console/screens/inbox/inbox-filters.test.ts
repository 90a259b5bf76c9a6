import { describe, expect, it } from 'vitest';
import {
  filterCount,
  filtersAddress,
  inboxAddress,
  readFilters,
} from '../../../../../services/console/src/screens/inbox/inbox-filters.ts';

const read = (text: string) => readFilters(new URLSearchParams(text));

describe('readFilters', () => {
  it('shows what is open, the newest first, where nothing is said', () => {
    expect(read('')).toMatchObject({ status: 'open', order: 'newest', unread: false, search: '' });
  });

  it('takes what an address names wrongly as if it were not there', () => {
    expect(read('status=x&order=y&unread=yes')).toEqual(read(''));
  });
});

describe('filtersAddress', () => {
  it('gives the same filters back', () => {
    const text = 'q=a%26b&unread=true&mine=true&from=la-huay-xai&case=A-1&status=all&order=due';
    expect(read(filtersAddress(read(text)).split('?')[1] ?? '')).toEqual(read(text));
  });

  it('leaves out what is as usual', () => {
    expect(filtersAddress(read(''))).toBe('/inbox');
  });
});

describe('inboxAddress', () => {
  it('asks for what is open, and for what the person has by their name', () => {
    expect(inboxAddress(read('mine=true'), 'border-desk')).toBe('/v1/inbox?assignee=border-desk&status=open');
    expect(inboxAddress(read('status=all&unread=true'), 'x')).toBe('/v1/inbox?state=delivered');
  });

  it('searches everywhere, whatever is filtered', () => {
    expect(inboxAddress(read('q=a%26b&unread=true'), 'x')).toBe('/v1/find?q=a%26b&in=all');
  });
});

describe('filterCount', () => {
  it('counts what hides something; the order does not', () => {
    expect(filterCount(read('order=due'))).toBe(0);
    expect(filterCount(read('unread=true&status=closed&from=x'))).toBe(3);
  });
});
