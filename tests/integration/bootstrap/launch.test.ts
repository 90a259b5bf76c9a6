import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { describe, expect, it, onTestFinished } from 'vitest';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { bareProject } from './bare-project.ts';
import { writeFakeServer } from './fake-server.ts';

interface Started {
  readonly child: ChildProcess;
  /** The next line on its standard output; undefined when it has closed. */
  readonly nextLine: () => Promise<string | undefined>;
}

function launch(root: string, file: string, args: string[], env: NodeJS.ProcessEnv = {}): Started {
  const server = writeFakeServer(join(temporaryFolder(), 'nats-server'), '2.15.1');
  const child = spawn(file, args, { cwd: root, env: { ...process.env, NATS_SERVER: server, ...env }, detached: true });
  onTestFinished(() => killGroup(child));
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return { child, nextLine: async () => (await lines.next()).value };
}

function killGroup(child: ChildProcess): void {
  try {
    process.kill(-(child.pid ?? 0), 'SIGKILL');
  } catch {
    // Already gone, as it should be.
  }
}

async function readHello({ nextLine }: Started) {
  for (let line = await nextLine(); line !== undefined; line = await nextLine()) {
    if (line.startsWith('{')) return JSON.parse(line) as { args: string[]; server: string | null };
  }
  throw new Error('it ended before it said anything');
}

const start = ['--silent', 'start'];

describe('npm start', () => {
  it('prepares a bare clone, runs blo region up with a server and passes its exit code on', async () => {
    const started = launch(bareProject(), 'npm', [...start, '--', '--once']);
    const hello = await readHello(started);
    expect(hello.args).toEqual(['region', 'up', '--once']);
    expect(hello.server).toMatch(/nats-server$/);
    expect((await once(started.child, 'close'))[0]).toBe(3);
  });

  it('stops in order, once, when the terminal interrupts the whole group twice', async () => {
    const started = launch(bareProject(), 'npm', start);
    await readHello(started);
    process.kill(-(started.child.pid ?? 0), 'SIGINT');
    process.kill(-(started.child.pid ?? 0), 'SIGINT');
    expect(await started.nextLine()).toBe('stopped in order');
    expect(await started.nextLine()).toBeUndefined();
  });

  it('stops in order when npm is killed with -9', async () => {
    const started = launch(bareProject(), 'npm', start);
    await readHello(started);
    process.kill(started.child.pid ?? 0, 'SIGKILL');
    expect(await started.nextLine()).toBe('stopped in order');
    expect(await started.nextLine()).toBeUndefined();
  });

  it('stops in order when the starter of a shell in between is killed with -9', async () => {
    // The empty command after it keeps this shell from giving its process to node.
    const shell =
      "require('child_process').spawnSync('sh',['-c','node deploy/bootstrap/start.mjs; :'],{stdio:'inherit'})";
    const started = launch(bareProject(), process.execPath, ['-e', shell]);
    await readHello(started);
    process.kill(started.child.pid ?? 0, 'SIGKILL');
    expect(await started.nextLine()).toBe('stopped in order');
  });

  it('says in one sentence what is wrong, and exits 1', async () => {
    const { child } = launch(bareProject(), 'npm', start, { NATS_SERVER: '/bin/false' });
    const said: string[] = [];
    for await (const line of createInterface({ input: child.stderr ?? process.stdin })) said.push(line);
    expect(said.filter((line) => line.includes('NATS_SERVER'))).toHaveLength(1);
    expect(said.join('\n')).not.toMatch(/^\s+at /m);
    expect(child.exitCode ?? (await once(child, 'close'))[0]).toBe(1);
  });
});

describe('npx blo', () => {
  it('runs the command of the clone it stands in, without a question and without a server', async () => {
    const started = launch(bareProject(), 'npx', ['blo', 'doctor', '--once'], { NATS_SERVER: '/bin/false' });
    expect((await readHello(started)).args).toEqual(['doctor', '--once']);
    expect((await once(started.child, 'close'))[0]).toBe(3);
  });
});
