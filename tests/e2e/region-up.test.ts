import type { ChildProcess } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { ensureBuilt } from '../../deploy/bootstrap/build.mjs';
import { projectRoot } from '../../deploy/bootstrap/paths.mjs';
import type { RegionState } from '../../services/cli/region/region-state.ts';
import { eventually } from '../support/eventually.ts';
import { blo, endOf, startNode } from './run-blo.ts';

// One region over several starts, as `npm start` makes them: each goes on from the state of the one before.
let home: string;
const portBase = 12_000 + Math.floor(Math.random() * 7000);
const start = (...argv: readonly string[]): ChildProcess =>
  startNode([join(projectRoot, 'deploy/bootstrap/start.mjs'), '--home', home, '--json', ...argv], { cwd: home });

async function state(): Promise<RegionState> {
  return JSON.parse(await readFile(join(home, 'region.json'), 'utf8')) as RegionState;
}

function pidsIn({ offices, hubs }: RegionState): readonly number[] {
  const members = [...Object.values(offices), ...Object.values(hubs)];
  return members.flatMap((member) => [member.pid, member.server.pid]).filter((pid) => pid !== null);
}

function alive(pids: readonly number[]): readonly number[] {
  return pids.filter((pid) => {
    try {
      return process.kill(pid, 0);
    } catch {
      return false;
    }
  });
}

/** Starts the region and waits until it says that it is up. */
async function startAndWait(): Promise<{ readonly child: ChildProcess; readonly ended: ReturnType<typeof endOf> }> {
  const child = start('--port-base', String(portBase));
  onTestFinished(() => void child.kill('SIGKILL'));
  const ended = endOf(child);
  const up = new Promise<void>((resolve) => child.stdout?.once('data', () => resolve()));
  const early = ended.then((result) => Promise.reject(new Error(`it ended: ${result.stderr}`)));
  await Promise.race([up, early]);
  early.catch(() => undefined);
  return { child, ended };
}

beforeAll(async () => {
  await ensureBuilt(projectRoot);
  home = await mkdtemp(join(tmpdir(), 'liaison-up-'));
}, 120_000);
afterAll(() => rm(home, { recursive: true, force: true, maxRetries: 5 }));

describe('blo region up', () => {
  it('says in one sentence what it lacks, and starts nothing', async () => {
    const result = await blo(['region', 'up', '--home', 'none', '--json'], {
      cwd: home,
      env: { NATS_SERVER: '/bin/false' },
    });
    expect(result.code).toBe(1);
    expect(result.json()).toMatchObject({ error: { code: 'REGION_SERVER_MISSING' } });
    expect(result.stderr.trim().split('\n')).toHaveLength(1);
    expect((await blo(['region', 'up', '--port-base', '80'], { cwd: home })).code).toBe(2);
  });

  it('runs five servers and five processes, one region at a time, and leaves nothing when it is killed with -9', async () => {
    const { child } = await startAndWait();
    const running = await state();
    const pids = pidsIn(running);
    expect(new Set(pids).size).toBe(10);
    expect(alive(pids)).toEqual(pids);
    expect(running.supervisor?.pid).toBe(child.pid);
    for (const { tokens } of Object.values(running.offices))
      expect(Object.keys(tokens)).toEqual(['system', 'officer', 'supervisor', 'oversight', 'auditor', 'operator']);

    const second = await blo(['region', 'up', '--home', home, '--json'], { cwd: home });
    expect(second.code).toBe(1);
    expect(second.json()).toMatchObject({ error: { code: 'REGION_ALREADY_RUNNING', context: { pid: child.pid } } });
    expect(second.stderr.trim().split('\n')).toHaveLength(1);

    const victim = running.offices['th-mae-sai']?.server.pid ?? 0;
    process.kill(victim, 'SIGKILL');
    const replaced = await eventually(
      async () => {
        const pid = (await state()).offices['th-mae-sai']?.server.pid;
        if (typeof pid !== 'number' || pid === victim) throw new Error('not replaced');
        return pid;
      },
      { withinMs: 20_000 },
    );
    child.kill('SIGKILL');
    await eventually(() => expect(alive([...pids, replaced])).toEqual([]), { withinMs: 20_000 });
  }, 240_000);

  it('goes on after that with the same ports, and ends at Ctrl-C with nothing left', async () => {
    const before = await state();
    const { child, ended } = await startAndWait();
    const running = await state();
    expect(running.offices['la-houayxay']?.http).toBe(before.offices['la-houayxay']?.http);
    const pids = pidsIn(running);
    child.kill('SIGINT');
    expect((await ended).code).toBe(0);
    expect(alive(pids)).toEqual([]);
    expect(await state()).toMatchObject({ supervisor: null });
    expect(pidsIn(await state())).toEqual([]);
  }, 240_000);

  it('names a port that somebody else took meanwhile', async () => {
    const [id, office] = Object.entries((await state()).offices)[0] ?? ['', undefined];
    const port = Number(new URL(office?.http ?? '').port);
    const taken = createServer();
    await new Promise<void>((resolve) => taken.listen({ host: '127.0.0.1', port }, resolve));
    const result = await endOf(start());
    await new Promise((resolve) => taken.close(resolve));
    expect(result.code).toBe(1);
    expect(result.json()).toMatchObject({
      error: { code: 'REGION_PORT_IN_USE', context: { port, use: `HTTP of ${id}` } },
    });
  }, 120_000);

  it('sends an alert each way with --once, verifies every ledger and ends', async () => {
    const result = await endOf(start('--once'));
    expect(result, result.stderr).toMatchObject({ code: 0 });
    const { samples, ledgers, report } = result.json() as {
      report: string;
      samples: readonly {
        from: string;
        to: string;
        timeline: readonly { event: string }[];
        withheld: readonly { category: string }[];
      }[];
      ledgers: readonly { office: string; intact: boolean; signatures: string; counts: { heads: number } }[];
    };
    expect(samples.map(({ from, to }) => `${from} ${to}`)).toEqual([
      'th-chiang-khong la-houayxay',
      'la-houayxay th-chiang-khong',
      'th-mae-sai mm-tachileik',
      'mm-tachileik th-mae-sai',
    ]);
    for (const { timeline, withheld } of samples) {
      const events = timeline.map(({ event }) => event);
      expect(events).toEqual(
        expect.arrayContaining([
          'accepted',
          'decided',
          'framed',
          'relayed',
          'relay-accepted',
          'delivered',
          'retrieved',
        ]),
      );
      expect(withheld.length).toBeGreaterThan(0);
    }
    // An operation of three nations went from its charter to a report that all of them signed.
    expect(report).toMatch(/^[0-9a-f]{64}$/);
    expect(ledgers).toHaveLength(4);
    for (const ledger of ledgers) {
      expect(ledger).toMatchObject({ intact: true, signatures: 'checked' });
      expect(ledger.counts.heads).toBeGreaterThan(0);
    }
    expect(pidsIn(await state())).toEqual([]);
  }, 240_000);
});
