import { ENTRY_STATES, TASKING_WORDS } from '../../core/relay/index.ts';
import type { JsonSchema } from './route.ts';
import { code, DIGEST, FLAG, listOf, NAMES, OFFICE, object, oneOf, orNull, TEXT, TIME, WHOLE } from './schema-parts.ts';
import { schemaRef } from './schema-ref.ts';

const REFERENCE = object({ origin: OFFICE, id: TEXT });

const FACTS = {
  office: { ...OFFICE, description: 'Who said it.' },
  number: { ...WHOLE, description: "Its place among that office's posts, from 1." },
  digest: orNull(DIGEST),
  id: { ...orNull(TEXT), description: 'The envelope id; null where only the notice of its sender is here.' },
  createdAt: { ...orNull(TIME), description: "By its sender's clock." },
  type: orNull(code('PostType')),
} as const;

const MORE = {
  precedence: orNull(code('Precedence')),
  answers: orNull(REFERENCE),
  assignees: listOf(OFFICE),
  due: orNull(TIME),
  tasking: orNull(code('TaskingState')),
  outcomes: listOf(object({ outcome: code('OutcomeType'), count: WHOLE })),
  attachments: { ...WHOLE, description: 'How many files belong to it.' },
  by: { ...orNull(TEXT), description: 'Who submitted it here; null for another office.' },
  receivedAt: orNull(TIME),
  openedAt: { ...orNull(TIME), description: 'When an officer here opened it first.' },
  keptBack: {
    ...orNull(object({ reason: code('GapReason'), policies: NAMES })),
    description: 'Why its sender kept it from this office, by whose rule.',
  },
  void: { ...orNull(TEXT), description: 'Why it counts for nothing: a code.' },
} as const;

const optional = (properties: Readonly<Record<string, JsonSchema>>): Readonly<Record<string, JsonSchema>> =>
  Object.fromEntries(Object.entries(properties).map(([name, schema]) => [`${name}?`, schema]));

const STATE = oneOf(
  ENTRY_STATES,
  '`here`: all of it. `partly`: some parts were withheld. `held`: it waits for a release here. `refused`: by the import gate here. `withheld`: its sender kept it back. `awaited`: it has not come. `void`: it counts for nothing.',
);

const ENTRY = {
  ...FACTS,
  ...optional(MORE),
  last: { ...WHOLE, description: 'Greater than `number` for a range that is awaited.' },
  state: STATE,
  withheldParts: listOf(schemaRef('WithheldPart')),
  readers: listOf(
    object({
      office: OFFICE,
      state: {
        ...orNull(TEXT),
        description: 'Of the copy, as far as its receipts say; null where this office sent none.',
      },
      withheld: listOf(code('DataCategory')),
      policies: { ...NAMES, description: 'By whose rule it gets nothing, or not all; of own posts.' },
      receivedAt: orNull(TIME),
      openedAt: orNull(TIME),
      seen: { ...FLAG, description: 'It says in a post of its own that it has it.' },
    }),
  ),
} as const;

const CONTENT = {
  'content?': orNull(schemaRef('Content')),
  'contentState?': { ...TEXT, description: 'Whether the content can be shown.' },
} as const;

/** The schemas of the answers about what is said in joint operations. */
export const POST_SCHEMAS: Readonly<Record<string, JsonSchema>> = {
  Transcript: object(
    {
      operation: TEXT,
      drill: { ...FLAG, description: 'It is an exercise, and so is all that is said in it.' },
      digest: {
        ...DIGEST,
        description: 'Over the lines that `format=lines` gives; equal at all members that know the same posts.',
      },
      complete: { ...FLAG, description: 'Nothing is awaited and no history forks.' },
      forks: listOf(
        object({
          office: OFFICE,
          number: WHOLE,
          versions: listOf(object({ digest: DIGEST, toldBy: listOf(OFFICE) })),
        }),
      ),
      entries: listOf(schemaRef('TranscriptEntry')),
    },
    'The story of an operation, in the one order in which all members put it.',
  ),
  TranscriptEntry: object({ ...ENTRY, ...CONTENT }),
  Post: object({ ...ENTRY, ...CONTENT, files: listOf(schemaRef('FileOfPost')) }, 'One post as it stands here.'),
  Tasking: object({
    ...FACTS,
    ...MORE,
    open: { ...FLAG, description: 'At least one office has neither done nor declined it.' },
    parts: listOf(
      object({
        office: OFFICE,
        state: oneOf(TASKING_WORDS, 'By the newest answer of that office.'),
        overdue: FLAG,
        answeredAt: orNull(TIME),
        answer: orNull(object({ origin: OFFICE, id: orNull(TEXT), number: WHOLE })),
      }),
    ),
  }),
  RosterEntry: object({
    office: OFFICE,
    name: TEXT,
    role: code('OperationRole'),
    state: TEXT,
    joinedAt: orNull(TIME),
    endedAt: orNull(TIME),
    dutyContact: { ...TEXT, description: 'By the charter.' },
    focalPoints: listOf(
      object({ role: TEXT, name: TEXT, telephone: TEXT, email: TEXT, languages: NAMES }, "By the nation's directory."),
    ),
    onDuty: listOf(object({ contact: TEXT, until: orNull(TIME) })),
  }),
  OperationLogEntry: object({
    at: { ...TIME, description: 'By the clock of whoever said it.' },
    office: OFFICE,
    what: oneOf(
      ['act', 'post', 'kept-back'],
      'An act about the operation, a post, or a post that its sender keeps back.',
    ),
    number: WHOLE,
    id: orNull(TEXT),
    action: orNull(code('OperationAction')),
    member: orNull(OFFICE),
    type: orNull(code('PostType')),
  }),
  PostPreview: object({
    recipients: listOf(schemaRef('PreviewRecipient')),
    copies: listOf(object({ office: OFFICE, post: orNull(schemaRef('DisclosedBody')) })),
  }),
};
