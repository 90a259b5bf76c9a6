import { OPERATION_STATES } from '../../core/relay/index.ts';
import type { JsonSchema } from './route.ts';
import { code, DIGEST, FLAG, listOf, NAMES, OFFICE, object, oneOf, orNull, TEXT, TIME, WHOLE } from './schema-parts.ts';
import { schemaRef } from './schema-ref.ts';

const SUMMARY = {
  id: TEXT,
  name: TEXT,
  drill: { ...FLAG, description: 'An exercise, for ever.' },
  state: oneOf(OPERATION_STATES, 'Only `live` takes posts; `ended` never came to live.'),
  since: TIME,
  lead: OFFICE,
  starts: TIME,
  ends: TIME,
  openedAt: orNull(TIME),
  closedAt: orNull(TIME),
  quorum: WHOLE,
  posts: { ...WHOLE, description: 'How many posts its transcript has.' },
  lastPostAt: orNull(TIME),
  waiting: object(
    {
      sign: { ...FLAG, description: 'The charter waits for this office to sign or decline it.' },
      accept: { ...WHOLE, description: 'Taskings that this office has not answered.' },
      finish: { ...WHOLE, description: 'Taskings that it accepted and has not done.' },
      due: { ...orNull(TIME), description: 'When the first of these is due.' },
      unread: { ...WHOLE, description: 'Posts that nobody here has opened.' },
      report: { ...FLAG, description: 'The after-action report waits for a supervisor of this office.' },
    },
    'What waits for this office in it.',
  ),
  members: listOf(schemaRef('OperationMemberView')),
} as const;

/** The schemas of the answers about joint operations. */
export const OPERATION_SCHEMAS: Readonly<Record<string, JsonSchema>> = {
  OperationSummary: object(SUMMARY, 'A joint operation as this office knows it.'),
  Operation: object(
    {
      ...SUMMARY,
      charter: object({
        digest: DIGEST,
        form: code('CharterForm'),
        words: { ...NAMES, description: 'The charter in plain words, line by line.' },
      }),
      acts: listOf(schemaRef('OperationActView')),
    },
    'A joint operation with its charter and every act that counts.',
  ),
  OperationMemberView: object({
    office: OFFICE,
    role: code('OperationRole'),
    state: oneOf(['invited', 'joined', 'declined', 'left', 'removed'], 'Who left or was removed stays out.'),
    signed: FLAG,
    joinedAt: orNull(TIME),
    joinedLate: { ...FLAG, description: 'It signed when the channel was live already.' },
    endedAt: orNull(TIME),
    lastPost: { type: ['integer', 'null'], description: 'The number of its last post, as it declared.' },
    dataCategories: { type: 'array', items: code('DataCategory') },
    dutyContact: TEXT,
  }),
  OperationActView: object({
    id: TEXT,
    origin: OFFICE,
    number: WHOLE,
    action: code('OperationAction'),
    member: orNull(OFFICE),
    at: { ...TIME, description: "By its sender's clock." },
    by: { ...TEXT, description: 'Who did it here; empty for another office.' },
  }),
};
