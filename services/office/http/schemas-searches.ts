import type { JsonSchema } from './route.ts';
import { code, FLAG, listOf, OFFICE, object, oneOf, orNull, TEXT, TIME, WHOLE } from './schema-parts.ts';

const SIDE = oneOf(['asking', 'asked'], 'On which side of the search this office is.');
const STATES = [
  'refused',
  'held',
  'rejected',
  'expired',
  'queued',
  'sent',
  'accepted',
  'failed',
  'waiting',
  'answered',
  'quota-spent',
  'unanswered',
] as const;

const RESULT = object({
  id: { ...TEXT, description: 'The envelope id of the result.' },
  at: TIME,
  refusal: { ...orNull(code('SearchRefusal')), description: 'Why nothing was searched; null where it was.' },
  findings: listOf(
    object({
      subject: { ...WHOLE, description: 'Its place in the search, from 1.' },
      outcome: code('SearchOutcome'),
      'caseReference?': { ...TEXT, description: 'With a hit: the case to ask about. Nothing else is ever told.' },
    }),
  ),
});

/** The schemas of the answers about searches and lookouts. */
export const SEARCH_SCHEMAS: Readonly<Record<string, JsonSchema>> = {
  SearchItem: object({
    id: { ...TEXT, description: 'The envelope id of the search.' },
    side: SIDE,
    origin: OFFICE,
    officer: { ...TEXT, description: 'Who asks, as the asking office names them.' },
    drill: FLAG,
    createdAt: TIME,
    expiresAt: TIME,
    subjects: WHOLE,
    offices: listOf(
      object({
        office: { ...OFFICE, description: 'The office that was asked.' },
        state: oneOf(
          STATES,
          '`waiting`: it is there. `answered`: its node said hit or no-hit. `quota-spent`: a limit of the asked nation is spent. `unanswered`: over without a result. The others are those of any copy.',
        ),
        result: orNull(RESULT),
        'resultState?': {
          ...orNull(TEXT),
          description: 'On the asked side: where the copy of the result stands.',
        },
        'found?': {
          ...listOf(object({ subject: WHOLE, origin: OFFICE, messageId: TEXT, owner: orNull(TEXT) })),
          description: 'On the asked side: what was found, and who of this office entered it.',
        },
      }),
    ),
  }),
  SearchFigures: object({
    peer: OFFICE,
    side: SIDE,
    officer: TEXT,
    searches: WHOLE,
    subjects: WHOLE,
    hits: WHOLE,
    noHits: WHOLE,
    notSearched: WHOLE,
    quotaSpent: { ...WHOLE, description: 'Searches that were not made because a limit was spent.' },
  }),
  LookoutItem: object({
    id: { ...TEXT, description: 'The envelope id of the lookout.' },
    submittedBy: TEXT,
    caseReference: { ...orNull(TEXT), description: 'What a hit names; null where the content is not kept any more.' },
    createdAt: TIME,
    expiresAt: TIME,
    drill: FLAG,
    state: oneOf(['active', 'ended', 'expired'], 'Only active ones are searched.'),
    endedBy: orNull(TEXT),
    endedAt: orNull(TIME),
  }),
};
