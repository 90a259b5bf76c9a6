import type { JsonSchema } from './route.ts';
import { ABOUT, code, DIGEST, listOf, NAMES, OFFICE, object, oneOf, orNull, TEXT, TIME } from './schema-parts.ts';
import { schemaRef } from './schema-ref.ts';

/** Where a recall stands as a whole. */
export const RECALL_STATES = ['open', 'overdue', 'answered'] as const;

const HOLDER_STATES = ['waiting', 'overdue', 'unreached', 'done', 'partly', 'refused'] as const;
const COPY = {
  type: ['string', 'null'],
  description: 'Where it stands by the evidence that this office has; null where another office passed it on.',
};

/** What is said of a message that was called back, changed or erased; stands with every message. */
export const STANDING = {
  'supersededBy?': { ...TEXT, description: 'The message that updates, cancels or corrects it.' },
  'recalled?': object(
    { id: TEXT, action: code('RecallAction'), ground: code('RecallGround'), at: TIME },
    'Its originator has called it back: the recall.',
  ),
} as const;

/** The same for one message alone. */
export const STANDING_DETAIL = {
  ...STANDING,
  'versions?': {
    ...listOf(object({ id: TEXT, createdAt: TIME })),
    description: 'All versions that are here, the oldest first, itself among them.',
  },
  'earlierVersionUnknown?': { const: true, description: 'What the oldest of them takes the place of is not here.' },
  'keptUntil?': { type: 'string', format: 'date', description: 'What it says is erased after this day.' },
  'erased?': object({ at: TIME, by: TEXT }, 'Its body was erased before its time.'),
} as const;

/** The schemas of the answers about recalls. */
export const RECALL_SCHEMAS: Readonly<Record<string, JsonSchema>> = {
  Recall: object(
    {
      id: TEXT,
      origin: OFFICE,
      direction: oneOf(['outbound', 'inbound'], 'Ordered by this office, or by the originator of a received message.'),
      message: object({ origin: OFFICE, id: TEXT, digest: DIGEST }, 'What is called back, by its exact envelope.'),
      action: code('RecallAction'),
      ground: code('RecallGround'),
      createdAt: TIME,
      answerBy: { ...TIME, description: 'By when every holder is to answer.' },
      state: oneOf(RECALL_STATES, 'Of all holders at the originator, of this office elsewhere.'),
      holders: listOf(schemaRef('RecallHolder')),
      ...ABOUT,
    },
    'A message is called back. Every office that has, had or may get it answers with a signed message.',
  ),
  RecallHolder: object({
    office: OFFICE,
    via: { ...OFFICE, description: 'The neighbour that the recall goes through.' },
    copy: COPY,
    recall: COPY,
    state: oneOf(HOLDER_STATES, '`unreached`: the recall could not be delivered.'),
    answer: orNull(schemaRef('RecallAnswered')),
  }),
  RecallAnswered: object({
    messageId: { ...TEXT, description: 'The signed answer.' },
    outcome: code('RecallOutcome'),
    ground: orNull(code('RetentionGround')),
    passedOn: { ...NAMES, description: 'Offices that the holder passed it on to, and passes the recall on to.' },
    at: { ...TIME, description: "By the holder's clock." },
  }),
};
