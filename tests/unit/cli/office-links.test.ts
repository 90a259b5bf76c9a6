import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import { addOfficeLink } from '../../../services/cli/home/add-office-link.ts';
import { neighboursYaml } from '../../../services/cli/home/neighbour-yaml.ts';
import { OFFICE_BOUNDS } from '../../../services/cli/home/office-bounds.ts';
import { initOfficeHome } from '../../../services/cli/home/office-home.ts';
import { officeHome } from '../../../services/cli/home/paths.ts';
import { activateOfficeKey, prepareOfficeKeys } from '../../../services/cli/home/rotate-office-keys.ts';
import { readServerPlan } from '../../../services/cli/home/server-home.ts';
import { days, type KeyId, parseHubId, parseOfficeId, systemClock } from '../../../services/core/foundation/index.ts';
import { parseOfficeConfig } from '../../../services/office/config.ts';

const MM = parseOfficeId('mm-tachileik');
const LA = parseOfficeId('la-houayxay');
const MEKONG = parseHubId('hub-mekong');
const SALWEEN = parseHubId('hub-salween');

let folder: string;
let home: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'liaison-office-links-'));
  home = join(folder, 'office');
  await initOfficeHome(
    home,
    {
      office: parseOfficeId('th-mae-sai'),
      name: 'Mae Sai',
      root: 'A'.repeat(43) as KeyId,
      http: { host: '127.0.0.1', port: 8101 },
      clientPort: 4222,
      monitorPort: 8222,
      listener: { host: '127.0.0.1', port: 7422 },
      links: [],
      bounds: OFFICE_BOUNDS,
    },
    systemClock.now(),
  );
});
afterEach(async () => rm(folder, { recursive: true, force: true }));

const config = async () => parseOfficeConfig(await readFile(officeHome.config(home), 'utf8'), officeHome.config(home));

describe('addOfficeLink', () => {
  it('gives a neighbour that is reached already a further way, and its stream is reckoned in once', async () => {
    const link = { kind: 'dials', peers: [MM], via: { host: 'hub', port: 7422 } } as const;
    await addOfficeLink(home, { ...link, neighbour: MEKONG, operations: true }, systemClock.now());
    const before = (await readServerPlan(home)).maxFileBytes;
    await addOfficeLink(home, { ...link, neighbour: SALWEEN }, systemClock.now());
    const { neighbours } = await config();
    expect(neighbours).toMatchObject([
      {
        office: MM,
        via: MEKONG,
        keyFile: join(home, 'keys/link-hub-mekong.nk'),
        also: [{ via: SALWEEN, keyFile: join(home, 'keys/link-hub-salween.nk') }],
      },
    ]);
    const plan = await readServerPlan(home);
    expect(plan.maxFileBytes).toBe(before);
    expect(plan.links.map(({ operations }) => operations)).toEqual([true, false]);
    await addOfficeLink(home, { kind: 'accepts', neighbour: LA, peers: [LA], via: null }, systemClock.now());
    expect((await readServerPlan(home)).maxFileBytes).toBe(before + OFFICE_BOUNDS.inboundBytes);
  });
});

describe('neighboursYaml', () => {
  it('prefers a direct link, and names each neighbour once', () => {
    expect(
      neighboursYaml([
        { neighbour: MEKONG, peers: [MM, LA] },
        { neighbour: LA, peers: [LA] },
        { neighbour: SALWEEN, peers: [MM] },
      ]),
    ).toEqual([
      {
        office: MM,
        via: MEKONG,
        key: 'keys/link-hub-mekong.nk',
        also: [{ via: SALWEEN, key: 'keys/link-hub-salween.nk' }],
      },
      {
        office: LA,
        via: 'direct',
        key: 'keys/link-la-houayxay.nk',
        also: [{ via: MEKONG, key: 'keys/link-hub-mekong.nk' }],
      },
    ]);
  });
});

describe("an office's keys for exercises", () => {
  const usesOf = async (): Promise<string[]> => {
    const entry = JSON.parse(await readFile(officeHome.entry(home), 'utf8')) as { keys: { use: string }[] };
    return entry.keys.map(({ use }) => use);
  };

  it('are made with the others, published, configured, and readable by their owner alone', async () => {
    const uses = ['SIGNING', 'SEALING', 'DRILL_SIGNING', 'DRILL_SEALING'];
    expect(await usesOf()).toEqual(uses.map((use) => `KEY_USE_${use}`));
    const { keys } = await config();
    expect(keys.drillSigningFile).toBe(officeHome.drillSigningKey(home));
    expect(keys.drillSealingFiles).toEqual([officeHome.drillSealingKey(home)]);
    for (const file of [keys.drillSigningFile as string, ...keys.drillSealingFiles])
      expect((await stat(file)).mode & 0o777).toBe(0o600);
  });

  it('are rotated with the others', async () => {
    await prepareOfficeKeys(home, days(7), systemClock.now());
    expect(await usesOf()).toHaveLength(8);
    expect((await config()).keys.drillSealingFiles).toHaveLength(2);
    expect((await stat(officeHome.nextDrillSigningKey(home))).isFile()).toBe(true);
    // Nobody could verify what it signs before the directory lists it.
    await expect(activateOfficeKey(home, systemClock.now())).rejects.toThrow();
    expect((await stat(officeHome.nextDrillSigningKey(home))).isFile()).toBe(true);
  });

  it('come with the next rotation to an office that was set up without them', async () => {
    const text = parse(await readFile(officeHome.config(home), 'utf8')) as { keys: Record<string, unknown> };
    delete text.keys['drillSigning'];
    delete text.keys['drillSealing'];
    await writeFile(officeHome.config(home), stringify(text));
    await prepareOfficeKeys(home, days(7), systemClock.now());
    const { keys } = await config();
    expect(keys.drillSealingFiles).toHaveLength(1);
    expect(keys.drillSigningFile).toBeNull();
  });
});
