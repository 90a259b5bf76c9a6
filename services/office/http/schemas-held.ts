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

/** The schemas of the hold queue's answers, with what they share with the other lists. */
export function heldSchemas(shared: {
  readonly direction: JsonSchema;
  readonly summary: Readonly<Record<string, JsonSchema>>;
  readonly content: Readonly<Record<string, JsonSchema>>;
}): Readonly<Record<string, JsonSchema>> {
  const item = {
    id: { ...TEXT, description: 'Names the held crossing; opaque.' },
    direction: shared.direction,
    messageId: TEXT,
    origin: OFFICE,
    peer: { ...OFFICE, description: 'The recipient of an outbound, the exporter of an inbound crossing.' },
    kind: code('MessageKind'),
    precedence: code('Precedence'),
    createdAt: TIME,
    expiresAt: TIME,
    heldAt: TIME,
    ageSeconds: { ...WHOLE, description: 'How long it has been waiting.' },
    deadline: {
      ...object({ at: TIME, outcome: { const: 'expires-without-release' } }),
      description: 'When it ends by itself; it is never released by itself.',
    },
    drill: FLAG,
    emergency: {
      ...FLAG,
      description: 'Its author wanted it past the hold, for danger to life; it is held all the same.',
    },
    submittedBy: orNull(TEXT),
    ...shared.summary,
    why: {
      ...listOf(
        object({
          policy: TEXT,
          reason: {
            ...orNull(TEXT),
            description: 'In one sentence, from the bundle in force; null where it is not in it.',
          },
        }),
      ),
      description: 'What holds it.',
    },
    releasesNeeded: {
      ...WHOLE,
      description: 'How many named persons a release takes: 1, or 2 of different roles. Never the author.',
    },
    approvals: { ...listOf(schemaRef('Approval')), description: 'Of the first of two persons; the newest last.' },
    decision: schemaRef('Decision'),
    agreement: orNull(schemaRef('AgreementUsed')),
  } as const;
  return {
    Approval: object({
      by: TEXT,
      role: TEXT,
      reason: TEXT,
      at: TIME,
      shown: { ...DIGEST, description: 'What was shown to them.' },
    }),
    HeldItem: object({ ...item, ...HEADLINE }),
    HeldDetail: object({
      ...item,
      ...shared.content,
      shown: {
        ...orNull(DIGEST),
        description:
          'SHA-256 over the envelope digest, the office that would read it and the digests of the parts that would pass, each on a line of its own: a release names it. Null where nothing can be released now.',
      },
      now: { ...orNull(object(shared.summary)), description: 'What the gate says of a release as things stand now.' },
    }),
    Reason: object({ reason: { type: 'string', minLength: 1, maxLength: 500 } }),
    Release: object({
      reason: { type: 'string', minLength: 1, maxLength: 500 },
      shown: { ...DIGEST, description: 'The `shown` of what the person looked at.' },
    }),
    Released: object({
      id: TEXT,
      messageId: TEXT,
      resolution: oneOf(
        ['released', 'approved'],
        '`released`: it passes. `approved`: it takes two persons, this was the first, and it stays held.',
      ),
      releasesNeeded: WHOLE,
      lapsed: {
        ...listOf(TEXT),
        description: 'Who had approved something else than what would pass now, so that it counts no more.',
      },
      decision: schemaRef('Decision'),
    }),
    Rejected: object({ id: TEXT, messageId: TEXT, resolution: { const: 'rejected' } }),
  };
}
