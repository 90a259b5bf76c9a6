import type { Role } from '../../access/index.ts';
import type { Digest } from '../../foundation/index.ts';
import type { DecisionView } from '../../ledger/index.ts';
import type { HeldKey, MessageContent } from '../types.ts';

/** Somebody of this office who decides, and in which role. */
export interface Person {
  readonly name: string;
  readonly role: Role;
}

/** What a person decides on and why. */
export interface ReleaseRequest {
  readonly reason: string;
  /** The digest that came with what the person looked at. */
  readonly shown: Digest;
}

/** What became of a release. */
export interface ReleaseResult {
  /** `approved`: it takes two persons, this was the first, and it stays held. */
  readonly resolution: 'released' | 'approved';
  /** As it stands now. */
  readonly decision: DecisionView;
  readonly releasesNeeded: number;
  /** Who had approved something else than what would pass now, so that their approval counts no more. */
  readonly lapsed: readonly string[];
}

/** What a release would let pass now. */
export interface HeldContent extends MessageContent {
  /** Names exactly what is shown: a release is bound to it. Null where the gate refuses it now. */
  readonly shown: Digest | null;
  /** How many named persons a release takes now; never fewer than when it was held. */
  readonly releasesNeeded: number;
  /** What the gate says of a release now. */
  readonly now: DecisionView;
}

/** Crossings that wait for a person: each leaves the queue once, by named persons or by its end, and no end is a release. */
export interface HoldQueue {
  /** @throws RelayError RELAY_NOT_HELD, RELAY_CONTENT_GONE. */
  readonly show: (key: HeldKey) => Promise<HeldContent>;
  /**
   * Asks the gate again and lets pass exactly what was shown, or nothing.
   * @throws RelayError RELAY_NOT_HELD, RELAY_RELEASE_REFUSED; HoldError.
   */
  readonly release: (key: HeldKey, person: Person, request: ReleaseRequest) => Promise<ReleaseResult>;
  /** @throws RelayError RELAY_NOT_HELD. */
  readonly reject: (key: HeldKey, by: string, reason: string) => Promise<void>;
  readonly expire: (key: HeldKey) => Promise<void>;
  /** Ends it because its originator called the message back; `by` is empty where the node does it. */
  readonly recall: (key: HeldKey, by: string) => Promise<void>;
}
