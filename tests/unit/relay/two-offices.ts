import { randomBytes } from 'node:crypto';
import {
  type Clock,
  type Digest,
  type DurationMs,
  type EpochMs,
  type OfficeId,
  pairScope,
} from '../../../services/core/foundation/index.ts';
import {
  type ContentBatchStore,
  type ContentStore,
  type InboundMessageView,
  type Ledger,
  type LedgerLimits,
  type LogStore,
  messageKey,
  type OfficeProjection,
  type OutboundCopy,
  officeProjection,
  openContentStore,
  openLedger,
  verifyLedger,
} from '../../../services/core/ledger/index.ts';
import { baselineBundle, createGates, type Gates, type PolicyBundle } from '../../../services/core/policy/index.ts';
import {
  createRelay,
  type HeldKey,
  type Person,
  type Relay,
  type RelayEvents,
  type RelaySettings,
  type ReleaseResult,
  type SubmissionInput,
} from '../../../services/core/relay/index.ts';
import {
  type Alert,
  type DocumentKind,
  HandlingCode,
  MessageKind,
  Precedence,
  Purpose,
} from '../../../services/core/wire/index.ts';
import { type MemoryBatches, type MemoryLog, memoryBatches, memoryLog } from '../ledger/memory-stores.ts';
import { alert, article as anyArticle, shippedBundle, VEHICLE } from '../policy/fixtures.ts';
import { LA, type TestOffice, TH, testOffice } from '../trust/fixtures.ts';
import { LineDown, type TestLine, testLine } from './test-line.ts';
import { type TestTrust, testTrust } from './test-trust.ts';

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

/** An event that a relay told. */
export interface Seen {
  readonly event: keyof RelayEvents;
  readonly facts: Record<string, unknown>;
}

/** One office in memory: a relay over stores that survive its restart. */
export interface TestRelay {
  readonly office: OfficeId;
  readonly keys: TestOffice;
  readonly log: MemoryLog;
  readonly batches: MemoryBatches;
  readonly trust: TestTrust;
  readonly clock: TestClock;
  gates: Gates;
  relay: Relay;
  ledger: Ledger;
  content: ContentStore;
  projection: OfficeProjection;
  /** Stops the running relay without a word: nothing of it reaches a store or a line any more. */
  cut: () => void;
  readonly seen: Seen[];
  readonly bugs: unknown[];
  installDocument: (kind: DocumentKind, bytes: Uint8Array) => Promise<void>;
}

/** Two offices with a line each way, and one clock unless a test skips one of them. */
export interface TwoOffices {
  readonly th: TestRelay;
  readonly la: TestRelay;
  readonly thToLa: TestLine;
  readonly laToTh: TestLine;
  /** Moves both clocks. */
  readonly skip: (ms: number) => void;
  /** Stops an office and starts it again from what its stores hold. */
  readonly restart: (office: TestRelay) => Promise<void>;
  /** As `restart`, but whatever was under way never comes to its end, as with kill -9. */
  readonly kill: (office: TestRelay) => Promise<void>;
  readonly close: () => Promise<void>;
}

/** What differs from two offices under the shipped example laws. */
export interface TwoOfficesOptions {
  readonly settings?: Partial<RelaySettings>;
  readonly limits?: Partial<LedgerLimits>;
  /** The bundle of each nation; the shipped one where it is left out. */
  readonly th?: PolicyBundle;
  readonly la?: PolicyBundle;
}

const baseline = baselineBundle();
const shippedGates = {
  th: createGates({ baseline, nation: shippedBundle('th') }),
  la: createGates({ baseline, nation: shippedBundle('la') }),
};

const gatesOf = (nation: 'th' | 'la', bundle: PolicyBundle | undefined): Gates =>
  bundle === undefined ? shippedGates[nation] : createGates({ baseline, nation: bundle });

function eventsInto(seen: Seen[]): RelayEvents {
  return new Proxy({} as RelayEvents, {
    get: (_, event) => (facts: Record<string, unknown>) => void seen.push({ event: event as Seen['event'], facts }),
  });
}

const never = new Promise<never>(() => undefined);

/** The same stores for as long as the office runs; afterwards no call comes back and none has an effect. */
function untilCut(
  log: LogStore,
  batches: ContentBatchStore,
): {
  readonly log: LogStore;
  readonly batches: ContentBatchStore;
  readonly cut: () => void;
  readonly isCut: () => boolean;
} {
  let isCut = false;
  const unlessCut = async <T>(work: () => Promise<T>): Promise<T> => {
    if (isCut) return await never;
    const result = await work();
    return isCut ? await never : result;
  };
  return {
    cut: () => {
      isCut = true;
    },
    isCut: () => isCut,
    log: {
      append: (bytes, seq) => unlessCut(() => log.append(bytes, seq)),
      readAll: log.readAll,
      lastSeq: log.lastSeq,
    },
    batches: {
      put: (name, bytes, ttl) => unlessCut(() => batches.put(name, bytes, ttl)),
      get: (name) => unlessCut(() => batches.get(name)),
      list: batches.list,
      remove: (name) => unlessCut(() => batches.remove(name)),
      replace: (name, bytes, ttl) => unlessCut(() => batches.replace(name, bytes, ttl)),
    },
  };
}

const random = (size: number): Uint8Array => new Uint8Array(randomBytes(size));

/** A neighbour of a test office with the line to it and from it. */
export interface TestNeighbour {
  readonly office: OfficeId;
  readonly out: TestLine;
  readonly incoming: TestLine;
}

