import { describe, expect, it } from 'vitest';
import { INBOX_AHEAD } from '../../../../services/console/src/api/ahead-address.ts';
import {
  type AskedAhead,
  forgetAhead,
  takeAhead,
  untilAborted,
} from '../../../../services/console/src/api/asked-ahead.ts';
import { firstPageOf } from '../../../../services/console/src/lists/use-live-list.ts';
import { inboxAddress, readFilters } from '../../../../services/console/src/screens/inbox/inbox-filters.ts';

const asked = (at: number): AskedAhead =>
  new Map([['/v1/session', { answer: Promise.resolve(new Response('{}')), at }]]);

describe('takeAhead', () => {
  it('gives an answer once', async () => {
    const all = asked(1000);
    expect(await (await takeAhead('/v1/session', all, 2000))?.text()).toBe('{}');
    expect(takeAhead('/v1/session', all, 2000)).toBeUndefined();
  });

  it('gives none that was not asked for, and none that is a minute old', () => {
    expect(takeAhead('/v1/inbox', asked(1000), 2000)).toBeUndefined();
    expect(takeAhead('/v1/session', asked(1000), 61_001)).toBeUndefined();
    expect(takeAhead('/v1/session', undefined)).toBeUndefined();
  });
});

describe('forgetAhead', () => {
  it('leaves nothing for whoever comes next', () => {
    const all = asked(1000);
    forgetAhead(all);
    expect(takeAhead('/v1/session', all, 1000)).toBeUndefined();
  });
});

describe('untilAborted', () => {
  it('gives the answer, or ends with the signal', async () => {
    const line = new AbortController();
    expect(await untilAborted(Promise.resolve(7), line.signal)).toBe(7);
    const waiting = untilAborted(new Promise(() => undefined), line.signal);
    line.abort();
    await expect(waiting).rejects.toMatchObject({ name: 'AbortError' });
    await expect(untilAborted(new Promise(() => undefined), line.signal)).rejects.toMatchObject({ name: 'AbortError' });
  });
});

describe('INBOX_AHEAD', () => {
  it('is what the inbox asks for first, so that nothing is asked twice', () => {
    expect(firstPageOf(inboxAddress(readFilters(new URLSearchParams()), 'anybody'))).toBe(INBOX_AHEAD);
  });
});
