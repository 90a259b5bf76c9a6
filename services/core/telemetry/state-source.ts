import type { DurationMs } from '../foundation/index.ts';
import type { Label } from './labels.ts';

/** How an office node stands, read when somebody asks for the metrics. Each call is quick and changes nothing. */
export interface StateSource {
  /** Crossings and receipts that wait to be sent or receipted, by neighbour and lane. */
  readonly outbox: () => readonly OutboxState[];
  readonly holds: () => readonly HoldState[];
  /** Reviews that this office has not closed. */
  readonly reviews: () => readonly ReviewState[];
  /** Recalls between this office and each neighbour that are not answered. */
  readonly recalls: () => readonly RecallsState[];
  /** Requests between this office and each neighbour that are open. */
  readonly requests: () => readonly RequestsState[];
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

/** Answers to recalls that are still due over one link, one way; exercises included, since their bodies are as real. */
export interface RecallsState {
  readonly peer: string;
  /** `outbound`: this office recalled; `inbound`: it is to answer. */
  readonly direction: Label<'direction'>;
  readonly unanswered: number;
  /** Of those, past the time to answer by. */
  readonly overdue: number;
}

/** Requests that are open with one neighbour, one way; exercises left out. */
export interface RequestsState {
  readonly peer: string;
  readonly side: Label<'requestSide'>;
  readonly open: number;
  /** Of those, past their time limit. */
  readonly overdue: number;
}

/** What oversight has not closed yet. */
export interface ReviewState {
  readonly state: Label<'reviewState'>;
  readonly depth: number;
}

/** A link as it is now. */
export interface LinkReading {
  readonly peer: string;
  readonly up: boolean;
  readonly roundTripMs?: number;
}
