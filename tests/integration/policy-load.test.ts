import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import '../../services/core/policy/cedar.ts';

const LOAD = resolve(import.meta.dirname, 'policy-load/load.mjs');
const NODE_MAJOR = Number.parseInt(process.versions.node, 10);
const LASTS_MS = 15_000;
/** How long the load has to be survived: twice as long as it takes to kill a process that nothing protects. */
let survivedMs = LASTS_MS;

interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly output: string;
}

/** The load in a process of its own, which may die of it. */
function runLoad(lastsMs: number, ...flags: readonly string[]): Promise<Ended> {
  return new Promise((done, reject) => {
    const child = spawn(process.execPath, [...flags, LOAD, String(lastsMs)], { stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.on('error', reject);
    child.on('exit', (code, signal) => done({ code, signal, output }));
  });
}

describe('the policy engine under load', () => {
  it.runIf(NODE_MAJOR < 22)(
    'kills an unprotected process on this version of Node, so the load below proves something',
    async () => {
      const started = performance.now();
      const { code, signal, output } = await runLoad(40_000);
      expect(code === 0 && signal === null, output).toBe(false);
      expect(output).toContain('unreachable code');
      survivedMs = Math.min(LASTS_MS, 2 * (performance.now() - started));
    },
  );

  it('survives with the flag that the adapter sets', async () => {
    const { code, output } = await runLoad(survivedMs, ...(NODE_MAJOR < 22 ? ['--no-turbo-inline-js-wasm-calls'] : []));
    expect(code, output).toBe(0);
    expect(Number(output)).toBeGreaterThan(1000);
  });

  it('survives in a process that imports the engine as the adapter does', async () => {
    const { askForAWhile } = (await import('./policy-load/load.mjs')) as {
      askForAWhile: (cedar: unknown, lastsMs: number) => number;
    };
    const cedar: unknown = await import('@cedar-policy/cedar-wasm/nodejs');
    // Where the flag is not set, this test ends the whole worker.
    expect(askForAWhile(cedar, survivedMs)).toBeGreaterThan(1000);
  });
});
