import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { OFFICE_BOUNDS } from '../../services/cli/home/office-bounds.ts';
import { hubHome, serverHome } from '../../services/cli/home/paths.ts';
import { resumeNation, suspendNation } from '../../services/cli/hub/suspend-nation.ts';
import { provisionRegion } from '../../services/cli/region/provision-region.ts';
import { httpOf, monitorOf, type RegionMember, serverProcess } from '../../services/cli/region/region-member.ts';
import { chooseRegionPorts } from '../../services/cli/region/region-ports.ts';
import type { RegionSpec } from '../../services/cli/region/region-spec.ts';
import { findNatsServer } from '../../services/cli/supervise/nats-server.ts';
import { type SupervisedProcess, superviseProcess } from '../../services/cli/supervise/supervise-process.ts';
import {
  type BusConnection,
  connectBus,
  createLinkPublisher,
  ensureOfficeStreams,
  openHubClient,
  readLeafs,
} from '../../services/core/bus/index.ts';
import {
  byteCount,
  durationMs,
  type OfficeId,
  pairScope,
  parseHubId,
  parseNationCode,
  parseOfficeId,
  systemClock,
} from '../../services/core/foundation/index.ts';
import { crossSubject, inboxPrefixOf } from '../../services/core/subjects/index.ts';
import { hubReplyCodec } from '../../services/core/wire/index.ts';
import { readHubConfig, readHubFiles } from '../../services/hub/config.ts';
import { runHub } from '../../services/hub/run.ts';
import { eventually } from '../support/eventually.ts';

const spec: RegionSpec = {
  pairs: [{ offices: [parseOfficeId('th-mae-sai'), parseOfficeId('mm-tachileik')], hub: parseHubId('hub-mekong') }],
  names: {},
};
let members: readonly RegionMember[];
let servers: ReadonlyMap<string, SupervisedProcess>;
let folder: string;

interface Link {
  readonly office: string;
  readonly up: boolean;
  readonly since: string | null;
}

function memberOf(id: string): RegionMember {
  const member = members.find((each) => each.id === id);
  if (member === undefined) throw new Error(`no ${id}`);
  return member;
}

function serverOf(id: string): SupervisedProcess {
  const server = servers.get(id);
  if (server === undefined) throw new Error(`no server of ${id}`);
  return server;
}

const PATIENT = { withinMs: 20_000 };

/** What the nodes of both offices do with their servers: publish for each other, and ask the hub. */
async function openLines(): Promise<{
  readonly carry: (offices: readonly [string, string]) => Promise<void>;
  readonly ask: (office: string) => Promise<void>;
  readonly close: () => Promise<void>;
}> {
  const bounds = {
    ledgerBytes: byteCount(OFFICE_BOUNDS.ledgerBytes),
    contentBytes: byteCount(OFFICE_BOUNDS.contentBytes),
    inboundBytes: byteCount(OFFICE_BOUNDS.inboundBytes),
  };
  const opened = new Map<string, { readonly node: BusConnection; readonly link: BusConnection }>();
  const [one, other] = [parseOfficeId('th-mae-sai'), parseOfficeId('mm-tachileik')];
  for (const [office, peer] of [
    [one, other],
    [other, one],
  ] as [OfficeId, OfficeId][]) {
    const { home, ports } = memberOf(office);
    const connectAs = async (keyFile: string): Promise<BusConnection> =>
      connectBus({
        servers: [`nats://127.0.0.1:${ports.client}`],
        nkeySeed: (await readFile(keyFile, 'utf8')).trim(),
        inboxPrefix: inboxPrefixOf(office),
        name: office,
        signal: AbortSignal.timeout(60_000),
      });
    const node = await connectAs(serverHome.nodeKey(home));
    await ensureOfficeStreams(node, { office, inboundPeers: [peer], bounds });
    opened.set(office, { node, link: await connectAs(serverHome.linkKey(home, parseHubId('hub-mekong'))) });
  }
  const lineOf = (office: string): BusConnection => opened.get(office)?.link as BusConnection;
  const ask = async (office: string): Promise<void> => {
    const client = openHubClient(lineOf(office), { hub: parseHubId('hub-mekong'), office: parseOfficeId(office) });
    const answer = await client.request(new Uint8Array([10]), durationMs(1000));
    expect(hubReplyCodec.decode(answer).refused).toBe('HUB_REQUEST_INVALID');
  };
  return {
    ask,
    carry: async (offices) => {
      for (const [from, to] of [offices, offices.toReversed()] as [OfficeId, OfficeId][]) {
        const subject = crossSubject({ scope: pairScope(from, to), from, to, precedence: 'routine' });
        await createLinkPublisher(lineOf(from)).publish(subject, new Uint8Array([1]), { timeoutMs: durationMs(1000) });
        await ask(from);
      }
    },
    close: async () => {
      for (const { node, link } of opened.values()) await Promise.all([node.close(), link.close()]);
    },
  };
}

