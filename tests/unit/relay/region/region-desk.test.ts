import { afterEach, describe, expect, it } from 'vitest';
import { followsToRegion } from '../../../../services/core/relay/index.ts';
import {
  Corridor,
  CrimeArea,
  HandlingCode,
  MessageType,
  regionHeaderCodec,
  regionItemCodec,
  Urgency,
} from '../../../../services/core/wire/index.ts';
import { eventually } from '../../../support/eventually.ts';
import { alert as alertBody, VEHICLE } from '../../policy/fixtures.ts';
import { LA, MM, TH } from '../../trust/fixtures.ts';
import {
  bulletin,
  EVERYTHING,
  findingsOf,
  headlines,
  MEKONG,
  type RegionScene,
  regionScene,
  SECOND,
} from './region-scene.ts';

let scene: RegionScene;
afterEach(() => scene.close());

describe('regionDesk', () => {
  it('brings a bulletin over two hubs to a subscriber, once, and knows that both hubs have it', async () => {
    scene = regionScene();
    const [th, la] = [await scene.office(TH), await scene.office(LA)];
    await la.relay.region.subscribe(EVERYTHING);
    const { id, region } = await th.relay.region.submit(bulletin({ headline: 'Boats by night' }));
    expect(region).toMatchObject({ state: 'current', number: 1, kind: 19 });
    await eventually(async () => expect(await headlines(la)).toEqual(['Boats by night']));
    await eventually(() => expect(th.relay.region.find(id).hubs).toEqual([MEKONG, SECOND]));
    await eventually(() => expect(la.projection.region.cursor(SECOND)).toBe(1));
    expect(la.relay.region.list()).toHaveLength(1);
    expect([...th.bugs, ...la.bugs]).toEqual([]);
  });

  it('has the decision and the release on record in the append of the message, before a hub gets a byte', async () => {
    scene = regionScene();
    const th = await scene.office(TH);
    for (const hub of scene.hubs) hub.tampering.down = true;
    await th.relay.region.submit(bulletin());
    const kinds: string[] = [];
    for await (const { record } of th.ledger.records(1))
      kinds.push(
        ...Object.entries(record).flatMap(([name, value]) =>
          typeof value === 'object' && value !== null && !('length' in value) ? [name] : [],
        ),
      );
    expect(kinds.slice(0, 4)).toEqual(['founded', 'messageAccepted', 'receiptIssued', 'regionReleased']);
    expect(scene.hubs.map((hub) => hub.entries.length)).toEqual([0, 0]);
  });

  it('keeps what the gate refuses, and says by which rule', async () => {
    scene = regionScene();
    const th = await scene.office(TH);
    const { region } = await th.relay.region.submit(bulletin({}, { handling: HandlingCode.H2 }));
    expect(region).toMatchObject({ state: 'refused', number: 0, decision: { reason: 'ARTICLE_DOES_NOT_COVER' } });
    const next = await th.relay.region.submit(bulletin());
    expect(next.region.number).toBe(1);
    await eventually(() => expect(scene.hubs[0].entries).toHaveLength(1));
  });

  it('numbers and chains each topic by itself, over a restart too', async () => {
    scene = regionScene();
    const th = await scene.office(TH);
    await th.relay.region.submit(bulletin());
    await th.relay.region.submit(bulletin({ crimeArea: CrimeArea.CYBER_SCAM }));
    await th.restart();
    await Promise.all([1, 2, 3].map(() => th.relay.region.submit(bulletin())));
    await eventually(() => expect(scene.hubs[0].entries).toHaveLength(5));
    const drugs = scene.hubs[0].entries.filter((entry) => entry.crimeArea === CrimeArea.DRUGS);
    expect(drugs.map(({ number }) => number)).toEqual([1, 2, 3, 4]);
    const { createHash } = await import('node:crypto');
    const headers = drugs.map(({ bytes }) => regionItemCodec.decode(bytes).header);
    headers.slice(1).forEach((header, index) => {
      const before = createHash('sha256')
        .update(headers[index] as Uint8Array)
        .digest();
      expect(Buffer.from(regionHeaderCodec.decode(header).previous)).toEqual(before);
    });
  });

  it('brings what a hub missed while it was down, also after a restart, and not twice', async () => {
    scene = regionScene();
    const [mekong, second] = scene.hubs;
    const th = await scene.office(TH);
    mekong.tampering.down = true;
    await th.relay.region.submit(bulletin());
    await th.relay.region.submit(bulletin());
    await eventually(() => expect(second.entries).toHaveLength(2));
    await th.restart(() => {
      mekong.tampering.down = false;
    });
    await eventually(() => expect(mekong.entries.map(({ number }) => number)).toEqual([1, 2]));
    await eventually(() => expect(th.relay.region.standing().hubs.map(({ waiting }) => waiting)).toEqual([0, 0]));
  });

  it('takes an update in the place of what it updates, and a withdrawal takes the content away everywhere', async () => {
    scene = regionScene();
    const [th, la] = [await scene.office(TH), await scene.office(LA)];
    await la.relay.region.subscribe(EVERYTHING);
    const first = await th.relay.region.submit(bulletin({ headline: 'First' }));
    const update = await th.relay.region.submit(
      bulletin({ headline: 'Second', messageType: MessageType.UPDATE }, { supersedes: first.id }),
    );
    await eventually(async () => expect(await headlines(la)).toEqual(['Second']));
    expect(la.relay.region.find(first.id)).toMatchObject({ state: 'superseded', supersededBy: update.id });
    await th.relay.region.withdraw(update.id, 'officer-1');
    await eventually(() => expect(la.relay.region.find(update.id).state).toBe('withdrawn'));
    await expect(la.relay.region.read({ from: TH, id: update.id })).rejects.toMatchObject({ code: 'REGION_WITHDRAWN' });
    await expect(th.relay.region.withdraw(update.id, 'officer-1')).rejects.toMatchObject({
      code: 'REGION_NOT_RELEASED',
    });
    await expect(th.relay.region.release(update.id, 'officer-1')).rejects.toMatchObject({
      code: 'REGION_RELEASED_BEFORE',
    });
  });

  it('does not send what was withdrawn before a hub had it, and nobody misses it', async () => {
    scene = regionScene();
    const [mekong] = scene.hubs;
    const [th, la] = [await scene.office(TH, [mekong]), await scene.office(LA, [mekong])];
    await la.relay.region.subscribe(EVERYTHING);
    await th.relay.region.submit(bulletin({ headline: 'Stays' }));
    await eventually(async () => expect(await headlines(la)).toEqual(['Stays']));
    mekong.tampering.down = true;
    const { id } = await th.relay.region.submit(bulletin({ headline: 'Wrong' }));
    await th.relay.region.withdraw(id, 'officer-1');
    mekong.tampering.down = false;
    await th.relay.region.submit(bulletin({ headline: 'Right' }));
    await eventually(async () => expect(await headlines(la)).toEqual(['Stays', 'Right']));
    expect(mekong.entries.map(({ number }) => number)).toEqual([1, 3, 4]);
    scene.skip(1000);
    await eventually(() => expect(la.projection.region.chains.size).toBe(1));
    expect(findingsOf(la).filter((code) => code === 'REGION_GAP' || code === 'REGION_HELD_BACK')).toEqual([]);
  });

  it('shows what urgency and language nobody asked for to nobody, and misses nothing for it', async () => {
    scene = regionScene();
    const [th, la] = [await scene.office(TH), await scene.office(LA)];
    await la.relay.region.subscribe({ ...EVERYTHING, urgencies: [Urgency.IMMEDIATE], languages: ['th'] });
    await th.relay.region.submit(bulletin({ headline: 'Not urgent', textLanguage: 'th' }));
    await th.relay.region.submit(bulletin({ headline: 'In English', urgency: Urgency.IMMEDIATE }));
    await th.relay.region.submit(bulletin({ headline: 'Both', urgency: Urgency.IMMEDIATE, textLanguage: 'th-TH' }));
    await eventually(async () => expect(await headlines(la)).toEqual(['Both']));
    expect([...la.projection.region.chains.values()][0]).toMatchObject({ last: 3, floor: 0 });
  });

  it('takes nothing more for a subscription that was ended, and asks for it again from then on when it begins anew', async () => {
    scene = regionScene();
    const [th, la] = [await scene.office(TH), await scene.office(LA)];
    const [{ subscription } = { subscription: { id: '' } }] = await la.relay.region.subscribe(EVERYTHING);
    await th.relay.region.submit(bulletin({ headline: 'Asked for' }));
    await eventually(async () => expect(await headlines(la)).toEqual(['Asked for']));
    await la.relay.region.end(subscription.id, 'supervisor-1');
    await expect(la.relay.region.end(subscription.id, 'supervisor-1')).rejects.toMatchObject({
      code: 'REGION_SUBSCRIPTION_UNKNOWN',
    });
    // A hub that goes on sending changes nothing.
    for (const hub of scene.hubs)
      hub.subscriptions.set('still', { ...subscription, office: LA, ended: false } as never);
    await th.relay.region.submit(bulletin({ headline: 'Not asked for' }));
    await eventually(() => expect(la.relay.region.standing().hubs.map(({ through }) => through)).toEqual([2, 2]));
    expect(await headlines(la)).toEqual(['Asked for']);
  });

  it('tells the region nothing that is no alert or bulletin, without a corridor, or that it does not know', async () => {
    scene = regionScene();
    const th = await scene.office(TH);
    const alert = { kind: 1, body: alertBody({ crimeArea: CrimeArea.DRUGS }) } as const;
    const request = { kind: 2, body: { crimeArea: CrimeArea.DRUGS, corridor: Corridor.GOLDEN_TRIANGLE } } as const;
    await expect(th.relay.region.submit(bulletin({}, request))).rejects.toMatchObject({ code: 'REGION_KIND_WRONG' });
    await expect(th.relay.region.submit(bulletin({}, alert))).rejects.toMatchObject({
      code: 'REGION_CORRIDOR_MISSING',
    });
    const unknown = '01935f3c-a000-7abc-8def-0123456789ab' as never;
    await expect(th.relay.region.release(unknown, 'x')).rejects.toMatchObject({ code: 'REGION_MESSAGE_UNKNOWN' });
    await expect(th.relay.region.withdraw(unknown, 'x')).rejects.toMatchObject({ code: 'REGION_MESSAGE_UNKNOWN' });
    expect(() => th.relay.region.find(unknown)).toThrow(expect.objectContaining({ code: 'REGION_MESSAGE_UNKNOWN' }));
  });

  it('tells the region of an alert about a vehicle, its update too, and withdraws it when it is called back', async () => {
    scene = regionScene();
    const [th, la] = [await scene.office(TH), await scene.office(LA)];
    await la.relay.region.subscribe(EVERYTHING);
    const said = (header: object = {}, body: object = {}) =>
      bulletin(
        {},
        {
          kind: 1,
          body: alertBody({
            crimeArea: CrimeArea.DRUGS,
            corridor: Corridor.GOLDEN_TRIANGLE,
            subjects: [VEHICLE as never],
            ...body,
          }),
          ...header,
        },
      );
    const { id } = await th.relay.submit(said());
    expect(th.projection.region.releases).toEqual([]);
    const released = await th.relay.region.release(id, 'officer-1');
    expect(released).toMatchObject({ state: 'current', number: 1 });
    await expect(th.relay.region.release(id, 'officer-1')).rejects.toMatchObject({ code: 'REGION_RELEASED_BEFORE' });
    const update = said({ supersedes: id }, { messageType: MessageType.UPDATE });
    expect(followsToRegion(th.relay, update)).toBe(true);
    const next = await th.relay.region.submit(update);
    await eventually(() => expect(la.relay.region.find(next.id)).toMatchObject({ kind: 1, state: 'current' }));
    expect(la.relay.region.find(id).state).toBe('superseded');
    await th.relay.recalls.recall({
      submittedBy: 'officer-1',
      id: next.id,
      action: 1,
      ground: 1,
      answerByMs: null,
      text: '',
      textLanguage: '',
      idempotencyKey: '',
      submissionDigest: '0'.repeat(64) as never,
    });
    await eventually(() => expect(la.relay.region.find(next.id).state).toBe('withdrawn'));
  });

  it('shows in a preview what the region would get, and keeps nothing of it', async () => {
    scene = regionScene();
    const th = await scene.office(TH);
    const told = await th.relay.region.preview(bulletin({ headline: 'Preview' }));
    expect(told).toMatchObject({ outcome: 1, body: { headline: 'Preview' } });
    expect((await th.relay.region.preview(bulletin({}, { handling: HandlingCode.H2 }))).body).toBeNull();
    expect(th.projection.outbound.size).toBe(0);
  });

  it('lets nobody subscribe to more than the agreement lets the office have', async () => {
    scene = regionScene();
    const la = await scene.office(LA);
    const beyond = [
      { corridors: [Corridor.PACIFIC_STAGING_POINTS] },
      { crimeAreas: [CrimeArea.TERRORISM] },
      { nations: ['VN' as never] },
      { backfillDays: 31 },
    ];
    for (const more of beyond)
      await expect(la.relay.region.subscribe({ ...EVERYTHING, ...more })).rejects.toMatchObject({
        code: 'REGION_BEYOND_ENTITLEMENT',
      });
    await expect(la.relay.region.subscribe({ ...EVERYTHING, hubs: ['hub-other' as never] })).rejects.toMatchObject({
      code: 'REGION_HUB_UNKNOWN',
    });
    expect(la.relay.region.subscriptions()).toEqual([]);
  });

  it('changes what a subscription asks for under the same id', async () => {
    scene = regionScene();
    const [th, la] = [await scene.office(TH), await scene.office(LA)];
    const [first] = await la.relay.region.subscribe({ ...EVERYTHING, crimeAreas: [CrimeArea.CYBER_SCAM] });
    const id = first?.subscription.id ?? '';
    await th.relay.region.submit(bulletin());
    const changed = await la.relay.region.change(id, { ...EVERYTHING, crimeAreas: [CrimeArea.DRUGS] });
    expect(changed.map((one) => one.subscription.crimeAreas)).toEqual([[CrimeArea.DRUGS], [CrimeArea.DRUGS]]);
    await th.relay.region.submit(bulletin({ headline: 'Now' }));
    await eventually(async () => expect(await headlines(la)).toContain('Now'));
    await eventually(() => expect(la.relay.region.subscriptions().map(({ taken }) => taken)).toEqual([true, true]));
  });

  it('gets over days offline what was said meanwhile, over one hub where the other is gone for good', async () => {
    scene = regionScene();
    const [mekong, second] = scene.hubs;
    const [th, la] = [await scene.office(TH), await scene.office(LA)];
    await la.relay.region.subscribe(EVERYTHING);
    await th.relay.region.submit(bulletin({ headline: 'Before' }));
    await eventually(async () => expect(await headlines(la)).toEqual(['Before']));
    await la.stop();
    for (const headline of ['One', 'Two', 'Three']) await th.relay.region.submit(bulletin({ headline }));
    await eventually(() => expect(second.entries).toHaveLength(4));
    scene.skip(5 * 86_400_000);
    mekong.tampering.down = true;
    await la.restart();
    await eventually(async () => expect(await headlines(la)).toEqual(['Before', 'One', 'Two', 'Three']));
    expect(findingsOf(la)).toContain('REGION_HUB_SILENT');
  });

  it('takes an item of a nation that may not read under the agreement for refused', async () => {
    scene = regionScene();
    const { regionAgreement, regionArticle } = await import('./region-scene.ts');
    const th = await scene.office(TH);
    const narrow = regionAgreement([{ ...regionArticle, subscribers: [TH] }]);
    const mm = await scene.office(MM, scene.hubs, narrow);
    await expect(mm.relay.region.subscribe(EVERYTHING)).rejects.toMatchObject({ code: 'REGION_BEYOND_ENTITLEMENT' });
    expect(th.bugs).toEqual([]);
  });
});
