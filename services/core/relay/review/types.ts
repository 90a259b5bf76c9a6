import type { EnvelopeId, EpochMs, OfficeId } from '../../foundation/index.ts';
import type { AnyMessage } from '../../ledger/index.ts';
import type { ReviewFinding } from '../../wire/index.ts';
import type { SubmissionResult } from '../types.ts';

/** What one office found. */
export interface Finding {
  readonly finding: ReviewFinding;
  readonly atMs: EpochMs;
  /** Who closed it at this office; empty for another office's. */
  readonly by: string;
  /** The message of the review. */
  readonly id: EnvelopeId;
}

/** The review of one message that went past the hold, as one of its offices has it; the same on both sides once all is delivered. */
export interface ReviewView {
  readonly message: AnyMessage;
  /** Who sent it, at its origin; empty at the other office. */
  readonly author: string;
  /** Why it could not wait; known at its origin alone. */
  readonly reason: string;
  readonly openedMs: EpochMs;
  /** By when this office has to close its own. */
  readonly dueMs: EpochMs;
  /** Of this office's own review. */
  readonly state: 'open' | 'overdue' | 'closed';
  readonly own: Finding | null;
  /** The other offices that have it, with what they found so far. */
  readonly others: readonly { readonly office: OfficeId; readonly found: Finding | null }[];
}

/** What oversight says of a message that went past the hold. */
export interface ReviewInput {
  readonly origin: OfficeId;
  readonly id: EnvelopeId;
  readonly by: string;
  readonly finding: ReviewFinding;
  readonly text: string;
  readonly textLanguage: string;
}

/** The reviews of what went past the hold, at this office. */
export interface ReviewDesk {
  /** Every review, the newest first. */
  readonly list: () => readonly ReviewView[];
  /** @throws ReviewError REVIEW_UNKNOWN. */
  readonly find: (origin: OfficeId, id: EnvelopeId) => ReviewView;
  /**
   * Closes this office's own review and tells the other offices that have the message.
   * @throws ReviewError REVIEW_UNKNOWN, REVIEW_OWN_MESSAGE, REVIEW_CLOSED; RelayError RELAY_STOPPED.
   */
  readonly close: (input: ReviewInput) => Promise<SubmissionResult>;
  /** Tells of every review that has become overdue, once. */
  readonly sweep: () => void;
}
