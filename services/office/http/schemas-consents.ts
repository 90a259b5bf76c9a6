import { CONSENT_STATES, OPENING_STATES } from '../../core/relay/index.ts';
import type { JsonSchema } from './route.ts';
import { ABOUT, code, DIGEST, FLAG, listOf, OFFICE, object, oneOf, orNull, TEXT, TIME } from './schema-parts.ts';
import { schemaRef } from './schema-ref.ts';

const SIDE = oneOf(['asking', 'originator'], 'Asked by this office, or of it.');
const REF = object({ origin: OFFICE, id: TEXT, digest: DIGEST }, 'A message, by its exact envelope.');
const CATEGORIES = listOf(code('DataCategory'));

/** What a message says of its further ways; stands with every message that is read alone. */
export const CONTROL_DETAIL = {
  'added?': { ...listOf(schemaRef('AddedCrossing')), description: 'What went on or was opened of it since.' },
  'supplements?': { ...listOf(schemaRef('Supplement')), description: 'What its origin opened to this office since.' },
  'onward?': object(
    { purpose: code('Purpose'), consent: orNull(REF) },
    'Another office than its origin passed it on: what it may be used for, and the consent it came with.',
  ),
} as const;

/**
 * The schemas of the answers about the originator's control. `summary` is what every decision says in short, `state`
 * where a copy stands.
 */
export function consentSchemas(shared: {
  readonly state: JsonSchema;
  readonly summary: Readonly<Record<string, JsonSchema>>;
}): Readonly<Record<string, JsonSchema>> {
  return {
    Consent: object(
      {
        id: TEXT,
        side: SIDE,
        state: oneOf(CONSENT_STATES, 'Where it stands; `lapsed`: no answer in time, which is no.'),
        message: REF,
        holder: { ...OFFICE, description: 'The office that asks to pass it on.' },
        originator: OFFICE,
        recipient: OFFICE,
        purpose: code('Purpose'),
        until: TIME,
        categories: CATEGORIES,
        askedAt: TIME,
        answer: orNull(schemaRef('ConsentAnswered')),
        ...ABOUT,
      },
      'A holder asks the originator of a message to let it go on to a third office.',
    ),
    ConsentAnswered: object({
      id: { ...TEXT, description: 'The signed answer; granted, it is the token that travels with what goes on.' },
      granted: FLAG,
      'ground?': code('RefusalGround'),
      'notBefore?': TIME,
      'notAfter?': TIME,
      categories: CATEGORIES,
      answeredAt: TIME,
    }),
    Opening: object(
      {
        id: TEXT,
        side: SIDE,
        state: oneOf(OPENING_STATES, 'Where it stands.'),
        message: REF,
        holder: { ...OFFICE, description: 'The office that asks.' },
        categories: CATEGORIES,
        opened: CATEGORIES,
        askedAt: TIME,
        expiresAt: TIME,
        copies: listOf(schemaRef('AddedCrossing')),
        supplements: listOf(schemaRef('Supplement')),
        ...ABOUT,
      },
      'A recipient asks the origin for parts that were withheld.',
    ),
    AddedCrossing: object(
      {
        office: OFFICE,
        occasion: oneOf(
          ['onward', 'opening', 'history'],
          'Passed on, with parts opened later, or an earlier post to a member that joined since.',
        ),
        state: shared.state,
        ...shared.summary,
        agreement: orNull(schemaRef('AgreementUsed')),
        by: { ...TEXT, description: 'Who decided it.' },
        why: TEXT,
        'purpose?': code('Purpose'),
        'reliesOn?': REF,
        decidedAt: TIME,
        receipts: listOf(schemaRef('Receipt')),
      },
      'One more crossing of a message.',
    ),
    Supplement: object({ receivedAt: TIME, opened: CATEGORIES, ...shared.summary }, 'Parts that came later.'),
    Consents: object({ items: listOf(schemaRef('Consent')) }),
    Openings: object({ items: listOf(schemaRef('Opening')) }),
    Forwarded: object({ id: TEXT, origin: OFFICE, crossing: schemaRef('AddedCrossing') }),
    Opened: object({ id: TEXT, crossing: schemaRef('AddedCrossing') }),
  };
}
