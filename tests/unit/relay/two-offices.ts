import { randomBytes } from 'node:crypto';
import { type Clock, type DurationMs, type EpochMs, type OfficeId, pairScope } from '../../../services/core/foundation/index.ts';
import { type ContentStore, type Ledger, officeProjection, type OfficeProjection, openContentStore, openLedger } from '../../../services/core/ledger/index.ts';
import { baselineBundle, createGates } from '../../../services/core/policy/index.ts';
import { type Arrival, createRelay, type PrecedenceWord, type Relay, type RelayEvents, type RelaySettings, type SubmissionInput } from '../../../services/core/relay/index.ts';
import type { TrustStore } from '../../../services/core/trust/index.ts';
import { type AgreementArticle, type Alert, HandlingCode, MessageKind, Precedence, Purpose, TrustLevel } from '../../../services/core/wire/index.ts';
import { type MemoryBatches, memoryBatches, type MemoryLog, memoryLog } from '../ledger/memory-stores.ts';
import { alert, article as anyArticle, shippedBundle, VEHICLE } from '../policy/fixtures.ts';
import { keysOf, LA, TH, type TestOffice, testOffice } from '../trust/fixtures.ts';

/** A clock that runs on from a time of the test's choosing. */
export interface TestClock extends Clock {
  readonly skip: (ms: number) => void;
}

export function testClock(): TestClock {
  let offset = 0;
  return {
    now: () => (Date.now() + offset) as EpochMs,
    skip: (ms) => {
      offset += ms;
    },
  };
}

/** What the line between two offices does with one publication. */
export type LineFault = 'pass' | 'lose' | 'lose-ack' | 'twice' | 'late' | 'corrupt';

/** A line in one direction: keeps what arrived until it is acknowledged. */
export interface TestLine {
  readonly publish: (precedence: PrecedenceWord, bytes: Uint8Array) => Promise<void>;
  readonly next: () => Promise<Arrival | undefined>;
  readonly close: () => void;
  /** Everything that was ever put on the line. */
  readonly log: Uint8Array[];
  decide: (precedence: PrecedenceWord, bytes: Uint8Array) => LineFault;
  up: boolean;
}

const ORDER: readonly PrecedenceWord[] = ['flash', 'immediate', 'priority', 'routine'];

class LineDown extends Error {}

export function testLine(): TestLine {
  interface Kept {
    readonly precedence: PrecedenceWord;
    readonly bytes: Uint8Array;
    deliveries: number;
  }
  const kept: Kept[] = [];
  let waiting: ((arrival: Arrival | undefined) => void) | undefined;
  let closed = false;

  const take = (): Arrival | undefined => {
    for (const precedence of ORDER) {
      const at = kept.findIndex((entry) => entry.precedence === precedence);
      const entry = kept[at];
      if (entry === undefined) continue;
      kept.splice(at, 1);
      entry.deliveries++;
      const again = (): void => {
        kept.push(entry);
        offer();
      };
      return {
        subject: '',
        precedence,
        bytes: entry.bytes,
        deliveries: entry.deliveries,
        ack: async () => undefined,
        nak: () => void setTimeout(again, 5),
        term: () => undefined,
      };
    }
    return undefined;
  };
  const offer = (): void => {
    if (waiting === undefined) return;
    const arrival = take();
    if (arrival === undefined) return;
    const resolve = waiting;
    waiting = undefined;
    resolve(arrival);
  };
  const put = (precedence: PrecedenceWord, bytes: Uint8Array): void => {
    kept.push({ precedence, bytes: new Uint8Array(bytes), deliveries: 0 });
    offer();
  };

  const line: TestLine = {
    log: [],
    up: true,
    decide: () => 'pass',
    publish: async (precedence, bytes) => {
      await new Promise((resolve) => setImmediate(resolve));
      if (!line.up || closed) throw new LineDown('line down');
      line.log.push(new Uint8Array(bytes));
      const fault = line.decide(precedence, bytes);
      if (fault === 'lose') return;
      if (fault === 'late') {
        setTimeout(() => put(precedence, bytes), 30);
        return;
      }
      if (fault === 'corrupt') {
        const bad = new Uint8Array(bytes);
        const at = Math.floor(bad.length / 2);
        bad[at] = (bad[at] ?? 0) ^ 1;
        put(precedence, bad);
        return;
      }
      put(precedence, bytes);
      if (fault === 'twice') put(precedence, bytes);
      if (fault === 'lose-ack') throw new LineDown('acknowledgement lost');
    },
    next: () =>
      new Promise((resolve) => {
        if (closed) return resolve(undefined);
        waiting = resolve;
        offer();
      }),
    close: () => {
      closed = true;
      waiting?.(undefined);
    },
  };
  return line;
}

/** One office in memory: a relay over stores that survive its restart. */
export interface TestRelay {
  readonly office: OfficeId;
  readonly log: MemoryLog;
  readonly batches: MemoryBatches;
  relay: Relay;
  ledger: Ledger;
  content: ContentStore;
  projection: OfficeProjection;
  readonly seen: { readonly event: string; readonly facts: Record<string, unknown> }[];
  readonly bugs: unknown[];
}

