import { randomBytes } from 'node:crypto';
import { EMPTY_HUB_LOG, extendHubLog, signHubHead } from '../../../../services/core/envelope/index.ts';
import {
  type DurationMs,
  days,
  digestOf,
  type EpochMs,
  type HubId,
  LiaisonError,
  later,
  type OfficeId,
  parseHubId,
} from '../../../../services/core/foundation/index.ts';
import {
  asksForTopic,
  type Ledger,
  type OfficeProjection,
  officeProjection,
  openContentStore,
  openLedger,
} from '../../../../services/core/ledger/index.ts';
import { baselineBundle, createGates, type Gates } from '../../../../services/core/policy/index.ts';
import {
  createRelay,
  type HubPort,
  type RegionSettings,
  type Relay,
  type RelayEvents,
  type SubmissionInput,
} from '../../../../services/core/relay/index.ts';
import {
  fileSigner,
  generateSigningKey,
  type NewKey,
  type Signer,
  signDocument,
  type TrustStore,
  writeAgreementText,
} from '../../../../services/core/trust/index.ts';
import {
  type Agreement,
  type AgreementArticle,
  type Bulletin,
  BulletinType,
  bulletinCodec,
  Corridor,
  CrimeArea,
  DataCategory,
  HandlingCode,
  type HubReply,
  hubReplyCodec,
  hubRequestCodec,
  type Init,
  MessageKind,
  MessageType,
  Precedence,
  Purpose,
  regionHeaderCodec,
  regionItemCodec,
  type SignedRegionStatus,
  type Subscription,
  subscriptionCodec,
  Urgency,
} from '../../../../services/core/wire/index.ts';
import { type MemoryBatches, type MemoryLog, memoryBatches, memoryLog } from '../../ledger/memory-stores.ts';
import { shippedBundle } from '../../policy/fixtures.ts';
import { LA, MM, NOW, seededRandom, TH } from '../../trust/fixtures.ts';
import {
  agreementBetween,
  article,
  emptyStore,
  laos,
  myanmar,
  signedDirectory,
  type TestNation,
  thailand,
} from '../../trust/fixtures-nations.ts';

export const MEKONG = parseHubId('hub-mekong');
export const SECOND = parseHubId('hub-second');
const NATIONS: Readonly<Record<string, TestNation>> = { [TH]: thailand, [LA]: laos, [MM]: myanmar };

export const HUB_KEYS: Readonly<Record<HubId, NewKey>> = {
  [MEKONG]: generateSigningKey(seededRandom('hub-mekong')),
  [SECOND]: generateSigningKey(seededRandom('hub-second')),
};

export const regionArticle: AgreementArticle = {
  ...article,
  id: 'R',
  kinds: [MessageKind.ALERT, MessageKind.BULLETIN],
  crimeAreas: [CrimeArea.DRUGS, CrimeArea.CYBER_SCAM],
  dataCategories: [DataCategory.CORE, DataCategory.FREE_TEXT, DataCategory.LOCATION, DataCategory.TRANSPORT],
  purposes: [Purpose.PREVENTION, Purpose.INVESTIGATION],
  handlingCeiling: HandlingCode.H1,
  region: true,
  corridors: [Corridor.GOLDEN_TRIANGLE, Corridor.MEKONG_CYBER_SCAM_CENTRES],
  subscribers: [],
  backfillDays: 30,
};

export function regionAgreement(
  articles: readonly AgreementArticle[] = [regionArticle],
  changes: Partial<Agreement> = {},
): Agreement {
  const parties = [thailand, laos, myanmar].map((nation) => ({
    nation: nation.nation as string,
    root: nation.root,
    offices: [nation.office.entry.office],
  }));
  const hubs = [MEKONG, SECOND].map((hub) => ({ hub, key: (HUB_KEYS[hub] as NewKey).publicKey }));
  return agreementBetween(thailand, laos, { id: 'mou-mekong', parties, articles, hubs, ...changes });
}

export function signedRegionAgreement(agreement: Agreement = regionAgreement()): Promise<Uint8Array> {
  return signDocument(
    'agreement',
    writeAgreementText(agreement),
    [thailand, laos, myanmar].map((nation) => nation.rootSigner),
  );
}

export async function regionStore(nation: TestNation, agreement?: Agreement): Promise<TrustStore> {
  let store = await emptyStore(nation).installAgreement(await signedRegionAgreement(agreement), NOW);
  for (const one of [thailand, laos, myanmar]) store = await store.installDirectory(await signedDirectory(one), NOW);
  return store;
}

const started = Date.now();

/** What a hub does to what passes through it. */
export interface Tampering {
  /** Entries that this reader does not get. */
  hides?: (reader: OfficeId, entry: HubLogEntry) => boolean;
  /** Words of offices that are not carried to that reader. */
  hidesStatus?: (reader: OfficeId, from: OfficeId) => boolean;
  reply?: (reader: OfficeId, reply: Init<HubReply>) => Init<HubReply>;
  /** Says it stored what it did not. */
  swallows?: (from: OfficeId) => boolean;
  down?: boolean;
}

