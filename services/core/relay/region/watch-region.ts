import { type VerifiedRegionStatus, verifyRegionStatus } from '../../envelope/index.ts';
import { type DurationMs, type HubId, isLiaisonError, nationOf, type OfficeId, toHex } from '../../foundation/index.ts';
import { asksForTopic, chainKey, type RegionChainView } from '../../ledger/index.ts';
import type { SignedRegionStatus, TopicStatus } from '../../wire/index.ts';
import type { RelayContext } from '../parts.ts';
import type { RegionFindings } from './findings.ts';
import { directorySequence } from './pull-entries.ts';
import { type Backoff, backoff, type RegionSettings } from './settings.ts';

/** Watches whether everything arrives that offices say they told the region. */
export interface RegionWatch {
  /** A hub carried that word of an office. */
  readonly status: (hub: HubId, signed: SignedRegionStatus) => void;
  /** Compares what is here with what was said; asks for what is missing. */
  readonly look: () => void;
}

interface Heard {
  readonly said: VerifiedRegionStatus;
  /** By hub: the time of the newest word that it carried, by the office's clock, and when that was here first. */
  readonly byHub: Map<HubId, { readonly atMs: number; readonly seenMs: number }>;
}

interface Missing {
  readonly sinceMs: number;
  readonly wait: Backoff;
  nextMs: number;
}

/** Asking again may bring a whole log once more: the longer something is missing, the more seldom it is asked for. */
const PATIENCE = 30;
const MAX_OFFICES = 1000;
/** More than these are one thing that is wrong, not many. */
const MAX_LOOKED_AT = 100_000;

