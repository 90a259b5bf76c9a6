import type { DurationMs, HubId } from '../../foundation/index.ts';

/** A topic of the region as subjects spell it: made by `topicTokens` of core/envelope. */
export interface TopicTokens {
  readonly corridor: string;
  readonly crimeArea: string;
}

/** One regional hub as an office reaches it over its link; whatever comes back is the hub's word and proves nothing. */
export interface HubPort {
  readonly hub: HubId;
  /** Done when the hub has stored the encoded RegionItem; the same bytes again are stored once. Rejects where nothing says so. */
  readonly publish: (topic: TopicTokens, item: Uint8Array, timeoutMs: DurationMs) => Promise<void>;
  /** The encoded HubReply to an encoded HubRequest. Rejects where none comes in time. */
  readonly request: (request: Uint8Array, timeoutMs: DurationMs) => Promise<Uint8Array>;
}