export interface HubLogEntry {
  readonly sequence: number;
  readonly bytes: Uint8Array;
  readonly from: OfficeId;
  readonly corridor: Corridor;
  readonly crimeArea: CrimeArea;
  readonly number: number;
}

/** A hub in memory that does as it is told to do. */
export class HubDouble {
  entries: HubLogEntry[] = [];
  readonly subscriptions = new Map<string, Subscription>();
  readonly statuses = new Map<OfficeId, SignedRegionStatus>();
  readonly directories: Uint8Array[] = [];
  readonly pushed = new Map<OfficeId, Uint8Array>();
  readonly tampering: Tampering = {};
  readonly hub: HubId;
  readonly signer: Signer;
  #now: () => EpochMs;

  constructor(hub: HubId, now: () => EpochMs) {
    this.hub = hub;
    this.signer = fileSigner((HUB_KEYS[hub] as NewKey).privateJwk);
    this.#now = now;
  }

  append(bytes: Uint8Array): void {
    if (this.entries.some((entry) => digestOf(entry.bytes) === digestOf(bytes))) return;
    const { from, corridor, crimeArea, number } = regionHeaderCodec.decode(regionItemCodec.decode(bytes).header);
    const sequence = (this.entries.at(-1)?.sequence ?? 0) + 1;
    this.entries.push({ sequence, bytes, from: from as OfficeId, corridor, crimeArea, number });
  }

