import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { connect } from 'nats';
import { describe, expect, it } from 'vitest';
import { projectRoot } from '../../deploy/bootstrap/paths.mjs';
import { officeHome, serverHome } from '../../services/cli/home/paths.ts';
import { newNkeyUser } from '../../services/core/bus/index.ts';
import { authenticatorOf } from '../../services/core/bus/nkey.ts';
import { eventually } from '../support/eventually.ts';
import type { TestOfficeNode, TestRegion } from '../support/region.ts';
import { DIRECT, LA, regionForTest, TH, untilReady } from './fault-scene.ts';

interface Unsafe {
  readonly code: string;
  readonly sentence: RegExp;
  readonly change: (config: string) => string;
}

const CASES: readonly Unsafe[] = [
  {
    code: 'SYNC_NOT_ALWAYS',
    sentence: /sync_interval must be always/,
    change: (config) => config.replace('sync_interval: always', 'sync_interval: "2m"'),
  },
  {
    code: 'MONITORING_NOT_ON_LOOPBACK',
    sentence: /monitoring port listens beyond this machine/,
    change: (config) => config.replace('http: "127.0.0.1:', 'http: "0.0.0.0:'),
  },
  {
    code: 'LEAF_IN_OFFICE_ACCOUNT',
    sentence: /bound to account OFFICE/,
    change: (config) => config.replace(/account: "?LINK_[A-Z_]+"?/, 'account: OFFICE'),
  },
];

/** The office's process, started by hand as a service manager would; it must end by itself. */
function startOffice(home: string): Promise<{ readonly code: number | null; readonly stderr: string }> {
  return new Promise((resolve) => {
    const args = [`${projectRoot}/dist/office/main.js`, '--config', officeHome.config(home)];
    const child = execFile(process.execPath, args, { timeout: 30_000, killSignal: 'SIGKILL' }, (_, __, stderr) =>
      resolve({ code: child.exitCode, stderr }),
    );
  });
}

async function restartServer(region: TestRegion, office: TestOfficeNode): Promise<void> {
  await office.server.halt();
  office.server.restart();
  const monitor = region.state().offices[office.id]?.server.monitor;
  await eventually(async () => expect((await fetch(`${monitor}/healthz`)).status).toBe(200), { withinMs: 20_000 });
}

/** A user who may do in the office's account what the node may not. */
function withAdministrator(config: string, nkey: string): string {
  return config.replace(
    /OFFICE \{\s*jetstream: enabled\s*users: \[/,
    (found) => `${found} { nkey: ${nkey}, allowed_connection_types: ["STANDARD"] }`,
  );
}

describe('the process of an office', () => {
  it('does not start over an unsafe server, says what is unsafe in one sentence, and starts when it is put right', async () => {
    const region = await regionForTest({ pairs: [DIRECT] });
    const office = region.office(LA);
    const file = serverHome.config(office.home);
    const sound = await readFile(file, 'utf8');
    await office.halt();

    for (const { code, sentence, change } of CASES) {
      const unsafe = change(sound);
      expect(unsafe, `the configuration holds what is changed for ${code}`).not.toBe(sound);
      await writeFile(file, unsafe);
      await restartServer(region, office);
      const started = await startOffice(office.home);
      expect(started.code, `${code}: ${started.stderr}`).toBe(1);
      expect(started.stderr).toContain('OFFICE_SERVER_UNSAFE');
      expect(started.stderr).toContain(code);
      expect(started.stderr).toMatch(sentence);
      expect(started.stderr.trim().split('\n'), started.stderr).toHaveLength(1);
    }

    // A changed file that the server has not read is as bad as a server that was never checked.
    await writeFile(file, sound);
    expect((await startOffice(office.home)).stderr).toContain('CONFIG_NOT_LOADED');

    const administrator = newNkeyUser();
    await writeFile(file, withAdministrator(sound, administrator.publicKey));
    await restartServer(region, office);
    const nats = await connect({
      servers: region.state().offices[LA]?.server.client ?? '',
      authenticator: authenticatorOf(administrator.seed),
    });
    const lazy = {
      name: 'LAZY',
      subjects: ['lazy'],
      storage: 'file',
      retention: 'limits',
      persist_mode: 'async',
      num_replicas: 1,
    };
    const made = (await nats.request('$JS.API.STREAM.CREATE.LAZY', JSON.stringify(lazy))).json<{ error?: unknown }>();
    expect(made.error).toBeUndefined();
    const started = await startOffice(office.home);
    expect(
      [started.code, started.stderr.includes('STREAM_ASYNC'), started.stderr.includes('LAZY')],
      started.stderr,
    ).toEqual([1, true, true]);
    await nats.request('$JS.API.STREAM.DELETE.LAZY');
    await nats.close();

    await writeFile(file, sound);
    await restartServer(region, office);
    office.restart();
    await untilReady(office);
    await untilReady(region.office(TH));
  }, 180_000);
});
