import { describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import { parseOfficeConfig } from '../../../services/office/config.ts';
import { OfficeError } from '../../../services/office/errors.ts';

const ROOT = 'A'.repeat(43);
const GOOD = `
office: th-chiang-khong
root: ${ROOT}
http: { host: 127.0.0.1, port: 8101 }
server: { client: 'nats://127.0.0.1:4221', monitor: 'http://127.0.0.1:8221', config: nats/nats-server.conf }
keys:
  signing: keys/signing.jwk
  sealing: [keys/sealing-1.jwk, keys/sealing-2.jwk]
  drillSigning: keys/drill-signing.jwk
  drillSealing: [keys/drill-sealing-1.jwk]
  node: keys/node.nk
neighbours:
  - { office: la-houayxay, via: direct, key: keys/link-la-houayxay.nk, also: [{ via: hub-mekong, key: keys/link-hub-mekong.nk }] }
  - { office: mm-tachileik, via: hub-mekong, key: /elsewhere/link-hub-mekong.nk }
hubs:
  - { hub: hub-mekong, key: keys/link-hub-mekong.nk }
trust: trust
policy: { bundle: policy/bundle.json }
tokens: tokens.json
relay: { heartbeatSeconds: 5, clockToleranceSeconds: 60 }
limits: { ledgerBytes: 2147483648, contentBytes: 4294967296, inboundBytes: 268435456, minFreeDiskBytes: 1073741824 }
log: { level: debug }
`;

interface Draft {
  // biome-ignore lint/suspicious/noExplicitAny: a configuration to be spoilt
  [name: string]: any;
}

function faultsOf(text: string): string[] {
  try {
    parseOfficeConfig(text, '/home/office/office.yaml');
  } catch (error) {
    if (error instanceof OfficeError && error.code === 'OFFICE_CONFIG_INVALID')
      return error.faults.map(({ field, reason }) => `${field} ${reason}`);
    throw error;
  }
  return [];
}

function spoilt(change: (config: Draft) => void): string {
  const config = parse(GOOD) as Draft;
  change(config);
  return stringify(config);
}

describe('parseOfficeConfig', () => {
  it('takes a certificate, and how people sign in', () => {
    const text = spoilt((config) => {
      config['http'].tls = { certificate: 'tls/http.crt', key: 'tls/http.key' };
      config['console'] = {
        origin: 'https://liaison.example',
        idleHours: 8,
        absoluteHours: 0.5,
        oidc: {
          issuer: 'https://id.example/realm',
          clientId: 'office',
          clientSecretFile: 'keys/oidc',
          label: 'Ministry',
        },
      };
    });
    const { http, console } = parseOfficeConfig(text, '/home/office/office.yaml');
    expect(http.tls).toEqual({ certificateFile: '/home/office/tls/http.crt', keyFile: '/home/office/tls/http.key' });
    expect(console).toMatchObject({
      origin: 'https://liaison.example',
      idleMs: 8 * 3_600_000,
      absoluteMs: 1_800_000,
      oidc: { clientId: 'office', clientSecretFile: '/home/office/keys/oidc', label: 'Ministry' },
    });
    expect(console.oidc?.issuer.href).toBe('https://id.example/realm');
  });

  it('does without either', () => {
    const { http, console } = parseOfficeConfig(GOOD, '/home/office/office.yaml');
    expect([http.tls, console]).toEqual([
      null,
      { origin: null, idleMs: 12 * 3_600_000, absoluteMs: 24 * 3_600_000, oidc: null },
    ]);
  });

  it.each<[string, (config: Draft) => void]>([
    ['console.origin value-wrong', (config) => (config['console'] = { origin: 'http://liaison.example' })],
    ['console.origin value-wrong', (config) => (config['console'] = { origin: 'https://liaison.example/console' })],
    ['console.idleHours value-wrong', (config) => (config['console'] = { idleHours: 0 })],
    ['console.sessions field-unknown', (config) => (config['console'] = { sessions: 1 })],
    [
      'console.oidc.issuer value-wrong',
      (config) =>
        (config['console'] = {
          oidc: { issuer: 'http://id.example', clientId: 'x', clientSecretFile: 'x', label: 'x' },
        }),
    ],
    ['http.tls.key required', (config) => (config['http'].tls = { certificate: 'x' })],
  ])('names %s', (fault, change) => {
    expect(faultsOf(spoilt((config) => void change(config)))).toEqual([fault]);
  });

  it('does without keys for exercises', () => {
    const text = spoilt(({ keys }) => {
      delete keys.drillSigning;
      delete keys.drillSealing;
    });
    const { keys } = parseOfficeConfig(text, '/home/office/office.yaml');
    expect(keys).toMatchObject({ drillSigningFile: null, drillSealingFiles: [] });
  });

  it('reads every field, paths from where the file lies', () => {
    const config = parseOfficeConfig(GOOD, '/home/office/office.yaml');
    expect(config).toEqual({
      office: 'th-chiang-khong',
      nation: 'TH',
      root: ROOT,
      http: { host: '127.0.0.1', port: 8101, tls: null },
      console: { origin: null, idleMs: 43_200_000, absoluteMs: 86_400_000, oidc: null },
      peopleFolder: '/home/office',
      server: {
        client: 'nats://127.0.0.1:4221',
        monitor: 'http://127.0.0.1:8221',
        configFile: '/home/office/nats/nats-server.conf',
      },
      keys: {
        signingFile: '/home/office/keys/signing.jwk',
        sealingFiles: ['/home/office/keys/sealing-1.jwk', '/home/office/keys/sealing-2.jwk'],
        nodeFile: '/home/office/keys/node.nk',
        drillSigningFile: '/home/office/keys/drill-signing.jwk',
        drillSealingFiles: ['/home/office/keys/drill-sealing-1.jwk'],
      },
      neighbours: [
        {
          office: 'la-houayxay',
          via: 'direct',
          keyFile: '/home/office/keys/link-la-houayxay.nk',
          also: [{ via: 'hub-mekong', keyFile: '/home/office/keys/link-hub-mekong.nk' }],
        },
        { office: 'mm-tachileik', via: 'hub-mekong', keyFile: '/elsewhere/link-hub-mekong.nk', also: [] },
      ],
      hubs: [{ hub: 'hub-mekong', keyFile: '/home/office/keys/link-hub-mekong.nk' }],
      trustFolder: '/home/office/trust',
      bundleFile: '/home/office/policy/bundle.json',
      tokensFile: '/home/office/tokens.json',
      heartbeatMs: 5000,
      clockToleranceMs: 60_000,
      limits: { ledgerBytes: 2 ** 31, contentBytes: 2 ** 32, inboundBytes: 2 ** 28, minFreeDiskBytes: 2 ** 30 },
      logLevel: 'debug',
    });
  });

  it('takes what suits a real office where relay and log are left out', () => {
    const text = spoilt((config) => {
      delete config['relay'];
      delete config['log'];
    });
    expect(parseOfficeConfig(text, '/o/office.yaml')).toMatchObject({
      heartbeatMs: 10_000,
      clockToleranceMs: 300_000,
      logLevel: 'info',
    });
  });

  it('takes an office without neighbours', () => {
    expect(faultsOf(spoilt((config) => (config['neighbours'] = [])))).toEqual([]);
  });

  it.each([
    ['an unknown field', (c: Draft) => (c['ofice'] = 'x'), 'ofice field-unknown'],
    ['an unknown field further in', (c: Draft) => (c['http'].hots = 'x'), 'http.hots field-unknown'],
    [
      'an unknown field of a neighbour',
      (c: Draft) => (c['neighbours'][1].skipVerify = true),
      'neighbours[1].skipVerify field-unknown',
    ],
    ['a missing field', (c: Draft) => delete c['root'], 'root required'],
    ['a missing section, once', (c: Draft) => delete c['server'], 'server required'],
    ['a section that is a text, once', (c: Draft) => (c['server'] = 'x'), 'server type-wrong'],
    ['an office that is none', (c: Draft) => (c['office'] = 'Chiang Khong'), 'office value-wrong'],
    ['a thumbprint that is none', (c: Draft) => (c['root'] = 'x'), 'root value-wrong'],
    ['a port as a text', (c: Draft) => (c['http'].port = '8101'), 'http.port value-wrong'],
    ['a port that is none', (c: Draft) => (c['http'].port = 65_536), 'http.port value-wrong'],
    ['a half port', (c: Draft) => (c['http'].port = 80.5), 'http.port value-wrong'],
    ['another protocol', (c: Draft) => (c['server'].client = 'http://127.0.0.1:1'), 'server.client value-wrong'],
    ['a password', (c: Draft) => (c['server'].client = 'nats://a:b@127.0.0.1:1'), 'server.client value-wrong'],
    ['no sealing key', (c: Draft) => (c['keys'].sealing = []), 'keys.sealing value-wrong'],
    ['sealing keys that are no list', (c: Draft) => (c['keys'].sealing = 'x'), 'keys.sealing value-wrong'],
    ['neighbours that are no list', (c: Draft) => (c['neighbours'] = {}), 'neighbours type-wrong'],
    ['a neighbour that is no map', (c: Draft) => (c['neighbours'][0] = 'la-houayxay'), 'neighbours[0] type-wrong'],
    [
      'a neighbour of the own nation',
      (c: Draft) => (c['neighbours'][0].office = 'th-mae-sai'),
      'neighbours[0].office value-wrong',
    ],
    [
      'a neighbour twice',
      (c: Draft) => (c['neighbours'][1].office = 'la-houayxay'),
      'neighbours[1].office value-wrong',
    ],
    ['a way that is none', (c: Draft) => (c['neighbours'][0].via = 'mekong'), 'neighbours[0].via value-wrong'],
    [
      'a bound of less than 1 MiB',
      (c: Draft) => (c['limits'].ledgerBytes = 1024 * 1024 - 1),
      'limits.ledgerBytes value-wrong',
    ],
    ['a missing bound', (c: Draft) => delete c['limits'].contentBytes, 'limits.contentBytes required'],
    ['a heartbeat of nothing', (c: Draft) => (c['relay'].heartbeatSeconds = 0), 'relay.heartbeatSeconds value-wrong'],
    ['a log level that is none', (c: Draft) => (c['log'].level = 'loud'), 'log.level value-wrong'],
  ])('refuses %s', (_, change, fault) => {
    expect(faultsOf(spoilt(change))).toEqual([fault]);
  });

  it('tells all faults at once', () => {
    const text = spoilt((config) => {
      config['more'] = 1;
      config['http'].port = -1;
      delete config['tokens'];
    });
    expect(faultsOf(text).sort()).toEqual(['http.port value-wrong', 'more field-unknown', 'tokens required']);
  });

  it.each([
    ['no YAML', 'office: [', ' not-yaml'],
    ['a field twice', `${GOOD}\noffice: la-houayxay\n`, ' not-yaml'],
    ['an alias', GOOD.replace('trust: trust', 'trust: &t trust\nmore: *t'), ' not-yaml'],
    ['a tag of a type', GOOD.replace('trust: trust', 'trust: !!js/function x'), ' not-yaml'],
    ['nothing', '', ' type-wrong'],
    ['a list', '- 1', ' type-wrong'],
  ])('refuses %s', (_, text, fault) => {
    expect(faultsOf(text)[0]).toBe(fault);
  });
});