  async #reply(reader: OfficeId, after: number): Promise<Init<HubReply>> {
    const asked = [...this.subscriptions.values()].filter((one) => one.office === reader);
    const entries = this.entries
      .filter((entry) => entry.sequence > after && asked.some((one) => asksForTopic(one, entry)))
      .filter((entry) => this.tampering.hides?.(reader, entry) !== true)
      .map(({ sequence, bytes }) => ({ sequence, item: bytes }));
    const size = this.entries.at(-1)?.sequence ?? 0;
    const digest = this.entries.reduce((before, { bytes }) => extendHubLog(before, bytes), EMPTY_HUB_LOG);
    const head = await signHubHead(this.signer, { hub: this.hub, size, digest, atMs: this.#now() }, this.#now());
    const statuses = [...this.statuses]
      .filter(([from]) => this.tampering.hidesStatus?.(reader, from) !== true)
      .map(([, status]) => status);
    const reply: Init<HubReply> = {
      entries,
      through: Math.max(after, size),
      statuses,
      directories: this.directories,
      head,
    };
    return this.tampering.reply?.(reader, reply) ?? reply;
  }

  port(office: OfficeId): HubPort {
    const fail = (): void => {
      if (this.tampering.down === true) throw new HubDown();
    };
    return {
      hub: this.hub,
      publish: async (_, bytes) => {
        fail();
        if (this.tampering.swallows?.(office) !== true) this.append(bytes);
      },
      request: async (bytes) => {
        fail();
        const { subscribe, pull, status, directory } = hubRequestCodec.decode(bytes);
        if (subscribe) {
          const subscription = subscriptionCodec.decode(subscribe.subscription);
          this.subscriptions.set(`${office}/${subscription.id}`, subscription);
        }
        if (status) this.statuses.set(office, status);
        if (directory) this.pushed.set(office, directory.document);
        return hubReplyCodec.encode(pull ? await this.#reply(office, pull.after) : {});
      },
    };
  }
}

class HubDown extends LiaisonError<'BUS_TIMEOUT'> {
  constructor() {
    super('BusError', 'BUS_TIMEOUT', { meaning: 'no answer', action: 'wait', disposition: 'retry' });
  }
}

/** An office with stores that outlive its restarts. */
export interface RegionOffice {
  readonly office: OfficeId;
  readonly log: MemoryLog;
  readonly batches: MemoryBatches;
  readonly seen: { readonly event: string; readonly facts: Record<string, unknown> }[];
  readonly bugs: unknown[];
  trust: TrustStore;
  relay: Relay;
  ledger: Ledger;
  projection: OfficeProjection;
  stop: () => Promise<void>;
  restart: (pause?: () => void) => Promise<void>;
}

export interface RegionScene {
  readonly hubs: readonly [HubDouble, HubDouble];
  readonly now: () => EpochMs;
  readonly skip: (ms: number) => void;
  readonly office: (id: OfficeId, hubs?: readonly HubDouble[], agreement?: Agreement) => Promise<RegionOffice>;
  readonly close: () => Promise<void>;
}

const baseline = baselineBundle();
export const gatesOf: Readonly<Record<string, Gates>> = {
  [TH]: createGates({ baseline, nation: shippedBundle('th') }),
  [LA]: createGates({ baseline, nation: shippedBundle('la') }),
  [MM]: createGates({ baseline, nation: shippedBundle('mm') }),
};

const FAST: Partial<RegionSettings> = {
  pullWaitMs: 5 as DurationMs,
  answerMs: 500 as DurationMs,
  statusEveryMs: 20 as DurationMs,
  graceMs: 60 as DurationMs,
  silentMs: 400 as DurationMs,
  retryMs: 5 as DurationMs,
  retryMostMs: 40 as DurationMs,
};

/** What an office of a test runs with. */
export interface RegionOfficeParts {
  readonly signer: Signer;
  readonly gates: Gates;
  readonly ports: readonly HubPort[];
  readonly now: () => EpochMs;
  readonly settings: Partial<RegionSettings>;
}

/** Starts the office over what its stores hold. */
export async function runRegionOffice(
  test: RegionOffice,
  { signer, gates, ports, now, settings }: RegionOfficeParts,
): Promise<void> {
  const random = (size: number): Uint8Array => new Uint8Array(randomBytes(size));
  const projection = officeProjection(test.office);
  test.projection = projection;
  test.ledger = await openLedger({
    store: test.log,
    clock: { now },
    office: test.office,
    random,
    onRecord: (record, digest) => projection.apply(record, digest),
  });
  test.relay = createRelay({
    self: test.office,
    signer,
    unsealer: {} as never,
    drillSigner: null,
    drillUnsealer: {} as never,
    trust: () => test.trust,
    gates: () => gates,
    ledger: test.ledger,
    content: openContentStore({ store: test.batches, clock: { now }, cacheBytes: 1 }),
    projection,
    neighbours: [],
    hubs: ports,
    regionSettings: settings,
    clock: { now },
    random,
    events: new Proxy({} as RelayEvents, {
      get: (_, event) => (facts: Record<string, unknown>) => void test.seen.push({ event: String(event), facts }),
    }),
    installDocument: async (_, bytes) => {
      test.trust = await test.trust.installDirectory(bytes, now());
    },
    onBug: (cause) => void test.bugs.push(cause),
  });
}

export function regionScene(): RegionScene {
  let skipped = 0;
  const now = (): EpochMs => (NOW + (Date.now() - started) + skipped + 60_000) as EpochMs;
  const hubs = [new HubDouble(MEKONG, now), new HubDouble(SECOND, now)] as const;
  const offices: RegionOffice[] = [];

  const begin = (test: RegionOffice, on: readonly HubDouble[]): Promise<void> =>
    runRegionOffice(test, {
      signer: (NATIONS[test.office] as TestNation).signer,
      gates: gatesOf[test.office] as Gates,
      ports: on.map((hub) => hub.port(test.office)),
      now,
      settings: FAST,
    });

  return {
    hubs,
    now,
    skip: (ms) => {
      skipped += ms;
    },
    office: async (id, on = hubs, agreement) => {
      const nation = NATIONS[id] as TestNation;
      const test = {
        office: id,
        log: memoryLog(),
        batches: memoryBatches(),
        seen: [],
        bugs: [],
        trust: await regionStore(nation, agreement),
      } as unknown as RegionOffice;
      let isRunning = true;
      test.stop = async () => {
        if (!isRunning) return;
        isRunning = false;
        await test.relay.close();
        await test.ledger.close();
      };
      test.restart = async (pause) => {
        await test.stop();
        pause?.();
        isRunning = true;
        await begin(test, on);
      };
      await begin(test, on);
      offices.push(test);
      return test;
    },
    close: async () => {
      for (const { stop } of offices) await stop();
    },
  };
}

let made = 0;

/** A bulletin that the example laws let go. */
export function bulletin(init: Partial<Init<Bulletin>> = {}, more: Partial<SubmissionInput> = {}): SubmissionInput {
  const body = {
    bulletinType: BulletinType.TREND,
    crimeArea: CrimeArea.DRUGS,
    messageType: MessageType.ALERT,
    corridor: Corridor.GOLDEN_TRIANGLE,
    urgency: Urgency.EXPECTED,
    headline: `Trend ${++made}`,
    text: 'Small loads by many carriers.',
    textLanguage: 'en',
    ...init,
  };
  return {
    submittedBy: 'officer-1',
    kind: MessageKind.BULLETIN,
    recipients: [],
    precedence: Precedence.ROUTINE,
    purpose: Purpose.PREVENTION,
    handling: HandlingCode.H0,
    caveat: '',
    caseReference: '',
    expiresMs: later(NOW, days(20)),
    inReplyTo: '',
    supersedes: '',
    drill: false,
    body: bulletinCodec.decode(bulletinCodec.encode(body)),
    idempotencyKey: '',
    submissionDigest: '0'.repeat(64) as SubmissionInput['submissionDigest'],
    ...more,
  };
}

export const EVERYTHING = {
  hubs: [],
  corridors: [],
  crimeAreas: [],
  nations: [],
  urgencies: [],
  languages: [],
  backfillDays: 0,
  by: 'supervisor-1',
} as const;

/** Headlines of what came from others and is current, the oldest first. */
export async function headlines(test: RegionOffice): Promise<readonly string[]> {
  const inbound = test.relay.region
    .list()
    .filter(({ direction, state }) => direction === 'inbound' && state === 'current');
  const read = await Promise.all(inbound.map((message) => test.relay.region.read(message)));
  return read.map(({ body }) => (body as Bulletin).headline).toReversed();
}

export function findingsOf(test: RegionOffice): readonly string[] {
  return [...new Set(test.relay.region.standing().findings.map(({ code }) => code))].sort();
}
