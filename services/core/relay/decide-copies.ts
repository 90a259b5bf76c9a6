import type { DecidedCrossing, SignedMessage } from '../envelope/index.ts';
import { type EpochMs, newEnvelopeId, type OfficeId } from '../foundation/index.ts';
import { termsOf } from '../wire/index.ts';
import { answerBy } from './answer-by.ts';
import { composeInput } from './compose-input.ts';
import { exportQuestion } from './gate-questions.ts';
import { asksPastHold, assertFewReviewsOpen, pastHold, wouldBeHeld } from './hold/index.ts';
import type { RelayContext } from './parts.ts';
import type { SubmissionInput } from './types.ts';

/** A recipient's decision and how long the copy may be kept. */
export interface ExportAnswer {
  readonly decided: DecidedCrossing;
  readonly retentionDays: number;
  readonly answerByMs: number;
}

/** Each recipient once: a copy is known by its recipient. */
export function recipientsOf(input: SubmissionInput): readonly OfficeId[] {
  return [...new Set(input.recipients)];
}

/** What the export gate says for each recipient; of an emergency, what it says of a copy that its sender releases. */
export function decideCopies(
  context: RelayContext,
  message: SignedMessage,
  input: SubmissionInput,
  now: EpochMs,
): readonly ExportAnswer[] {
  const gates = context.gates();
  return recipientsOf(input).map((to) => {
    const { question, retentionDays, article } = exportQuestion(context, message, to, now);
    const answerByMs = answerBy(termsOf(message.kind, message.body), message.header.createdMs, article);
    const decided = gates.decideExport(question);
    return {
      decided: message.header.emergency ? pastHold(gates, question, decided, input.submittedBy) : decided,
      retentionDays,
      answerByMs,
    };
  });
}

/** Whether it goes past a hold: its sender asks for it, and there is one. @throws HoldError HOLD_REVIEWS_OPEN. */
export function goesPastHold(context: RelayContext, input: SubmissionInput, now: EpochMs): boolean {
  if (!asksPastHold(input)) return false;
  const message = composeInput(context, input, now, newEnvelopeId(context.clock), false);
  const isPast = wouldBeHeld(context, message, recipientsOf(input), now);
  if (isPast) assertFewReviewsOpen(context, input);
  return isPast;
}
