import type { DurationMs } from '../foundation/index.ts';
import type { Label } from './labels.ts';

/** How an office node stands, read when somebody asks for the metrics. Each call is quick and changes nothing. */
export interface StateSource {
  /** Crossings and receipts that wait to be sent or receipted, by neighbour and lane. */
  readonly outbox: () => readonly OutboxState[];
  readonly holds: () => readonly HoldState[];
  readonly links: () => readonly LinkReading[];
  /** Number of the last record on disk. */
  readonly ledgerHead: () => number;
  /** Whether the ledger can be written. */
  readonly ledgerOpen: () => boolean;
  /** Listeners of the live events. */
  readonly subscribers: () => number;
}

/** What waits on one lane towards one neighbour. */
export interface OutboxState {
  readonly peer: string;
  readonly lane: Label<'lane'>;
  readonly depth: number;
  /** Age of the oldest; 0 when nothing waits. */
  readonly oldestAgeMs: DurationMs;
}

/** What waits for a named person. */
export interface HoldState {
  readonly direction: Label<'direction'>;
  readonly depth: number;
  readonly oldestAgeMs: DurationMs;
}

/** A link as it is now. */
export interface LinkReading {
  readonly peer: string;
  readonly up: boolean;
  readonly roundTripMs?: number;
}
