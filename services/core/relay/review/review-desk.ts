import { type DurationMs, fromHex, isLiaisonError, later } from '../../foundation/index.ts';
import { type AnyMessage, messageKey } from '../../ledger/index.ts';
import { CrimeArea, HandlingCode, MessageKind, Precedence, Purpose, reviewCodec } from '../../wire/index.ts';
import { crimeAreaOf } from '../gate-questions.ts';
import type { RelayContext } from '../parts.ts';
import { readOwn, readReceived } from '../stored-messages.ts';
import type { Submissions } from '../submit-message.ts';
import type { SubmissionInput } from '../types.ts';
import { ReviewError } from './errors.ts';
import { allReviews, isReviewed, otherReviewers, reviewOf } from './review-state.ts';
import type { ReviewDesk, ReviewInput, ReviewView } from './types.ts';

const HOUR_MS = 3_600_000;
const NO_DIGEST = '0'.repeat(64) as SubmissionInput['submissionDigest'];

/** The reviews of this office. */
export function reviewDesk(context: RelayContext, messages: Submissions): ReviewDesk {
  const { projection, clock } = context;
  /** Overdue ones that were told of since the start. */
  const told = new Set<string>();

  const within = (): DurationMs => (context.gates().limits.breakGlass.reviewHours * HOUR_MS) as DurationMs;

  const viewOf = (message: AnyMessage): ReviewView => reviewOf(projection, message, within(), clock.now());

  const find: ReviewDesk['find'] = (origin, id) => {
    const key = messageKey(origin, id);
    const message = projection.outbound.get(key) ?? projection.inbound.get(key);
    if (message === undefined || !isReviewed(message)) throw new ReviewError('REVIEW_UNKNOWN');
    return viewOf(message);
  };

  const assertOpen = ({ origin, id, by }: ReviewInput): ReviewView => {
    const review = find(origin, id);
    if (review.author === by) throw new ReviewError('REVIEW_OWN_MESSAGE');
    if (review.own !== null) throw new ReviewError('REVIEW_CLOSED');
    return review;
  };

  return {
    list: () => allReviews(projection, within(), clock.now()).toReversed(),
    find,
    close: async (input) => {
      const { message } = assertOpen(input);
      const result = await messages.submit(await reviewSubmission(context, message, input), {
        subjects: [`review ${messageKey(message.origin, message.id)}`],
        guard: () => void assertOpen(input),
      });
      context.events.review({ event: 'closed', origin: input.origin, id: input.id });
      return result;
    },
    sweep: () => {
      for (const { message, state } of allReviews(projection, within(), clock.now())) {
        const key = messageKey(message.origin, message.id);
        if (state !== 'overdue' || told.has(key)) continue;
        told.add(key);
        context.events.review({ event: 'overdue', origin: message.origin, id: message.id as ReviewInput['id'] });
      }
    },
  };
}

/** Purpose, crime area and drill are those of the message; of its content nothing is in it. */
async function reviewSubmission(
  context: RelayContext,
  message: AnyMessage,
  { by, finding, text, textLanguage }: ReviewInput,
): Promise<SubmissionInput> {
  const { origin, id, envelopeDigest } = message;
  const { purpose, crimeArea } = await matterOf(context, message);
  const target = { origin, id, digest: fromHex(envelopeDigest) };
  return {
    submittedBy: by,
    kind: MessageKind.REVIEW,
    recipients: otherReviewers(message),
    precedence: Precedence.PRIORITY,
    purpose,
    handling: HandlingCode.H1,
    caveat: '',
    caseReference: '',
    expiresMs: later(context.clock.now(), context.settings.maxExpiryMs),
    inReplyTo: id,
    supersedes: '',
    drill: message.drill,
    body: reviewCodec.decode(reviewCodec.encode({ terms: { target, finding }, crimeArea, text, textLanguage })),
    idempotencyKey: '',
    submissionDigest: NO_DIGEST,
  };
}

/** Where the content is gone already, the least that can be said of it. */
async function matterOf(
  context: RelayContext,
  message: AnyMessage,
): Promise<{ readonly purpose: Purpose; readonly crimeArea: CrimeArea }> {
  try {
    const { header, body } =
      message.direction === 'outbound' ? await readOwn(context, message) : await readReceived(context, message);
    return { purpose: header.purpose, crimeArea: crimeAreaOf(body) || CrimeArea.OTHER };
  } catch (cause) {
    if (!isLiaisonError(cause) || cause.disposition === 'retry') throw cause;
    return { purpose: Purpose.LIFE_SAFETY, crimeArea: CrimeArea.OTHER };
  }
}
