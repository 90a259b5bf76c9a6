import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { newNkeyUser, nkeyPublicOf } from '../../../services/core/bus/index.ts';
import { parseServerConfig } from '../../../services/core/bus/monitor/parse-server-config.ts';
import {
  type AcceptingLink,
  type DiallingLink,
  type HubServerInput,
  type OfficeServerInput,
  readServerTemplates,
  renderHubServerConfig,
  renderOfficeServerConfig,
  type ServerTemplates,
} from '../../../services/core/bus/server-config/index.ts';
import {
  byteCount,
  type OfficeId,
  pairScope,
  parseHubId,
  parseNationCode,
  parseOfficeId,
  type Scope,
} from '../../../services/core/foundation/index.ts';

const th = parseOfficeId('th-chiang-khong');
const la = parseOfficeId('la-houayxay');
const mm = parseOfficeId('mm-tachileik');
const hub = parseHubId('hub-mekong');
const fingerprint = 'ab'.repeat(32);
const tls = { certFile: '/tls/own.crt', keyFile: '/tls/own.key', caFile: '/tls/others.crt' };
let templates: ServerTemplates;

beforeAll(async () => {
  const folder = new URL('../../../deploy/nats/', import.meta.url);
  templates = await readServerTemplates((fileName) => Promise.resolve(readFileSync(new URL(fileName, folder), 'utf8')));
});

function key(): string {
  return newNkeyUser().publicKey;
}

function accepting(changes: Partial<AcceptingLink> = {}): AcceptingLink {
  return {
    kind: 'accepts',
    neighbour: la,
    peers: [{ office: la, scopes: [pairScope(th, la)] }],
    publisherKey: key(),
    leafKey: key(),
    pinnedCerts: [fingerprint],
    ...changes,
  };
}

function dialling(changes: Partial<DiallingLink> = {}): DiallingLink {
  return {
    kind: 'dials',
    neighbour: hub,
    peers: [{ office: mm, scopes: [pairScope(th, mm)] }],
    publisherKey: key(),
    host: 'hub.example',
    port: 7422,
    leafSeed: newNkeyUser().seed,
    tls,
    pinnedCerts: [fingerprint],
    ...changes,
  };
}

function office(changes: Partial<OfficeServerInput> = {}): OfficeServerInput {
  return {
    serverVersion: '2.15.1',
    clientPort: 4222,
    monitorPort: 8222,
    pidFile: '/run/nats.pid',
    maxPayloadBytes: byteCount(2_097_152),
    nodeKey: key(),
    operatorKey: key(),
    office: th,
    storeDir: '/var/lib/liaison',
    maxFileBytes: byteCount(1_000_000),
    maxMemBytes: byteCount(1_000_000),
    listener: { host: '0.0.0.0', port: 7422, tls },
    links: [accepting(), dialling()],
    ...changes,
  };
}

function hubInput(changes: Partial<HubServerInput> = {}): HubServerInput {
  return {
    serverVersion: '2.15.1',
    clientPort: 4222,
    monitorPort: 8222,
    pidFile: '/run/nats.pid',
    maxPayloadBytes: byteCount(2_097_152),
    nodeKey: key(),
    operatorKey: key(),
    hub,
    storeDir: '/var/lib/hub',
    maxFileBytes: byteCount(1_000_000),
    maxMemBytes: byteCount(1_000_000),
    listener: { host: '0.0.0.0', port: 7422, tls },
    offices: [th, mm].map((id) => ({ office: id, leafKey: key(), pinnedCerts: [fingerprint] })),
    routes: [{ offices: [th, mm], scopes: [pairScope(th, mm)] }],
    ...changes,
  };
}

function rendered(input: OfficeServerInput): string {
  return renderOfficeServerConfig(templates, input).files['nats-server.conf'];
}