/** Nothing heard yet. `rewind` makes every hub's entries after that header come once more. */
export function regionWatch(
  context: RelayContext,
  hubs: readonly HubId[],
  settings: RegionSettings,
  findings: RegionFindings,
  rewind: (hub: HubId, after: number) => void,
): RegionWatch {
  const { clock, projection } = context;
  const { region } = projection;
  const heard = new Map<OfficeId, Heard>();
  /** What an office had released on a topic before anything of it came here, by the first word heard of it. */
  const before = new Map<string, number>();
  const missing = new Map<string, Missing>();
  const frozen = new Map<OfficeId, number>();

  const isAskedFor = (from: OfficeId, { corridor, crimeArea }: Pick<TopicStatus, 'corridor' | 'crimeArea'>): boolean =>
    [...region.subscriptions.values()].some(({ subscription }) =>
      asksForTopic(subscription, { from, corridor, crimeArea }),
    );

  const patience = (): Backoff =>
    backoff({ ...settings, retryMostMs: (settings.retryMostMs * PATIENCE) as DurationMs });

  const fork = (office: OfficeId, detail: string): void =>
    findings.found({ code: 'REGION_FORK', hub: null, office, detail });

  /** What an office says now against what it said before and what is here of it. */
  const compare = (known: Heard | undefined, { from, status }: VerifiedRegionStatus): void => {
    const chain = toHex(status.chain);
    for (const topic of status.topics) {
      const here = region.chains.get(chainKey(from, chain, topic.corridor, topic.crimeArea));
      const digest = here?.at(topic.number)?.digest;
      if (digest !== undefined && digest !== toHex(topic.digest)) fork(from, `status number ${topic.number}`);
      const earlier = known?.said.status.topics.find(
        (one) => one.corridor === topic.corridor && one.crimeArea === topic.crimeArea,
      );
      const isSameLedger = known !== undefined && toHex(known.said.status.chain) === chain;
      if (isSameLedger && earlier !== undefined && earlier.number > topic.number) fork(from, 'status went back');
    }
  };

  const lowest = (chain: RegionChainView | undefined, key: string, number: number): number => {
    if (chain !== undefined && !chain.isInterrupted) return Math.min(chain.floor, before.get(key) ?? chain.floor);
    const known = before.get(key);
    if (known === undefined) before.set(key, number);
    return known ?? number;
  };

  /** The first is enough: an office may say of any number that it released it. */
  const firstMissing = (chain: RegionChainView | undefined, low: number, high: number): number | undefined => {
    for (let number = Math.max(low + 1, high - MAX_LOOKED_AT); number <= high; number++)
      if (chain?.accounts(number) !== true) return number;
    return undefined;
  };

  const askAgain = (chain: RegionChainView | undefined, first: number): void => {
    for (const hub of hubs) {
      let after = 0;
      for (let number = first - 1; number >= 1 && after === 0 && chain !== undefined; number--) {
        const digest = chain.at(number)?.digest;
        if (digest === undefined) break;
        after = region.sequenceOf(hub, digest) ?? 0;
      }
      rewind(hub, after);
    }
  };

  const judge = (
    office: OfficeId,
    key: string,
    name: string,
    chain: RegionChainView | undefined,
    first: number | undefined,
    high: number,
  ): void => {
    const now = clock.now();
    if (first === undefined) {
      missing.delete(key);
      for (const code of ['REGION_GAP', 'REGION_HELD_BACK'] as const)
        findings.over({ code, hub: null, office, detail: name });
      return;
    }
    const state = missing.get(key) ?? { sinceMs: now, wait: patience(), nextMs: now + settings.retryMs };
    missing.set(key, state);
    const isInside = chain !== undefined && first < chain.last;
    if (isInside) findings.found({ code: 'REGION_GAP', hub: null, office, detail: name });
    else findings.over({ code: 'REGION_GAP', hub: null, office, detail: name });
    const isTail = high > (chain?.last ?? 0);
    if (isTail && now - state.sinceMs >= settings.graceMs)
      findings.found({ code: 'REGION_HELD_BACK', hub: null, office, detail: name });
    if (now < state.nextMs) return;
    state.nextMs = now + state.wait.next();
    askAgain(chain, first);
  };

  const lookAtChains = (): void => {
    const said = new Map<string, { readonly from: OfficeId; readonly topic: TopicStatus }>();
    for (const {
      said: { from, status },
    } of heard.values())
      for (const topic of status.topics)
        said.set(chainKey(from, toHex(status.chain), topic.corridor, topic.crimeArea), { from, topic });
    const topics = new Map<string, { from: OfficeId; corridor: number; crimeArea: number; high: number }>();
    for (const [key, { from, topic }] of said)
      topics.set(key, { from, corridor: topic.corridor, crimeArea: topic.crimeArea, high: topic.number });
    for (const [key, { from, corridor, crimeArea, last }] of region.chains)
      topics.set(key, { from, corridor, crimeArea, high: Math.max(last, topics.get(key)?.high ?? 0) });
    for (const [key, { from, corridor, crimeArea, high }] of topics) {
      const topic = { corridor, crimeArea } as Pick<TopicStatus, 'corridor' | 'crimeArea'>;
      const chain = region.chains.get(key);
      const isWatched = from !== context.self && isAskedFor(from, topic);
      if (!isWatched) before.delete(key);
      const first = isWatched ? firstMissing(chain, lowest(chain, key, high), high) : undefined;
      judge(from, key, `${corridor}/${crimeArea}`, chain, first, high);
    }
  };

  const lookAtSilence = (): void => {
    const now = clock.now();
    for (const [office, { byHub }] of heard) {
      const newest = Math.max(...[...byHub.values()].map(({ seenMs }) => seenMs));
      const isSilent = now - newest > settings.silentMs;
      const one = { code: 'REGION_STATUS_SILENT', office } as const;
      if (isSilent) findings.found({ ...one, hub: null, detail: '' });
      else findings.over({ ...one, hub: null });
      for (const [hub, { seenMs }] of byHub) {
        // Of a hub that does not answer at all that is said already.
        const isDropped = !isSilent && now - seenMs > settings.silentMs;
        if (isDropped && !findings.has({ code: 'REGION_HUB_SILENT', hub, office: null }))
          findings.found({ ...one, hub, detail: '' });
        else findings.over({ ...one, hub });
      }
    }
  };

  const lookAtDirectories = (): void => {
    const now = clock.now();
    for (const [office, { said }] of heard) {
      const nation = nationOf(office);
      const finding = { code: 'REGION_DIRECTORY_FROZEN', hub: null, office, detail: nation } as const;
      if (said.status.directorySequence <= directorySequence(context, nation)) {
        frozen.delete(office);
        findings.over(finding);
      } else {
        const sinceMs = frozen.get(office) ?? now;
        frozen.set(office, sinceMs);
        if (now - sinceMs >= settings.graceMs) findings.found(finding);
      }
    }
  };

  return {
    status: (hub, signed) => {
      const now = clock.now();
      try {
        const keyOf = context.trust().keysForArrival(now);
        const said = verifyRegionStatus(signed, { keyOf, heads: context.heads, now });
        const known = heard.get(said.from);
        if (said.from === context.self || (known === undefined && heard.size >= MAX_OFFICES)) return;
        const isNewer = known === undefined || said.status.atMs > known.said.status.atMs;
        if (isNewer) compare(known, said);
        const byHub = known?.byHub ?? new Map();
        const { atMs } = said.status;
        if (atMs > (byHub.get(hub)?.atMs ?? 0)) byHub.set(hub, { atMs, seenMs: now });
        heard.set(said.from, { said: isNewer ? said : known.said, byHub });
      } catch (cause) {
        if (!isLiaisonError(cause)) throw cause;
        findings.found({ code: 'REGION_ITEM_INVALID', hub, office: null, detail: cause.code });
      }
    },
    look: () => {
      lookAtChains();
      lookAtSilence();
      lookAtDirectories();
    },
  };
}
