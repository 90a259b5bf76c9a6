import { afterEach, describe, expect, it } from 'vitest';
import { signHubHead, signRegionStatus } from '../../../../services/core/envelope/index.ts';
import { fileSigner, generateSigningKey, signProofs } from '../../../../services/core/trust/index.ts';
import {
  type HubReply,
  type Init,
  type RegionStatus,
  regionHeaderCodec,
  regionItemCodec,
} from '../../../../services/core/wire/index.ts';
import { eventually } from '../../../support/eventually.ts';
import { LA, seededRandom, TH } from '../../trust/fixtures.ts';
import { directoryOf, signedDirectory, thailand } from '../../trust/fixtures-nations.ts';
import {
  bulletin,
  EVERYTHING,
  findingsOf,
  type HubDouble,
  headlines,
  MEKONG,
  type RegionOffice,
  type RegionScene,
  regionScene,
} from './region-scene.ts';

let scene: RegionScene;
afterEach(() => scene.close());

/** A subscriber that has one bulletin of another office, over the hubs that are named. */
async function subscribed(hubs?: readonly HubDouble[]): Promise<{ th: RegionOffice; la: RegionOffice }> {
  const [th, la] = [await scene.office(TH, hubs), await scene.office(LA, hubs)];
  await la.relay.region.subscribe(EVERYTHING);
  await th.relay.region.submit(bulletin({ headline: 'First' }));
  await eventually(async () => expect(await headlines(la)).toEqual(['First']));
  return { th, la };
}

async function say(th: RegionOffice, ...said: string[]): Promise<void> {
  for (const headline of said) await th.relay.region.submit(bulletin({ headline }));
}

/** Replies of a hub to Laos, changed. */
function tamper(hub: HubDouble, change: (reply: Init<HubReply>) => Init<HubReply>): void {
  hub.tampering.reply = (reader, reply) => (reader === LA ? change(reply) : reply);
}

