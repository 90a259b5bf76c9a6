import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fetchRelease } from '../../../deploy/bootstrap/nats-server-release.mjs';
import { readNatsServerVersion } from '../../../deploy/bootstrap/nats-server-version.mjs';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { writeFakeServer } from './fake-server.ts';

const name = 'nats-server-v2.15.1-linux-arm64';
const host = { platform: 'linux', arch: 'arm64' };

function publishRelease() {
  const folder = temporaryFolder();
  writeFakeServer(join(folder, name, 'nats-server'), '2.15.1');
  execFileSync('tar', ['-czf', 'release.tar.gz', name], { cwd: folder });
  const archive = readFileSync(join(folder, 'release.tar.gz'));
  const digest = createHash('sha256').update(archive).digest('hex');
  const serve = (sums: string) => async (url: string) =>
    url.endsWith('/SHA256SUMS') ? Buffer.from(sums) : url.endsWith(`/${name}.tar.gz`) ? archive : Promise.reject(url);
  return { work: join(folder, 'work'), digest, serve };
}

describe('fetchRelease', () => {
  it('unpacks the release of this platform whose digest is the published one', async () => {
    const { work, digest, serve } = publishRelease();
    const sums = `${'0'.repeat(64)}  nats-server-v2.15.1-linux-amd64.tar.gz\n${digest}  ${name}.tar.gz\n`;
    const fetched = await fetchRelease(work, { ...host, fetchBytes: serve(sums) });
    if (!('path' in fetched)) throw new Error(fetched.reason);
    expect(await readNatsServerVersion(fetched.path)).toBe('2.15.1');
  });

  it('refuses a release whose digest is not the published one', async () => {
    const { work, digest, serve } = publishRelease();
    const other = digest.startsWith('0') ? `1${digest.slice(1)}` : `0${digest.slice(1)}`;
    const fetched = await fetchRelease(work, { ...host, fetchBytes: serve(`${other}  ${name}.tar.gz\n`) });
    expect(fetched).not.toHaveProperty('path');
  });

  it('refuses a release that is not in the published list', async () => {
    const { work, digest, serve } = publishRelease();
    const fetched = await fetchRelease(work, { ...host, fetchBytes: serve(`${digest}  another.tar.gz\n`) });
    expect(fetched).not.toHaveProperty('path');
  });

  it('gives a reason where the site cannot be reached or the platform has no release', async () => {
    const work = temporaryFolder();
    const offline = async () => Promise.reject(new Error('offline'));
    expect(await fetchRelease(work, { ...host, fetchBytes: offline })).toEqual({ reason: 'offline' });
    expect(await fetchRelease(work, { platform: 'sunos', arch: 'x64', fetchBytes: offline })).not.toHaveProperty(
      'path',
    );
  });
});
