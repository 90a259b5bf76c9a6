import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ensureOfficeStreams, watchLinks } from '../../services/core/bus/index.ts';
import {
  type CloseStack,
  closeStack,
  type DurationMs,
  type OfficeId,
  pairScope,
  seconds,
  systemClock,
} from '../../services/core/foundation/index.ts';
import { stateOfCopy } from '../../services/core/ledger/index.ts';
import { baselineBundle, createGates } from '../../services/core/policy/index.ts';
import { linkAccountOf } from '../../services/core/subjects/index.ts';
import type { OfficeConfig } from '../../services/office/config.ts';
import { linksTo, openLinks } from '../../services/office/open-links.ts';
import { eventually } from '../support/eventually.ts';
import { TEST_BOUNDS, type TestOffice } from '../support/nats/start-office-server.ts';
import { MEKONG, SALWEEN, startTwoHubs, type TwoHubs } from '../support/nats/start-two-hubs.ts';
import { shippedBundle } from '../unit/policy/fixtures.ts';
import type { TestLine } from '../unit/relay/test-line.ts';
import { blankOffice, ledgerFindings, startOffice, submission, type TestRelay } from '../unit/relay/two-offices.ts';
import { LA, TH, testOffice } from '../unit/trust/fixtures.ts';

const keys = [testOffice(TH), testOffice(LA)] as const;
const baseline = baselineBundle();

let region: TwoHubs;
const closers: CloseStack = closeStack();
const ending = new AbortController();
let th: TestRelay;
let la: TestRelay;

/** The office's relay over its real links: the very ones that its node opens. */
async function run(own: (typeof keys)[number], peer: OfficeId, nation: 'th' | 'la'): Promise<TestRelay> {
  const server = region.offices.get(own.office) as TestOffice;
  const node = closers.add(await server.connect(server.nodeKey));
  await ensureOfficeStreams(node, { office: own.office, inboundPeers: [peer], bounds: TEST_BOUNDS });
  const neighbour = { office: peer, via: MEKONG, keyFile: 'mekong', also: [{ via: SALWEEN, keyFile: 'salween' }] };
  const config = {
    office: own.office,
    server: { client: server.server.clientUrl(), monitor: server.server.monitorUrl(), configFile: '' },
    neighbours: [neighbour],
    hubs: [],
  } as Pick<OfficeConfig, 'office' | 'server' | 'neighbours' | 'hubs'>;
  const linkSeeds = new Map([
    ['mekong', server.publisherKey(MEKONG).seed],
    ['salween', server.publisherKey(SALWEEN).seed],
  ]);
  const links = await openLinks(config, { linkSeeds }, node, systemClock, closers, ending.signal, () => undefined);
  const [{ link, arrivals }] = links.neighbours as [(typeof links.neighbours)[number]];
  const test = blankOffice(own, keys, createGates({ baseline, nation: shippedBundle(nation) }));
  const publish: TestLine['publish'] = (precedence, bytes, scope, timeoutMs, how) =>
    link.publish(scope ?? pairScope(own.office, peer), precedence, bytes, timeoutMs ?? seconds(1), how);
  const out = { publish } as TestLine;
  const incoming = { open: () => ({ ...arrivals, close: () => void links.stopTaking() }) } as unknown as TestLine;
  await startOffice(test, [{ office: peer, out, incoming }], {
    settings: { publishTimeoutMs: 2000 as DurationMs, heartbeatMs: 200 as DurationMs },
  });
  closers.defer(() => test.relay.close());
  closers.defer(links.stopTaking);
  watchLinks({
    monitorUrl: config.server.monitor,
    peers: linksTo(neighbour),
    isLinkOf: (end, leaf) => leaf.account === linkAccountOf(end),
    everyMs: 250 as DurationMs,
    signal: ending.signal,
    onChange: ({ peer: end, up }) => {
      links.changed(end, up);
      test.relay.linkChanged(peer, true);
    },
  });
  return test;
}

beforeAll(async () => {
  region = await startTwoHubs([TH, LA]);
  [th, la] = await Promise.all([run(keys[0], LA, 'th'), run(keys[1], TH, 'la')]);
}, 60_000);
afterAll(async () => {
  ending.abort();
  await closers.close();
  await region?.stop();
});

const delivered = (office: TestRelay): number =>
  [...office.projection.outbound.values()].filter((message) =>
    [...message.copies.values()].every((copy) => stateOfCopy(copy) === 'delivered'),
  ).length;

describe('two hubs', () => {
  it('lose no message, and deliver each once, when one of them is killed for good', async () => {
    const say = async (from: TestRelay, to: OfficeId, count: number): Promise<void> => {
      for (let each = 0; each < count; each++) await from.relay.submit(submission({ recipients: [to] }));
    };
    await say(th, LA, 5);
    await eventually(() => expect(delivered(th)).toBe(5), { withinMs: 30_000 });
    const both = Promise.all([say(th, LA, 40), say(la, TH, 40)]);
    await region.hubs.get(MEKONG)?.kill9();
    await both;
    await say(th, LA, 5);
    await eventually(() => expect([delivered(th), delivered(la)]).toEqual([50, 40]), { withinMs: 60_000 });
    expect(la.projection.inbound.size).toBe(50);
    expect(th.projection.inbound.size).toBe(40);
    for (const office of [th, la]) {
      expect(office.projection.quarantine).toEqual([]);
      expect(await ledgerFindings(office)).toEqual([]);
      expect(office.bugs).toEqual([]);
    }
  }, 120_000);

  it('go on over the other when that one is killed and the first is back', async () => {
    await region.hubs.get(SALWEEN)?.kill9();
    const { id } = await th.relay.submit(submission());
    await region.hubs.get(MEKONG)?.start();
    await eventually(() => expect(delivered(th)).toBe(51), { withinMs: 60_000 });
    expect(la.projection.inbound.has(`${TH}/${id}`)).toBe(true);
  }, 90_000);
});