async function untilHealthy(id: string): Promise<void> {
  await eventually(async () => expect((await fetch(`${monitorOf(memberOf(id))}/healthz`)).status).toBe(200));
}

/** Runs the hub's process in this one until `during` is done. */
async function withHub(during: (url: string) => Promise<void>): Promise<readonly string[]> {
  const hub = memberOf('hub-mekong');
  const config = await readHubConfig(['--config', hubHome.config(hub.home)]);
  const lines: string[] = [];
  const stop = new AbortController();
  const running = runHub(config, await readHubFiles(config), { write: (line) => lines.push(line) }, stop.signal);
  try {
    await Promise.race([running, during(httpOf(hub))]);
  } finally {
    stop.abort();
    await running;
  }
  return lines;
}

async function linksAt(url: string): Promise<ReadonlyMap<string, Link>> {
  const answer = (await (await fetch(`${url}/v1/links`)).json()) as { hub: string; links: readonly Link[] };
  return new Map(answer.links.map((link) => [link.office, link]));
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'liaison-hub-'));
  const natsServer = await findNatsServer(process.env);
  members = await provisionRegion({
    home: folder,
    spec,
    ports: await chooseRegionPorts(spec, 20_000 + Math.floor(Math.random() * 10_000)),
    serverVersion: natsServer.version,
    bounds: OFFICE_BOUNDS,
    via: () => null,
    clock: systemClock,
  });
  const events = { started: () => undefined, ended: () => undefined };
  servers = new Map(
    members.map((member) => [member.id, superviseProcess(serverProcess(member, natsServer, process.env), events)]),
  );
  await Promise.all(members.map((member) => untilHealthy(member.id)));
}, 60_000);
afterAll(async () => {
  await Promise.all([...(servers?.values() ?? [])].map((server) => server.stop()));
  await rm(folder, { recursive: true, force: true, maxRetries: 3 });
});

