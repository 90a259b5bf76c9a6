import { connect, headers, nkeyAuthenticator } from 'nats';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BusError } from '../../services/core/bus/index.ts';
import { type MadeRegionItem, topicTokens } from '../../services/core/envelope/index.ts';
import { durationMs, type OfficeId, parseOfficeId, seconds } from '../../services/core/foundation/index.ts';
import { CrimeArea, type HubReply, hubReplyCodec, hubRequestCodec } from '../../services/core/wire/index.ts';
import { eventually } from '../support/eventually.ts';
import { makeRegionWorld, type RegionWorld, TOPIC } from '../support/region-world.ts';
import { type RunningHub, startRegionHub, suspendAt } from '../support/start-region-hub.ts';

const th = parseOfficeId('th-chiang-khong');
const la = parseOfficeId('la-houayxay');
const WAIT = seconds(3);
const PATIENT = { withinMs: 30_000 };
type Client = Awaited<ReturnType<RunningHub['client']>>;
let world: RegionWorld;
let hub: RunningHub;
let clients: ReadonlyMap<OfficeId, Client>;

const clientOf = (office: OfficeId): Client => clients.get(office) as Client;
const topic = topicTokens(TOPIC.corridor, TOPIC.crimeArea) as NonNullable<ReturnType<typeof topicTokens>>;

function publish(item: MadeRegionItem): Promise<void> {
  return clientOf(item.header.from as OfficeId).publish(topic, item.bytes, WAIT);
}

async function ask(office: OfficeId, request: Uint8Array, timeoutMs = WAIT): Promise<HubReply> {
  return hubReplyCodec.decode(await clientOf(office).request(request, timeoutMs));
}

function pull(office: OfficeId, after = 0, waitMs = 0): Promise<HubReply> {
  const directories = ['TH', 'LA'].map((nation) => ({ nation, sequence: 1000 }));
  const request = hubRequestCodec.encode({ pull: { after, waitMs, maxBytes: 1_000_000, directories } });
  return ask(office, request, durationMs(waitMs + 5000));
}

beforeAll(async () => {
  world = await makeRegionWorld([th, la]);
  hub = await startRegionHub(world, { offices: [th, la] });
  clients = new Map([
    [th, await hub.client(th)],
    [la, await hub.client(la)],
  ]);
  await eventually(async () => void (await pull(la)), PATIENT);
  await eventually(async () => void (await pull(th)), PATIENT);
}, 60_000);
afterAll(async () => {
  await hub?.stop();
});

describe('a hub over its links', () => {
  it('takes an item from one office and hands it to another that waits for it', async () => {
    const speaker = world.speaker(th);
    expect((await ask(la, await world.speaker(la).subscribe())).refused).toBe('');
    const waiting = pull(la, 0, 15_000);
    const item = await speaker.release();
    await publish(item);
    const { entries } = await waiting;
    expect(entries.map((entry) => Buffer.from(entry.item).equals(Buffer.from(item.bytes)))).toEqual([true]);
  });

  it('shows links, subscriptions, its log and figures, and nothing of what was said', async () => {
    const other = topicTokens(TOPIC.corridor, CrimeArea.DRUGS) as typeof topic;
    const item = await world.speaker(th).release({ crimeArea: CrimeArea.DRUGS, text: 'Canary of the content' });
    await clientOf(th).publish(other, item.bytes, WAIT);
    const texts = await Promise.all(
      ['/v1/links', '/v1/subscriptions', '/v1/log', '/v1/figures?by=nation', '/figures?by=corridor', '/metrics'].map(
        async (path) => {
          const response = await fetch(`${hub.url}${path}`);
          expect(response.status).toBe(200);
          return response.text();
        },
      ),
    );
    expect(texts.join('\n')).not.toContain('Canary');
    expect(texts.join('\n')).not.toContain('A trend');
    expect(JSON.parse(texts[1] ?? '')).toMatchObject({ subscriptions: [{ office: la, id: 'all' }] });
    expect(JSON.parse(texts[2] ?? '')).toMatchObject({ size: 2 });
    expect(texts[4]).not.toMatch(/https?:|<script|src=|@import|url\(/);
    expect(texts[5]).toContain('liaison_hub_items_total{outcome="taken"} 2');
    expect((await fetch(`${hub.url}/v1/figures?by=office`)).status).toBe(400);
  });

  it('has all of it when its process is started again, and when its server was killed', async () => {
    await hub.end();
    await expect(pull(la)).rejects.toBeInstanceOf(BusError);
    await hub.startAgain();
    expect((await pull(la)).entries).toHaveLength(2);
    await hub.servers.server.kill9();
    await hub.servers.server.start();
    await eventually(async () => expect((await pull(la)).entries).toHaveLength(2), PATIENT);
  }, 60_000);

  it('neither takes from nor answers a nation that it was told to suspend, within seconds', async () => {
    await suspendAt(hub, ['TH']);
    await eventually(async () => expect((await pull(th)).refused).toBe('HUB_NATION_SUSPENDED'), { withinMs: 5000 });
    expect((await pull(la)).refused).toBe('');
    await suspendAt(hub, []);
    await eventually(async () => expect((await pull(th)).refused).toBe(''), { withinMs: 5000 });
  });
});

describe('an office that would speak to a hub as another', () => {
  const asOffice = async (id: OfficeId, subject: string): Promise<string> => {
    const office = hub.servers.office(id);
    const nats = await connect({
      servers: [office.server.clientUrl()],
      authenticator: nkeyAuthenticator(Buffer.from(office.publisherKey(world.hub).seed)),
      inboxPrefix: `_INBOX_${id}`,
    });
    try {
      const answer = await nats.request(subject, new Uint8Array([10]), { timeout: 1000, headers: headers() });
      return Buffer.from(answer.data).toString('latin1');
    } catch (error) {
      return error instanceof Error ? error.name : 'failed';
    } finally {
      await nats.close();
    }
  };

  it('has an answer to what it says in its own name: the attacks below are sent over a link that works', async () => {
    expect(await asOffice(th, `hub.request.${th}`)).toContain('HUB_REQUEST_INVALID');
    expect(await asOffice(th, `region.a.b.${th}`)).toContain('refused');
  });

  it.each([
    `hub.request.${la}`,
    `region.golden-triangle.drugs.${la}`,
    'hub.log',
    'hub.directory.LA',
    '$JS.API.INFO',
    '$JS.API.STREAM.NAMES',
    '$JS.API.STREAM.INFO.REGION',
    '$JS.API.STREAM.MSG.GET.REGION_CONTENT',
    '$JS.API.DIRECT.GET.REGION_CONTENT',
    '$JS.hub-mekong.API.STREAM.NAMES',
    '$JS.hub-mekong.API.STREAM.PURGE.REGION',
    '$SYS.REQ.SERVER.PING',
  ])('has none on %s', async (subject) => {
    const size = (await pull(la)).through;
    expect(await asOffice(th, subject)).toMatch(/Error$/);
    expect((await pull(la)).through).toBe(size);
  });
});

describe('openHubClient', () => {
  it('says with a code that the hub is not there', async () => {
    await hub.end();
    const request = clientOf(la).publish(topic, new Uint8Array([1]), WAIT);
    await expect(request).rejects.toBeInstanceOf(BusError);
    await hub.startAgain();
  });
});
