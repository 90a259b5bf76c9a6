import { execFile } from 'node:child_process';
import { cp, mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it, onTestFinished } from 'vitest';
import { serverHome } from '../../services/cli/home/paths.ts';
import { stringOf } from '../../services/cli/office-api/office-client.ts';
import { eventually } from '../support/eventually.ts';
import { vehicleAlert } from './alert-load.ts';
import {
  ask,
  DIRECT,
  expectLedgersVerify,
  inboxIds,
  LA,
  outboxStates,
  regionForTest,
  TH,
  untilDelivered,
  untilReady,
} from './fault-scene.ts';
import { expectClosedFor, submitUntilRefused } from './without-room.ts';

const MIB = 1024 * 1024;
const run = promisify(execFile);

describe('an office whose file system is full', () => {
  it('accepts nothing while the disk of its server is full and says why; with room again it goes on and has lost nothing', async (test) => {
    if (process.getuid?.() !== 0) {
      console.warn('NOT RUN: the full disk is a small file system of its own, and mounting one needs root');
      test.skip('mounting a small file system needs root');
    }
    let disk = '';
    const region = await regionForTest({
      pairs: [DIRECT],
      heartbeatSeconds: 1,
      bounds: { minFreeDiskBytes: 2 * MIB },
      prepare: async (homeOf) => {
        disk = dirname(serverHome.config(homeOf(TH)));
        await mountSmallDisk(disk);
      },
    });
    // Before the region is closed, which takes its folder away.
    onTestFinished(() => unmount(disk));
    const [th, la] = [region.office(TH), region.office(LA)];
    const before = await submitUntilRefused(th, 0, 100);
    expect([before.accepted.size, before.refused.size]).toEqual([100, 0]);

    await fill(join(disk, 'ballast'));
    const { accepted, refused } = await submitUntilRefused(th, 1_000, 5_000);
    expect(refused.size).toBeGreaterThan(0);
    const codes = await expectClosedFor(th, 8_000, 9_000);
    expect([...codes]).toContain('DISK_LOW');
    const all = new Set([...before.accepted, ...accepted]);
    expect(
      (await inboxIds(la)).filter((id) => !all.has(id)),
      'what came across and was never accepted',
    ).toEqual([]);

    // The server takes no writes after a full disk until it is started again.
    await th.server.kill9();
    await rm(join(disk, 'ballast'));
    th.server.restart();
    await untilReady(th);
    const recorded = [...(await outboxStates(th)).keys()];
    expect(
      [...all].filter((id) => !recorded.includes(id)),
      'what was accepted and is gone',
    ).toEqual([]);
    for (const number of [...refused.keys(), 9_000]) {
      const id = await eventually(async () => {
        const answer = await ask(th, 'system', '/v1/alerts', vehicleAlert(number, LA));
        expect(answer.status).toBe(201);
        return stringOf(answer.json['id']);
      });
      all.add(id);
    }
    await untilDelivered(th, la, all);
    await expectLedgersVerify(region, TH, LA);
  }, 240_000);
});

/** A file system of 24 MiB in memory over `folder`, with what is in it. */
async function mountSmallDisk(folder: string): Promise<void> {
  const aside = await mkdtemp(join(tmpdir(), 'liaison-aside-'));
  await cp(folder, aside, { recursive: true });
  await run('mount', ['-t', 'tmpfs', '-o', 'size=24m,mode=0700', 'tmpfs', folder]);
  await cp(aside, folder, { recursive: true });
  await rm(aside, { recursive: true });
}

async function unmount(folder: string): Promise<void> {
  await run('umount', ['--lazy', folder]);
}

/** Writes until nothing more fits. */
async function fill(path: string): Promise<void> {
  const file = await open(path, 'w');
  try {
    for (const size of [MIB, 4096]) {
      const chunk = Buffer.alloc(size, 1);
      for (;;) {
        try {
          const { bytesWritten } = await file.write(chunk);
          if (bytesWritten === 0) break;
        } catch (failure) {
          if ((failure as NodeJS.ErrnoException).code === 'ENOSPC') break;
          throw failure;
        }
      }
    }
  } finally {
    await file.close();
  }
}
