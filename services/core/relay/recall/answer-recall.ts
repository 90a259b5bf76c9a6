import { fromHex, later } from '../../foundation/index.ts';
import { type AddedCopy, type InboundMessageView, messageKey, type OfficeProjection } from '../../ledger/index.ts';
import {
  CrossingOccasion,
  ErasureCause,
  type Init,
  MessageKind,
  type MessageRef,
  RecallAction,
  type RecallAnswer,
  RecallOutcome,
  type RecallTerms,
  RetentionGround,
} from '../../wire/index.ts';
import { hasEnd } from '../end-copy.ts';
import type { BodyErasure } from '../erase-body.ts';
import { crimeAreaOf } from '../gate-questions.ts';
import type { RelayContext } from '../parts.ts';
import { readReceived } from '../stored-messages.ts';
import type { Submissions } from '../submit-message.ts';
import type { SubmissionInput, SubmissionResult } from '../types.ts';
import { RecallError } from './errors.ts';
import { answersTo } from './recall-state.ts';
import type { RecallAnswerInput } from './types.ts';

const NO_DIGEST = '0'.repeat(64) as SubmissionInput['submissionDigest'];

/** Copies of a message of another office that this one passed on, but for those that never left. */
export function passedOn(projection: OfficeProjection, message: string): readonly AddedCopy[] {
  return projection.added
    .of(message)
    .filter((copy) => copy.occasion === CrossingOccasion.ONWARD && copy.crossing !== null && copy.framedMs !== null);
}

/** Whether a frame that holds the copy may have to be sent again: until it is confirmed, or has ended without. */
export function isUnderWay(projection: OfficeProjection, copy: AddedCopy): boolean {
  return !hasEnd(copy) && copy.number > projection.lanes.lane(copy.to, copy.lane).confirmedThrough;
}

/** Answers a received recall. @throws RecallError, RelayError as `RecallDesk.answer`. */
export async function answerRecall(
  context: RelayContext,
  messages: Submissions,
  erasure: BodyErasure,
  recall: InboundMessageView,
  input: Omit<RecallAnswerInput, 'origin' | 'id'>,
): Promise<SubmissionResult> {
  const { self, projection, clock, settings } = context;
  const terms = recall.terms?.recall as RecallTerms;
  const target = terms.target as MessageRef;
  const key = messageKey(recall.origin, recall.id);
  const recalled = messageKey(target.origin, target.id);
  const isWhole = input.outcome === RecallOutcome.DONE;
  if (isWhole !== (input.ground === RetentionGround.UNSPECIFIED)) throw new RecallError('RECALL_GROUND_UNFIT');
  const guard = (): void => {
    if (answersTo(projection, recall).has(self)) throw new RecallError('RECALL_ANSWERED');
    if (erases && passedOn(projection, recalled).some((copy) => isUnderWay(projection, copy)))
      throw new RecallError('RECALL_COPY_UNDER_WAY');
  };
  const erases = terms.action === RecallAction.DELETE && input.outcome !== RecallOutcome.REFUSED;
  guard();
  const held = projection.inbound.get(recalled);
  const reference = { origin: recall.origin, id: recall.id, digest: fromHex(recall.envelopeDigest) };
  const order = { cause: ErasureCause.RECALL, orderedBy: reference, by: input.answeredBy };
  const erased = erases && held !== undefined ? await erasure.record(held, order) : null;
  const { header, body } = await readReceived(context, recall);
  const answer: Init<RecallAnswer> = {
    terms: {
      target: reference,
      recalled: target,
      outcome: input.outcome,
      ground: input.ground,
      passedOn: [...new Set(passedOn(projection, recalled).map(({ to }) => to))],
    },
    crimeArea: crimeAreaOf(body),
    text: input.text,
    textLanguage: input.textLanguage,
  };
  const result = await messages.submit(
    {
      submittedBy: input.answeredBy,
      kind: MessageKind.RECALL_ANSWER,
      recipients: [recall.from],
      precedence: recall.precedence,
      purpose: header.purpose,
      handling: header.handling,
      caveat: '',
      caseReference: '',
      expiresMs: later(clock.now(), settings.maxExpiryMs),
      inReplyTo: '',
      supersedes: '',
      drill: recall.drill,
      body: answer,
      idempotencyKey: '',
      submissionDigest: NO_DIGEST,
    },
    { subjects: [key, recalled], guard, also: () => (erased === null ? [] : [erased]) },
  );
  await erasure.sweep();
  return result;
}
