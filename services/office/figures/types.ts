import type { TimeFigures } from '../../core/figures/index.ts';
import type { EpochMs, OfficeId } from '../../core/foundation/index.ts';
import type { RequestFigures, RequestSide, RequestState } from '../../core/relay/index.ts';

/** Which way something went between this office and another. */
export type Direction = 'outbound' | 'inbound';

/** What became of a crossing; each has exactly one, by the strongest evidence there is. */
export const CROSSING_OUTCOMES = [
  'opened',
  'delivered',
  'under-way',
  'held',
  'refused',
  'rejected',
  'expired',
  'failed',
] as const;

/** One of the outcomes. */
export type CrossingOutcome = (typeof CROSSING_OUTCOMES)[number];

/** How a crossing left the hold queue, or that it waits there. */
export const HOLD_STATES = ['waiting', 'released', 'rejected', 'expired'] as const;

/** One of them. */
export type HoldState = (typeof HOLD_STATES)[number];

/** One message between this office and one other, as the ledger has it: codes and times, nothing of its content. */
export interface CrossingFact {
  /** The key of its message; told to nobody. */
  readonly message: string;
  readonly direction: Direction;
  readonly peer: OfficeId;
  /** Codes as the contract spells them; the crime area is null where none is on record. */
  readonly kind: string;
  readonly precedence: string;
  readonly crimeArea: string | null;
  readonly drill: boolean;
  readonly emergency: boolean;
  /** When this office put it on record. */
  readonly atMs: EpochMs;
  readonly outcome: CrossingOutcome;
  /** Policies that refused all of it, or the code that says why no policy was asked; empty where it was not refused. */
  readonly refusedBy: readonly string[];
  /** Policies that withheld a part of it. */
  readonly withheldBy: readonly string[];
  readonly withheld: boolean;
  readonly hold: {
    readonly state: HoldState;
    readonly policies: readonly string[];
    /** How long it waited; null while it waits. */
    readonly waitedMs: number | null;
  } | null;
  /** From its release until its delivery was on record here; of what this office sent. */
  readonly toDeliverMs: number | null;
  /** Sent: from its release until the word that an officer opened it. Received: from delivery until an officer here did. */
  readonly toOpenMs: number | null;
  /** Of what was delivered here: how it stands with the officers. */
  readonly triage: TriageFact | null;
}

/** How a message stands with the officers of this office. */
export interface TriageFact {
  readonly state: 'untouched' | 'in-work' | 'closed';
  /** As the contract spells it; null while it is not closed. */
  readonly outcome: string | null;
  readonly toCloseMs: number | null;
}

/** The counts of one kind of crossings, one way. */
export interface FigureRow {
  readonly direction: Direction;
  /** An office or a code of the contract; null for a crime area that is not on record. */
  readonly of: string | null;
  readonly count: number;
  readonly outcomes: Readonly<Record<CrossingOutcome, number>>;
  /** Of which a part was withheld. */
  readonly withheld: number;
  readonly emergencies: number;
  readonly toDeliver: TimeFigures;
  readonly toOpen: TimeFigures;
}

/** The counts of one week or month. */
export interface SeriesRow {
  /** `2029-W04` or `2029-01`. */
  readonly period: string;
  readonly fromMs: EpochMs;
  readonly rows: readonly FigureRow[];
}

/** What the hold queue did by one policy, at one gate; a crossing that several policies held counts for each. */
export interface HoldRow {
  readonly direction: Direction;
  /** Null: all of them together. */
  readonly policy: string | null;
  readonly states: Readonly<Record<HoldState, number>>;
  readonly waited: TimeFigures;
}

/** What one policy refused or withheld, at one gate. */
export interface RefusalRow {
  readonly direction: Direction;
  readonly policy: string;
  /** Crossings of which nothing passed. */
  readonly refused: number;
  /** Crossings of which a part did not pass. */
  readonly withheld: number;
}

/** What went past the hold, and what oversight made of it. */
export interface EmergencyFigures {
  readonly sent: number;
  readonly received: number;
  readonly reviewsOpen: number;
  readonly reviewsOverdue: number;
  readonly reviewsClosed: number;
  /** Of those: closed after the deadline. */
  readonly reviewsClosedLate: number;
  readonly findings: readonly { readonly finding: string; readonly count: number }[];
}

/** How requests stand, by side and state. */
export interface RequestStateRow {
  readonly side: RequestSide;
  readonly state: RequestState;
  readonly count: number;
}

/** What officers made of what was delivered here. */
export interface TriageFigures {
  readonly untouched: number;
  readonly inWork: number;
  readonly closed: number;
  readonly outcomes: readonly { readonly outcome: string; readonly count: number }[];
  readonly toClose: TimeFigures;
}

/** All figures of one period, either of what is real or of exercises. */
export interface FigureSet {
  readonly all: readonly FigureRow[];
  readonly byNeighbour: readonly FigureRow[];
  readonly byCrimeArea: readonly FigureRow[];
  readonly byPrecedence: readonly FigureRow[];
  readonly byKind: readonly FigureRow[];
  readonly weeks: readonly SeriesRow[];
  readonly months: readonly SeriesRow[];
  readonly requests: readonly RequestFigures[];
  readonly requestStates: readonly RequestStateRow[];
  readonly holds: readonly HoldRow[];
  readonly refusals: readonly RefusalRow[];
  readonly emergencies: EmergencyFigures;
  readonly triage: TriageFigures;
}

/** The figures of an office over a period: from `fromMs` on, before `untilMs`. */
export interface Figures {
  readonly office: OfficeId;
  readonly atMs: EpochMs;
  readonly fromMs: EpochMs;
  readonly untilMs: EpochMs;
  readonly real: FigureSet;
  /** Exercises, counted apart. */
  readonly drills: FigureSet;
}
