import { codeNames } from '../views/code-names.ts';
import type { JsonSchema } from './route.ts';
import { listOf, object, TEXT, WHOLE } from './schema-parts.ts';

const PRECEDENCES = object(Object.fromEntries(codeNames('Precedence').map((name) => [name, WHOLE])));
const by = (name: string): JsonSchema => listOf(object({ [name]: TEXT, count: WHOLE }));

const OPEN = {
  total: WHOLE,
  closed: WHOLE,
  open: { ...WHOLE, description: 'Of these all that follows.' },
  mine: { ...WHOLE, description: 'Assigned to the asker.' },
  unassigned: WHOLE,
  byPrecedence: PRECEDENCES,
  byCrimeArea: by('crimeArea'),
  byNeighbour: by('office'),
  byAssignee: by('assignee'),
} as const;

/** The schemas of counts of lists; they count what the asker sees. */
export const COUNT_SCHEMAS: Readonly<Record<string, JsonSchema>> = {
  InboxCounts: object({ ...OPEN, unread: WHOLE, unreadByPrecedence: PRECEDENCES }),
  OutboxCounts: object({ ...OPEN, own: { ...WHOLE, description: 'Submitted by the asker.' }, byState: by('state') }),
};
