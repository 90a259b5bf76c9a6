import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { addHubLink } from '../../../services/cli/home/add-hub-link.ts';
import { createHubHome, type HubSpec, readHubEntry } from '../../../services/cli/home/hub-home.ts';
import { hubHome } from '../../../services/cli/home/paths.ts';
import { readServerPlan } from '../../../services/cli/home/server-home.ts';
import { readSuspended, writeSuspended } from '../../../services/cli/home/suspended.ts';
import { parseHubId, parseNationCode, parseOfficeId, systemClock } from '../../../services/core/foundation/index.ts';
import { readHubConfig, readHubFiles } from '../../../services/hub/config.ts';

const th = parseOfficeId('th-mae-sai');
const mm = parseOfficeId('mm-tachileik');
const spec: HubSpec = {
  hub: parseHubId('hub-mekong'),
  http: { host: '127.0.0.1', port: 8104 },
  clientPort: 4222,
  monitorPort: 8222,
  listener: { host: '127.0.0.1', port: 7422 },
  links: [],
  routes: [],
};
let home: string;

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'liaison-hub-home-'));
});
afterEach(async () => {
  await rm(home, { recursive: true, force: true });
});

describe('createHubHome', () => {
  it('makes a key that stays, and an entry for agreements that has its public half', async () => {
    const entry = await createHubHome(home, spec, systemClock.now());
    expect(entry).toMatchObject({ hub: 'hub-mekong', key: { crv: 'Ed25519' } });
    expect(await readHubEntry(home)).toEqual(entry);
    await expect(createHubHome(home, spec, systemClock.now())).rejects.toMatchObject({ code: 'CLI_FILE_EXISTS' });
    expect(await readHubEntry(home)).toEqual(entry);
  });
});

describe('addHubLink', () => {
  it('lets an office in, and exchange with one that was let in before', async () => {
    await createHubHome(home, spec, systemClock.now());
    await addHubLink(home, { office: th, routes: [], operations: false }, systemClock.now());
    await addHubLink(home, { office: mm, routes: [th], operations: false }, systemClock.now());
    const plan = await readServerPlan(home);
    expect(plan.links.map(({ neighbour }) => neighbour)).toEqual([th, mm]);
    expect(plan.routes).toEqual([[mm, th]]);
    expect((await readHubConfig(['--config', hubHome.config(home)])).offices).toEqual([th, mm]);
    await expect(
      addHubLink(home, { office: th, routes: [], operations: false }, systemClock.now()),
    ).rejects.toMatchObject({ code: 'CLI_FILE_EXISTS' });
  });

  it('refuses a route to an office that does not link, or is of the same nation', async () => {
    await createHubHome(home, spec, systemClock.now());
    const invalid = { code: 'CLI_INPUT_INVALID' };
    await expect(
      addHubLink(home, { office: mm, routes: [th], operations: false }, systemClock.now()),
    ).rejects.toMatchObject(invalid);
    await addHubLink(home, { office: th, routes: [], operations: false }, systemClock.now());
    const other = parseOfficeId('th-chiang-khong');
    await expect(
      addHubLink(home, { office: other, routes: [th], operations: false }, systemClock.now()),
    ).rejects.toMatchObject(invalid);
  });
});

describe('writeSuspended', () => {
  it('names each nation once, and nobody where nothing was said', async () => {
    expect(await readSuspended(home)).toEqual([]);
    const nations = ['MM', 'LA', 'MM'].map(parseNationCode);
    await writeSuspended(home, nations);
    expect(await readSuspended(home)).toEqual(['LA', 'MM']);
  });
});

describe('readHubFiles', () => {
  it('refuses to go on without a file that it needs', async () => {
    await createHubHome(home, spec, systemClock.now());
    const config = await readHubConfig(['--config', hubHome.config(home)]);
    await expect(readHubFiles(config)).rejects.toMatchObject({ code: 'HUB_FILE_UNREADABLE' });
  });
});