describe('renderOfficeServerConfig', () => {
  it('makes a configuration that can be read, without any key but public ones', () => {
    const link = dialling();
    const { files, secrets } = renderOfficeServerConfig(templates, office({ links: [accepting(), link] }));
    expect(Object.keys(parseServerConfig(files['nats-server.conf']).settings)).toContain('leafnodes');
    expect(files['nats-server.conf']).not.toMatch(/\bS[UA][A-Z2-7]{50}/);
    expect(Object.keys(secrets)).toEqual(['leaf-hub-mekong.seed.conf']);
    expect(secrets['leaf-hub-mekong.seed.conf']).toContain(link.leafSeed);
  });
  it('has no leafnodes at all without links', () => {
    expect(rendered(office({ links: [] }))).not.toContain('leafnodes');
  });
  it('lets a national system ask the node and hear its events, under its own inbox', () => {
    const text = rendered(office({ systems: [{ name: 'customs', key: key() }] }));
    expect(text).toContain('publish: { allow: ["office.request.>"] }');
    expect(text).toContain('subscribe: { allow: ["office.event.>", "_INBOX_th-chiang-khong_customs.>"] }');
  });
  it.each([
    ['2.14.3', false],
    ['2.14.4', false],
    ['2.14.5', true],
    ['2.15.0', true],
    ['3.0.0', true],
  ])('for version %s sets a dial timeout: %s', (serverVersion, has) => {
    expect(rendered(office({ serverVersion })).includes('dial_timeout')).toBe(has);
  });
  it('keeps a disabled remote without dialling it', () => {
    expect(rendered(office({ links: [dialling({ disabled: true })] }))).toContain('disabled: true');
    expect(rendered(office({ links: [dialling()] }))).toContain('disabled: false');
  });
  it('pins the certificates of those it dials too, where it also listens', () => {
    const other = 'cd'.repeat(32);
    expect(rendered(office({ links: [accepting(), dialling({ pinnedCerts: [other] })] }))).toContain(
      `pinned_certs: ["${fingerprint}", "${other}"]`,
    );
  });
  it('pins those it dials without a listener, and opens no port for that', () => {
    const { leafnodes } = parseServerConfig(rendered(office({ links: [dialling()] }))).settings;
    expect(leafnodes).toMatchObject({ settings: { tls: { settings: { pinned_certs: [fingerprint] } } } });
    expect(leafnodes).not.toHaveProperty('settings.listen');
  });
  it.each([
    [
      'a dialled link without a pinned certificate',
      () => office({ links: [dialling({ pinnedCerts: [] })] }),
      'pinnedCerts',
    ],
    [
      'a neighbour twice',
      () => office({ links: [accepting(), accepting({ peers: [{ office: mm, scopes: [pairScope(th, mm)] }] })] }),
      'neighbours',
    ],
    [
      'a peer twice behind one link',
      () =>
        office({ links: [dialling({ peers: [mm, mm].map((id) => ({ office: id, scopes: [pairScope(th, mm)] })) })] }),
      'peers',
    ],
    ['a link to a neighbour without peers', () => office({ links: [accepting({ peers: [] })] }), 'peers'],
    ['a peer without a scope', () => office({ links: [accepting({ peers: [{ office: la, scopes: [] }] })] }), 'scopes'],
    [
      "an accepted link for another's subjects",
      () => office({ links: [accepting({ peers: [{ office: mm, scopes: [pairScope(th, mm)] }] })] }),
      'peers',
    ],
    [
      'an accepted link without a listener',
      () => ({ ...withoutListener(office({ links: [accepting()] })) }),
      'listener',
    ],
    [
      'an accepted link without a pinned certificate',
      () => office({ links: [accepting({ pinnedCerts: [] })] }),
      'pinnedCerts',
    ],
    ['one key for two users', () => office({ links: [accepting({ leafKey: SHARED, publisherKey: SHARED })] }), 'keys'],
  ])('refuses %s', (_what, input, value) => {
    expect(() => rendered(input())).toThrow(
      expect.objectContaining({ code: 'BUS_CONFIG_INVALID', context: expect.objectContaining({ value }) }),
    );
  });
  it('lets a peer in over two links, by one export for both of their accounts', () => {
    const text = rendered(
      office({ links: [accepting(), dialling({ peers: [{ office: la, scopes: [pairScope(th, la)] }] })] }),
    );
    const subject = `cross.${pairScope(th, la)}.${la}.${th}.*`;
    expect(text).toContain(
      `{ service: "${subject}", accounts: [LINK_LA_HOUAYXAY, LINK_HUB_MEKONG], response_type: singleton }`,
    );
    expect(text.split(`{ service: { account: OFFICE, subject: "${subject}" } }`)).toHaveLength(3);
    expect(text.split(`$JS.API.STREAM.INFO.INBOUND_LA_HOUAYXAY`)).toHaveLength(2);
  });
  it('lets a peer speak in channels only where the two run operations together', () => {
    const every = `"cross.*.${la}.${th}.*"`;
    const pair = `"cross.${pairScope(th, la)}.${la}.${th}.*"`;
    expect(rendered(office())).not.toContain(every);
    const peers = [{ office: la, scopes: [pairScope(th, la)], operations: true }];
    const text = rendered(office({ links: [accepting({ peers }), dialling()] }));
    expect(text).toContain(`{ service: ${every}, accounts: [LINK_LA_HOUAYXAY], response_type: singleton }`);
    // Two filters that overlap would hand one message over twice.
    expect(text).not.toContain(pair);
    expect(text).not.toContain(`"cross.*.${mm}.${th}.*"`);
  });
  it('refuses the scope of another pair, and a peer of the same nation', () => {
    const invalid = expect.objectContaining({ code: 'SUBJECTS_PARTIES_INVALID' });
    expect(() =>
      rendered(office({ links: [accepting({ peers: [{ office: la, scopes: [pairScope(th, mm)] }] })] })),
    ).toThrow(invalid);
    const sibling = 'th-mae-sai' as OfficeId;
    expect(() =>
      rendered(
        office({ links: [accepting({ neighbour: sibling, peers: [{ office: sibling, scopes: ['op-x' as Scope] }] })] }),
      ),
    ).toThrow(invalid);
  });
  it('refuses a key that is none, and a path that is not absolute', () => {
    const invalid = expect.objectContaining({ code: 'BUS_TEMPLATE_INVALID' });
    expect(() => rendered(office({ nodeKey: 'guest' }))).toThrow(invalid);
    expect(() => rendered(office({ storeDir: 'store' }))).toThrow(invalid);
  });

  it('lets an office speak to a hub about the region alone', () => {
    const text = rendered(office({ links: [dialling({ peers: [] })] }));
    expect(text).toContain(`publish: { allow: ["region.*.*.${th}", "hub.request.${th}"] }`);
  });
});

