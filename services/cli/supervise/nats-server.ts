import { execFile } from 'node:child_process';
import { access, constants } from 'node:fs/promises';
import { delimiter, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { RegionError } from '../region/errors.ts';

/** A nats-server on this machine. */
export interface NatsServer {
  readonly path: string;
  /** As it prints it: `2.15.1`. */
  readonly version: string;
}

const VERSION_WITHIN_MS = 10_000;

/** The server that `$NATS_SERVER` names, else the first on the PATH. @throws RegionError REGION_SERVER_MISSING. */
export async function findNatsServer(env: NodeJS.ProcessEnv): Promise<NatsServer> {
  const named = env['NATS_SERVER'];
  const path = named === undefined || named === '' ? await firstOnPath(env) : resolve(named);
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
    const executable = await access(path, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (executable) return path;
  }
  return undefined;
}
