import { execFile } from 'node:child_process';
import { access, constants, readdir } from 'node:fs/promises';
import { delimiter, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { RegionError } from '../region/errors.ts';
import { releasePath } from '../release.ts';

/** A nats-server on this machine. */
export interface NatsServer {
  readonly path: string;
  /** As it prints it: `2.15.1`. */
  readonly version: string;
}

const VERSION_WITHIN_MS = 10_000;

/**
 * The server that `$NATS_SERVER` names, else the first on the PATH, else the newest that was fetched into the project's
 * cache. @throws RegionError REGION_SERVER_MISSING.
 */
export async function findNatsServer(env: NodeJS.ProcessEnv): Promise<NatsServer> {
  const named = env['NATS_SERVER'];
  const path =
    named === undefined || named === '' ? ((await firstOnPath(env)) ?? (await newestInCache(env))) : resolve(named);
  if (path === undefined) throw new RegionError('REGION_SERVER_MISSING');
  try {
    const { stdout } = await promisify(execFile)(path, ['--version'], { timeout: VERSION_WITHIN_MS });
    const version = /v?([0-9]+\.[0-9]+\.[0-9]+)/.exec(stdout)?.[1];
    if (version !== undefined) return { path, version };
  } catch (cause) {
    throw new RegionError('REGION_SERVER_MISSING', { cause, context: { path } });
  }
  throw new RegionError('REGION_SERVER_MISSING', { context: { path } });
}

async function firstOnPath(env: NodeJS.ProcessEnv): Promise<string | undefined> {
  for (const folder of (env['PATH'] ?? '').split(delimiter).filter((entry) => entry !== '')) {
    const path = join(folder, 'nats-server');
    if (await isExecutable(path)) return path;
  }
  return undefined;
}

/** What `npm start` and `npm test` fetched: one folder per version, `2.15.1-linux-x64`. */
async function newestInCache(env: NodeJS.ProcessEnv): Promise<string | undefined> {
  const cache = join(env['LIAISON_CACHE'] ?? releasePath('.cache'), 'nats-server');
  const names = (await readdir(cache).catch(() => [])).filter((name) =>
    name.endsWith(`-${process.platform}-${process.arch}`),
  );
  const newestFirst = names.sort((a, b) => b.localeCompare(a, 'en', { numeric: true }));
  for (const name of newestFirst) {
    const path = join(cache, name, 'nats-server');
    if (await isExecutable(path)) return path;
  }
  return undefined;
}

function isExecutable(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
}
