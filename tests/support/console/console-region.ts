import type { ChildProcess } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureBuilt } from '../../../deploy/bootstrap/build.mjs';
import { projectRoot } from '../../../deploy/bootstrap/paths.mjs';
import type { RegionState } from '../../../services/cli/region/region-state.ts';
import { endOf, startNode } from '../../e2e/run-blo.ts';

/** The demonstration region that the console's tests share: `npm start` as an officer finds it. */
export interface ConsoleRegion {
  readonly home: string;
  readonly state: RegionState;
  readonly stop: () => Promise<void>;
}

/** Starts it on ports of its own, from a folder of its own, and waits until it says that it is up. */
export async function startConsoleRegion(): Promise<ConsoleRegion> {
  await ensureBuilt(projectRoot);
  const home = await mkdtemp(join(tmpdir(), 'liaison-console-'));
  const portBase = 20_000 + Math.floor(Math.random() * 8000);
  const start = join(projectRoot, 'deploy/bootstrap/start.mjs');
  const child = startNode([start, '--home', home, '--json', '--port-base', String(portBase)], { cwd: home });
  const ended = endOf(child);
  try {
    const up = new Promise<void>((resolve) => child.stdout?.once('data', () => resolve()));
    const early = ended.then((result) => Promise.reject(new Error(`the region ended: ${result.stderr}`)));
    early.catch(() => undefined);
    await Promise.race([up, early]);
    const state = JSON.parse(await readFile(join(home, 'region.json'), 'utf8')) as RegionState;
    return { home, state, stop: () => stop(child, ended, home) };
  } catch (failure) {
    await stop(child, ended, home);
    throw failure;
  }
}

async function stop(child: ChildProcess, ended: Promise<unknown>, home: string): Promise<void> {
  child.kill('SIGTERM');
  const late = setTimeout(() => child.kill('SIGKILL'), 30_000);
  await ended.catch(() => undefined);
  clearTimeout(late);
  await rm(home, { recursive: true, force: true, maxRetries: 5 });
}
