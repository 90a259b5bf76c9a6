import { afterEach, describe, expect, it } from 'vitest';
import { fromHex, type NationCode, utf8 } from '../../../services/core/foundation/index.ts';
import { stateOfCopy } from '../../../services/core/ledger/index.ts';
import { signDocument } from '../../../services/core/trust/index.ts';
import { DocumentKind, Lane } from '../../../services/core/wire/index.ts';
import { eventually } from '../../support/eventually.ts';
import { LA, TH } from '../trust/fixtures.ts';
import { type HostileOffice, hostileOffice } from './hostile-office.ts';
import { arrivalAt, codesOf, copyAt, submission, type TwoOffices, twoOffices } from './two-offices.ts';

let offices: TwoOffices | undefined;
afterEach(async () => {
  await offices?.close();
  offices = undefined;
});

async function scene(): Promise<TwoOffices> {
  offices = await twoOffices();
  return offices;
}

/** La Houayxay with its real keys and ledger in hostile hands; Chiang Khong is honest. */
async function hostileScene(): Promise<TwoOffices & { readonly hostile: HostileOffice }> {
  const at = await scene();
  return { ...at, hostile: hostileOffice(at.la, at.th, at.laToTh) };
}

const silences = ({ th }: TwoOffices): unknown[] =>
  th.seen.filter((entry) => entry.event === 'silence').map((entry) => entry.facts['silent']);
const routine = ({ th }: TwoOffices) => th.projection.lanes.lane(LA, Lane.ROUTINE);

/** A status of an honest neighbour that has taken in that much and knows this office's ledger. */
const have = ({ th }: TwoOffices, haveThrough: number) => ({
  lanes: [{ lane: Lane.ROUTINE, haveThrough }],
  witnessed: th.ledger.head(),
});

