import { signRegionStatus } from '../../envelope/index.ts';
import { days, fromHex, nationOf } from '../../foundation/index.ts';
import type { RegionReleaseView, SubscriptionView } from '../../ledger/index.ts';
import type { HubRequest, Init, RegionStatus } from '../../wire/index.ts';
import type { RelayContext } from '../parts.ts';
import type { HubAsked } from './ask-hub.ts';
import type { RegionFindings } from './findings.ts';
import { directorySequence } from './pull-entries.ts';
import { backoff, type RegionSettings } from './settings.ts';
import type { HubPort } from './types.ts';

/** What a hub is told by itself: subscriptions, how this office stands, the directory of its nation. */
export interface HubTold {
  /** What is due now was said, or tried; never throws for what the hub or the line does. */
  readonly run: () => Promise<void>;
  readonly hasTaken: (subscription: SubscriptionView) => boolean;
  /** The hub may have lost what it was told. */
  readonly again: () => void;
}

const MAX_TOPICS = 256;
/** A subscription that is older has had what it asks for. */
const FRESH_MS = days(1);

/** How this office stands with the region: the last release of each topic. */
export function ownStatus(context: RelayContext): Init<RegionStatus> {
  const { projection, self, ledger, clock } = context;
  const last = new Map<string, RegionReleaseView>();
  for (const release of projection.region.releases)
    if (release.number > 0) last.set(`${release.corridor}/${release.crimeArea}`, release);
  // The newest: an office that has said something on more topics than a status holds is watched on those.
  const topics = [...last.values()].toSorted((a, b) => b.releasedMs - a.releasedMs).slice(0, MAX_TOPICS);
  return {
    from: self,
    chain: ledger.chainId,
    topics: topics.map(({ corridor, crimeArea, number, headerDigest }) => ({
      corridor,
      crimeArea,
      number,
      digest: headerDigest === null ? new Uint8Array() : fromHex(headerDigest),
    })),
    directorySequence: directorySequence(context, nationOf(self)),
    atMs: clock.now(),
  };
}

/** Nothing was said to the hub in this run: subscriptions are said anew, which changes nothing where it has them. */
export function hubTold(
  context: RelayContext,
  { hub }: Pick<HubPort, 'hub'>,
  hubAsked: HubAsked,
  settings: RegionSettings,
  findings: RegionFindings,
  onSubscribed: () => void,
): HubTold {
  const { clock, projection } = context;
  const failing = backoff(settings);
  let taken = new WeakSet<SubscriptionView>();
  let statusDueMs = 0;
  let directory = 0;
  let notBeforeMs = 0;

  const say = async (request: Init<HubRequest>, about: string): Promise<boolean> => {
    const answer = await hubAsked.ask(request);
    const finding = { code: 'REGION_HUB_REFUSES', hub, office: null, detail: about } as const;
    if (answer.answered) {
      findings.over(finding);
      failing.reset();
      return true;
    }
    if (answer.refused) findings.found(finding);
    notBeforeMs = clock.now() + failing.next();
    return false;
  };

  const saySubscriptions = async (): Promise<boolean> => {
    for (const subscription of projection.region.subscriptions.values()) {
      if (subscription.hub !== hub || taken.has(subscription)) continue;
      if (!(await say({ subscribe: subscription.signed }, 'subscribe'))) return false;
      taken.add(subscription);
      // What it asks for may stand before what was gone through already.
      if (!subscription.subscription.ended && clock.now() - subscription.changedMs < FRESH_MS) onSubscribed();
    }
    return true;
  };

  const sayDirectory = async (): Promise<boolean> => {
    const own = context.trust().directoryOf(nationOf(context.self));
    if (own === undefined || own.directory.sequence <= directory) return true;
    if (!(await say({ directory: { document: own.document.bytes } }, 'directory'))) return false;
    directory = own.directory.sequence;
    return true;
  };

  const sayStatus = async (): Promise<void> => {
    if (clock.now() < statusDueMs) return;
    const status = await signRegionStatus(context.signer, ownStatus(context), clock.now());
    if (await say({ status }, 'status')) statusDueMs = clock.now() + settings.statusEveryMs;
  };

  return {
    hasTaken: (subscription) => taken.has(subscription),
    again: () => {
      taken = new WeakSet();
      statusDueMs = 0;
      directory = 0;
    },
    run: async () => {
      if (clock.now() < notBeforeMs) return;
      if ((await sayDirectory()) && (await saySubscriptions())) await sayStatus();
    },
  };
}
