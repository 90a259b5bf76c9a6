import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { newNkeyUser } from '../../services/core/bus/index.ts';
import type { OfficeConfig } from '../../services/office/config.ts';
import { readOfficeSecrets } from '../../services/office/secrets.ts';
import { testClock, testNation } from '../unit/office/document-fixtures.ts';

const th = testNation('TH', 'th-chiang-khong', testClock().clock);
const node = newNkeyUser();
const link = newNkeyUser();
const second = newNkeyUser();
let folder: string;
let config: OfficeConfig;

const at = (name: string): string => join(folder, name);
const put = async (name: string, text: string, mode = 0o600): Promise<void> => {
  await writeFile(at(name), text);
  await chmod(at(name), mode);
};

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'liaison-secrets-'));
  await put('signing.jwk', th.made.signingKey.privateJwk);
  await put('sealing.jwk', th.made.sealingKey.privateJwk);
  await put('node.nk', `${node.seed}\n`);
  await put('link.nk', link.seed);
  await put('drill-signing.jwk', th.made.drillSigningKey.privateJwk);
  await put('drill-sealing.jwk', th.made.drillSealingKey.privateJwk);
  await put('second.nk', second.seed);
  const also = [{ via: 'hub-salween', keyFile: at('second.nk') }];
  const neighbour = (office: string) => ({ office, via: 'hub-mekong', keyFile: at('link.nk'), also });
  config = {
    keys: {
      signingFile: at('signing.jwk'),
      sealingFiles: [at('sealing.jwk')],
      nodeFile: at('node.nk'),
      drillSigningFile: at('drill-signing.jwk'),
      drillSealingFiles: [at('drill-sealing.jwk')],
    },
    neighbours: [neighbour('mm-tachileik'), neighbour('la-houayxay')],
    hubs: [],
    http: { host: '127.0.0.1', port: 0, tls: null },
    console: { oidc: null },
  } as unknown as OfficeConfig;
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('readOfficeSecrets', () => {
  it('reads every key once', async () => {
    const secrets = await readOfficeSecrets(config);
    expect(secrets.signer.kid).toBe(th.made.signingKey.kid);
    expect(secrets.unsealer.holds(th.made.sealingKey.kid)).toBe(true);
    expect(secrets.nodeSeed).toBe(node.seed);
    expect([...secrets.linkSeeds]).toEqual([
      [at('link.nk'), link.seed],
      [at('second.nk'), second.seed],
    ]);
    expect(secrets.drillSigner?.kid).toBe(th.made.drillSigningKey.kid);
    expect(secrets.drillUnsealer.holds(th.made.drillSealingKey.kid)).toBe(true);
    // A key for exercises opens nothing else, nor the reverse.
    expect(secrets.unsealer.holds(th.made.drillSealingKey.kid)).toBe(false);
    expect(secrets.drillUnsealer.holds(th.made.sealingKey.kid)).toBe(false);
  });

  it('does without keys for exercises', async () => {
    const keys = { ...config.keys, drillSigningFile: null, drillSealingFiles: [] };
    const secrets = await readOfficeSecrets({ ...config, keys });
    expect(secrets.drillSigner).toBeNull();
    expect(secrets.drillUnsealer.holds(th.made.drillSealingKey.kid)).toBe(false);
  });

  it.each(['signing.jwk', 'sealing.jwk', 'drill-signing.jwk', 'drill-sealing.jwk', 'node.nk', 'link.nk', 'second.nk'])(
    'refuses %s where it is missing',
    async (name) => {
      await rm(at(name));
      await expect(readOfficeSecrets(config)).rejects.toMatchObject({
        code: 'OFFICE_FILE_UNREADABLE',
        context: { file: at(name) },
      });
    },
  );

  it.each([
    ['signing.jwk', 0o640],
    ['sealing.jwk', 0o604],
    ['drill-signing.jwk', 0o640],
    ['drill-sealing.jwk', 0o604],
    ['node.nk', 0o660],
    ['link.nk', 0o611],
  ])('refuses %s with mode %o', async (name, mode) => {
    await chmod(at(name), mode);
    await expect(readOfficeSecrets(config)).rejects.toMatchObject({
      code: 'OFFICE_SECRET_EXPOSED',
      context: { file: at(name), mode: mode.toString(8) },
    });
  });

  it.each([
    ['signing.jwk', th.made.sealingKey.privateJwk],
    ['sealing.jwk', th.made.signingKey.privateJwk],
    ['signing.jwk', 'x'],
    ['drill-signing.jwk', th.made.drillSealingKey.privateJwk],
    ['drill-sealing.jwk', th.made.drillSigningKey.privateJwk],
    ['node.nk', node.publicKey],
    ['link.nk', ''],
  ])('refuses %s that holds something else', async (name, text) => {
    await put(name, text);
    await expect(readOfficeSecrets(config)).rejects.toMatchObject({ code: 'OFFICE_SECRET_INVALID' });
  });

  it('says nothing of what a wrong file holds', async () => {
    await put('node.nk', 'not-a-seed-but-secret');
    const error = await readOfficeSecrets(config).catch((cause: unknown) => cause);
    expect(JSON.stringify(error)).not.toContain('not-a-seed');
    expect(String(error)).not.toContain('not-a-seed');
  });
});
