import { execFile } from 'node:child_process';
import { cp, mkdtemp, open, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it, onTestFinished } from 'vitest';
import { parseDocument } from 'yaml';
import { officeHome, serverHome } from '../../services/cli/home/paths.ts';
import { stringOf } from '../../services/cli/office-api/office-client.ts';
import { eventually } from '../support/eventually.ts';
import type { TestOfficeNode } from '../support/region.ts';
import { vehicleAlert } from './alert-load.ts';
import {
  ask,
  DIRECT,
  expectLedgersVerify,
  inboxIds,
  LA,
  outboxStates,
  pause,
  readiness,
  regionForTest,
  TH,
  untilDelivered,
  untilReady,
} from './fault-scene.ts';

const MIB = 1024 * 1024;
const run = promisify(execFile);

async function setLedgerBytes(home: string, bytes: number): Promise<void> {
  const file = officeHome.config(home);
  const config = parseDocument(await readFile(file, 'utf8'));
  config.setIn(['limits', 'ledgerBytes'], bytes);
  await writeFile(file, String(config));
}

/** What became of the submissions of one test. */
interface Submitted {
  readonly accepted: Set<string>;
  /** Numbers that were refused, with the problem. */
  readonly refused: Map<number, { readonly status: number; readonly code: string }>;
}

/** Submits one after the other until one is refused; a connection that is refused while the node opens its ledger anew counts as such. */
async function submitUntilRefused(office: TestOfficeNode, from: number, most: number): Promise<Submitted> {
  const submitted: Submitted = { accepted: new Set(), refused: new Map() };
  let next = from;
  const submit = async (): Promise<void> => {
    while (submitted.refused.size === 0 && next < from + most) {
      const number = next++;
      const answer = await ask(office, 'system', '/v1/alerts', vehicleAlert(number, LA)).catch(() => undefined);
      if (answer?.status === 201) submitted.accepted.add(stringOf(answer.json['id']));
      else submitted.refused.set(number, { status: answer?.status ?? 0, code: answer?.code ?? '' });
    }
  };
  await Promise.all(Array.from({ length: 8 }, submit));
  return submitted;
}

/** For that long the office accepts nothing, and never says that it would; the codes of its reasons. */
async function expectClosedFor(office: TestOfficeNode, ms: number, probe: number): Promise<ReadonlySet<string>> {
  const codes = new Set<string>();
  const endAt = performance.now() + ms;
  while (performance.now() < endAt) {
    const { status, codes: reasons } = await readiness(office);
    expect(status, 'an office that can record nothing says that it is ready').not.toBe(200);
    for (const code of reasons) codes.add(code);
    const answer = await ask(office, 'system', '/v1/alerts', vehicleAlert(probe, LA)).catch(() => undefined);
    if (answer !== undefined) {
      expect(answer).toMatchObject({ status: 503 });
      codes.add(answer.code);
    }
    await pause(250);
  }
  return codes;
}

describe('an office without room', () => {
  it('accepts nothing while its ledger is full and says why; with more room it goes on and has lost nothing', async () => {
    const region = await regionForTest({
      pairs: [DIRECT],
      heartbeatSeconds: 1,
      prepare: (homeOf) => setLedgerBytes(homeOf(TH), MIB),
    });
    const [th, la] = [region.office(TH), region.office(LA)];
    const { accepted, refused } = await submitUntilRefused(th, 0, 5_000);
    for (const problem of refused.values())
      expect(problem, 'the first refusals').toMatchObject({
        status: 503,
        code: expect.stringMatching(/^(RELAY|LEDGER)_/),
      });
    expect(accepted.size).toBeGreaterThan(20);

    const codes = await expectClosedFor(th, 8_000, 9_000);
    expect([...codes].join(' ')).toMatch(/LEDGER_|WRITE_PROBE_FAILED/);
    expect(
      (await inboxIds(la)).filter((id) => !accepted.has(id)),
      'what came across and was never accepted',
    ).toEqual([]);

    await th.halt();
    await setLedgerBytes(th.home, 128 * MIB);
    th.restart();
    await untilReady(th);
    expect([...(await outboxStates(th)).keys()].sort(), 'what is on record is what was accepted').toEqual(
      [...accepted].sort(),
    );
    for (const number of [...refused.keys(), 9_000]) {
      const answer = await ask(th, 'system', '/v1/alerts', vehicleAlert(number, LA));
      expect(answer.status).toBe(201);
      accepted.add(stringOf(answer.json['id']));
    }
    await untilDelivered(th, la, accepted);
    await expectLedgersVerify(region, TH, LA);
  }, 240_000);

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
