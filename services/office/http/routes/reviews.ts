import type { EnvelopeId } from '../../../core/foundation/index.ts';
import { ReviewError, type ReviewView } from '../../../core/relay/index.ts';
import { parseJsonText, reviewSubmissionCodec } from '../../../core/wire/index.ts';
import { OfficeError } from '../../errors.ts';
import { decisionSummary } from '../../views/decision-json.ts';
import { reviewJson } from '../../views/review-json.ts';
import { MAX_REQUEST_BYTES } from '../create-http-server.ts';
import type { Door } from '../door.ts';
import { MESSAGE_PATH, MESSAGE_QUERY } from '../find-message.ts';
import { headlineJson } from '../line-content.ts';
import { guardedRoute } from '../route.ts';
import { schemaRef } from '../schema-ref.ts';
import { REVIEW_STATES } from '../schemas-reviews.ts';

const UNKNOWN = 'No message of that id went past a hold here.';

/** `GET /v1/reviews`: what went past the hold, and what oversight made of it. */
export const listReviews = guardedRoute({
  method: 'GET',
  path: '/v1/reviews',
  name: 'listReviews',
  action: 'read-reviews',
  summary: 'List reviews',
  about:
    "Messages that went past the sender's hold for danger to life, the newest first. The oversight of each office that has one closes its own review by the deadline that its nation sets.",
  queryParams: {
    state: { kind: 'word', words: REVIEW_STATES, about: "Only those in that state of this office's own review." },
    direction: { kind: 'word', words: ['outbound', 'inbound'], about: 'Only sent or only received ones.' },
    author: { kind: 'text', pattern: /^[a-z0-9._-]{1,64}$/, about: 'Only what that person of this office sent.' },
  },
  answers: {
    200: {
      about: 'The reviews.',
      schema: {
        type: 'object',
        required: ['items'],
        additionalProperties: false,
        properties: { items: { type: 'array', items: schemaRef('Review') } },
      },
    },
  },
  handle: async (door, { query, asker }) => {
    const listed = door.relay.reviews
      .list()
      .filter(
        ({ state, message, author }) =>
          (query.state === undefined || state === query.state) &&
          (query.direction === undefined || message.direction === query.direction) &&
          (query.author === undefined || author === query.author),
      );
    const items = await Promise.all(
      listed.map(async (review) => ({
        ...reviewJson(review),
        about: await headlineJson(door, asker, review.message),
      })),
    );
    return { status: 200, body: { items } };
  },
});

/** `GET /v1/reviews/{id}`: one of them. */
export const readReview = guardedRoute({
  method: 'GET',
  path: '/v1/reviews/{id}',
  name: 'readReview',
  action: 'read-reviews',
  summary: 'Read one review',
  about: 'By the id of the message that went past the hold.',
  pathParams: MESSAGE_PATH,
  queryParams: MESSAGE_QUERY,
  answers: { 200: { about: 'The review.', schema: schemaRef('Review') } },
  problems: { 404: UNKNOWN, 409: 'Two offices used that id; say which is meant.' },
  handle: (door, { path, query }) => ({ status: 200, body: reviewJson(findReview(door, path.id, query.origin)) }),
});

/** `POST /v1/reviews/{id}/close`: what oversight found. */
export const closeReview = guardedRoute({
  method: 'POST',
  path: '/v1/reviews/{id}/close',
  name: 'closeReview',
  action: 'close-review',
  summary: 'Close a review',
  about:
    "Closes this office's own review, once and for all, and sends the finding to the other offices that have the message. Nobody reviews what they sent themselves.",
  pathParams: MESSAGE_PATH,
  queryParams: MESSAGE_QUERY,
  body: schemaRef('ReviewSubmission'),
  answers: { 200: { about: 'Closed and on record.', schema: schemaRef('ReviewClosed') } },
  problems: {
    403: 'The role does not allow it, or nobody reviews what they sent themselves.',
    404: UNKNOWN,
    409: 'It is closed already, or two offices used that id.',
    503: 'Nothing can be recorded now.',
  },
  handle: async (door, { asker, path, query, body }) => {
    const { finding, text, textLanguage } = parseJsonText(reviewSubmissionCodec, body, MAX_REQUEST_BYTES);
    const { message } = findReview(door, path.id, query.origin);
    const result = await door.relay.reviews.close({
      origin: message.origin,
      id: path.id as EnvelopeId,
      by: asker.principal.name,
      finding,
      text,
      textLanguage,
    });
    return {
      status: 200,
      body: {
        id: path.id,
        origin: message.origin,
        messageId: result.id,
        recipients: result.recipients.map(({ to, decision }) => ({ office: to, ...decisionSummary(decision) })),
      },
    };
  },
});

function findReview(door: Door, id: string, origin: string | undefined): ReviewView {
  const found = door.relay.reviews
    .list()
    .filter(({ message }) => message.id === id && (origin === undefined || message.origin === origin));
  const [review, ...others] = found;
  if (review === undefined) throw new ReviewError('REVIEW_UNKNOWN');
  if (others.length > 0) throw new OfficeError('OFFICE_MESSAGE_AMBIGUOUS');
  return review;
}
