import { type OfficeId, toHex } from '../../foundation/index.ts';
import type { RegionReceived, Subscription } from '../../wire/index.ts';
import { asksForTopic } from './region-matches.ts';
import type { RegionChainView } from './region-views.ts';

/** A chain that grows. */
interface Chain extends RegionChainView {
  last: number;
  floor: number;
  /** What was missed up to here belongs to a time when nothing was asked for, or before. */
  bottom: number;
  /** Nothing asks for it at the moment: the next that comes begins anew. */
  isInterrupted: boolean;
  readonly numbers: Map<number, { readonly digest: string; readonly previous: string }>;
  readonly withdrawn: Set<number>;
}

/** What is here of other offices' releases, by office, ledger and topic. */
export interface RegionChains {
  readonly all: ReadonlyMap<string, RegionChainView>;
  readonly received: (event: RegionReceived) => void;
  /** What is asked for has changed. */
  readonly subscribed: (subscriptions: Iterable<Subscription>) => void;
}

/** The key of a chain. */
export function chainKey(from: string, chain: string, corridor: number, crimeArea: number): string {
  return `${from}/${chain}/${corridor}/${crimeArea}`;
}

function newChain(event: RegionReceived): Chain {
  const numbers: Chain['numbers'] = new Map();
  const withdrawn = new Set<number>();
  return {
    from: event.from as OfficeId,
    chain: toHex(event.chain),
    corridor: event.corridor,
    crimeArea: event.crimeArea,
    last: 0,
    floor: event.number - 1,
    bottom: 0,
    isInterrupted: false,
    numbers,
    withdrawn,
    at: (number) => numbers.get(number),
    accounts: (number) => numbers.has(number) || withdrawn.has(number),
  };
}

/** None yet. */
export function regionChains(): RegionChains {
  const all = new Map<string, Chain>();
  return {
    all,
    received: (event) => {
      const key = chainKey(event.from, toHex(event.chain), event.corridor, event.crimeArea);
      const chain = all.get(key) ?? newChain(event);
      all.set(key, chain);
      const { number } = event;
      if (chain.isInterrupted && number > chain.last) {
        chain.isInterrupted = false;
        chain.bottom = chain.last;
        chain.floor = number - 1;
      } else if (number > chain.bottom) chain.floor = Math.min(chain.floor, number - 1);
      chain.last = Math.max(chain.last, number);
      chain.numbers.set(number, { digest: toHex(event.headerDigest), previous: toHex(event.previous) });
      if (event.withdrawsNumber > 0) chain.withdrawn.add(event.withdrawsNumber);
    },
    subscribed: (subscriptions) => {
      const standing = [...subscriptions];
      for (const chain of all.values())
        if (!standing.some((one) => asksForTopic(one, chain))) chain.isInterrupted = true;
    },
  };
}
