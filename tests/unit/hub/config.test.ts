import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { parseHubConfig, readHubConfig } from '../../../services/hub/config.ts';

const sound = {
  hub: 'hub-mekong',
  offices: ['th-mae-sai', 'mm-tachileik'],
  http: { host: '127.0.0.1', port: 8104 },
  server: { client: 'nats://127.0.0.1:4222', monitor: 'http://127.0.0.1:8222', config: 'nats/nats-server.conf' },
  keys: { node: 'keys/node.nk', signing: 'keys/signing.jwk' },
  trust: 'trust',
  suspended: 'suspended.json',
  limits: { logBytes: 1, contentBytes: 2, directoryBytes: 3, subscriptionBytes: 4, itemsPerMinute: 5 },
  log: { level: 'info' },
};

const faultsOf = (value: unknown): string => {
  try {
    parseHubConfig(typeof value === 'string' ? value : stringify(value), '/hub');
  } catch (error) {
    const { code, context } = error as { code: string; context: { faults: string } };
    expect(code).toBe('HUB_CONFIG_INVALID');
    return context.faults;
  }
  return 'none';
};

describe('parseHubConfig', () => {
  it('reads a sound configuration, its paths from its own folder on', () => {
    expect(parseHubConfig(stringify(sound), '/hub')).toEqual({
      hub: 'hub-mekong',
      offices: ['th-mae-sai', 'mm-tachileik'],
      http: { host: '127.0.0.1', port: 8104 },
      server: {
        client: 'nats://127.0.0.1:4222',
        monitor: 'http://127.0.0.1:8222',
        configFile: '/hub/nats/nats-server.conf',
      },
      nodeKeyFile: '/hub/keys/node.nk',
      signingKeyFile: '/hub/keys/signing.jwk',
      trust: '/hub/trust',
      suspendedFile: '/hub/suspended.json',
      limits: { logBytes: 1, contentBytes: 2, directoryBytes: 3, subscriptionBytes: 4, itemsPerMinute: 5 },
      logLevel: 'info',
    });
  });

  it('names all faults at once', () => {
    expect(faultsOf({ ...sound, hub: 'mekong', http: { host: '', port: 70_000 }, log: { level: 'loud' } })).toBe(
      'hub, http.host, http.port, log.level',
    );
  });

  it.each([
    ['no YAML', ': [', 'not YAML'],
    ['a list', [], 'the whole file'],
    ['an unknown field', { ...sound, offcies: [] }, 'offcies'],
    ['an unknown field further in', { ...sound, http: { ...sound.http, tls: true } }, 'http.tls'],
    ['offices that are none', { ...sound, offices: ['mekong'] }, 'offices'],
    ['a bound that is no count', { ...sound, limits: { ...sound.limits, itemsPerMinute: 0 } }, 'limits.itemsPerMinute'],
    ['a signing key that is not named', { ...sound, keys: { node: 'keys/node.nk' } }, 'keys.signing'],
    [
      'a server with another protocol',
      { ...sound, server: { ...sound.server, monitor: 'https://x' } },
      'server.monitor',
    ],
    ['a key that is not named', { ...sound, keys: {} }, 'keys.node'],
  ])('refuses %s', (_, value, fault) => {
    expect(faultsOf(value)).toContain(fault);
  });
});

describe('readHubConfig', () => {
  it.each([[[]], [['--config']], [['--port', '1']], [['hub.yaml']]])('refuses the arguments %j', async (argv) => {
    await expect(readHubConfig(argv)).rejects.toMatchObject({ code: 'HUB_ARGUMENTS_INVALID' });
  });

  it('refuses a configuration that is not there', async () => {
    await expect(readHubConfig(['--config', '/nowhere/hub.yaml'])).rejects.toMatchObject({
      code: 'HUB_FILE_UNREADABLE',
    });
  });
});