describe('an office and its hubs', () => {
  it('has over the second hub what the first keeps back', async () => {
    scene = regionScene();
    const { th, la } = await subscribed();
    scene.hubs[0].tampering.hides = (_, { number }) => number === 2;
    await say(th, 'Second', 'Third');
    await eventually(async () => expect(await headlines(la)).toEqual(['First', 'Second', 'Third']));
    expect(findingsOf(la)).not.toContain('REGION_GAP');
  });

  it('finds what every hub keeps back, and has it once one hands it over', async () => {
    scene = regionScene();
    const { th, la } = await subscribed();
    for (const hub of scene.hubs) hub.tampering.hides = (_, { number }) => number === 2;
    await say(th, 'Second', 'Third');
    await eventually(() => expect(findingsOf(la)).toContain('REGION_GAP'));
    expect(la.seen.filter(({ event, facts }) => event === 'alarm' && facts['code'] === 'REGION_GAP')).toHaveLength(1);
    scene.hubs[1].tampering.hides = () => false;
    await eventually(async () => expect(await headlines(la)).toEqual(['First', 'Second', 'Third']));
    await eventually(() => expect(findingsOf(la)).not.toContain('REGION_GAP'));
  });

  it('finds that the newest of an office is kept back, by its own word that a hub carries', async () => {
    scene = regionScene();
    const { th, la } = await subscribed();
    for (const hub of scene.hubs) hub.tampering.hides = (reader, { number }) => reader === LA && number > 1;
    await say(th, 'Second');
    await eventually(() => expect(findingsOf(la)).toContain('REGION_HELD_BACK'));
    for (const hub of scene.hubs) hub.tampering.hides = () => false;
    await eventually(async () => expect(await headlines(la)).toEqual(['First', 'Second']));
    await eventually(() => expect(findingsOf(la)).not.toContain('REGION_HELD_BACK'));
  });

  it('finds what was kept back after a restart too', async () => {
    scene = regionScene();
    const { th, la } = await subscribed();
    for (const hub of scene.hubs) hub.tampering.hides = (reader, { number }) => reader === LA && number === 2;
    await say(th, 'Second', 'Third');
    await la.restart();
    await eventually(() => expect(findingsOf(la)).toContain('REGION_GAP'));
  });

  it('finds a hub that drops the word of one office, and an office that says nothing any more', async () => {
    scene = regionScene();
    const { th, la } = await subscribed();
    await eventually(() => expect(scene.hubs.map((hub) => hub.statuses.size)).toEqual([2, 2]));
    scene.hubs[0].tampering.hidesStatus = () => true;
    await eventually(() =>
      expect(la.relay.region.standing().findings).toContainEqual(
        expect.objectContaining({ code: 'REGION_STATUS_SILENT', hub: MEKONG, office: TH }),
      ),
    );
    scene.hubs[0].tampering.hidesStatus = () => false;
    await th.stop();
    await eventually(() =>
      expect(la.relay.region.standing().findings).toContainEqual(
        expect.objectContaining({ code: 'REGION_STATUS_SILENT', hub: null, office: TH }),
      ),
    );
  });

  it('takes nothing of a reply whose entries are repeated, out of order or from before', async () => {
    scene = regionScene();
    const [mekong] = scene.hubs;
    const { th, la } = await subscribed([mekong]);
    const spoilt: ((reply: Init<HubReply>) => Init<HubReply>)[] = [
      (reply) => ({ ...reply, entries: [...(reply.entries ?? []), ...(reply.entries ?? [])] }),
      (reply) => ({ ...reply, entries: [...(reply.entries ?? [])].reverse() }),
      (reply) => ({ ...reply, entries: (reply.entries ?? []).map((entry) => ({ ...entry, sequence: 1 })) }),
      (reply) => ({ ...reply, through: 0 }),
    ];
    for (const [index, change] of spoilt.entries()) {
      tamper(mekong, () => ({ refused: 'HUB_BUSY' }));
      await say(th, `A${index}`, `B${index}`);
      await eventually(() => expect(mekong.entries).toHaveLength(3 + 2 * index));
      tamper(mekong, change);
      await eventually(() => expect(findingsOf(la)).toContain('REGION_HUB_REPLY_INVALID'));
      tamper(mekong, (reply) => reply);
      await eventually(async () => expect(await headlines(la)).toContain(`B${index}`));
      await eventually(() => expect(findingsOf(la)).not.toContain('REGION_HUB_REPLY_INVALID'));
    }
    expect(await headlines(la)).toHaveLength(9);
  });

  it('takes what is no reply for none, and goes on with the next', async () => {
    scene = regionScene();
    const [mekong] = scene.hubs;
    const { th, la } = await subscribed([mekong]);
    tamper(mekong, () => ({ refused: 'HUB_SUSPENDED' }));
    await eventually(() => expect(findingsOf(la)).toContain('REGION_HUB_REFUSES'));
    tamper(mekong, (reply) => reply);
    await say(th, 'After');
    await eventually(async () => expect(await headlines(la)).toEqual(['First', 'After']));
  });

  it('lets in nothing that was altered, or that another office signed, and says so', async () => {
    scene = regionScene();
    const [mekong] = scene.hubs;
    const { th, la } = await subscribed([mekong]);
    const stranger = fileSigner(generateSigningKey(seededRandom('stranger')).privateJwk);
    await say(th, 'Second');
    await eventually(async () => expect(await headlines(la)).toHaveLength(2));
    const real = mekong.entries[1]?.bytes as Uint8Array;
    const item = regionItemCodec.decode(real);
    const header = regionHeaderCodec.decode(item.header);
    const renumbered = regionHeaderCodec.encode({ ...header, number: 3, previous: new Uint8Array(32) });
    const [proof] = await signProofs(stranger, 5, TH, [renumbered], scene.now());
    const forged = [
      regionItemCodec.encode({ ...item, header: renumbered }),
      regionItemCodec.encode({ ...item, header: renumbered, proof: proof ?? null }),
      regionItemCodec.encode({ ...item, parts: item.parts.slice(1) }),
      new Uint8Array([1, 2, 3]),
    ];
    forged.forEach((bytes, index) => {
      mekong.entries.push({ ...(mekong.entries[1] as never as object), sequence: 3 + index, bytes } as never);
    });
    await eventually(() => expect(la.projection.region.cursor(MEKONG)).toBe(6));
    expect(findingsOf(la)).toContain('REGION_ITEM_INVALID');
    expect([3, 4, 5, 6].map((sequence) => la.projection.region.failureOf(MEKONG, sequence))).toEqual([
      'TRUST_PROOF_INCLUSION_INVALID',
      'TRUST_KEY_UNKNOWN',
      'ENVELOPE_PARTS_MISMATCH',
      'ENVELOPE_REGION_MALFORMED',
    ]);
    expect(await headlines(la)).toHaveLength(2);
    expect(la.bugs).toEqual([]);
  });

  it('finds that an office told two histories: each reader notices where they meet', async () => {
    scene = regionScene();
    const [mekong, second] = scene.hubs;
    // The same office over a ledger that was set back: both say number 2.
    const th = await scene.office(TH, [mekong]);
    const la = await scene.office(LA);
    await la.relay.region.subscribe(EVERYTHING);
    await say(th, 'First', 'One story');
    await eventually(async () => expect(await headlines(la)).toHaveLength(2));
    const item = regionItemCodec.decode(mekong.entries[1]?.bytes as Uint8Array);
    const header = regionHeaderCodec.decode(item.header);
    const other = regionHeaderCodec.encode({ ...header, releasedMs: header.releasedMs + 1 });
    const [proof] = await signProofs(thailand.signer, 5, TH, [other], scene.now());
    second.append(mekong.entries[0]?.bytes as Uint8Array);
    second.append(regionItemCodec.encode({ ...item, header: other, proof: proof ?? null }));
    await eventually(() => expect(findingsOf(la)).toContain('REGION_FORK'));
    expect(la.projection.region.forks).toMatchObject([{ from: TH, number: 2, code: 'REGION_FORKED' }]);
    expect(await headlines(la)).toHaveLength(2);
  });

  it('finds that a word of an office contradicts what is here of it', async () => {
    scene = regionScene();
    const [mekong] = scene.hubs;
    const { th, la } = await subscribed([mekong]);
    await eventually(() => expect(mekong.statuses.has(TH)).toBe(true));
    await th.stop();
    const release = th.projection.region.lastOf(4, 6);
    const status: Init<RegionStatus> = {
      from: TH,
      chain: th.ledger.chainId,
      topics: [{ corridor: 4, crimeArea: 6, number: release?.number ?? 0, digest: new Uint8Array(32).fill(9) }],
      directorySequence: 1,
      atMs: scene.now(),
    };
    mekong.statuses.set(TH, await signRegionStatus(thailand.signer, status, scene.now()));
    await eventually(() => expect(findingsOf(la)).toContain('REGION_FORK'));
  });

  it('asks ever more seldom for what an office only says it released', async () => {
    scene = regionScene();
    const [mekong] = scene.hubs;
    const { th, la } = await subscribed([mekong]);
    await eventually(() => expect(mekong.statuses.has(TH)).toBe(true));
    await th.stop();
    const broughtAgain: number[] = [];
    tamper(mekong, (reply) => {
      if ((reply.entries ?? []).length > 0) broughtAgain.push(performance.now());
      return reply;
    });
    const status: Init<RegionStatus> = {
      from: TH,
      chain: th.ledger.chainId,
      topics: [{ corridor: 4, crimeArea: 6, number: 1_000_000_000, digest: new Uint8Array(32).fill(9) }],
      directorySequence: 1,
      atMs: scene.now(),
    };
    mekong.statuses.set(TH, await signRegionStatus(thailand.signer, status, scene.now()));
    await eventually(() => expect(findingsOf(la)).toContain('REGION_HELD_BACK'));
    await eventually(() => {
      const waits = broughtAgain.slice(1).map((at, index) => at - (broughtAgain[index] ?? 0));
      expect(Math.max(...waits)).toBeGreaterThan(300);
    });
    expect(broughtAgain.length).toBeLessThan(20);
    expect(await headlines(la)).toEqual(['First']);
  });

  it('finds a hub whose log is shorter than it was, brings it what it lost, and takes what is new', async () => {
    scene = regionScene();
    const [mekong] = scene.hubs;
    const { th, la } = await subscribed([mekong]);
    await say(th, 'Second');
    await eventually(async () => expect(await headlines(la)).toHaveLength(2));
    mekong.entries = [];
    // Whoever asks first; what it lost is there again before the other does.
    await eventually(() => expect([...findingsOf(th), ...findingsOf(la)]).toContain('REGION_HUB_WENT_BACK'));
    await eventually(() => expect(mekong.entries).toHaveLength(2));
    await say(th, 'Third');
    await eventually(async () => expect(await headlines(la)).toEqual(['First', 'Second', 'Third']));
  });

  it('finds a hub that signs another log of the same length', async () => {
    scene = regionScene();
    const [mekong] = scene.hubs;
    const { la } = await subscribed([mekong]);
    const other = await signHubHead(
      mekong.signer,
      { hub: MEKONG, size: 1, digest: new Uint8Array(32).fill(1), atMs: scene.now() },
      scene.now(),
    );
    tamper(mekong, (reply) => ({ ...reply, head: other }));
    await eventually(() => expect(findingsOf(la)).toContain('REGION_HUB_DIFFERS'));
  });

  it('finds a hub that signs nothing, or with a key that no agreement names', async () => {
    scene = regionScene();
    const [mekong] = scene.hubs;
    const { la } = await subscribed([mekong]);
    tamper(mekong, (reply) => ({ ...reply, head: null }));
    await eventually(() =>
      expect(la.relay.region.standing().findings).toContainEqual(
        expect.objectContaining({ code: 'REGION_HUB_HEAD_INVALID', detail: 'REGION_REPLY_INVALID' }),
      ),
    );
    const stranger = fileSigner(generateSigningKey(seededRandom('stranger')).privateJwk);
    const head = { hub: MEKONG, size: 1, digest: new Uint8Array(32), atMs: scene.now() };
    tamper(mekong, (reply) => reply);
    await eventually(() => expect(findingsOf(la)).not.toContain('REGION_HUB_HEAD_INVALID'));
    const signed = await signHubHead(stranger, head, scene.now());
    tamper(mekong, (reply) => ({ ...reply, head: signed }));
    await eventually(() => expect(findingsOf(la)).toContain('REGION_HUB_HEAD_INVALID'));
  });

  it('hands its nation’s directory to the hub, takes those of others by their root, and refuses what is rolled back', async () => {
    scene = regionScene();
    const [mekong] = scene.hubs;
    const { th, la } = await subscribed([mekong]);
    await eventually(() => expect(mekong.pushed.get(TH)).toEqual(th.trust.directoryOf('TH' as never)?.document.bytes));
    const next = directoryOf(thailand, { sequence: 2 });
    mekong.directories.push(await signedDirectory(thailand, { sequence: next.sequence }));
    await eventually(() => expect(la.trust.directoryOf('TH' as never)?.directory.sequence).toBe(2));
    mekong.directories.splice(0, 1, await signedDirectory(thailand, { sequence: 1, expires: next.expires }));
    await eventually(() => expect(findingsOf(la)).toContain('REGION_DIRECTORY_REFUSED'));
    expect(la.trust.directoryOf('TH' as never)?.directory.sequence).toBe(2);
  });

  it('finds that a directory is kept from it, by what an office of the nation knows', async () => {
    scene = regionScene();
    const { th, la } = await subscribed();
    th.trust = await th.trust.installDirectory(await signedDirectory(thailand, { sequence: 2 }), scene.now());
    await eventually(() => expect(findingsOf(la)).toContain('REGION_DIRECTORY_FROZEN'));
    la.trust = await la.trust.installDirectory(await signedDirectory(thailand, { sequence: 2 }), scene.now());
    await eventually(() => expect(findingsOf(la)).not.toContain('REGION_DIRECTORY_FROZEN'));
  });
});
