import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DurationMs, later, nationOf, parseOfficeId, systemClock } from '../../services/core/foundation/index.ts';
import type { HubPort } from '../../services/core/relay/index.ts';
import { createTrustStore, parseSigningPublicKey } from '../../services/core/trust/index.ts';
import type { PublicKey } from '../../services/core/wire/index.ts';
import { eventually } from '../support/eventually.ts';
import { makeRegionWorld, type RegionWorld } from '../support/region-world.ts';
import { type RunningHub, startRegionHub } from '../support/start-region-hub.ts';
import { memoryBatches, memoryLog } from '../unit/ledger/memory-stores.ts';
import {
  bulletin,
  EVERYTHING,
  findingsOf,
  gatesOf,
  headlines,
  type RegionOffice,
  runRegionOffice,
} from '../unit/relay/region/region-scene.ts';

const th = parseOfficeId('th-chiang-khong');
const la = parseOfficeId('la-houayxay');
const PATIENT = { withinMs: 30_000 };
const TIMES = {
  pullWaitMs: 1000 as DurationMs,
  answerMs: 3000 as DurationMs,
  statusEveryMs: 500 as DurationMs,
  graceMs: 2000 as DurationMs,
  retryMs: 100 as DurationMs,
  retryMostMs: 1000 as DurationMs,
};
let world: RegionWorld;
let hub: RunningHub;
const offices: RegionOffice[] = [];
const ports = new Map<string, HubPort>();

async function officeOf(id: typeof th): Promise<RegionOffice> {
  const payload = (JSON.parse(Buffer.from(world.agreement).toString('utf8')) as { payload: string }).payload;
  const { parties } = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')) as {
    parties: { nation: string; root: PublicKey }[];
  };
  const root = parties.find(({ nation }) => nation === nationOf(id))?.root as PublicKey;
  let trust = await createTrustStore({ nation: nationOf(id), root: parseSigningPublicKey(root) }).installAgreement(
    world.agreement,
    systemClock.now(),
  );
  // Its own nation's directory only: the others come over the hub.
  trust = await trust.installDirectory(world.directories.get(nationOf(id)) as Uint8Array, systemClock.now());
  const office = {
    office: id,
    log: memoryLog(),
    batches: memoryBatches(),
    seen: [],
    bugs: [],
    trust,
  } as unknown as RegionOffice;
  const run = (): Promise<void> =>
    runRegionOffice(office, {
      signer: world.speaker(id).signer,
      gates: gatesOf[id] as never,
      ports: [ports.get(id) as HubPort],
      now: systemClock.now,
      settings: TIMES,
    });
  let isRunning = true;
  office.stop = async () => {
    if (!isRunning) return;
    isRunning = false;
    await office.relay.close();
    await office.ledger.close();
  };
  office.restart = async (pause) => {
    await office.stop();
    pause?.();
    isRunning = true;
    await run();
  };
  await run();
  offices.push(office);
  return office;
}

const say = async (office: RegionOffice, headline: string): Promise<string> =>
  (
    await office.relay.region.submit(
      bulletin({ headline }, { expiresMs: later(systemClock.now(), 86_400_000 as DurationMs) }),
    )
  ).id;

beforeAll(async () => {
  world = await makeRegionWorld([th, la]);
  hub = await startRegionHub(world, { offices: [th, la] });
  for (const office of [th, la]) ports.set(office, await hub.client(office));
}, 60_000);
afterAll(async () => {
  for (const { stop } of offices) await stop();
  await hub?.stop();
});

describe('offices over a real hub', () => {
  it('tell the region, subscribe, and lose nothing while one is away and the hub is killed', async () => {
    const [speaker, reader] = [await officeOf(th), await officeOf(la)];
    const [{ subscription } = { subscription: { id: '' } }] = await reader.relay.region.subscribe(EVERYTHING);
    await eventually(
      () => expect(reader.relay.region.subscriptions().map(({ taken }) => taken)).toEqual([true]),
      PATIENT,
    );
    const first = await say(speaker, 'First');
    await eventually(async () => expect(await headlines(reader)).toEqual(['First']), PATIENT);
    // The directory of the other nation came over the hub, and its root alone vouches for it.
    expect(reader.trust.directoryOf(nationOf(th))).toBeDefined();

    await reader.stop();
    await say(speaker, 'While away');
    await hub.end();
    await say(speaker, 'While the hub is down');
    await hub.startAgain();
    await reader.restart();
    await eventually(
      async () => expect(await headlines(reader)).toEqual(['First', 'While away', 'While the hub is down']),
      PATIENT,
    );
    await eventually(() => expect(speaker.relay.region.standing().hubs[0]?.waiting).toBe(0), PATIENT);

    await speaker.relay.region.withdraw(first as never, 'officer-1');
    await eventually(() => expect(reader.relay.region.find(first as never).state).toBe('withdrawn'), PATIENT);

    await reader.relay.region.end(subscription.id, 'supervisor-1');
    await eventually(async () => {
      const subscriptions = (await (await fetch(`${hub.url}/v1/subscriptions`)).json()) as { subscriptions: unknown[] };
      expect(subscriptions.subscriptions).toEqual([]);
    }, PATIENT);
    await say(speaker, 'After the end');
    await eventually(() => expect(speaker.relay.region.standing().hubs[0]?.waiting).toBe(0), PATIENT);
    expect(await headlines(reader)).toEqual(['While away', 'While the hub is down']);

    await reader.relay.region.subscribe({ ...EVERYTHING, backfillDays: 1 });
    await eventually(async () => expect(await headlines(reader)).toContain('After the end'), PATIENT);
    await eventually(
      () => expect(findingsOf(reader).filter((code) => code !== 'REGION_STATUS_SILENT')).toEqual([]),
      PATIENT,
    );
    expect([...speaker.bugs, ...reader.bugs]).toEqual([]);
  }, 120_000);
});