export interface TwoOffices {
  readonly th: TestRelay;
  readonly la: TestRelay;
  readonly thToLa: TestLine;
  readonly laToTh: TestLine;
  readonly clock: TestClock;
  /** Stops an office without warning and starts it again from what its stores hold. */
  readonly restart: (office: TestRelay) => Promise<void>;
  readonly close: () => Promise<void>;
  article: AgreementArticle | undefined;
}

function eventsInto(seen: TestRelay['seen']): RelayEvents {
  return new Proxy({} as RelayEvents, {
    get: (_, event) => (facts: Record<string, unknown>) => void seen.push({ event: String(event), facts }),
  });
}

export async function twoOffices(settings: Partial<RelaySettings> = {}): Promise<TwoOffices> {
  const clock = testClock();
  const keys = { th: testOffice(TH), la: testOffice(LA) };
  const keyOf = keysOf({ [TH]: keys.th.signer, [LA]: keys.la.signer });
  const baseline = baselineBundle();
  const gates = { th: createGates({ baseline, nation: shippedBundle('th') }), la: createGates({ baseline, nation: shippedBundle('la') }) };
  const lines = { thToLa: testLine(), laToTh: testLine() };

  const trustOf = (): TrustStore =>
    ({
      keysForArrival: () => keyOf,
      keysForEvidence: () => keyOf,
      sealingKeyOf: (office: OfficeId) => (office === TH ? keys.th.sealTo : keys.la.sealTo),
      directoryOf: () => undefined,
      agreementFor: () =>
        offices.article === undefined
          ? { covered: false, reason: 'NO_AGREEMENT' }
          : {
              covered: true,
              agreement: { id: 'la-th-2026' },
              article: offices.article,
              ref: { id: 'la-th-2026', version: 1, digest: new Uint8Array(32), article: offices.article.id },
              trustLevel: TrustLevel.PERSONS,
              uncovered: [],
            },
    }) as unknown as TrustStore;

  const start = async (test: TestRelay, own: TestOffice, peer: OfficeId, out: TestLine, incoming: TestLine): Promise<void> => {
    test.projection = officeProjection(own.office);
    test.ledger = await openLedger({
      store: test.log,
      clock,
      office: own.office,
      random: (size) => new Uint8Array(randomBytes(size)),
      onRecord: (record, digest) => test.projection.apply(record, digest),
    });
    test.content = openContentStore({ store: test.batches, clock });
    test.relay = createRelay({
      self: own.office,
      signer: own.signer,
      unsealer: own.unsealer,
      trust: trustOf,
      gates: () => (own.office === TH ? gates.th : gates.la),
      ledger: test.ledger,
      content: test.content,
      projection: test.projection,
      neighbours: [
        {
          office: peer,
          scope: pairScope(own.office, peer),
          link: { publish: (precedence, bytes) => out.publish(precedence, bytes) },
          arrivals: { next: () => incoming.next() },
        },
      ],
      clock,
      random: (size) => new Uint8Array(randomBytes(size)),
      settings: { heartbeatMs: 50 as DurationMs, publishTimeoutMs: 500 as DurationMs, ...settings },
      events: eventsInto(test.seen),
      installDocument: async () => undefined,
      onBug: (cause) => void (cause instanceof LineDown || test.bugs.push(cause)),
    });
  };

  const blank = (office: OfficeId): TestRelay => ({ office, log: memoryLog(), batches: memoryBatches(), seen: [], bugs: [] }) as unknown as TestRelay;
  const offices: TwoOffices = {
    th: blank(TH),
    la: blank(LA),
    ...lines,
    clock,
    article: anyArticle(),
    restart: async (test) => {
      await test.relay.close();
      await test.ledger.close();
      if (test === offices.th) await start(test, keys.th, LA, lines.thToLa, lines.laToTh);
      else await start(test, keys.la, TH, lines.laToTh, lines.thToLa);
    },
    close: async () => {
      lines.thToLa.close();
      lines.laToTh.close();
      await Promise.all([offices.th.relay.close(), offices.la.relay.close()]);
    },
  };
  await start(offices.th, keys.th, LA, lines.thToLa, lines.laToTh);
  await start(offices.la, keys.la, TH, lines.laToTh, lines.thToLa);
  return offices;
}

/** A routine alert about a vehicle, which both example laws let pass unattended. */
export function submission(init: Partial<SubmissionInput> & { readonly alert?: Partial<Alert> } = {}): SubmissionInput {
  const { alert: body, ...rest } = init;
  return {
    submittedBy: 'officer-1',
    kind: MessageKind.ALERT,
    recipients: [LA],
    precedence: Precedence.ROUTINE,
    purpose: Purpose.INVESTIGATION,
    handling: HandlingCode.H0,
    caveat: '',
    caseReference: '',
    expiresMs: null,
    inReplyTo: '',
    supersedes: '',
    drill: false,
    body: alert({ subjects: [VEHICLE as Alert['subjects'][number]], headline: 'Stolen pickup', ...body }),
    idempotencyKey: '',
    submissionDigest: '0'.repeat(64) as SubmissionInput['submissionDigest'],
    ...rest,
  };
}
