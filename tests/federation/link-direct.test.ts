import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type BusConnection,
  createLinkPublisher,
  ensureOfficeStreams,
  type InboundConsumer,
  type LinkPublisher,
  openInboundConsumer,
} from '../../services/core/bus/index.ts';
import { fromUtf8, seconds, utf8 } from '../../services/core/foundation/index.ts';
import { crossSubject, type Precedence } from '../../services/core/subjects/index.ts';
import { eventually } from '../support/eventually.ts';
import { startLink, type TestLink } from '../support/nats/start-link.ts';
import { officeId, TEST_BOUNDS, type TestOffice } from '../support/nats/start-office-server.ts';

const th = officeId('th-chiang-khong');
const la = officeId('la-houayxay');
let link: TestLink;

interface Side {
  readonly node: BusConnection;
  readonly publisher: LinkPublisher;
  readonly inbound: InboundConsumer;
}
let accepting: Side;
let dialling: Side;

async function sideOf(own: TestOffice, peer: TestOffice): Promise<Side> {
  const node = await own.connect(own.nodeKey);
  await ensureOfficeStreams(node, { office: own.office, inboundPeers: [peer.office], bounds: TEST_BOUNDS });
  return {
    node,
    publisher: createLinkPublisher(await own.connect(own.publisherKey(peer.office))),
    inbound: await openInboundConsumer(node, { office: own.office, peer: peer.office }),
  };
}

function subjectFrom(from: TestOffice, to: TestOffice, precedence: Precedence = 'flash') {
  return crossSubject({ scope: link.scope, from: from.office, to: to.office, precedence });
}

beforeAll(async () => {
  link = await startLink({ accepting: th, dialling: la });
  accepting = await sideOf(link.accepting, link.dialling);
  dialling = await sideOf(link.dialling, link.accepting);
}, 30_000);
afterAll(async () => {
  for (const side of [accepting, dialling]) {
    await side?.publisher.close();
    await side?.node.close();
  }
  await link?.stop();
});

describe('a direct link', () => {
  it.each(['dialling', 'accepting'] as const)('acknowledges what the %s side publishes once it is stored at the other', async (name) => {
    const [from, to, sender, receiver] =
      name === 'dialling' ? [link.dialling, link.accepting, dialling, accepting] : [link.accepting, link.dialling, accepting, dialling];
    await eventually(() => sender.publisher.publish(subjectFrom(from, to), utf8(`from ${name}`), { timeoutMs: seconds(1) }), { withinMs: 15_000 });
    const message = await receiver.inbound.next();
    expect(fromUtf8(message?.bytes ?? new Uint8Array())).toBe(`from ${name}`);
    expect(message?.subject).toBe(subjectFrom(from, to));
    await message?.ack();
    expect(await receiver.inbound.waiting()).toBe(0);
  }, 30_000);
});
