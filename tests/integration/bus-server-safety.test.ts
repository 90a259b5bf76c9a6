import { readFile, stat, utimes } from 'node:fs/promises';
import { PersistMode, StorageType } from '@nats-io/jetstream';
import { afterEach, describe, expect, it } from 'vitest';
import { internalsOf } from '../../services/core/bus/connect-bus.ts';
import { checkServerSafety, newNkeyUser, type SafetyFinding } from '../../services/core/bus/index.ts';
import { epochMs } from '../../services/core/foundation/index.ts';
import { startHub } from '../support/nats/start-hub.ts';
import { startLink } from '../support/nats/start-link.ts';
import type { TestServer } from '../support/nats/start-nats-server.ts';
import { officeId, startOfficeServer, type TestOffice } from '../support/nats/start-office-server.ts';

const th = officeId('th-chiang-khong');
const la = officeId('la-houayxay');
const running: { stop: () => Promise<void> }[] = [];

afterEach(async () => {
  for (const each of running.splice(0)) await each.stop();
});

async function findingsOf(
  server: TestServer,
  role: Parameters<typeof checkServerSafety>[0]['role'],
): Promise<readonly SafetyFinding[]> {
  const text = await readFile(server.configFile, 'utf8');
  return checkServerSafety({ monitorUrl: server.monitorUrl(), role, config: { text, changedAt: epochMs(0) } });
}

async function codesOf(office: TestOffice): Promise<string[]> {
  return (await findingsOf(office.server, { kind: 'office', office: office.office })).map((finding) => finding.code);
}

async function loneOffice(alter: (config: string) => string): Promise<TestOffice> {
  const office = await startOfficeServer({ office: th, alter });
  running.push(office.server);
  return office;
}

async function linkedOffice(alterAccepting: (config: string) => string): Promise<TestOffice> {
  const link = await startLink({ accepting: th, dialling: la, alterAccepting });
  running.push(link);
  return link.accepting;
}

function replacing(what: string | RegExp, by: string): (config: string) => string {
  return (config) => {
    const altered = config.replace(what, by);
    if (altered === config) throw new Error(`the configuration has no ${String(what)}`);
    return altered;
  };
}

const stranger = newNkeyUser().publicKey;

