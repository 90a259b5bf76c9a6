import { afterEach, describe, expect, it } from 'vitest';
import {
  createLinkPublisher,
  cutNeighbour,
  type LinkState,
  newNkeyUser,
  readLeafs,
  reloadServer,
  renderOfficeServerConfig,
  watchLinks,
} from '../../services/core/bus/index.ts';
import { seconds, utf8 } from '../../services/core/foundation/index.ts';
import { crossSubject, linkAccountOf } from '../../services/core/subjects/index.ts';
import { eventually } from '../support/eventually.ts';
import { openSide } from '../support/nats/open-side.ts';
import { startLink, type TestLink } from '../support/nats/start-link.ts';
import { officeId } from '../support/nats/start-office-server.ts';
import { shippedTemplates } from '../support/nats/templates.ts';

const th = officeId('th-chiang-khong');
const la = officeId('la-houayxay');
const running: { stop: () => Promise<void> }[] = [];

afterEach(async () => {
  for (const each of running.splice(0).reverse()) await each.stop();
});

async function newLink(): Promise<TestLink> {
  const link = await startLink({ accepting: th, dialling: la });
  running.push(link);
  await eventually(async () => expect(await leafCount(link)).toBe(1));
  return link;
}

async function leafCount(link: TestLink): Promise<number> {
  return (await readLeafs({ monitorUrl: link.accepting.server.monitorUrl() })).length;
}

/** What the accepting office's server runs on, without its link to the dialling one. */
async function withoutLeafUser(link: TestLink): Promise<string> {
  const input = link.accepting.input();
  const links = input.links.map((each) =>
    each.kind === 'accepts' ? { ...each, leafKey: newNkeyUser().publicKey } : each,
  );
  return renderOfficeServerConfig(await shippedTemplates(), { ...input, links }).files['nats-server.conf'];
}

async function diallingConfig(link: TestLink, disabled: boolean): Promise<string> {
  const input = link.dialling.input();
  const links = input.links.map((each) => (each.kind === 'dials' ? { ...each, disabled } : each));
  return renderOfficeServerConfig(await shippedTemplates(), { ...input, links }).files['nats-server.conf'];
}

describe('watchLinks', () => {
  it('tells when a link goes down and comes up again', async () => {
    const link = await newLink();
    const seen: LinkState[] = [];
    const stopping = new AbortController();
    const watch = watchLinks({
      monitorUrl: link.dialling.server.monitorUrl(),
      peers: [th],
      isLinkOf: (peer, leaf) => leaf.account === linkAccountOf(peer),
      everyMs: seconds(0.05),
      onChange: (state) => seen.push(state),
      signal: stopping.signal,
    });
    await eventually(() => expect(seen.map((state) => state.up)).toEqual([true]));
    await link.accepting.server.kill9();
    await eventually(() => expect(seen.map((state) => state.up)).toEqual([true, false]));
    await link.accepting.server.start();
    await eventually(() => expect(seen.map((state) => state.up)).toEqual([true, false, true]), { withinMs: 15_000 });
    await eventually(() =>
      expect(watch.states()).toEqual([
        { peer: th, up: true, sinceMs: expect.any(Number), roundTripMs: expect.any(Number) },
      ]),
    );
    stopping.abort();
    await watch.ended;
  }, 40_000);

  it('counts a link as down when the server does not answer', async () => {
    const seen: LinkState[] = [];
    const stopping = new AbortController();
    const watch = watchLinks({
      monitorUrl: 'http://127.0.0.1:1',
      peers: [th],
      isLinkOf: (peer, leaf) => leaf.account === linkAccountOf(peer),
      onChange: (state) => seen.push(state),
      signal: stopping.signal,
    });
    await eventually(() => expect(seen).toEqual([{ peer: th, up: false, sinceMs: expect.any(Number) }]));
    stopping.abort();
    await watch.ended;
  });
});

describe('cutNeighbour', () => {
  it('ends a link that a reload alone leaves up, and keeps it ended', async () => {
    const link = await newLink();
    // The server takes no other port at a reload: let it run on the ports that its configuration names by now.
    await link.accepting.server.halt();
    await link.accepting.server.start();
    await eventually(async () => expect(await leafCount(link)).toBe(1));
    const operator = await link.accepting.connect(link.accepting.operatorKey);
    const dialling = await openSide(link.dialling, th);
    const accepting = await openSide(link.accepting, la);
    try {
      const subject = crossSubject({ scope: link.scope, from: la, to: th, precedence: 'flash' });
      const publish = () => dialling.publisher.publish(subject, utf8('still there?'), { timeoutMs: seconds(2) });
      await eventually(publish);
      const config = await withoutLeafUser(link);
      await link.accepting.server.rewriteConfig(() => config);
      await reloadServer(operator);
      await publish();
      expect(await leafCount(link)).toBe(1);
      await cutNeighbour({
        operator,
        neighbour: la,
        monitorUrl: link.accepting.server.monitorUrl(),
        goneForMs: seconds(4),
      });
      expect(await leafCount(link)).toBe(0);
      await expect(publish()).rejects.toMatchObject({ code: 'BUS_NO_RESPONDERS' });
    } finally {
      for (const each of [operator, dialling, accepting]) await each.close();
    }
  }, 60_000);

  it('says so when the server does not accept its configuration, and leaves the link as it was', async () => {
    const link = await newLink();
    const operator = await link.accepting.connect(link.accepting.operatorKey);
    try {
      await link.accepting.server.rewriteConfig(() => 'accounts { unfinished');
      await expect(reloadServer(operator)).rejects.toMatchObject({ code: 'BUS_REQUEST_REFUSED' });
      await expect(
        cutNeighbour({ operator, neighbour: la, monitorUrl: link.accepting.server.monitorUrl() }),
      ).rejects.toMatchObject({ code: 'BUS_REQUEST_REFUSED' });
      expect(await leafCount(link)).toBe(1);
    } finally {
      await operator.close();
    }
  }, 30_000);

  it('ends a link that this side dials, and dials again once that is allowed', async () => {
    const link = await newLink();
    await link.dialling.server.halt();
    await link.dialling.server.start();
    const operator = await link.dialling.connect(link.dialling.operatorKey);
    const monitorUrl = link.dialling.server.monitorUrl();
    try {
      await eventually(async () => expect(await readLeafs({ monitorUrl })).toHaveLength(1), { withinMs: 15_000 });
      await link.dialling.server.rewriteConfig(() => diallingConfig(link, true));
      await cutNeighbour({ operator, neighbour: th, monitorUrl, goneForMs: seconds(3) });
      expect(await leafCount(link)).toBe(0);
      await link.dialling.server.rewriteConfig(() => diallingConfig(link, false));
      await reloadServer(operator);
      await eventually(async () => expect(await leafCount(link)).toBe(1), { withinMs: 15_000 });
    } finally {
      await operator.close();
    }
  }, 60_000);

  it("lets the operator's key do nothing else", async () => {
    const link = await newLink();
    const operator = await link.accepting.connect(link.accepting.operatorKey);
    try {
      const publisher = createLinkPublisher(operator);
      for (const subject of ['$SYS.REQ.SERVER.PING.CONNZ', 'ledger.record', '$SYS.REQ.ACCOUNT.OFFICE.CONNZ']) {
        await expect(publisher.publish(subject as never, utf8('{}'), { timeoutMs: seconds(2) })).rejects.toMatchObject({
          code: 'BUS_REQUEST_REFUSED',
        });
      }
    } finally {
      await operator.close();
    }
  }, 30_000);
});