/** Starts an office over what its stores hold. */
export async function startOffice(
  test: TestRelay,
  neighbours: readonly TestNeighbour[],
  options: Pick<TwoOfficesOptions, 'settings' | 'limits'> = {},
): Promise<void> {
  const { office, keys, clock } = test;
  const stores = untilCut(test.log, test.batches);
  const projection = officeProjection(office);
  test.projection = projection;
  test.ledger = await openLedger({
    store: stores.log,
    clock,
    office,
    random,
    onRecord: (record, digest) => projection.apply(record, digest),
    ...(options.limits === undefined ? {} : { limits: options.limits }),
  });
  test.content = openContentStore({ store: stores.batches, clock, cacheBytes: 1 });
  const open = neighbours.map(({ office: peer, out, incoming }) => ({ peer, out, arrivals: incoming.open() }));
  test.relay = createRelay({
    self: office,
    signer: keys.signer,
    unsealer: keys.unsealer,
    drillSigner: keys.drillSigner,
    drillUnsealer: keys.drillUnsealer,
    trust: test.trust.store,
    gates: () => test.gates,
    ledger: test.ledger,
    content: test.content,
    projection,
    neighbours: open.map(({ peer, out, arrivals }) => ({
      office: peer,
      scope: pairScope(office, peer),
      link: {
        publish: (scope, precedence, bytes, timeoutMs, how) =>
          stores.isCut() ? never : out.publish(precedence, bytes, scope, timeoutMs, how),
      },
      arrivals: {
        next: () => (stores.isCut() ? never : arrivals.next()),
        setChannels: async (channels) => void (stores.isCut() || arrivals.setChannels(channels)),
      },
    })),
    clock,
    random,
    settings: { heartbeatMs: 50 as DurationMs, publishTimeoutMs: 500 as DurationMs, ...options.settings },
    events: eventsInto(test.seen),
    installDocument: (kind, bytes) => test.installDocument(kind, bytes),
    onBug: (cause) => void (cause instanceof LineDown || test.bugs.push(cause)),
  });
  test.cut = () => {
    stores.cut();
    for (const { arrivals } of open) arrivals.close();
    void test.relay.close();
  };
}

/** An office that knows these offices' keys and has no history; `startOffice` makes the rest. */
export function blankOffice(own: TestOffice, known: readonly TestOffice[], gates: Gates): TestRelay {
  return {
    office: own.office,
    keys: own,
    log: memoryLog(),
    batches: memoryBatches(),
    trust: testTrust(own.office, known, anyArticle()),
    clock: testClock(),
    gates,
    seen: [],
    bugs: [],
    installDocument: async () => undefined,
  } as unknown as TestRelay;
}

export async function twoOffices(options: TwoOfficesOptions = {}): Promise<TwoOffices> {
  const keys = { th: testOffice(TH), la: testOffice(LA) };
  const lines = { thToLa: testLine(), laToTh: testLine() };
  const begin = (test: TestRelay): Promise<void> =>
    test === offices.th
      ? startOffice(test, [{ office: LA, out: lines.thToLa, incoming: lines.laToTh }], options)
      : startOffice(test, [{ office: TH, out: lines.laToTh, incoming: lines.thToLa }], options);

  const offices: TwoOffices = {
    th: blankOffice(keys.th, [keys.th, keys.la], gatesOf('th', options.th)),
    la: blankOffice(keys.la, [keys.th, keys.la], gatesOf('la', options.la)),
    ...lines,
    skip: (ms) => {
      offices.th.clock.skip(ms);
      offices.la.clock.skip(ms);
    },
    restart: async (test) => {
      await test.relay.close();
      await test.ledger.close();
      await begin(test);
    },
    kill: async (test) => {
      test.cut();
      await begin(test);
    },
    close: async () => {
      await Promise.all([offices.th.relay.close(), offices.la.relay.close()]);
    },
  };
  await Promise.all([begin(offices.th), begin(offices.la)]);
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

/** Somebody looks at a held crossing and releases what they were shown. */
export async function releaseShown(
  test: TestRelay,
  key: HeldKey,
  name = 'supervisor-1',
  reason = 'checked',
  role: Person['role'] = 'supervisor',
): Promise<ReleaseResult> {
  const { shown } = await test.relay.readHeld(key);
  return await test.relay.release(key, { name, role }, { reason, shown: shown ?? ('0'.repeat(64) as Digest) });
}

/** What th sent to la, as th has it. */
export function copyAt({ th }: TwoOffices, id: string): OutboundCopy {
  const copy = th.projection.outbound.get(messageKey(TH, id))?.copies.get(LA);
  if (copy === undefined) throw new TypeError(`no copy of ${id}`);
  return copy;
}

/** What th sent, as la has it. */
export function arrivalAt({ la }: TwoOffices, id: string): InboundMessageView | undefined {
  return la.projection.inbound.get(messageKey(TH, id));
}

/** Codes of one kind of event, in order. */
export function codesOf({ seen }: TestRelay, event: Seen['event']): unknown[] {
  return seen.filter((entry) => entry.event === event).map((entry) => entry.facts['code']);
}

/** Everything that is wrong with an office's ledger, as a stranger would find it. */
export async function ledgerFindings(test: TestRelay): Promise<unknown[]> {
  const report = await verifyLedger(
    test.log.entries.map((entry) => entry.bytes),
    { office: test.office, signatures: { keysForEvidence: test.trust.store().keysForEvidence }, witnessed: [] },
  );
  return report.findings.map(({ code, number, context }) => ({ code, number, context }));
}
