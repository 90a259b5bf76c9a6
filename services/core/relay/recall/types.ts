import type { EnvelopeId, EpochMs, OfficeId } from '../../foundation/index.ts';
import type { RecallAction, RecallGround, RecallOutcome, RetentionGround } from '../../wire/index.ts';
import type { SubmissionInput, SubmissionResult } from '../types.ts';
import type { RecallView } from './recall-state.ts';

/** What an officer orders about a message of this office. */
export interface RecallInput extends Pick<SubmissionInput, 'submittedBy' | 'idempotencyKey' | 'submissionDigest'> {
  /** The message. */
  readonly id: EnvelopeId;
  readonly action: RecallAction;
  readonly ground: RecallGround;
  /** Null: 3 days from now. */
  readonly answerByMs: EpochMs | null;
  readonly text: string;
  readonly textLanguage: string;
}

/** What a person of this office says was done about a recall of another office. */
export interface RecallAnswerInput {
  readonly answeredBy: string;
  /** The recall. */
  readonly origin: OfficeId;
  readonly id: EnvelopeId;
  readonly outcome: RecallOutcome;
  readonly ground: RetentionGround;
  readonly text: string;
  readonly textLanguage: string;
}

/** Messages that are called back, on both sides. */
export interface RecallDesk {
  /**
   * The recall is signed and on disk for every office that has or may get the message when it resolves; copies that had
   * not left do not leave any more. A deletion takes the body of this office's own too, as soon as nothing waits to be sent of it.
   * @throws RecallError RECALL_NOT_ORIGINATOR, RECALL_KIND_UNFIT, RECALL_REPEATED, RECALL_ANSWER_BY_INVALID,
   * RECALL_HOLDERS_CHANGED; RelayError RELAY_MESSAGE_UNKNOWN and as `Relay.submit`.
   */
  readonly recall: (input: RecallInput) => Promise<SubmissionResult>;
  /**
   * The answer is signed and on disk when it resolves. Where a deletion was done, wholly or partly, the body is
   * recorded as erased together with the answer, and off the disk of this office.
   * @throws RecallError RECALL_UNKNOWN, RECALL_NOT_RECEIVED, RECALL_ANSWERED, RECALL_GROUND_UNFIT, RECALL_COPY_UNDER_WAY;
   * RelayError as `Relay.submit`.
   */
  readonly answer: (input: RecallAnswerInput) => Promise<SubmissionResult>;
  /** All recalls of both directions, the newest first; received ones that were not let in are not among them. */
  readonly list: () => readonly RecallView[];
  /** @throws RecallError RECALL_UNKNOWN. */
  readonly find: (id: EnvelopeId, origin?: OfficeId) => RecallView;
  /** Does what follows from recalls by itself: ends holds, passes recalls on, answers for what never came, erases. */
  readonly sweep: () => Promise<void>;
}
