import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const UNITS = join(import.meta.dirname, '../../deploy/systemd');
const run = promisify(execFile);
const analyze = await run('systemd-analyze', ['--version']).then(
  () => true,
  () => false,
);
if (!analyze) console.warn('systemd-analyze is not on this machine: the units are not checked with it');

let folder: string;
let names: readonly string[];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'liaison-units-'));
  names = (await readdir(UNITS)).filter((name) => name.endsWith('.service'));
  for (const name of names) {
    // The programs of an installed machine stand elsewhere here.
    const text = (await readFile(join(UNITS, name), 'utf8')).replace(
      /^ExecStart=\S+/m,
      `ExecStart=${process.execPath}`,
    );
    await writeFile(join(folder, name), text);
  }
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('the units', () => {
  it('are those of a server, an office and a hub', () => {
    expect([...names].sort()).toEqual(['liaison-hub@.service', 'liaison-office@.service', 'liaison-server@.service']);
  });

  it.runIf(analyze)('say nothing that systemd does not understand', async () => {
    for (const name of names) {
      const { stdout, stderr } = await run('systemd-analyze', ['verify', join(folder, name)]);
      expect(`${stdout}${stderr}`.split('\n').filter((line) => line.includes('liaison-'))).toEqual([]);
    }
  });

  it.runIf(analyze)('leave little to whoever takes one over', async () => {
    for (const name of names) {
      const { stdout } = await run('systemd-analyze', [
        'security',
        '--offline=true',
        '--threshold=25',
        join(folder, name),
      ]);
      expect(stdout).toMatch(/Overall exposure level for .*: [01]\.\d/);
    }
  });
});