describe('the status of a link', () => {
  it('confirms what the neighbour has, so that the outbox is empty in the end', async () => {
    const at = await scene();
    await Promise.all(Array.from({ length: 20 }, () => at.th.relay.submit(submission())));
    await eventually(() => expect(routine(at)).toMatchObject({ confirmedThrough: 20, frames: [] }));
    expect(routine(at).items.size).toBe(0);
    const lane = at.th.relay.links()[0]?.lanes.find((found) => found.lane === Lane.ROUTINE);
    expect(lane).toMatchObject({ waiting: 0, oldestMs: 0, sentThrough: 20, confirmedThrough: 20 });
    const theirs = at.la.relay.links()[0]?.lanes.find((found) => found.lane === Lane.ROUTINE);
    expect(theirs).toMatchObject({ receivedThrough: 20, missing: 0 });
  });

  it('shows what waits and for how long while the line is down', async () => {
    const at = await scene();
    at.thToLa.up = false;
    await Promise.all(Array.from({ length: 5 }, () => at.th.relay.submit(submission())));
    at.th.clock.skip(5000);
    const lane = at.th.relay.links()[0]?.lanes.find((found) => found.lane === Lane.ROUTINE);
    expect(lane?.waiting).toBe(5);
    expect(lane?.oldestMs).toBeGreaterThanOrEqual(5000);
  });

  it('tells when nothing was heard for three heartbeats, from the start and later, and when something is heard again', async () => {
    const at = await scene();
    at.laToTh.up = false;
    await at.kill(at.th);
    at.th.seen.length = 0;
    await eventually(() => expect(silences(at)).toEqual([true]));
    expect(at.th.relay.links()[0]).toMatchObject({ silent: true, heardMs: null });
    at.laToTh.up = true;
    await eventually(() => expect(silences(at)).toEqual([true, false]));
    expect(at.th.relay.links()[0]?.silent).toBe(false);
    at.laToTh.up = false;
    await eventually(() => expect(silences(at)).toEqual([true, false, true]));
  });

  it('does not take for a sign of life what somebody on the line plays again', async () => {
    const at = await scene();
    await eventually(() => expect(at.th.relay.links()[0]?.heardMs).toBeTypeOf('number'));
    at.la.cut();
    await eventually(() => expect(at.th.relay.links()[0]?.silent).toBe(true));
    for (const { precedence, bytes } of at.laToTh.log) at.laToTh.inject(precedence, bytes);
    const acked = at.laToTh.counts.acked;
    await eventually(() => expect(at.laToTh.counts.acked).toBeGreaterThanOrEqual(acked + at.laToTh.log.length));
    expect(at.th.relay.links()[0]?.silent).toBe(true);
  });

  it('does not take for a sign of life what was kept back longer than clocks may differ', async () => {
    const at = await hostileScene();
    await at.hostile.sendStatus({});
    await eventually(() => expect(at.th.relay.links()[0]?.silent).toBe(false));
    at.th.clock.skip(400_000);
    await eventually(() => expect(at.th.relay.links()[0]?.silent).toBe(true));
    await at.hostile.sendStatus({});
    const acked = at.laToTh.counts.acked;
    await eventually(() => expect(at.laToTh.waiting()).toBe(0));
    expect(at.laToTh.counts.acked).toBeGreaterThanOrEqual(acked);
    expect(at.th.relay.links()[0]?.silent).toBe(true);
  });

  it('is taken from a neighbour whose clock was set back within what clocks may differ', async () => {
    const at = await scene();
    await eventually(() => expect(at.th.relay.links()[0]?.heardMs).toBeTypeOf('number'));
    at.la.clock.skip(-200_000);
    const { id } = await at.th.relay.submit(submission());
    await eventually(() => expect(stateOfCopy(copyAt(at, id))).toBe('delivered'));
    await eventually(() => expect(routine(at).confirmedThrough).toBe(1));
    expect(at.th.relay.links()[0]?.silent).toBe(false);
  });

  it('counts for nothing about a ledger that is not this one, so that nothing is taken for delivered that was not', async () => {
    const at = await hostileScene();
    const { id } = await at.th.relay.submit(submission());
    await eventually(() => expect(copyAt(at, id).relayedMs).toBeTypeOf('number'));
    await at.hostile.sendStatus({ lanes: [{ lane: Lane.ROUTINE, haveThrough: 1 }] });
    await at.hostile.sendStatus({
      lanes: [{ lane: Lane.ROUTINE, haveThrough: 1 }],
      witnessed: { number: 2, digest: new Uint8Array(32).fill(3) },
    });
    await eventually(() => expect(codesOf(at.th, 'alarm')).toEqual(['RELAY_OWN_HISTORY_DIFFERS']));
    expect(at.th.relay.links()[0]?.historyFaults).toEqual(['RELAY_OWN_HISTORY_DIFFERS']);
    expect(routine(at).confirmedThrough).toBe(0);
    await at.hostile.sendStatus(have(at, 1));
    await eventually(() => expect(routine(at).confirmedThrough).toBe(1));
  });

  it('cannot confirm what was never sent', async () => {
    const at = await hostileScene();
    const { id } = await at.th.relay.submit(submission());
    await eventually(() => expect(copyAt(at, id).relayedMs).toBeTypeOf('number'));
    await at.hostile.sendStatus(have(at, 7));
    await at.hostile.sendStatus({ ...have(at, 0), head: { number: 1, digest: new Uint8Array(32).fill(1) } });
    await eventually(() => expect(at.th.projection.witnessed.get(LA)).toMatchObject({ number: 1 }));
    expect(routine(at)).toMatchObject({ confirmedThrough: 0 });
  });

  it('that confirms half of a frame makes the office forget nothing of it', async () => {
    const at = await hostileScene();
    at.thToLa.up = false;
    for (let count = 0; count < 5; count++) await at.th.relay.submit(submission());
    await at.kill(at.th);
    at.thToLa.up = true;
    await eventually(() => expect(routine(at).framedThrough).toBe(5));
    const frame = routine(at).frames.find((found) => found.last > found.first);
    expect(frame).toBeDefined();
    await eventually(() => expect(routine(at).frames.every((found) => found.relayedMs !== null)).toBe(true));
    const before = at.thToLa.log.length;
    await at.hostile.sendStatus(have(at, frame?.first ?? 0));
    await eventually(() => expect(routine(at).confirmedThrough).toBe(frame?.first));
    await eventually(async () => {
      await at.hostile.sendStatus(have(at, frame?.first ?? 0));
      expect(at.th.seen.some((entry) => entry.event === 'resent' && entry.facts['first'] === frame?.first)).toBe(true);
    });
    await eventually(() =>
      expect(at.thToLa.log.slice(before).some((sent) => sent.precedence === 'routine')).toBe(true),
    );
    expect(codesOf(at.th, 'alarm')).toEqual([]);
  });

  it('is quarantined where it speaks of another ledger than the frame it came in', async () => {
    const at = await hostileScene();
    await at.hostile.sendStatus({ chain: new Uint8Array(16) });
    await eventually(() => expect(codesOf(at.th, 'quarantined')).toEqual(['RELAY_TRANSIT_MISPLACED']));
  });

  it('cannot void numbers without end in a way that costs anything', async () => {
    const at = await hostileScene();
    await at.hostile.sendStatus({
      lanes: [{ lane: Lane.ROUTINE, voided: [{ first: 1, last: Number.MAX_SAFE_INTEGER - 1 }] }],
    });
    await eventually(() =>
      expect(at.th.relay.links()[0]?.lanes.find((lane) => lane.lane === Lane.ROUTINE)?.receivedThrough).toBe(
        Number.MAX_SAFE_INTEGER - 1,
      ),
    );
    const crossing = await at.hostile.crossing(1);
    at.hostile.send(await at.hostile.frame({ items: [crossing.bytes] }), [crossing.bytes]);
    await eventually(() => expect(at.laToTh.waiting()).toBe(0));
    expect(at.th.projection.inbound.size).toBe(0);
    expect(at.th.bugs).toEqual([]);
  });
});

