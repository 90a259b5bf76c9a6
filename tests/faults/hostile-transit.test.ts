import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { connect } from 'nats';
import { describe, expect, it } from 'vitest';
import { serverHome } from '../../services/cli/home/paths.ts';
import { type JsonRecord, listOf, stringOf } from '../../services/cli/office-api/office-client.ts';
import { connectBus, createLinkPublisher, type LinkPublisher } from '../../services/core/bus/index.ts';
import { authenticatorOf } from '../../services/core/bus/nkey.ts';
import { type DurationMs, pairScope } from '../../services/core/foundation/index.ts';
import { crossSubject, inboundStreamOf, inboxPrefixOf, type Precedence } from '../../services/core/subjects/index.ts';
import { eventually } from '../support/eventually.ts';
import type { TestRegion } from '../support/region.ts';
import { submitUntilAccepted, vehicleAlert } from './alert-load.ts';
import {
  DIRECT,
  expectLedgersVerify,
  inboxIds,
  LA,
  readiness,
  regionForTest,
  seededRandom,
  TH,
  untilDelivered,
} from './fault-scene.ts';

const FLOOD = 5_000;
const FLOOD_BYTES = 8 * 1024;
const AT_ONCE = 64;
const MAX_GROWTH_BYTES = 100 * 1024 * 1024;

/** Publishes with the key that the neighbour's own node has for the link, over the real link. */
async function asNeighbour(region: TestRegion): Promise<LinkPublisher> {
  const la = region.office(LA);
  const stop = new AbortController();
  return createLinkPublisher(
    await connectBus({
      servers: [region.state().offices[LA]?.server.client ?? ''],
      nkeySeed: (await readFile(serverHome.linkKey(la.home, TH), 'utf8')).trim(),
      inboxPrefix: inboxPrefixOf(LA),
      name: 'hostile neighbour',
      signal: stop.signal,
    }),
  );
}

function subjectOf(precedence: Precedence): ReturnType<typeof crossSubject> {
  return crossSubject({ scope: pairScope(LA, TH), from: LA, to: TH, precedence });
}

/** What lies in the inbound stream and was taken in by nobody. */
async function waitingFrames(
  region: TestRegion,
): Promise<readonly { readonly precedence: string; readonly bytes: Uint8Array }[]> {
  const th = region.office(TH);
  const seed = (await readFile(serverHome.nodeKey(th.home), 'utf8')).trim();
  const nats = await connect({
    servers: region.state().offices[TH]?.server.client ?? '',
    authenticator: authenticatorOf(seed),
    inboxPrefix: inboxPrefixOf(TH),
  });
  try {
    const found = [];
    const stream = inboundStreamOf(LA);
    const { state } = (await nats.request(`$JS.API.STREAM.INFO.${stream}`)).json<{
      state: { first_seq: number; last_seq: number };
    }>();
    for (let seq = state.first_seq; seq <= state.last_seq; seq++) {
      const message = await nats.request(`$JS.API.DIRECT.GET.${stream}`, JSON.stringify({ seq }));
      if (message.data.length === 0) continue;
      const precedence = message.headers?.get('Nats-Subject').split('.').at(-1) ?? '';
      found.push({ precedence, bytes: new Uint8Array(message.data) });
    }
    return found;
  } finally {
    await nats.close();
  }
}

async function residentBytes(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1] ?? Number.NaN) * 1024;
}

async function quarantine(region: TestRegion): Promise<readonly JsonRecord[]> {
  return listOf((await region.office(TH).as('auditor').get('/v1/quarantine'))['items']);
}