describe('checkServerSafety', () => {
  it('finds nothing in what the templates make: either end of a direct link', async () => {
    const link = await startLink({ accepting: th, dialling: la });
    running.push(link);
    expect(await findingsOf(link.accepting.server, { kind: 'office', office: th })).toEqual([]);
    expect(await findingsOf(link.dialling.server, { kind: 'office', office: la })).toEqual([]);
  }, 30_000);

  it('finds nothing in what the templates make: a hub and an office behind it', async () => {
    const [one, other] = [officeId('th-mae-sai'), officeId('mm-tachileik')];
    const region = await startHub({ offices: [one, other], routes: [[one, other]] });
    running.push(region);
    expect(await findingsOf(region.server, { kind: 'hub', hub: region.hub })).toEqual([]);
    expect(await findingsOf(region.office(one).server, { kind: 'office', office: one })).toEqual([]);
  }, 30_000);

  it.each([
    ['SYNC_NOT_ALWAYS', replacing('sync_interval: always', 'sync_interval: "1s"')],
    ['SYNC_NOT_ALWAYS', replacing('sync_interval: always', '')],
    ['NOT_STRICT', replacing('strict: true', 'strict: false')],
    ['DOMAIN_WRONG', replacing('domain: "th-chiang-khong"', 'domain: "th-mae-sai"')],
    ['STORE_UNBOUNDED', replacing(/max_file: \d+/, '')],
    ['STORE_UNBOUNDED', replacing(/max_mem: \d+/, '')],
    ['JETSTREAM_OFF', (config: string) => config.replace(/jetstream \{[^}]*\}/, '').replace('jetstream: enabled', '')],
    ['MONITORING_NOT_ON_LOOPBACK', replacing(/http: "127.0.0.1:/, 'http: "0.0.0.0:')],
    ['CLIENTS_NOT_ON_LOOPBACK', replacing(/listen: "127.0.0.1:/, 'listen: "0.0.0.0:')],
    ['MQTT_ON', (config: string) => `${config}\nmqtt { listen: "127.0.0.1:-1" }\n`],
    ['WEBSOCKET_ON', (config: string) => `${config}\nwebsocket { listen: "127.0.0.1:-1", no_tls: true }\n`],
    [
      'PASSWORD_IN_CONFIG',
      replacing(
        'OFFICE {',
        'OTHER { users: [ { user: "guest", password: "guest", allowed_connection_types: ["STANDARD"] } ] }\n OFFICE {',
      ),
    ],
    ['LINK_ACCOUNT_HAS_JETSTREAM', replacing('OFFICE {', 'LINK_OTHER { jetstream: enabled }\n OFFICE {')],
    ['CONFIG_UNREADABLE', (config: string) => `LOGGED: false\n${config}\ndebug: $LOGGED\n`],
  ] as const)(
    'finds only %s where that is the fault',
    async (code, alter) => {
      expect(await codesOf(await loneOffice(alter))).toEqual([code]);
    },
    30_000,
  );

  it('finds that anyone is let in, by the setting and by trying', async () => {
    const office = await loneOffice((config) => {
      const nodeKey = /nkey: (U[A-Z2-7]{55})/.exec(config)?.[1] ?? '';
      return `no_auth_user: ${nodeKey}\n${config}`;
    });
    const findings = await findingsOf(office.server, { kind: 'office', office: th });
    expect(new Set(findings.map((finding) => finding.code))).toEqual(new Set(['NO_AUTHENTICATION']));
    expect(findings).toHaveLength(2);
  }, 30_000);

  it.each([
    ['LEAF_LISTENER_WITHOUT_CLIENT_CERTIFICATES', replacing('verify: true', 'verify: false')],
    ['LEAF_TLS_TOO_OLD', replacing('min_version: "1.3"', 'min_version: "1.2"')],
    ['LEAF_VERSION_OPEN', replacing('min_version: "2.14.3"', '')],
    ['LEAF_VERSION_OPEN', replacing('min_version: "2.14.3"', 'min_version: "2.9.0"')],
    ['LEAF_CERTIFICATES_NOT_PINNED', replacing(/pinned_certs: \[.*\]/, '')],
    ['LEAF_IN_OFFICE_ACCOUNT', replacing('allowed_connection_types: ["STANDARD"]', '')],
    [
      'LEAF_IN_OFFICE_ACCOUNT',
      replacing('authorization { timeout: 20 }\n  tls', 'authorization { timeout: 20, account: OFFICE }\n  tls'),
    ],
    ['LINK_ACCOUNT_HAS_JETSTREAM', replacing('LINK_LA_HOUAYXAY {', 'LINK_LA_HOUAYXAY { jetstream: enabled')],
  ] as const)(
    'finds only %s where that is the fault of a leaf listener',
    async (code, alter) => {
      expect(await codesOf(await linkedOffice(alter))).toEqual([code]);
    },
    30_000,
  );

  it('finds a leaf listener without TLS', async () => {
    const office = await linkedOffice(replacing(/ {2}tls \{[^}]*\}/, ''));
    expect(await codesOf(office)).toContain('LEAF_LISTENER_WITHOUT_TLS');
  }, 30_000);

  it("finds a remote that is bound to the office's account, and one without TLS", async () => {
    const remote = `leafnodes { remotes: [ { url: "nats-leaf://127.0.0.1:1", account: OFFICE } ] }`;
    const codes = await codesOf(await loneOffice((config) => `${config}\n${remote}\n`));
    expect(new Set(codes)).toEqual(
      new Set([
        'LEAF_IN_OFFICE_ACCOUNT',
        'LEAF_REMOTE_WITHOUT_TLS',
        'LEAF_REMOTE_OPEN',
        'LEAF_CERTIFICATES_NOT_PINNED',
      ]),
    );
  }, 30_000);

  it('finds a remote with a password in its address', async () => {
    const remote = `leafnodes { remotes: [ { url: "nats-leaf://guest:guest@127.0.0.1:1", account: LINK_X } ] }`;
    const office = await loneOffice((config) => `${config.replace('OFFICE {', 'LINK_X { }\n  OFFICE {')}\n${remote}\n`);
    expect(await codesOf(office)).toEqual(['LEAF_REMOTE_OPEN', 'LEAF_CERTIFICATES_NOT_PINNED', 'PASSWORD_IN_CONFIG']);
  }, 30_000);

  it('finds a stream that acknowledges before it is on disk, and one in memory', async () => {
    const office = await loneOffice((config) => config);
    const node = await office.connect(office.nodeKey);
    try {
      await internalsOf(node).jsm.streams.add({
        name: 'LEDGER',
        subjects: ['ledger.record'],
        storage: StorageType.File,
        num_replicas: 1,
        persist_mode: PersistMode.Async,
      });
      expect(await codesOf(office)).toEqual(['STREAM_ASYNC']);
      await internalsOf(node).jsm.streams.add({
        name: 'CONTENT',
        subjects: ['content.*.*'],
        storage: StorageType.Memory,
        num_replicas: 1,
      });
      expect(new Set(await codesOf(office))).toEqual(new Set(['STREAM_ASYNC', 'STREAM_REPLICATED_OR_MEMORY']));
    } finally {
      await node.close();
    }
  }, 30_000);

  it('finds that the file was changed after the server had read it', async () => {
    const office = await loneOffice((config) => config);
    const later = new Date(Date.now() + 60_000);
    await utimes(office.server.configFile, later, later);
    const config = {
      text: await readFile(office.server.configFile, 'utf8'),
      changedAt: epochMs(Math.floor((await stat(office.server.configFile)).mtimeMs)),
    };
    const findings = await checkServerSafety({
      monitorUrl: office.server.monitorUrl(),
      role: { kind: 'office', office: th },
      config,
    });
    expect(findings.map((finding) => finding.code)).toEqual(['CONFIG_NOT_LOADED']);
  }, 30_000);

  it('finds what is weaker at a hub: another account with a store, an open export, a user who speaks for others', async () => {
    const [one, other] = [officeId('th-mae-sai'), officeId('mm-tachileik')];
    const region = await startHub({
      offices: [one, other],
      routes: [[one, other]],
      alterHub: (config) =>
        config
          .replace('NATION_TH {', 'NATION_TH {\n  jetstream: enabled')
          .replace(/(service: "hub\.request\.mm-tachileik", accounts: \[NATION_)MM/, '$1MM, NATION_TH')
          .replace(/"region\.\*\.\*\.mm-tachileik", "hub\.request/, '"region.*.*.*", "hub.request')
          .replace('sync_interval: always', 'sync_interval: "2m"'),
    });
    running.push(region);
    const codes = (await findingsOf(region.server, { kind: 'hub', hub: region.hub })).map((finding) => finding.code);
    expect([...codes].sort()).toEqual([
      'EXPORT_OPEN',
      'LEAF_USER_OPEN',
      'LINK_ACCOUNT_HAS_JETSTREAM',
      'SYNC_NOT_ALWAYS',
    ]);
  }, 30_000);

  it('refuses to judge a server that does not answer', async () => {
    const check = checkServerSafety({
      monitorUrl: 'http://127.0.0.1:1',
      role: { kind: 'office', office: th },
      config: { text: '', changedAt: epochMs(0) },
    });
    await expect(check).rejects.toMatchObject({ code: 'BUS_MONITOR_UNREACHABLE' });
  });

  it('never names a key', async () => {
    const office = await loneOffice((config) =>
      config.replace('OFFICE {', `OTHER { users: [ { nkey: ${stranger} } ] }\n  OFFICE {`),
    );
    expect(JSON.stringify(await findingsOf(office.server, { kind: 'office', office: th }))).not.toContain(stranger);
  }, 30_000);
});
