import { spawn } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { ensureBuilt } from '../../deploy/bootstrap/build.mjs';
import { projectRoot } from '../../deploy/bootstrap/paths.mjs';
import type { ProcessSpec } from '../../services/cli/supervise/keep-process.ts';
import { type SupervisedProcess, superviseProcess } from '../../services/cli/supervise/supervise-process.ts';
import { seconds } from '../../services/core/foundation/index.ts';
import { eventually } from '../support/eventually.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const STUBBORN = "process.on('SIGTERM', () => undefined); setInterval(() => undefined, 1000); console.log('up');";
const ORDERLY = "process.on('SIGTERM', () => process.exit(0)); setInterval(() => undefined, 1000); console.log('up');";

function specOf(folder: string, code: string): ProcessSpec {
  return {
    name: 'dummy',
    command: process.execPath,
    args: ['-e', code],
    cwd: folder,
    env: process.env,
    logFile: join(folder, 'log'),
    graceMs: seconds(1),
  };
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

function supervised(code: string): {
  readonly process: SupervisedProcess;
  readonly events: string[];
  readonly log: () => Promise<string>;
} {
  const folder = temporaryFolder();
  const events: string[] = [];
  const child = superviseProcess(specOf(folder, code), {
    started: () => events.push('started'),
    ended: (_, end, againInMs) => events.push(`ended ${end.code} ${againInMs === null ? 'for good' : 'again'}`),
  });
  onTestFinished(() => child.stop());
  return { process: child, events, log: () => readFile(join(folder, 'log'), 'utf8').catch(() => '') };
}

const pidOf = (child: SupervisedProcess, other?: number): Promise<number> =>
  eventually(() => {
    const pid = child.pid();
    if (pid === null || pid === other) throw new Error('not started');
    return pid;
  });

const untilUp = (log: () => Promise<string>): Promise<void> =>
  eventually(async () => expect(await log()).toContain('up'));

describe('superviseProcess', () => {
  it('starts a program again that was killed', async () => {
    const { process: child, events } = supervised(ORDERLY);
    const first = await pidOf(child);
    process.kill(first, 'SIGKILL');
    const second = await pidOf(child, first);
    expect(second).not.toBe(first);
    expect(child.failures()).toBe(1);
    expect(events).toEqual(['started', 'ended 137 again', 'started']);
  });

  it('keeps a crashed program down until it is to go on', async () => {
    const { process: child, events } = supervised(ORDERLY);
    const first = await pidOf(child);
    await child.crash();
    expect(isAlive(first)).toBe(false);
    expect(child.pid()).toBeNull();
    child.resume();
    await pidOf(child, first);
    expect(events).toEqual(['started', 'ended 137 for good', 'started']);
  });

  it('ends a program in order', async () => {
    const { process: child, events, log } = supervised(ORDERLY);
    await untilUp(log);
    await child.stop();
    expect(events).toEqual(['started', 'ended 0 for good']);
  });

  it('ends a frozen program too', async () => {
    const { process: child, log } = supervised(ORDERLY);
    await untilUp(log);
    const pid = await pidOf(child);
    child.signal('STOP');
    await child.stop();
    expect(isAlive(pid)).toBe(false);
  });

  it('ends a program that does not want to', async () => {
    const { process: child, events, log } = supervised(STUBBORN);
    await untilUp(log);
    await child.stop();
    expect(events).toEqual(['started', 'ended 137 for good']);
  }, 30_000);

  it('says that a program cannot be started, and tries again', async () => {
    const folder = temporaryFolder();
    const codes: number[] = [];
    const child = superviseProcess(
      { ...specOf(folder, ''), command: join(folder, 'nothing') },
      { started: () => undefined, ended: (_, { code }) => codes.push(code) },
    );
    onTestFinished(() => child.stop());
    await eventually(() => expect(codes.length).toBeGreaterThan(1));
    expect(codes[0]).toBe(127);
  });
});

describe('a process that supervises', () => {
  beforeAll(() => ensureBuilt(projectRoot), 120_000);

  it.each([
    ['is killed with -9', 'SIGKILL'],
    ['is ended', 'SIGTERM'],
  ] as const)('leaves nothing when it %s', async (_, signal) => {
    const folder = temporaryFolder();
    const module = pathToFileURL(join(projectRoot, 'dist/cli/supervise/supervise-process.js')).href;
    const spec = specOf(folder, ORDERLY);
    const script = join(folder, 'parent.mjs');
    await writeFile(
      script,
      `import { superviseProcess } from ${JSON.stringify(module)};
       const spec = ${JSON.stringify({ ...spec, env: {} })};
       superviseProcess({ ...spec, env: process.env }, { started: (_, pid) => console.log(pid), ended: () => undefined });`,
    );
    const parent = spawn(process.execPath, [script], { stdio: ['ignore', 'pipe', 'inherit'] });
    onTestFinished(() => void parent.kill('SIGKILL'));
    const pid = await new Promise<number>((resolve) => parent.stdout.once('data', (chunk) => resolve(Number(chunk))));
    await eventually(async () => expect(await readFile(spec.logFile, 'utf8')).toContain('up'));
    expect(isAlive(pid)).toBe(true);
    parent.kill(signal);
    await eventually(() => expect(isAlive(pid)).toBe(false), { withinMs: 15_000 });
  });
});