describe('a neighbour that publishes with its real key over the real link', () => {
  it('gets what does not verify into quarantine, with a code; nothing of it is delivered, nothing twice, and a flood neither fills the memory nor keeps good alerts out', async () => {
    const random = seededRandom();
    const region = await regionForTest({ pairs: [DIRECT], heartbeatSeconds: 1 });
    const [th, la] = [region.office(TH), region.office(LA)];
    const giveUpAt = performance.now() + 200_000;
    const submit = (number: number) =>
      submitUntilAccepted(() => la.as('system'), vehicleAlert(number, TH, 'PRECEDENCE_ROUTINE'), giveUpAt);
    const ids = [await submit(0)];
    await untilDelivered(la, th, ids);

    th.freeze();
    ids.push(await submit(1));
    const frame = await eventually(
      async () => {
        const routine = (await waitingFrames(region)).find(({ precedence }) => precedence === 'routine');
        if (routine === undefined) throw new Error('the frame has not come yet');
        return routine.bytes;
      },
      { withinMs: 15_000, everyMs: 200 },
    );
    th.thaw();
    await untilDelivered(la, th, ids);

    const hostile = await asNeighbour(region);
    const publish = (precedence: Precedence, bytes: Uint8Array) =>
      hostile.publish(subjectOf(precedence), bytes, { timeoutMs: 20_000 as DurationMs });
    const tampered = Array.from({ length: 12 }, () => {
      const copy = new Uint8Array(frame);
      const at = Math.floor(random() * copy.length);
      copy[at] = (copy[at] ?? 0) ^ (1 << Math.floor(random() * 8));
      return copy;
    });
    await publish('routine', new Uint8Array(randomBytes(300)));
    await publish('routine', frame.subarray(0, frame.length - 1));
    await publish('flash', frame);
    for (const bytes of tampered) await publish('routine', bytes);
    for (let time = 0; time < 5; time++) await publish('routine', frame);

    // What may verify with a newer directory is tried again for a while before it is put aside.
    const digests = new Set(tampered.map((bytes) => Buffer.from(bytes).toString('base64')));
    const items = await eventually(
      async () => {
        const found = await quarantine(region);
        expect(found.length).toBe(3 + digests.size);
        return found;
      },
      { withinMs: 90_000, everyMs: 500 },
    );
    const codes = items.map((item) => stringOf(item['code']));
    expect(codes).toContain('RELAY_TRANSIT_MISPLACED');
    expect(codes.filter((code) => code === 'ENVELOPE_TRANSIT_MALFORMED').length).toBeGreaterThanOrEqual(2);
    expect(codes.filter((code) => !/^(ENVELOPE|TRUST|RELAY)_/.test(code))).toEqual([]);
    expect(items.every((item) => item['from'] === LA && item['kept'] === true)).toBe(true);
    expect([...(await inboxIds(th))].sort()).toEqual([...ids].sort());

    const pid = th.pid() ?? 0;
    const before = await residentBytes(pid);
    let largest = before;
    let sent = 0;
    let refused = 0;
    const flood = Array.from({ length: AT_ONCE }, async () => {
      while (sent < FLOOD) {
        sent++;
        // A full inbound stream refuses, which is the neighbour's trouble.
        await publish('routine', new Uint8Array(randomBytes(FLOOD_BYTES))).catch(() => refused++);
      }
    });
    const watch = setInterval(
      () =>
        void residentBytes(pid).then(
          (bytes) => (largest = Math.max(largest, bytes)),
          () => undefined,
        ),
      200,
    );
    try {
      for (let number = 100; number < 120; number++) ids.push(await submit(number));
      await Promise.all(flood);
      await untilDelivered(la, th, ids);
    } finally {
      clearInterval(watch);
      await hostile.close();
    }
    expect(refused).toBeLessThan(FLOOD / 2);
    expect(largest - before, `memory of the node grew from ${before} to ${largest} bytes`).toBeLessThan(
      MAX_GROWTH_BYTES,
    );
    expect((await quarantine(region)).length, 'records of a flood').toBeLessThanOrEqual(200);
    expect(th.pid(), 'the node was started again').toBe(pid);
    expect((await readiness(th)).status).toBe(200);
    await expectLedgersVerify(region, TH, LA);
  }, 300_000);
});
