import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { removeStrays } from '../../services/core/bus/inbound-strays.ts';
import {
  type BusConnection,
  createAppendLog,
  createContentBatches,
  createLinkPublisher,
  ensureOfficeStreams,
  openInboundConsumer,
} from '../../services/core/bus/index.ts';
import { nodePublish } from '../../services/core/bus/server-config/permissions.ts';
import { byteCount, days, newOpaqueId, seconds, utf8 } from '../../services/core/foundation/index.ts';
import { crossSubject } from '../../services/core/subjects/index.ts';
import { eventually } from '../support/eventually.ts';
import { openSpy, type Spy, withSpies } from '../support/nats/spy.ts';
import { startLink, type TestLink } from '../support/nats/start-link.ts';
import { officeId, TEST_BOUNDS } from '../support/nats/start-office-server.ts';

const th = officeId('th-chiang-khong');
const la = officeId('la-houayxay');
/** Reading and deleting strays: only a hostile neighbour makes any, see link-hostile-protocol.test.ts. */
const FOR_STRAYS = ['$JS.API.DIRECT.GET.INBOUND_LA_HOUAYXAY', '$JS.API.STREAM.MSG.DELETE.INBOUND_LA_HOUAYXAY'];
/** The server's newer layout of what a message is answered under, and the older. */
const EITHER_OF = ['$JS.ACK.INBOUND_LA_HOUAYXAY.>', '$JS.ACK.*.*.INBOUND_LA_HOUAYXAY.>'];
let link: TestLink;
let node: BusConnection;
let publisher: BusConnection;
let spy: Spy;

beforeEach(async () => {
  const { alter, keys } = withSpies(['OFFICE']);
  link = await startLink({ accepting: th, dialling: la, alterAccepting: alter });
  node = await link.accepting.connect(link.accepting.nodeKey);
  publisher = await link.dialling.connect(link.dialling.publisherKey(th));
  const key = keys.get('OFFICE');
  if (key === undefined) throw new Error('no key for the spy');
  spy = await openSpy(link.accepting.server.clientUrl(), 'OFFICE', key);
}, 40_000);
afterEach(async () => {
  await spy?.close();
  await publisher?.close();
  await node?.close();
  await link?.stop();
});

function covers(filter: string, subject: string): boolean {
  const wanted = filter.split('.');
  const tokens = subject.split('.');
  return wanted.every(
    (token, at) => token === '>' || (tokens[at] !== undefined && (token === '*' || token === tokens[at])),
  );
}

async function doAllThatANodeDoes(): Promise<void> {
  const options = { office: th, inboundPeers: [la], bounds: TEST_BOUNDS };
  const larger = (bytes: number) => byteCount(bytes + 1024);
  await ensureOfficeStreams(node, options);
  await ensureOfficeStreams(node, {
    ...options,
    bounds: {
      ledgerBytes: larger(TEST_BOUNDS.ledgerBytes),
      contentBytes: larger(TEST_BOUNDS.contentBytes),
      inboundBytes: larger(TEST_BOUNDS.inboundBytes),
    },
  });
  const log = createAppendLog(node);
  await log.append(utf8('record'), await log.lastSeq());
  for await (const _ of log.readAll(1));
  const content = createContentBatches(node);
  const batch = { day: '20271122', batchId: newOpaqueId() };
  await content.put(batch, utf8('bodies'), days(1));
  await content.put(batch, utf8('bodies'), days(1));
  for await (const _ of content.list());
  await content.replace(batch, utf8('others'), days(1));
  await content.remove(batch);
  const inbound = await openInboundConsumer(node, { office: th, peer: la });
  const subject = crossSubject({ scope: link.scope, from: la, to: th, precedence: 'flash' });
  const send = (): Promise<void> =>
    createLinkPublisher(publisher).publish(subject, utf8('frame'), { timeoutMs: seconds(2) });
  await eventually(send, { withinMs: 15_000 });
  await (await inbound.next())?.ack();
  await inbound.waiting();
  await removeStrays(node, th, la);
  await inbound.close();
}

describe('the permissions of the node', () => {
  it('cover exactly what it asks of JetStream', async () => {
    await doAllThatANodeDoes();
    await spy.settle();
    const asked = [...new Set(spy.subjects().filter((subject) => /^\$JS\.(?:API|ACK)\./.test(subject)))];
    const allowed = nodePublish([la]).filter((filter) => filter.startsWith('$JS.'));
    expect(asked.filter((subject) => !allowed.some((filter) => covers(filter, subject)))).toEqual([]);
    const unused = allowed.filter((filter) => !asked.some((subject) => covers(filter, subject)));
    expect(unused.filter((filter) => !EITHER_OF.includes(filter)).sort()).toEqual([...FOR_STRAYS].sort());
    expect(EITHER_OF.filter((filter) => !unused.includes(filter))).toHaveLength(1);
  }, 60_000);
});
