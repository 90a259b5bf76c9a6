import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { watchLinks } from '../../../services/core/bus/index.ts';
import { type EpochMs, parseOfficeId, seconds } from '../../../services/core/foundation/index.ts';
import { eventually } from '../../support/eventually.ts';

const LA = parseOfficeId('la-houayxay');
const open: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of open.splice(0)) await close();
});

/** A server's monitor that answers each look in turn: with the link, without it, or not at all; the last one for ever. */
async function monitor(looks: ('up' | 'down' | 'silent')[]): Promise<{ url: string; looked: () => number }> {
  let looked = 0;
  const server: Server = createServer((_, response) => {
    const look = looks[Math.min(looked++, looks.length - 1)];
    if (look === 'silent') response.statusCode = 503;
    response.end(JSON.stringify({ leafs: look === 'up' ? [{ account: 'LINK_LA', name: LA, rtt: '1ms' }] : [] }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  open.push(() => new Promise((resolve) => server.close(() => resolve())));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, looked: () => looked };
}

async function toldOver(looks: ('up' | 'down' | 'silent')[]): Promise<readonly boolean[]> {
  const { url, looked } = await monitor(looks);
  const told: boolean[] = [];
  const stopping = new AbortController();
  const watch = watchLinks({
    monitorUrl: url,
    peers: [LA],
    isLinkOf: (_, leaf) => leaf.account === 'LINK_LA',
    everyMs: seconds(0.01),
    onChange: ({ up }) => told.push(up),
    signal: stopping.signal,
  });
  await eventually(() => expect(looked()).toBeGreaterThan(looks.length));
  stopping.abort();
  await watch.ended;
  return told;
}

describe('watchLinks', () => {
  it('tells how a link is at the first look and whenever that changes', async () => {
    expect(await toldOver(['down', 'up', 'up', 'down', 'up'])).toEqual([false, true, false, true]);
  });

  it('says since when a link is as it is, and no later for being asked again', async () => {
    const { url, looked } = await monitor(['down', 'down', 'up', 'up', 'up']);
    let now = 0;
    const told: (readonly [boolean, number])[] = [];
    const stopping = new AbortController();
    const watch = watchLinks({
      monitorUrl: url,
      peers: [LA],
      isLinkOf: (_, leaf) => leaf.account === 'LINK_LA',
      everyMs: seconds(0.01),
      onChange: ({ up, sinceMs }) => told.push([up, sinceMs]),
      signal: stopping.signal,
      clock: { now: () => ++now as EpochMs },
    });
    await eventually(() => expect(looked()).toBeGreaterThan(5));
    stopping.abort();
    await watch.ended;
    expect(told).toEqual([
      [false, 1],
      [true, 2],
    ]);
    expect(watch.states()).toMatchObject([{ up: true, sinceMs: 2 }]);
  });

  it('does not take one look that goes unanswered for a lost link', async () => {
    expect(await toldOver(['up', 'silent', 'up', 'silent', 'up'])).toEqual([true]);
  });

  it('counts every link as down when a second look goes unanswered', async () => {
    expect(await toldOver(['up', 'silent', 'silent', 'silent'])).toEqual([true, false]);
  });
});
