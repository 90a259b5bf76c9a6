import { afterEach, describe, expect, it } from 'vitest';
import { usageWindow } from '../../../../services/core/relay/searches/usage-window.ts';
import { SearchRefusal } from '../../../../services/core/wire/index.ts';
import { eventually } from '../../../support/eventually.ts';
import type { TwoOffices } from '../two-offices.ts';
import { lookout, openOffices, plate, search, viewAt } from './search-offices.ts';

const HOUR_MS = 3_600_000;
const some = (count: number, from = 0) => Array.from({ length: count }, (_, at) => plate(`AA ${1000 + from + at}`));

let offices: TwoOffices | undefined;
afterEach(async () => {
  await offices?.close();
  offices = undefined;
});

describe('searchQuotas', () => {
  it('lets one officer search for twenty subjects an hour, raced or not, and counts from the ledger', async () => {
    const at = await openOffices();
    offices = at;
    const raced = await Promise.allSettled(Array.from({ length: 25 }, (_, one) => search(at, some(1, one))));
    expect(raced.filter(({ status }) => status === 'fulfilled')).toHaveLength(20);
    const refused = raced.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []));
    for (const { code, context } of refused) {
      expect(code).toBe('SEARCHES_QUOTA_SPENT');
      expect(context.retryAfterSeconds).toBeGreaterThan(3_500);
    }
    expect(at.th.relay.searches.refusedHere()).toEqual(new Map([['officer-1', 5]]));
    await at.restart(at.th);
    expect(at.th.relay.searches.refusedHere()).toEqual(new Map([['officer-1', 5]]));
    await expect(search(at, some(1))).rejects.toMatchObject({ code: 'SEARCHES_QUOTA_SPENT' });
    await expect(search(at, some(16), { submittedBy: 'officer-2' })).resolves.toMatchObject({ repeated: false });
    await expect(search(at, some(5), { submittedBy: 'officer-2' })).rejects.toMatchObject({
      code: 'SEARCHES_QUOTA_SPENT',
    });
    at.th.clock.skip(HOUR_MS + 60_000);
    await expect(search(at, some(1))).resolves.toMatchObject({ repeated: false });
  });

  it('does not count the same submission twice', async () => {
    const at = await openOffices();
    offices = at;
    const once = { idempotencyKey: 'k', submissionDigest: 'a'.repeat(64) as never };
    for (let count = 0; count < 3; count++) await search(at, some(16), once);
    await expect(search(at, some(4))).resolves.toMatchObject({ repeated: false });
  });

  it('answers a foreign officer and a neighbour so often a day, after a restart too, and says why it does not', async () => {
    const at = await openOffices();
    offices = at;
    await lookout(at.la, 'LA-1', some(16));
    const ask = async (officer: string): Promise<unknown> => {
      const { id } = await search(at, some(16), { submittedBy: officer });
      await eventually(() => expect(['answered', 'quota-spent']).toContain(viewAt(at.th, id)?.state), {
        withinMs: 20_000,
      });
      const result = viewAt(at.th, id)?.result;
      if (result?.refusal !== SearchRefusal.UNSPECIFIED) expect(result?.findings).toEqual([]);
      return result?.refusal;
    };
    for (let hour = 0; hour < 3; hour++) {
      expect(await ask('officer-1')).toBe(SearchRefusal.UNSPECIFIED);
      at.skip(HOUR_MS + 60_000);
    }
    await at.restart(at.la);
    expect(await ask('officer-1')).toBe(SearchRefusal.OFFICER_QUOTA_SPENT);
    for (let officer = 2; officer <= 10; officer++)
      expect(await ask(`officer-${officer}`)).toBe(SearchRefusal.UNSPECIFIED);
    expect(await ask('officer-11')).toBe(SearchRefusal.NEIGHBOUR_QUOTA_SPENT);
    const [one] = at.la.relay.searches.figures().filter(({ officer }) => officer === 'officer-1');
    await eventually(() =>
      expect(at.la.relay.searches.figures().find(({ officer }) => officer === 'officer-1')).toMatchObject({
        searches: 4,
        subjects: 64,
        hits: 48,
        quotaSpent: 1,
      }),
    );
    expect(one).toBeDefined();
    at.skip(24 * HOUR_MS);
    expect(await ask('officer-11')).toBe(SearchRefusal.UNSPECIFIED);
  }, 60_000);
});

describe('usageWindow', () => {
  it('counts what is not longer ago than its time, and says when there is room again', () => {
    const window = usageWindow(100);
    window.add('a', 0, 3);
    window.add('a', 50, 2);
    expect(window.used('a', 60)).toBe(5);
    expect(window.used('b', 60)).toBe(0);
    expect(window.freeAt('a', 60, 1, 5)).toBe(100);
    expect(window.freeAt('a', 60, 4, 5)).toBe(150);
    expect(window.used('a', 100)).toBe(2);
    expect(window.used('a', 150)).toBe(0);
    expect(window.freeAt('a', 200, 9, 5)).toBe(300);
  });
});