describe('the hub process', () => {
  it('shows who is connected and since when, and follows who goes', async () => {
    const log = await withHub(async (url) => {
      await eventually(async () =>
        expect([...(await linksAt(url)).values()].map((link) => link.up)).toEqual([true, true]),
      );
      const before = (await linksAt(url)).get('mm-tachileik');
      await serverOf('mm-tachileik').crash();
      await eventually(async () => expect((await linksAt(url)).get('mm-tachileik')?.up).toBe(false));
      const after = await linksAt(url);
      expect(after.get('th-mae-sai')?.up).toBe(true);
      expect(Date.parse(after.get('mm-tachileik')?.since ?? '')).toBeGreaterThan(Date.parse(before?.since ?? ''));
      serverOf('mm-tachileik').resume();
      await eventually(async () => expect((await linksAt(url)).get('mm-tachileik')?.up).toBe(true), {
        withinMs: 20_000,
      });
    });
    const told = log.filter((line) => line.includes('"peer":"mm-tachileik"')).map((line) => line.includes('"up":true'));
    // The first look tells how it is, which may still be down.
    expect(told[0] === true ? told : told.slice(1)).toEqual([true, false, true]);
  });

  it('is ready while its server is there, and again when it is back', async () => {
    await withHub(async (url) => {
      const readiness = async (): Promise<number> => (await fetch(`${url}/readyz`)).status;
      await eventually(async () => expect(await readiness()).toBe(200));
      await serverOf('hub-mekong').crash();
      await eventually(async () => expect(await readiness()).toBe(503));
      expect((await fetch(`${url}/healthz`)).status).toBe(200);
      serverOf('hub-mekong').resume();
      await eventually(async () => expect(await readiness()).toBe(200), { withinMs: 20_000 });
    });
  });

  it('has metrics, a description of every address, and takes nothing in', async () => {
    await withHub(async (url) => {
      const metrics = await eventually(
        async () => {
          const text = await (await fetch(`${url}/metrics`)).text();
          expect(text).toMatch(/^liaison_link_up\{peer="th-mae-sai"\} 1$/m);
          return text;
        },
        { withinMs: 20_000 },
      );
      expect(metrics).toContain('process_resident_memory_bytes');
      const { paths } = (await (await fetch(`${url}/openapi.json`)).json()) as { paths: object };
      for (const path of Object.keys(paths)) expect((await fetch(`${url}${path}`)).status, path).toBe(200);
      expect((await fetch(`${url}/v1/links`, { method: 'POST', body: '{}' })).status).toBe(404);
    });
  });

  it('does not start where its port is taken', async () => {
    const taken = createServer();
    await new Promise<void>((resolve) =>
      taken.listen({ host: '127.0.0.1', port: memberOf('hub-mekong').ports.http }, resolve),
    );
    await expect(withHub(() => new Promise(() => undefined))).rejects.toMatchObject({ code: 'HUB_LISTEN_FAILED' });
    await new Promise((resolve) => taken.close(resolve));
  });

  it('does not start over a server that acknowledges before it is on disk', async () => {
    const file = serverHome.config(memberOf('hub-mekong').home);
    const sound = await readFile(file, 'utf8');
    await serverOf('hub-mekong').pause();
    await writeFile(file, sound.replace('sync_interval: always', 'sync_interval: "2m"'));
    serverOf('hub-mekong').resume();
    await untilHealthy('hub-mekong');
    await expect(withHub(() => new Promise(() => undefined))).rejects.toMatchObject({ code: 'HUB_SERVER_UNSAFE' });
    await serverOf('hub-mekong').pause();
    await writeFile(file, sound);
    serverOf('hub-mekong').resume();
    await untilHealthy('hub-mekong');
  });

  it('has cut a nation off within a minute when it is told to, and lets it in again; meanwhile and afterwards it carries all others', async () => {
    const { home } = memberOf('hub-mekong');
    const version = (await findNatsServer(process.env)).version;
    const lines = await openLines();
    await withHub(async (url) => {
      const upOf = async (): Promise<unknown> => {
        const links = await linksAt(url);
        return [links.get('th-mae-sai')?.up, links.get('mm-tachileik')?.up];
      };
      await eventually(async () => expect(await upOf()).toEqual([true, true]), { withinMs: 20_000 });
      await eventually(() => lines.carry(['th-mae-sai', 'mm-tachileik']), PATIENT);
      const done = await suspendNation(home, parseNationCode('MM'), version);
      expect(done).toMatchObject({ nation: 'MM', ended: 1 });
      expect(done.tookMs).toBeLessThan(60_000);
      expect(await readLeafs({ monitorUrl: monitorOf(memberOf('hub-mekong')) })).toHaveLength(1);
      await eventually(async () => expect(await upOf()).toEqual([true, false]));
      expect(await (await fetch(`${url}/v1/links`)).json()).toMatchObject({ suspended: ['MM'] });
      await eventually(() => lines.ask('th-mae-sai'), PATIENT);
      await expect(suspendNation(home, parseNationCode('VN'), version)).rejects.toMatchObject({
        code: 'CLI_INPUT_INVALID',
      });
      await resumeNation(home, parseNationCode('MM'), version);
      await eventually(async () => expect(await upOf()).toEqual([true, true]), { withinMs: 20_000 });
      await eventually(() => lines.carry(['th-mae-sai', 'mm-tachileik']), PATIENT);
      await expect(resumeNation(home, parseNationCode('MM'), version)).rejects.toMatchObject({
        code: 'CLI_INPUT_INVALID',
      });
    }).finally(lines.close);
  }, 120_000);
});
