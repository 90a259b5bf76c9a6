import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { OFFICE_BOUNDS } from '../../services/cli/home/office-bounds.ts';
import { bringUpRegion } from '../../services/cli/region/bring-up-region.ts';
import { assertPortsFree, findFreePorts } from '../../services/cli/region/ports.ts';
import { DEMO_REGION } from '../../services/cli/region/region-spec.ts';
import { claimRegion, readRegionState, regionFile } from '../../services/cli/region/region-state.ts';
import { findNatsServer } from '../../services/cli/supervise/nats-server.ts';
import { isRunning, ownIdentity } from '../../services/cli/supervise/process-identity.ts';
import { parseOfficeId, systemClock } from '../../services/core/foundation/index.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

describe('findFreePorts', () => {
  it('passes over ports that are taken', async () => {
    const taken = createServer();
    const [from = 0] = await findFreePorts(1, 20_000 + Math.floor(Math.random() * 9000));
    await new Promise<void>((resolve) => taken.listen({ host: '127.0.0.1', port: from }, resolve));
    const found = await findFreePorts(3, from);
    await expect(assertPortsFree([{ port: from, use: 'a test' }])).rejects.toMatchObject({
      code: 'REGION_PORT_IN_USE',
      context: { port: from, use: 'a test' },
    });
    await new Promise((resolve) => taken.close(resolve));
    expect(found).toHaveLength(3);
    expect(found).not.toContain(from);
    await assertPortsFree([{ port: from, use: 'a test' }]);
  });

  it('gives up where there are none', async () => {
    await expect(findFreePorts(1, 32_001)).rejects.toMatchObject({ code: 'REGION_NO_FREE_PORTS' });
  });
});

describe('claimRegion', () => {
  it('lets one process at a time run a region', async () => {
    const home = temporaryFolder();
    const claim = await claimRegion(home);
    await expect(claimRegion(home)).rejects.toMatchObject({
      code: 'REGION_ALREADY_RUNNING',
      context: { pid: process.pid },
    });
    await claim.release();
    await (await claimRegion(home)).release();
  });

  it('takes over from a process that is gone, even where another one has its number now', async () => {
    const home = temporaryFolder();
    const later = { pid: process.pid, started: 'another boot/1' };
    expect(await isRunning(later)).toBe(process.platform !== 'linux');
    await writeFile(join(home, 'supervisor.json'), JSON.stringify({ ...later, pid: 2 ** 30 }));
    await (await claimRegion(home)).release();
    expect(await isRunning(await ownIdentity())).toBe(true);
  });
});

describe('readRegionState', () => {
  it.each([
    ['no JSON', 'region'],
    ['another version', '{"version":2,"supervisor":null,"offices":{},"hubs":{}}'],
    [
      'an office without tokens',
      '{"version":1,"supervisor":null,"hubs":{},"offices":{"a":{"http":"h","home":"h","server":{"client":"c","monitor":"m"}}}}',
    ],
  ])('refuses %s', async (_, text) => {
    const home = temporaryFolder();
    await writeFile(regionFile(home), text);
    await expect(readRegionState(home)).rejects.toMatchObject({ code: 'REGION_STATE_INVALID' });
  });

  it('finds nothing where there is nothing', async () => {
    expect(await readRegionState(temporaryFolder())).toBeUndefined();
  });
});

describe('bringUpRegion', () => {
  const options = {
    spec: { names: {}, pairs: [{ accepts: parseOfficeId('th-chiang-khong'), dials: parseOfficeId('la-houayxay') }] },
    env: process.env,
    bounds: OFFICE_BOUNDS,
    clock: systemClock,
    events: { started: () => undefined, ended: () => undefined },
  };

  it('gives up over a server that does not start, leaves nothing, and may be tried again', async () => {
    const home = temporaryFolder();
    const portBase = 20_000 + Math.floor(Math.random() * 9000);
    const natsServer = { path: '/bin/false', version: '2.15.1' };
    const signal = new AbortController().signal;
    await expect(bringUpRegion({ ...options, home, portBase, natsServer, signal })).rejects.toMatchObject({
      code: 'REGION_START_FAILED',
    });
    expect(await readRegionState(home)).toMatchObject({
      supervisor: null,
      offices: { 'la-houayxay': { pid: null, server: { pid: null } } },
    });
    const stopped = AbortSignal.abort();
    await expect(
      bringUpRegion({ ...options, home, natsServer: await findNatsServer(process.env), signal: stopped }),
    ).rejects.toMatchObject({
      code: 'REGION_STOPPED',
    });
  }, 60_000);

  it('takes nothing for a region that is none', async () => {
    const home = temporaryFolder();
    await writeFile(regionFile(home), '{}');
    const natsServer = await findNatsServer(process.env);
    const signal = new AbortController().signal;
    await expect(bringUpRegion({ ...options, spec: DEMO_REGION, home, natsServer, signal })).rejects.toMatchObject({
      code: 'REGION_STATE_INVALID',
    });
    await (await claimRegion(home)).release();
  });
});
