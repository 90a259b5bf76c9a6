import type { DecidedCrossing } from '../../envelope/index.ts';
import type { EpochMs, OfficeId } from '../../foundation/index.ts';
import { type ExportQuestion, type GateMessage, type Gates, isOfBaseline } from '../../policy/index.ts';
import { type Decision, Outcome, Purpose } from '../../wire/index.ts';
import { exportQuestion } from '../gate-questions.ts';
import type { RelayContext } from '../parts.ts';
import { openReviewsOf } from '../review/index.ts';
import type { SubmissionInput } from '../types.ts';
import { HoldError } from './errors.ts';

/** The only purpose for which anything goes past the hold: what is in danger is a life. */
const PURPOSE: Purpose = Purpose.LIFE_SAFETY;

/** Whether the submission asks to go past the hold. */
export function asksPastHold({ emergency = '' }: SubmissionInput): boolean {
  return emergency !== '';
}

/** What it is for lets it go past the hold. @throws HoldError HOLD_EMERGENCY_PURPOSE. */
export function assertEmergencyPurpose({ purpose }: SubmissionInput): void {
  if (purpose !== PURPOSE) throw new HoldError('HOLD_EMERGENCY_PURPOSE', { context: { field: 'purpose' } });
}

/**
 * Its sender has fewer reviews open than the nation sets. Exercises count apart, so that none keeps help from anybody.
 * @throws HoldError HOLD_REVIEWS_OPEN with the ids of the messages that wait for their review.
 */
export function assertFewReviewsOpen({ projection, gates }: RelayContext, input: SubmissionInput): void {
  const open = openReviewsOf(projection, input.submittedBy, input.drill);
  if (open.length >= gates().limits.breakGlass.openReviews)
    throw new HoldError('HOLD_REVIEWS_OPEN', { context: { reviews: open.map(({ id }) => id).join(' ') } });
}

/** Names what one person sends past the hold: one after the other, so that none goes beyond the limit. */
export function emergencySubject({ submittedBy }: SubmissionInput): string {
  return `emergency ${submittedBy}`;
}

/** Whether it is held, and by nothing that an officer may not go past: what the baseline holds waits for another person. */
export function isHoldToPass({ outcome, policies }: Pick<Decision, 'outcome' | 'policies'>): boolean {
  return outcome === Outcome.HELD && !policies.some(isOfBaseline);
}

/** Whether the gate would hold a copy of it, so that there is a hold to go past. */
export function wouldBeHeld(
  context: RelayContext,
  message: GateMessage,
  recipients: readonly OfficeId[],
  now: EpochMs,
): boolean {
  const gates = context.gates();
  return recipients.some((to) =>
    isHoldToPass(gates.previewExport(exportQuestion(context, message, to, now).question).decision),
  );
}

/** What the gate says of a copy that its sender sends past the hold by name: never past what forbids it to go at all, nor past the baseline. */
export function pastHold(gates: Gates, question: ExportQuestion, held: DecidedCrossing, by: string): DecidedCrossing {
  if (!isHoldToPass(held.decision)) return held;
  return gates.releaseExport(question, { by, shown: held.decision });
}
