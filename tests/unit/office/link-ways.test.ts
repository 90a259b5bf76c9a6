import { describe, expect, it } from 'vitest';
import { BusError, type BusErrorCode } from '../../../services/core/bus/index.ts';
import {
  type DurationMs,
  durationMs,
  type EpochMs,
  type HubId,
  type OfficeId,
  type Scope,
  seconds,
} from '../../../services/core/foundation/index.ts';
import type { PublishHow } from '../../../services/core/relay/index.ts';
import { type LinkWay, linkOverWays } from '../../../services/office/link-ways.ts';

const SCOPE = 'la-houayxay--th-chiang-khong' as Scope;
const MEKONG = 'hub-mekong' as HubId;
const SALWEEN = 'hub-salween' as HubId;

interface Tried {
  readonly end: OfficeId | HubId;
  readonly withinMs: DurationMs;
}

function scene(ends: readonly HubId[] = [MEKONG, SALWEEN]) {
  const tried: Tried[] = [];
  const failing = new Map<string, Error>();
  let now = 1_000_000;
  const ways = ends.map(
    (end): LinkWay => ({
      end,
      publish: async (_scope, _precedence, _bytes, withinMs) => {
        tried.push({ end, withinMs });
        const failure = failing.get(end);
        if (failure !== undefined) throw failure;
      },
    }),
  );
  const link = linkOverWays(ways, { now: () => now as EpochMs });
  return {
    tried,
    link,
    fails: (end: HubId, code: BusErrorCode) => void failing.set(end, new BusError(code)),
    breaks: (end: HubId, bug: Error) => void failing.set(end, bug),
    works: (end: HubId) => void failing.delete(end),
    skip: (ms: number) => {
      now += ms;
    },
    send: (how?: PublishHow) => link.publish(SCOPE, 'flash', new Uint8Array(1), seconds(20), how),
    ends: () => tried.splice(0).map(({ end }) => end),
  };
}

describe('linkOverWays', () => {
  it('takes the preferred way alone while it works', async () => {
    const { send, tried } = scene();
    await send();
    expect(tried).toEqual([{ end: MEKONG, withinMs: durationMs(10_000) }]);
  });

  it('has the whole time for the only way', async () => {
    const { send, tried } = scene([MEKONG]);
    await send();
    expect(tried).toEqual([{ end: MEKONG, withinMs: durationMs(20_000) }]);
  });

  it.each(['BUS_TIMEOUT', 'BUS_NO_RESPONDERS', 'BUS_PEER_REFUSED', 'BUS_ANSWER_INVALID'] as const)(
    'takes the other after %s, and goes on with it for a while',
    async (code) => {
      const { send, fails, works, skip, ends } = scene();
      fails(MEKONG, code);
      await send();
      expect(ends()).toEqual([MEKONG, SALWEEN]);
      works(MEKONG);
      await send();
      expect(ends()).toEqual([SALWEEN]);
      skip(30_000);
      await send();
      expect(ends()).toEqual([MEKONG]);
    },
  );

  it.each(['BUS_TOO_LARGE', 'BUS_CLOSED', 'BUS_DISCONNECTED'] as const)(
    'does not try the other after %s, which is no fault of the way',
    async (code) => {
      const { send, fails, ends } = scene();
      fails(MEKONG, code);
      await expect(send()).rejects.toMatchObject({ code });
      expect(ends()).toEqual([MEKONG]);
    },
  );

  it('passes a bug of ours on', async () => {
    const { send, breaks, ends } = scene();
    breaks(MEKONG, new RangeError('ours'));
    await expect(send()).rejects.toThrow(RangeError);
    expect(ends()).toEqual([MEKONG]);
  });

  it('fails where every way does', async () => {
    const { send, fails, ends } = scene();
    fails(MEKONG, 'BUS_TIMEOUT');
    fails(SALWEEN, 'BUS_NO_RESPONDERS');
    await expect(send()).rejects.toMatchObject({ code: 'BUS_NO_RESPONDERS' });
    expect(ends()).toEqual([MEKONG, SALWEEN]);
  });

  it('takes a way that is down last, and first again when it is up', async () => {
    const { send, link, ends } = scene();
    link.changed(MEKONG, false);
    await send();
    expect(ends()).toEqual([SALWEEN]);
    link.changed(MEKONG, true);
    await send();
    expect(ends()).toEqual([MEKONG]);
  });

  it('forgets a doubt when the way comes up again', async () => {
    const { send, fails, works, link, ends } = scene();
    fails(MEKONG, 'BUS_TIMEOUT');
    await send();
    works(MEKONG);
    link.changed(MEKONG, true);
    ends();
    await send();
    expect(ends()).toEqual([MEKONG]);
  });

  it('does not doubt a way for longer because the clock was set back', async () => {
    const { send, fails, works, skip, ends } = scene();
    fails(MEKONG, 'BUS_TIMEOUT');
    await send();
    works(MEKONG);
    skip(-3_600_000);
    ends();
    await send();
    expect(ends()).toEqual([MEKONG]);
  });

  it('takes another way for what a way acknowledged and did not deliver', async () => {
    const { send, ends } = scene();
    await send('again');
    await send();
    expect(ends()).toEqual([SALWEEN, SALWEEN]);
  });

  it('has no other way where there is one', async () => {
    const { send, ends } = scene([MEKONG]);
    await send('again');
    expect(ends()).toEqual([MEKONG]);
  });

  it('sends over every way what may arrive more than once, and is content with one', async () => {
    const { send, fails, ends } = scene();
    fails(MEKONG, 'BUS_TIMEOUT');
    await send('everywhere');
    expect(ends()).toEqual([MEKONG, SALWEEN]);
    fails(SALWEEN, 'BUS_NO_RESPONDERS');
    await expect(send('everywhere')).rejects.toMatchObject({ code: 'BUS_TIMEOUT' });
  });
});