describe('renderHubServerConfig', () => {
  it('has an account per nation, and JetStream in its own account alone', () => {
    const text = renderHubServerConfig(templates, hubInput()).files['nats-server.conf'];
    expect(text).toContain('NATION_TH {');
    expect(text).toContain('NATION_MM {');
    expect(text.match(/jetstream:/g)).toEqual(['jetstream:']);
    expect(text).toMatch(/HUB \{\n {4}jetstream: enabled/);
  });
  it('has no user of a nation that is suspended, and differs in nothing else', () => {
    const input = hubInput();
    const before = renderHubServerConfig(templates, input).files['nats-server.conf'];
    const text = renderHubServerConfig(templates, { ...input, suspended: [parseNationCode('MM')] }).files[
      'nats-server.conf'
    ];
    const { leafKey } = input.offices.find(({ office }) => office === mm) as { readonly leafKey: string };
    expect(before).toContain(leafKey);
    expect(text).not.toContain(leafKey);
    const lines = text.split('\n');
    const left = before.split('\n').filter((line) => !lines.includes(line));
    expect(lines.filter((line) => !before.split('\n').includes(line)).map((line) => line.trim())).toEqual([]);
    expect(left.join('\n')).not.toMatch(/service|exports|imports|pinned|max_/);
  });
  it("lets an office's leaf user say to the region what is said in its own name, and nothing else of it", () => {
    const text = renderHubServerConfig(templates, hubInput()).files['nats-server.conf'];
    const allowed = [...text.matchAll(/publish: \{ allow: (\[.*\]) \}/g)].map(([, list]) => list ?? '');
    const ofLeafs = allowed.filter((list) => list.includes('"region.') && !list.includes('$JS'));
    expect(ofLeafs).toHaveLength(2);
    for (const list of ofLeafs) {
      const own = list.includes(`region.*.*.${th}`) ? th : mm;
      const other = own === th ? mm : th;
      expect(list).toContain(`"region.*.*.${own}", "hub.request.${own}"`);
      expect(list).not.toContain(`region.*.*.${other}`);
      expect(list).not.toContain(`hub.request.${other}`);
    }
    expect(text).toContain(`{ service: "hub.request.${th}", accounts: [NATION_TH], response_type: singleton }`);
    expect(text).toContain(`{ service: { account: HUB, subject: "region.*.*.${mm}" } }`);
  });
  it('passes channels on only where both offices of a route run operations through it', () => {
    const route = { offices: [th, mm] as const, scopes: [pairScope(th, mm)] };
    const text = (operations: boolean) =>
      renderHubServerConfig(templates, hubInput({ routes: [{ ...route, operations }] })).files['nats-server.conf'];
    expect(text(true)).toContain(
      `{ service: "cross.*.${th}.${mm}.*", accounts: [NATION_TH], response_type: singleton }`,
    );
    expect(text(false)).not.toContain('cross.*.');
  });
  it('exports to the sending nation alone what its office sends', () => {
    const text = renderHubServerConfig(templates, hubInput()).files['nats-server.conf'];
    const scope = pairScope(th, mm);
    expect(text).toContain(
      `{ service: "cross.${scope}.${th}.${mm}.*", accounts: [NATION_TH], response_type: singleton }`,
    );
    expect(text).toContain(`{ service: { account: NATION_MM, subject: "cross.${scope}.${th}.${mm}.*" } }`);
    expect(text).not.toContain(`cross.${scope}.${th}.${mm}.*", accounts: [NATION_MM]`);
  });
  it.each([
    [
      'an office twice',
      () =>
        hubInput({ offices: [th, th, mm].map((id) => ({ office: id, leafKey: key(), pinnedCerts: [fingerprint] })) }),
      'offices',
    ],
    [
      'a route to an office that it does not have',
      () => hubInput({ routes: [{ offices: [th, la], scopes: [pairScope(th, la)] }] }),
      'routes',
    ],
    [
      'a route twice',
      () => hubInput({ routes: [th, mm].map(() => ({ offices: [th, mm] as const, scopes: [pairScope(th, mm)] })) }),
      'routes',
    ],
    [
      'an office without a pinned certificate',
      () => hubInput({ offices: [th, mm].map((id) => ({ office: id, leafKey: key(), pinnedCerts: [] })) }),
      'pinnedCerts',
    ],
    ['one key for two users', () => hubInput({ nodeKey: SHARED, operatorKey: SHARED }), 'keys'],
  ])('refuses %s', (_what, input, value) => {
    expect(() => renderHubServerConfig(templates, input())).toThrow(
      expect.objectContaining({ code: 'BUS_CONFIG_INVALID', context: expect.objectContaining({ value }) }),
    );
  });
});

describe('nkeyPublicOf', () => {
  it('gives the public half of a seed, with or without a line end', () => {
    const user = newNkeyUser();
    expect(nkeyPublicOf(user.seed)).toBe(user.publicKey);
    expect(nkeyPublicOf(`${user.seed}\n`)).toBe(user.publicKey);
  });
  it.each(['', 'guest', `SU${'A'.repeat(56)}`])('refuses %j', (seed) => {
    expect(() => nkeyPublicOf(seed)).toThrow(expect.objectContaining({ code: 'BUS_CONFIG_INVALID' }));
  });
});

const SHARED = newNkeyUser().publicKey;

function withoutListener(input: OfficeServerInput): OfficeServerInput {
  const { listener: _none, ...rest } = input;
  return rest;
}
