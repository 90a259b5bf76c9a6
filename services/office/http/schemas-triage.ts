import type { JsonSchema } from './route.ts';
import { code, listOf, NAMES, OFFICE, object, oneOf, orNull, TEXT, TIME, WHOLE } from './schema-parts.ts';
import { schemaRef } from './schema-ref.ts';

const NOTE = object({
  state: oneOf(
    ['present', 'gone', 'erased', 'restricted', 'unreadable'],
    'Whether its words can be shown, or why not: they end with the content of the message.',
  ),
  'text?': TEXT,
  'language?': TEXT,
});

/** The schemas of the answers about what officers do with messages. */
export const TRIAGE_SCHEMAS: Readonly<Record<string, JsonSchema>> = {
  Triage: object(
    {
      step: { ...WHOLE, description: 'How many steps were taken: the next one names it.' },
      assignee: { ...orNull(TEXT), description: 'Who has it.' },
      caseReference: { ...orNull(TEXT), description: "This office's own." },
      outcome: { ...orNull(code('TriageOutcome')), description: 'Where it is closed.' },
      closedAt: orNull(TIME),
      closedBy: orNull(TEXT),
      restrictedTo: { ...NAMES, description: 'Agencies whose officers alone see it; none where it is not restricted.' },
      notes: WHOLE,
      last: orNull(object({ officer: TEXT, action: code('TriageAction'), at: TIME })),
    },
    "How a message stands with this office's officers; no other office is told.",
  ),
  TriageStep: object({
    step: { ...WHOLE, description: 'From 1.' },
    officer: TEXT,
    action: code('TriageAction'),
    at: TIME,
    'assignee?': orNull(TEXT),
    'caseReference?': orNull(TEXT),
    'note?': NOTE,
    'outcome?': code('TriageOutcome'),
    'agencies?': NAMES,
    record: WHOLE,
  }),
  TriageDetail: object({
    id: TEXT,
    origin: OFFICE,
    triage: schemaRef('Triage'),
    steps: listOf(schemaRef('TriageStep')),
  }),
};
