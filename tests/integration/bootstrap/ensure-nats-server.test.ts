import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { ensureNatsServer } from '../../../deploy/bootstrap/nats-server.mjs';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { writeFakeServer } from './fake-server.ts';

const here = `-${process.platform}-${process.arch}`;
const noFetcher = vi.fn(async () => ({ reason: 'this test fetches nothing' }));

function machine() {
  const folder = temporaryFolder();
  const cache = join(folder, 'cache');
  const onPath = join(folder, 'bin', 'nats-server');
  const env = { LIAISON_CACHE: cache, PATH: `${join(folder, 'bin')}:/usr/bin:/bin` };
  const cached = (version: string, suffix = here) => join(cache, 'nats-server', `${version}${suffix}`, 'nats-server');
  return { folder, cache, onPath, env, cached };
}

describe('ensureNatsServer', () => {
  it('takes what NATS_SERVER names before anything on the PATH', async () => {
    const { folder, env, onPath } = machine();
    writeFakeServer(onPath, '2.15.1');
    const path = writeFakeServer(join(folder, 'mine'), '2.14.3');
    expect(await ensureNatsServer({ env: { ...env, NATS_SERVER: path }, fetchers: [noFetcher] })).toEqual({
      path,
      version: '2.14.3',
      source: 'environment',
    });
  });

  it.each([
    ['is too old', (folder: string) => writeFakeServer(join(folder, 'mine'), '2.14.2')],
    ['is a release candidate of the floor', (folder: string) => writeFakeServer(join(folder, 'mine'), '2.14.3-RC.1')],
    ['is not there', (folder: string) => join(folder, 'nowhere')],
    ['is another program', () => '/bin/echo'],
    ['fails', () => '/bin/false'],
  ])('refuses a NATS_SERVER that %s, though a good one lies on the PATH', async (_, name) => {
    const { folder, env, onPath } = machine();
    writeFakeServer(onPath, '2.15.1');
    const attempt = ensureNatsServer({ env: { ...env, NATS_SERVER: name(folder) }, fetchers: [noFetcher] });
    await expect(attempt).rejects.toMatchObject({ code: 'SETUP_SERVER_UNFIT' });
  });

  it('takes a server on the PATH before the cache', async () => {
    const { env, onPath, cached } = machine();
    writeFakeServer(onPath, '2.14.3');
    writeFakeServer(cached('2.15.1'), '2.15.1');
    const found = await ensureNatsServer({ env, fetchers: [noFetcher] });
    expect(found).toEqual({ path: onPath, version: '2.14.3', source: 'path' });
  });

  it('passes over an old server on the PATH and takes the newest in the cache', async () => {
    const { env, onPath, cached } = machine();
    writeFakeServer(onPath, '2.10.27');
    for (const version of ['2.14.10', '2.14.9', '2.9.0']) writeFakeServer(cached(version), version);
    expect(await ensureNatsServer({ env, fetchers: [noFetcher] })).toEqual({
      path: cached('2.14.10'),
      version: '2.14.10',
      source: 'cache',
    });
  });

  it('passes over what is cached for another machine, does not run, or is not what its folder says', async () => {
    const { env, cached } = machine();
    writeFakeServer(cached('2.99.0', '-plan9-mips'), '2.99.0');
    writeFileSync(writeFakeServer(cached('2.98.0'), '2.98.0'), 'not a program');
    writeFakeServer(cached('2.97.0'), '2.10.0');
    writeFakeServer(cached('2.14.3'), '2.14.3');
    expect((await ensureNatsServer({ env, fetchers: [noFetcher] })).path).toBe(cached('2.14.3'));
  });

  it('fetches into the cache once, from the first source that has one that runs here', async () => {
    const { env, cached, cache } = machine();
    const good = vi.fn(async (folder: string) => ({
      path: writeFakeServer(join(folder, 'deep', 'nats-server'), '2.15.1'),
      source: 'a test',
    }));
    const old = async (folder: string) => ({
      path: writeFakeServer(join(folder, 'x'), '2.14.2'),
      source: 'an old one',
    });
    const broken = async (folder: string) => ({ path: join(folder, 'none'), source: 'a broken one' });
    const fetchers = [noFetcher, old, broken, good];
    expect(await ensureNatsServer({ env, fetchers })).toEqual({
      path: cached('2.15.1'),
      version: '2.15.1',
      source: 'fetched',
    });
    expect((await ensureNatsServer({ env, fetchers })).source).toBe('cache');
    expect(good).toHaveBeenCalledTimes(1);
    expect(readFileSync(join(cached('2.15.1'), '..', 'origin.txt'), 'utf8')).toBe('a test\n');
    expect(readdirSync(join(cache, 'nats-server'))).toEqual([`2.15.1${here}`]);
  });

  it('says what is missing where no source has one, and leaves nothing behind', async () => {
    const { env, cache } = machine();
    const attempt = ensureNatsServer({ env, fetchers: [noFetcher, noFetcher] });
    await expect(attempt).rejects.toMatchObject({ code: 'SETUP_SERVER_MISSING' });
    expect(readdirSync(join(cache, 'nats-server'))).toEqual([]);
  });

  it('clears away what a killed start left half fetched', async () => {
    const { env, cache } = machine();
    writeFakeServer(join(cache, 'nats-server', 'fetching', '0', 'nats-server'), '2.15.1');
    await expect(ensureNatsServer({ env, fetchers: [noFetcher] })).rejects.toMatchObject({
      code: 'SETUP_SERVER_MISSING',
    });
    expect(existsSync(join(cache, 'nats-server', 'fetching'))).toBe(false);
  });

  it('as a program prints one sentence on failure, and the path alone otherwise', async () => {
    const { env, onPath } = machine();
    const good = await run({ ...env, NATS_SERVER: writeFakeServer(onPath, '2.15.1') });
    expect(good).toEqual({ code: 0, stdout: `${onPath}\n`, stderr: '' });
    const bad = await run({ ...env, NATS_SERVER: '/bin/false' });
    expect(bad).toMatchObject({ code: 1, stdout: '' });
    expect(bad.stderr.trimEnd().split('\n')).toHaveLength(1);
  });
});

async function run(env: NodeJS.ProcessEnv) {
  const child = spawn(process.execPath, ['deploy/bootstrap/nats-server.mjs'], { env });
  const output = { stdout: '', stderr: '' };
  child.stdout.on('data', (text) => {
    output.stdout += text;
  });
  child.stderr.on('data', (text) => {
    output.stderr += text;
  });
  const [code] = await once(child, 'close');
  return { code, ...output };
}
