import {
  type BusConnection,
  createHubContent,
  createHubLogStore,
  createNewestOfSubject,
  ensureHubStreams,
  openResponder,
} from '../core/bus/index.ts';
import { type Clock, type CloseStack, isLiaisonError, type NationCode, nationOf } from '../core/foundation/index.ts';
import {
  HUB_DIRECTORY_STREAM,
  HUB_REQUEST_FILTER,
  HUB_SUBSCRIPTION_STREAM,
  REGION_FILTER,
} from '../core/subjects/index.ts';
import type { Logger } from '../core/telemetry/index.ts';
import { fileSigner, headCache } from '../core/trust/index.ts';
import type { SignedHubHead } from '../core/wire/index.ts';
import type { HubConfig } from './config.ts';
import { countReleases, type ReleaseCounts } from './figures/count-releases.ts';
import { type HubLog, openHubLog } from './log/hub-log.ts';
import { itemQueue } from './log/item-queue.ts';
import { takeItems } from './log/take-items.ts';
import { type RegionMeters, regionMeters } from './region-meters.ts';
import { repeat } from './repeat.ts';
import { allowances } from './requests/allowances.ts';
import { answerRequests, type Requests } from './requests/answer-requests.ts';
import { headOf } from './requests/hub-head.ts';
import { openSubscriptions, type Subscriptions } from './requests/subscriptions.ts';
import { type HubTrust, openHubTrust } from './trust/hub-trust.ts';
import { readSuspendedNations } from './trust/suspended-nations.ts';

/** The part of a hub that keeps and hands out what was released to the region. */
export interface Region {
  readonly log: HubLog;
  readonly counts: ReleaseCounts;
  readonly subscriptions: Subscriptions;
  readonly requests: Requests;
  readonly trust: HubTrust;
  readonly suspended: () => ReadonlySet<NationCode>;
  readonly head: () => Promise<SignedHubHead>;
  readonly meters: RegionMeters;
}

/** What the region is opened with. */
export interface RegionParts {
  readonly config: HubConfig;
  readonly signingKey: string;
  readonly connection: BusConnection;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly parts: CloseStack;
  /** Called when the log is in doubt and the process has to start anew over what is on disk. */
  readonly onFatal: (error: unknown) => void;
}

const LOOK_EVERY_MS = 1000;
const SWEEP_EVERY_MS = 3_600_000;
/** After these nobody knows what the log holds, or somebody else writes it. */
const FATAL = ['BUS_FENCE_LOST', 'BUS_APPEND_UNDECIDED', 'HUB_LOG_INVALID'];

/** Opens what the streams hold and answers offices from then on. @throws BusError; HubError HUB_LOG_INVALID; TrustError TRUST_KEY_INVALID. */
export async function openRegion(options: RegionParts): Promise<Region> {
  const { config, connection, clock, logger, parts } = options;
  const signer = fileSigner(options.signingKey);
  const heads = headCache();
  await ensureHubStreams(connection, config.limits);
  const onBug = (error: unknown): void => logger.error({ error }, 'region failed');
  const trust = await openHubTrust({
    hub: config.hub,
    key: signer.kid,
    folder: config.trust,
    kept: createNewestOfSubject(connection, HUB_DIRECTORY_STREAM),
    clock,
    onRefused: (_file, error) => logger.warn({ error }, 'document in the trust folder does not count'),
  });
  const log = await openHubLog({ log: createHubLogStore(connection), content: createHubContent(connection) }, clock);
  const counts = countReleases(() => nationsOf(trust));
  for (const entry of log.state.all()) counts.add(entry);
  const subscriptions = await openSubscriptions({
    kept: createNewestOfSubject(connection, HUB_SUBSCRIPTION_STREAM),
    trust,
    heads,
    clock,
  });
  // Without an answer from the file nobody is let in: it may be that somebody was to be kept out.
  let suspended = await readSuspendedNations(config.suspendedFile);
  const everybody = new Set(config.offices.map(nationOf));
  const isSuspended = (nation: NationCode): boolean => suspended?.has(nation) ?? true;
  const head = headOf(config.hub, signer, log.state, clock);
  const meters = regionMeters();
  const requests = answerRequests({
    log,
    trust,
    subscriptions,
    heads,
    head,
    isSuspended,
    clock,
    onAnswered: (office, kind, refused) => {
      meters.request(kind, refused);
      if (refused !== undefined) logger.warn({ peer: office, code: refused }, 'request refused');
    },
    onBug,
  });
  const queue = itemQueue(log, async (entries) => {
    for (const entry of entries) counts.add(entry);
    if (entries.some((entry) => entry.withdraws !== null)) requests.contentChanged();
    requests.pulls.wake(entries);
  });
  const take = takeItems({
    queue,
    trust,
    heads,
    isSuspended,
    limits: allowances(clock),
    itemsPerMinute: config.limits.itemsPerMinute,
    clock,
    onItem: (office, outcome) => {
      meters.item('refused' in outcome ? outcome.refused : undefined);
      if ('refused' in outcome) logger.warn({ peer: office, code: outcome.refused }, 'item refused');
      else logger.debug({ peer: office, number: outcome.entry }, 'item stored');
    },
    onFailure: (error) => {
      onBug(error);
      if (isLiaisonError(error) && FATAL.includes(error.code)) options.onFatal(error);
    },
  });
  trust.onChange(() => {
    logger.info({ count: trust.agreements().size }, 'trust changed');
    requests.trustChanged();
  });
  const look = async (): Promise<void> => {
    const before = suspended;
    suspended = await readSuspendedNations(config.suspendedFile);
    if (namesOf(before) !== namesOf(suspended)) {
      logger.warn({ count: suspended?.size ?? everybody.size }, 'suspended nations changed');
      requests.pulls.release((office) => isSuspended(nationOf(office)));
    }
    await trust.refresh();
  };
  const sweep = async (): Promise<void> => {
    const count = await log.sweep();
    if (count > 0) logger.info({ count }, 'content erased');
    requests.contentChanged();
  };
  parts.add(repeat(LOOK_EVERY_MS, look, onBug));
  parts.add(repeat(SWEEP_EVERY_MS, sweep, onBug));
  // What a stop kept from being erased is erased before anybody is answered.
  await sweep();
  parts.defer(() => requests.pulls.release());
  parts.defer(() => queue.drained());
  parts.add(await openResponder(connection, HUB_REQUEST_FILTER, requests.take));
  parts.add(await openResponder(connection, REGION_FILTER, take));
  return { log, counts, subscriptions, requests, trust, suspended: () => suspended ?? everybody, head, meters };
}

function nationsOf(trust: HubTrust): readonly string[] {
  return [...new Set([...trust.agreements().values()].flatMap(({ parties }) => [...parties.keys()]))];
}

function namesOf(nations: ReadonlySet<NationCode> | undefined): string {
  return nations === undefined ? 'unknown' : [...nations].sort().join(' ');
}
