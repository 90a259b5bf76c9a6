import type { EnvelopeId, EpochMs, OfficeId } from '../../foundation/index.ts';
import type { CopyState } from '../../ledger/index.ts';
import type { SearchFinding, SearchRefusal } from '../../wire/index.ts';

/** The side of a search that this office is on. */
export type SearchSide = 'asking' | 'asked';

/** Where a search stands with the office that it went to. */
export type SearchState =
  /** Not with its officers yet, or never: as for any copy. */
  | Exclude<CopyState, 'delivered' | 'retrieved'>
  /** There, and its node has not said anything. */
  | 'waiting'
  | 'answered'
  /** The asked nation's limit is spent; nothing was searched. */
  | 'quota-spent'
  /** Over without a result. */
  | 'unanswered';

/** What an office's node said to a search. */
export interface SearchResultView {
  readonly id: EnvelopeId;
  readonly atMs: EpochMs;
  readonly findings: readonly SearchFinding[];
  readonly refusal: SearchRefusal;
}

/** One lookout or other message that a search found, for its owner. */
export interface SearchOwner {
  readonly subject: number;
  readonly origin: OfficeId;
  readonly id: EnvelopeId;
  /** Who entered it here; null for what another office said. */
  readonly owner: string | null;
}

/** A search towards one office. */
export interface SearchView {
  readonly side: SearchSide;
  readonly origin: OfficeId;
  readonly id: EnvelopeId;
  readonly asked: OfficeId;
  /** Who asks, as the asking office names them. */
  readonly officer: string;
  readonly drill: boolean;
  readonly createdMs: EpochMs;
  readonly expiresMs: EpochMs;
  readonly subjects: number;
  readonly state: SearchState;
  /** Null while there is none; on the asked side also while it has not arrived at the other. */
  readonly result: SearchResultView | null;
  /** Where the result's own copy stands; on the asked side only. */
  readonly resultState: CopyState | null;
  /** On the asked side only; the asking office never learns it. */
  readonly owners: readonly SearchOwner[];
}

/** Counts of searches of one officer over one border, the same on both sides once everything has arrived. */
export interface SearchFigures {
  readonly peer: OfficeId;
  readonly side: SearchSide;
  readonly officer: string;
  readonly searches: number;
  readonly subjects: number;
  readonly hits: number;
  readonly noHits: number;
  readonly notSearched: number;
  /** Searches that were refused because a limit was spent. */
  readonly quotaSpent: number;
}

/** A lookout of this office. */
export interface LookoutView {
  readonly id: EnvelopeId;
  readonly submittedBy: string;
  readonly createdMs: EpochMs;
  readonly expiresMs: EpochMs;
  readonly drill: boolean;
  readonly state: 'active' | 'ended' | 'expired';
  readonly endedBy: string | null;
  readonly endedMs: EpochMs | null;
}