describe('the history of two neighbours', () => {
  it('raises an alarm in an office whose ledger went back to an old copy, at its neighbour too, and loses nothing in silence', async () => {
    const at = await scene();
    const { id } = await at.th.relay.submit(submission());
    await eventually(() => expect(stateOfCopy(copyAt(at, id))).toBe('delivered'));
    const copy = at.th.log.entries.length;
    for (let count = 0; count < 3; count++) await at.th.relay.submit(submission());
    await eventually(() => expect(at.la.projection.inbound.size).toBe(4));
    await eventually(() => expect(at.la.projection.witnessed.get(TH)?.number).toBeGreaterThan(copy + 3));
    at.th.cut();
    at.th.log.entries.splice(copy);
    await at.kill(at.th);
    await eventually(() => expect(codesOf(at.th, 'alarm')).toEqual(['RELAY_OWN_HISTORY_DIFFERS']));
    await eventually(() => expect(codesOf(at.la, 'alarm')).toEqual(['RELAY_PEER_HISTORY_DIFFERS']));
    const { id: reused } = await at.th.relay.submit(submission());
    await eventually(() => expect(codesOf(at.la, 'quarantined')).toContain('RELAY_FRAME_REPLAYED_ALTERED'));
    expect(arrivalAt(at, reused)).toBeUndefined();
    expect(routine(at).confirmedThrough).toBeLessThan(2);
  });

  it('raises an alarm when a neighbour begins another ledger, and goes on with it', async () => {
    const at = await scene();
    const { id } = await at.th.relay.submit(submission());
    await eventually(() => expect(stateOfCopy(copyAt(at, id))).toBe('delivered'));
    await eventually(() => expect(at.la.projection.witnessed.get(TH)).toBeDefined());
    at.th.cut();
    at.th.log.entries.splice(0);
    await at.kill(at.th);
    await eventually(() => expect(codesOf(at.la, 'alarm')).toEqual(['RELAY_PEER_HISTORY_DIFFERS']));
    const { id: next } = await at.th.relay.submit(submission());
    await eventually(() => expect(stateOfCopy(copyAt(at, next))).toBe('delivered'));
    await eventually(() => expect(routine(at).confirmedThrough).toBe(1));
    expect(at.la.projection.inbound.size).toBe(2);
  });

  it('raises one alarm for one fault, however often it is seen', async () => {
    const at = await hostileScene();
    for (let time = 0; time < 4; time++)
      await at.hostile.sendStatus({
        witnessed: { number: 1, digest: new Uint8Array(32).fill(3) },
        atMs: at.la.clock.now() + time,
      });
    await at.hostile.sendStatus({ head: { number: 1, digest: new Uint8Array(32) } });
    await eventually(() => expect(at.th.projection.witnessed.get(LA)).toBeDefined());
    expect(codesOf(at.th, 'alarm')).toEqual(['RELAY_OWN_HISTORY_DIFFERS']);
  });

  it("records a neighbour's head, and records it again only now and then", async () => {
    const at = await hostileScene();
    await at.hostile.sendStatus({ head: { number: 5, digest: new Uint8Array(32).fill(1) } });
    await eventually(() => expect(at.th.projection.witnessed.get(LA)).toMatchObject({ number: 5 }));
    await at.hostile.sendStatus({ head: { number: 6, digest: new Uint8Array(32).fill(2) } });
    await eventually(() => expect(at.laToTh.waiting()).toBe(0));
    expect(at.th.projection.witnessed.get(LA)).toMatchObject({ number: 5 });
    at.skip(60_000);
    await at.hostile.sendStatus({ head: { number: 7, digest: new Uint8Array(32).fill(3) } });
    await eventually(() => expect(at.th.projection.witnessed.get(LA)).toMatchObject({ number: 7 }));
    expect(codesOf(at.th, 'alarm')).toEqual([]);
  });

  it.each([
    ['a lower number', { number: 4, digest: new Uint8Array(32).fill(1) }],
    ['another digest under the same number', { number: 5, digest: new Uint8Array(32).fill(2) }],
  ])('raises an alarm when a neighbour signs %s', async (_, head) => {
    const at = await hostileScene();
    await at.hostile.sendStatus({ head: { number: 5, digest: new Uint8Array(32).fill(1) } });
    await at.hostile.sendStatus({ head });
    await eventually(() => expect(codesOf(at.th, 'alarm')).toEqual(['RELAY_PEER_HISTORY_DIFFERS']));
    expect(at.th.projection.witnessed.get(LA)).toMatchObject({
      number: 5,
      digest: Buffer.from(fromHex('01'.repeat(32))).toString('hex'),
    });
  });
});

