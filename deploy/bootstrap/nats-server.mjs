// @ts-check
import { access, constants, copyFile, mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { delimiter, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { withLock } from './lock.mjs';
import { fetchThroughApt } from './nats-server-apt.mjs';
import { fetchRelease } from './nats-server-release.mjs';
import { isAtLeast, natsServerFloor, readNatsServerVersion } from './nats-server-version.mjs';
import { cacheFolder } from './paths.mjs';
import { runToExit, SetupError, say } from './setup-error.mjs';

/** @typedef {{ path: string, version: string, source: 'environment' | 'path' | 'cache' | 'fetched' }} NatsServer */
/** @typedef {(folder: string) => Promise<{ path: string, source: string } | { reason: string }>} Fetcher */

/** @type {readonly Fetcher[]} */
const fetchersOfThisSystem = [(folder) => fetchThroughApt(folder, natsServerFloor), (folder) => fetchRelease(folder)];

/**
 * A nats-server that runs on this machine and is at least {@link natsServerFloor}: `$NATS_SERVER`, else the first on the
 * PATH that will do, else the project's cache, else fetched into that cache. Nothing is installed.
 * @param {{ env?: NodeJS.ProcessEnv, fetchers?: readonly Fetcher[] }} [options]
 * @returns {Promise<NatsServer>}
 * @throws {SetupError} when `$NATS_SERVER` will not do (nothing else is tried then), or when none can be had
 */
export async function ensureNatsServer(options = {}) {
  const env = options.env ?? process.env;
  if (env.NATS_SERVER) return checkNamed(env.NATS_SERVER);
  const cache = join(cacheFolder(env), 'nats-server');
  const found = (await findOnPath(env)) ?? (await findInCache(cache));
  if (found !== undefined) return found;
  return withLock(join(cache, 'fetch.lock'), async () => {
    return (await findInCache(cache)) ?? fetchInto(cache, options.fetchers ?? fetchersOfThisSystem);
  });
}

/**
 * @param {string} named
 * @returns {Promise<NatsServer>}
 */
async function checkNamed(named) {
  const path = resolve(named);
  const version = await readNatsServerVersion(path);
  if (version === undefined) {
    throw new SetupError(
      'SETUP_SERVER_UNFIT',
      `NATS_SERVER names ${path}, which does not run as a nats-server: name one of ${natsServerFloor} or newer, or unset it.`,
    );
  }
  if (!isAtLeast(version, natsServerFloor)) {
    throw new SetupError(
      'SETUP_SERVER_UNFIT',
      `NATS_SERVER names ${path}, which is version ${version}: name one of ${natsServerFloor} or newer, or unset it.`,
    );
  }
  return { path, version, source: 'environment' };
}

/**
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<NatsServer | undefined>}
 */
async function findOnPath(env) {
  for (const folder of (env.PATH ?? '').split(delimiter).filter((entry) => entry !== '')) {
    const found = await check(resolve(folder, 'nats-server'), 'path');
    if (found !== undefined) return found;
  }
  return undefined;
}

/**
 * @param {string} cache
 * @returns {Promise<NatsServer | undefined>} the newest that runs on this machine
 */
async function findInCache(cache) {
  const suffix = `-${process.platform}-${process.arch}`;
  const entries = await readdir(cache).catch(() => /** @type {string[]} */ ([]));
  const names = entries.filter((entry) => entry.endsWith(suffix));
  const newestFirst = names.sort((a, b) =>
    isAtLeast(a.slice(0, -suffix.length), b.slice(0, -suffix.length)) ? -1 : 1,
  );
  for (const name of newestFirst) {
    const found = await check(join(cache, name, 'nats-server'), 'cache');
    if (found !== undefined) return found;
  }
  return undefined;
}

/**
 * @param {string} path
 * @param {'path' | 'cache'} source
 * @returns {Promise<NatsServer | undefined>}
 */
async function check(path, source) {
  const executable = await access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
  const version = executable ? await readNatsServerVersion(path) : undefined;
  return version !== undefined && isAtLeast(version, natsServerFloor) ? { path, version, source } : undefined;
}

/**
 * @param {string} cache
 * @param {readonly Fetcher[]} fetchers
 * @returns {Promise<NatsServer>}
 */
async function fetchInto(cache, fetchers) {
  say(`fetching nats-server ${natsServerFloor} or newer into ${cache}`);
  // One name under one lock: what a killed start left half-way is cleared by the next.
  const work = join(cache, 'fetching');
  await rm(work, { recursive: true, force: true });
  const reasons = [];
  try {
    for (const [index, fetcher] of fetchers.entries()) {
      const attempt = await fetcher(join(work, String(index)));
      const version = 'path' in attempt ? await readNatsServerVersion(attempt.path) : undefined;
      if (!('path' in attempt)) reasons.push(attempt.reason);
      else if (version === undefined || !isAtLeast(version, natsServerFloor))
        reasons.push(`${attempt.source} does not run here`);
      else return { path: await keep(cache, work, attempt, version), version, source: 'fetched' };
    }
  } finally {
    await rm(work, { recursive: true, force: true });
  }
  throw new SetupError(
    'SETUP_SERVER_MISSING',
    `no nats-server ${natsServerFloor} or newer was found or could be fetched (${reasons.join('; ')}): ` +
      'install one and put it on the PATH, or name it in NATS_SERVER.',
  );
}

/**
 * The folder appears under its name whole or not at all, so a start that is killed here leaves nothing that looks like a server.
 * @param {string} cache
 * @param {string} work
 * @param {{ path: string, source: string }} fetched
 * @param {string} version
 */
async function keep(cache, work, fetched, version) {
  const whole = join(work, 'whole');
  await mkdir(whole, { recursive: true });
  await copyFile(fetched.path, join(whole, 'nats-server'));
  await writeFile(join(whole, 'origin.txt'), `${fetched.source}\n`);
  const place = join(cache, `${version}-${process.platform}-${process.arch}`);
  await rm(place, { recursive: true, force: true });
  await rename(whole, place);
  return join(place, 'nats-server');
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  await runToExit(async () => {
    process.stdout.write(`${(await ensureNatsServer()).path}\n`);
    return 0;
  });
}
