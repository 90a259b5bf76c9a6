import { type ChildProcess, spawn } from 'node:child_process';
import { chmod, readFile, rename, utimes, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { projectRoot } from '../../deploy/bootstrap/paths.mjs';
import { parseOfficeId } from '../../services/core/foundation/index.ts';
import { eventually } from '../support/eventually.ts';
import { startRegion, type TestOfficeNode, type TestRegion } from '../support/region.ts';

const MAIN = join(projectRoot, 'dist', 'office', 'main.js');

let region: TestRegion;
let office: TestOfficeNode;

beforeAll(async () => {
  region = await startRegion({
    pairs: [{ accepts: parseOfficeId('th-chiang-khong'), dials: parseOfficeId('la-houayxay') }],
  });
  office = region.office('th-chiang-khong');
  // From here on the tests start its process themselves.
  await office.halt();
}, 120_000);
afterAll(async () => {
  await region?.close();
});

const at = (name: string): string => join(office.home, name);

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

const running = new Set<ChildProcess>();
afterEach(() => {
  for (const child of running) child.kill('SIGKILL');
});

/** The process, and how it ended. */
function start(args: readonly string[] = ['--config', at('office.yaml')], stdin: 'ignore' | 'pipe' = 'ignore') {
  const child = spawn(process.execPath, [MAIN, ...args], { stdio: [stdin, 'pipe', 'pipe'] });
  running.add(child);
  let out = '';
  let err = '';
  child.stdout?.on('data', (chunk) => {
    out += chunk;
  });
  child.stderr?.on('data', (chunk) => {
    err += chunk;
  });
  const ended = new Promise<Ended>((resolve) => {
    child.once('close', (code) => {
      running.delete(child);
      resolve({ code, out, err });
    });
  });
  return { child, ended, out: () => out };
}

/** The last line of a process that would not start. */
async function refusal(
  args?: readonly string[],
): Promise<{ readonly exit: number | null; readonly code: unknown; readonly line: string }> {
  const { code: exit, err, out } = await start(args).ended;
  expect(out).toBe('');
  const line = err.trimEnd().split('\n').at(-1) ?? '';
  expect(line, err).toMatch(/^\{.*\}$/);
  return { exit, code: (JSON.parse(line) as { code: unknown }).code, line };
}

/** Changes a file while `work` runs, and puts it back. */
async function withFile(name: string, change: (text: string) => string, work: () => Promise<void>): Promise<void> {
  const before = await readFile(at(name), 'utf8');
  await writeFile(at(name), change(before));
  try {
    await work();
  } finally {
    await writeFile(at(name), before);
  }
}

async function expectRefusal(code: string): Promise<string> {
  const refused = await refusal();
  expect([refused.exit, refused.code]).toEqual([1, code]);
  return refused.line;
}

describe('the office process', () => {
  it('says on one line when it is ready and where, and ends in order when it is told to', async () => {
    const office = start();
    const ready = await eventually(
      () => JSON.parse(office.out().split('\n')[0] ?? '') as { ready: boolean; http: string },
      { withinMs: 30_000, everyMs: 50 },
    );
    expect(ready.ready).toBe(true);
    expect((await fetch(`${ready.http}/readyz`)).status).toBe(200);
    office.child.kill('SIGTERM');
    const { code, out } = await office.ended;
    expect([code, out.trimEnd().split('\n')]).toEqual([0, [JSON.stringify(ready)]]);
  });

  it('ends with whoever started it where it is asked to', async () => {
    const office = start(['--config', at('office.yaml'), '--exit-with-parent'], 'pipe');
    await eventually(() => expect(office.out()).toContain('"ready":true'), { withinMs: 30_000, everyMs: 50 });
    office.child.stdin?.end();
    expect((await office.ended).code).toBe(0);
  });

  it('starts again after it was killed', async () => {
    const office = start();
    await eventually(() => expect(office.out()).toContain('"ready":true'), { withinMs: 30_000, everyMs: 50 });
    office.child.kill('SIGKILL');
    await office.ended;
    const again = start();
    await eventually(() => expect(again.out()).toContain('"ready":true'), { withinMs: 30_000, everyMs: 50 });
    again.child.kill('SIGTERM');
    expect((await again.ended).code).toBe(0);
  });
});

describe('an office that must not start says why on one line:', () => {
  it.each([[[]], [['--config']], [['--conf', 'x']], [['--config', 'x', 'y']]])('the arguments %j', async (args) => {
    expect(await refusal(args)).toMatchObject({ exit: 1, code: 'OFFICE_ARGUMENTS_INVALID' });
  });

  it('no configuration', async () => {
    expect(await refusal(['--config', at('nothing.yaml')])).toMatchObject({ exit: 1, code: 'OFFICE_FILE_UNREADABLE' });
  });

  it('a configuration with faults, all of them', async () => {
    const spoil = (text: string): string => `${text.replace(/port: \d+/, 'port: many')}\nmore: 1\n`;
    await withFile('office.yaml', spoil, async () => {
      const line = await expectRefusal('OFFICE_CONFIG_INVALID');
      expect(line).toContain('http.port');
      expect(line).toContain('more');
    });
  });

  it('a key that others may read', async () => {
    await chmod(at('keys/signing.jwk'), 0o644);
    await expectRefusal('OFFICE_SECRET_EXPOSED');
    await chmod(at('keys/signing.jwk'), 0o600);
  });

  it('no directory of its nation', async () => {
    await rename(at('trust/directories/TH.json'), at('TH.json'));
    await expectRefusal('OFFICE_DIRECTORY_UNUSABLE');
    await rename(at('TH.json'), at('trust/directories/TH.json'));
  });

  it('a directory that was altered', async () => {
    await withFile(
      'trust/directories/TH.json',
      (text) => text.replace(/("payload":\s*").{4}/, '$1AAAA'),
      async () => {
        expect(await expectRefusal('OFFICE_DIRECTORY_UNUSABLE')).toContain('TRUST_DOCUMENT');
      },
    );
  });

  it('keys that its nation does not list', async () => {
    const other = await readFile(join(region.office('la-houayxay').home, 'keys/signing.jwk'), 'utf8');
    await withFile(
      'keys/signing.jwk',
      () => other,
      async () => void (await expectRefusal('OFFICE_NOT_LISTED')),
    );
  });

  it('no policy bundle', async () => {
    await rename(at('policy/bundle.json'), at('policy/gone.json'));
    await expectRefusal('OFFICE_BUNDLE_UNUSABLE');
    await rename(at('policy/gone.json'), at('policy/bundle.json'));
  });

  it('a policy bundle of another nation', async () => {
    const other = await readFile(join(region.office('la-houayxay').home, 'policy/bundle.json'), 'utf8');
    await withFile(
      'policy/bundle.json',
      () => other,
      async () => {
        expect(await expectRefusal('OFFICE_BUNDLE_UNUSABLE')).toContain('TRUST_DOCUMENT');
      },
    );
  });

  it('a server whose configuration is not the one on disk', async () => {
    const later = new Date(Date.now() + 60_000);
    const conf = at('nats/nats-server.conf');
    await utimes(conf, later, later);
    expect(await expectRefusal('OFFICE_SERVER_UNSAFE')).toContain('CONFIG_NOT_LOADED');
    const earlier = new Date(Date.now() - 3_600_000);
    await utimes(conf, earlier, earlier);
  });

  it('a server with an unsafe setting', async () => {
    const earlier = new Date(Date.now() - 3_600_000);
    const conf = at('nats/nats-server.conf');
    await withFile(
      'nats/nats-server.conf',
      (text) => `${text}\nno_auth_user: anybody\n`,
      async () => {
        await utimes(conf, earlier, earlier);
        expect(await expectRefusal('OFFICE_SERVER_UNSAFE')).toContain('NO_AUTHENTICATION');
      },
    );
    await utimes(conf, earlier, earlier);
  });

  it('an address that is taken', async () => {
    const taken = createServer();
    const port = await new Promise<number>((resolve) =>
      taken.listen(0, '127.0.0.1', () => resolve((taken.address() as { port: number }).port)),
    );
    await withFile(
      'office.yaml',
      (text) => text.replace(/(http:\s+host: \S+\s+port: )\d+/, `$1${port}`),
      async () => {
        await expectRefusal('OFFICE_LISTEN_FAILED');
      },
    );
    await new Promise((resolve) => taken.close(resolve));
  });

  it('no server', async () => {
    await office.server.halt();
    await expectRefusal('BUS_MONITOR_UNREACHABLE');
    office.server.restart();
  });
});