describe("a nation's directory", () => {
  const th = 'TH' as NationCode;

  it('is passed on to a neighbour that holds an older one, and what waited for its keys is taken in', async () => {
    const at = await scene();
    const bytes = await signDocument('directory', '{"nation":"TH"}', [at.th.keys.signer]);
    at.la.trust.unknown.add(TH);
    at.la.installDocument = async (kind, document) => {
      if (kind !== DocumentKind.DIRECTORY) throw new TypeError('another kind');
      at.la.trust.directories.set(th, { bytes: document, sequence: 2 });
      at.la.trust.unknown.clear();
    };
    const { id } = await at.th.relay.submit(submission());
    await eventually(() => expect(at.thToLa.counts.naked).toBeGreaterThan(0));
    expect(arrivalAt(at, id)).toBeUndefined();
    at.th.trust.directories.set(th, { bytes, sequence: 2 });
    await eventually(() => expect(stateOfCopy(copyAt(at, id))).toBe('delivered'));
    expect(Buffer.from(at.la.trust.directories.get(th)?.bytes ?? []).equals(Buffer.from(bytes))).toBe(true);
    expect(at.la.seen.filter((entry) => entry.event === 'documentArrived')).toMatchObject([
      { facts: { from: TH, installed: true, code: '' } },
    ]);
  });

  it('is not passed on again and again to a neighbour that does not take it', async () => {
    const at = await hostileScene();
    const bytes = await signDocument('directory', '{"nation":"TH"}', [at.th.keys.signer]);
    at.th.trust.directories.set(th, { bytes, sequence: 2 });
    const sizes = (): number =>
      at.thToLa.log.filter((sent) => Buffer.from(sent.bytes).includes(Buffer.from(utf8('liaison-document')))).length;
    for (let time = 0; time < 8; time++) {
      await at.hostile.sendStatus({ atMs: at.la.clock.now() + time });
      await eventually(() => expect(at.laToTh.waiting()).toBe(0));
    }
    await eventually(() => expect(sizes()).toBeGreaterThan(0));
    expect(sizes()).toBeLessThan(5);
  });
});
