import { REQUEST_STATES } from '../../core/relay/index.ts';
import type { JsonSchema } from './route.ts';
import {
  code,
  DIGEST,
  FLAG,
  HEADLINE,
  listOf,
  OFFICE,
  object,
  oneOf,
  orNull,
  TEXT,
  TIME,
  WHOLE,
} from './schema-parts.ts';
import { schemaRef } from './schema-ref.ts';

const SECONDS = { type: 'number', minimum: 0 } as const;
const COPY_STATES = [
  'refused',
  'held',
  'rejected',
  'expired',
  'queued',
  'sent',
  'accepted',
  'delivered',
  'retrieved',
  'failed',
] as const;

const CONTENT = {
  'content?': orNull(schemaRef('Content')),
  'withheldParts?': listOf(schemaRef('WithheldPart')),
  'contentState?': oneOf(['present', 'gone', 'not-admitted', 'unreadable'], 'Whether the content can be shown.'),
} as const;

const MESSAGE = {
  id: { ...TEXT, description: 'The envelope id.' },
  origin: OFFICE,
  precedence: code('Precedence'),
  createdAt: TIME,
  drill: FLAG,
  submittedBy: orNull(TEXT),
} as const;

const RESULT = {
  question: { ...WHOLE, description: 'Its place in the request, from 1.' },
  outcome: code('AnswerOutcome'),
  ground: orNull(code('RefusalGround')),
} as const;

const LIFE = {
  asking: OFFICE,
  asked: OFFICE,
  state: oneOf(
    REQUEST_STATES,
    'Computed from what both offices signed and hold; the same on both sides once all of it has arrived.',
  ),
  open: { ...FLAG, description: 'An answer is still expected.' },
  overdue: { ...FLAG, description: 'It was not closed when its time limit passed.' },
  answerBy: { ...TIME, description: 'The time limit: of its class, the agreement or the request, the earliest.' },
  secondsLeft: {
    ...orNull({ type: 'integer' }),
    description: 'Until the time limit, below 0 after it; null once closed.',
  },
  expiresAt: TIME,
  deliveredAt: orNull(TIME),
  acknowledgedAt: orNull(TIME),
  assignee: { ...orNull(TEXT), description: 'Who deals with it, as the asked office names them.' },
  clarificationsAsked: WHOLE,
  clarificationsGiven: WHOLE,
  answeredAt: { ...orNull(TIME), description: 'When every question had its final outcome.' },
  closedAt: orNull(TIME),
  ground: { ...orNull(code('RefusalGround')), description: 'Of a refusal of all of it.' },
  remindedAt: orNull(TIME),
  overdueNoticeAt: orNull(TIME),
  results: listOf(object({ ...RESULT, at: TIME, answer: { ...TEXT, description: 'The answer that said so last.' } })),
  lateAnswers: { ...WHOLE, description: 'Answers that came after the end and count for nothing.' },
} as const;

const ITEM = {
  ...MESSAGE,
  side: oneOf(['asking', 'asked'], 'Said by this office, or asked of it.'),
  expiresAt: TIME,
  responseClass: code('ResponseClass'),
  questions: WHOLE,
} as const;

const TIMES = object({ count: WHOLE, medianSeconds: SECONDS, ninetiethSeconds: SECONDS });

/** The schemas of the answers about requests and answers. */
export const REQUEST_SCHEMAS: Readonly<Record<string, JsonSchema>> = {
  RequestLife: object(LIFE, 'The life of a request towards one office.'),
  RequestItem: object({ ...ITEM, ...HEADLINE, lives: listOf(schemaRef('RequestLife')), ...CONTENT }),
  RequestDetail: object({
    ...ITEM,
    envelopeDigest: DIGEST,
    lives: listOf(object({ ...LIFE, facts: listOf(schemaRef('RequestFact')) })),
    ...CONTENT,
  }),
  RequestFact: object({
    id: { ...TEXT, description: 'The message that says so.' },
    origin: OFFICE,
    at: { ...TIME, description: 'The signed time of its making; facts stand in this order.' },
    standing: oneOf(
      ['counted', 'late', 'under-way', 'failed'],
      '`late`: it came after the end and counts for nothing. `under-way`: no receipt yet. `failed`: it never arrived.',
    ),
    what: oneOf(['step', 'answer'], 'What it is.'),
    'action?': code('RequestAction'),
    'ground?': orNull(code('RefusalGround')),
    'assignee?': orNull(TEXT),
    'results?': listOf(object(RESULT)),
  }),
  RequestFigures: object({
    office: OFFICE,
    side: ITEM.side,
    open: WHOLE,
    overdue: { ...WHOLE, description: 'Open, and past the time limit.' },
    answered: WHOLE,
    refused: WHOLE,
    withdrawn: WHOLE,
    expired: WHOLE,
    late: { ...WHOLE, description: 'Closed, but after the time limit.' },
    toAcknowledge: TIMES,
    toAnswer: TIMES,
  }),
  AnswerItem: object({
    ...MESSAGE,
    direction: oneOf(['outbound', 'inbound'], 'Said by this office, or received.'),
    request: object({ origin: OFFICE, id: TEXT }),
    results: listOf(object(RESULT)),
    copies: listOf(object({ office: OFFICE, state: oneOf(COPY_STATES, 'Where the copy stands.') })),
    ...CONTENT,
  }),
  BodyPreviewAnswer: object({
    recipients: listOf(schemaRef('PreviewRecipient')),
    copies: listOf(
      object({
        office: OFFICE,
        'request?': orNull(schemaRef('DisclosedBody')),
        'answer?': orNull(schemaRef('DisclosedBody')),
      }),
    ),
  }),
};
