import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { withLock } from '../../../deploy/bootstrap/lock.mjs';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const lockModule = resolve('deploy/bootstrap/lock.mjs');

/** A process that takes the lock, appends `<` to the log, lingers, appends `>` and goes. */
function contend(lock: string, log: string) {
  const program = `
    import { appendFileSync } from 'node:fs';
    import { setTimeout as delay } from 'node:timers/promises';
    const { withLock } = await import(${JSON.stringify(lockModule)});
    await withLock(${JSON.stringify(lock)}, async () => {
      appendFileSync(${JSON.stringify(log)}, '<');
      await delay(20);
      appendFileSync(${JSON.stringify(log)}, '>');
    });`;
  return spawn(process.execPath, ['--input-type=module', '-e', program], { stdio: 'ignore' });
}

const holder = (pid: number, host = hostname()) => JSON.stringify({ pid, host, id: 'one' });

async function deadProcess(): Promise<number> {
  const child = spawn(process.execPath, ['-e', ''], { stdio: 'ignore' });
  await once(child, 'close');
  return child.pid ?? 0;
}

describe('withLock', () => {
  it('lets one process at a time in, also where all find the lock of a dead one', async () => {
    const folder = temporaryFolder();
    const [lock, log] = [join(folder, 'a.lock'), join(folder, 'log')];
    writeFileSync(lock, holder(await deadProcess()));
    const children = Array.from({ length: 6 }, () => contend(lock, log));
    await Promise.all(children.map((child) => once(child, 'close')));
    expect(readFileSync(log, 'utf8')).toBe('<>'.repeat(6));
    expect(readdirSync(folder)).toEqual(['log']);
  });

  it('gives the lock back when the body throws', async () => {
    const lock = join(temporaryFolder(), 'a.lock');
    await expect(withLock(lock, async () => Promise.reject(new Error('a')))).rejects.toThrow();
    expect(existsSync(lock)).toBe(false);
  });

  it('leaves the lock to a successor that took it over meanwhile', async () => {
    const lock = join(temporaryFolder(), 'a.lock');
    await withLock(lock, async () => writeFileSync(lock, holder(1, 'another-host')));
    expect(readFileSync(lock, 'utf8')).toBe(holder(1, 'another-host'));
  });

  it('gives up on a living holder after the time it was given', async () => {
    const lock = join(temporaryFolder(), 'a.lock');
    writeFileSync(lock, holder(process.pid));
    await expect(withLock(lock, async () => 1, { waitMs: 0 })).rejects.toMatchObject({ code: 'SETUP_LOCKED' });
    expect(existsSync(lock)).toBe(true);
  });

  it('takes over from a holder on another host only when that has given no sign of life for a minute', async () => {
    const lock = join(temporaryFolder(), 'a.lock');
    writeFileSync(lock, holder(1, 'another-host'));
    await expect(withLock(lock, async () => 1, { waitMs: 0 })).rejects.toMatchObject({ code: 'SETUP_LOCKED' });
    const longAgo = new Date(Date.now() - 61_000);
    utimesSync(lock, longAgo, longAgo);
    expect(await withLock(lock, async () => 1, { waitMs: 0 })).toBe(1);
  });
});
