import type { JsonSchema } from './route.ts';
import { ABOUT, code, FLAG, listOf, OFFICE, object, oneOf, orNull, TEXT, TIME } from './schema-parts.ts';
import { schemaRef } from './schema-ref.ts';

/** The states of an office's own review. */
export const REVIEW_STATES = ['open', 'overdue', 'closed'] as const;

/** The schemas of the answers about reviews. */
export const REVIEW_SCHEMAS: Readonly<Record<string, JsonSchema>> = {
  Review: object(
    {
      id: { ...TEXT, description: 'The message that went past the hold.' },
      origin: OFFICE,
      direction: oneOf(['outbound', 'inbound'], 'Sent by this office, or received.'),
      kind: code('MessageKind'),
      precedence: code('Precedence'),
      drill: FLAG,
      createdAt: TIME,
      openedAt: TIME,
      dueAt: { ...TIME, description: 'By when this office has to close its review.' },
      state: oneOf(REVIEW_STATES, "Of this office's own review."),
      author: { ...orNull(TEXT), description: 'Who sent it; null at the office that received it.' },
      reason: { ...orNull(TEXT), description: 'Why it could not wait; null at the office that received it.' },
      own: orNull(schemaRef('Finding')),
      others: {
        ...listOf(object({ office: OFFICE, found: orNull(schemaRef('Finding')) })),
        description: 'The other offices that have it, with what their oversight found so far.',
      },
      ...ABOUT,
    },
    'The review of a message that went past the hold for danger to life: each office that has it closes its own.',
  ),
  Finding: object({
    finding: code('ReviewFinding'),
    at: { ...TIME, description: 'By the clock of the office that found it.' },
    by: { ...orNull(TEXT), description: 'Who closed it here; null for another office.' },
    messageId: { ...TEXT, description: 'The message of the review; it holds what was written.' },
  }),
  ReviewClosed: object({
    id: TEXT,
    origin: OFFICE,
    messageId: { ...TEXT, description: 'The message that tells the other offices.' },
    recipients: listOf(schemaRef('RecipientOutcome')),
  }),
};
