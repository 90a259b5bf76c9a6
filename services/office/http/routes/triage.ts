import { isPrincipalName, type OfficersTable, reachOf } from '../../../core/access/index.ts';
import { type AnyMessage, messageKey, type TriageStepView, type TriageView } from '../../../core/ledger/index.ts';
import { TriageError } from '../../../core/relay/index.ts';
import { parseJsonText, TriageAction, type TriageSubmission, triageSubmissionCodec } from '../../../core/wire/index.ts';
import { triageJson, triageStepJson } from '../../views/triage-json.ts';
import { MAX_REQUEST_BYTES } from '../create-http-server.ts';
import type { Door } from '../door.ts';
import { findMessage, MESSAGE_PATH, MESSAGE_QUERY } from '../find-message.ts';
import { isReadable } from '../read-content.ts';
import { type Asker, guardedRoute } from '../route.ts';
import { schemaRef } from '../schema-ref.ts';

type Json = Readonly<Record<string, unknown>>;

/** `POST /v1/messages/{id}/triage`: an officer does something with a message. */
export const takeTriageStep = guardedRoute({
  method: 'POST',
  path: '/v1/messages/{id}/triage',
  name: 'takeTriageStep',
  action: 'triage',
  summary: 'Assign, refer, note, close, open again or restrict a message',
  about:
    'A matter of this office alone; no other office is told. `step` is how many steps the officer had seen: where somebody else was faster nothing is done, and `conflict` says who did what when. The words of a note end with the content of the message.',
  pathParams: MESSAGE_PATH,
  queryParams: MESSAGE_QUERY,
  body: schemaRef('TriageSubmission'),
  answers: { 200: { about: 'Done and on record.', schema: schemaRef('TriageDetail') } },
  problems: {
    403: 'The role does not allow it, or another agency than those of the officer restricted it.',
    404: 'No such message is known here, or none that the asker may see.',
    409: 'Somebody else was faster (`conflict`), or the message is closed, open or of a kind that has no such step; or two offices used that id.',
    410: 'What the message says is kept no longer, so that no note is either.',
    503: 'Nothing can be recorded now.',
  },
  handle: async (door, { asker, path, query, body }) => {
    const { step, ...given } = parseJsonText(triageSubmissionCodec, body, MAX_REQUEST_BYTES);
    const message = findMessage(door, asker, path.id, query.origin);
    assertOfThisOffice(door, asker, message, given);
    const view = await door.relay.triage.take({
      ...given,
      origin: message.origin,
      id: message.id,
      officer: asker.principal.name,
      step,
    });
    return { status: 200, body: await detailJson(door, asker, message, view) };
  },
});

/** `GET /v1/messages/{id}/triage`: what was done with a message. */
export const readTriage = guardedRoute({
  method: 'GET',
  path: '/v1/messages/{id}/triage',
  name: 'readTriage',
  action: 'read-triage',
  summary: 'Read what officers did with a message',
  about: 'Every step in order, with the words of notes as far as they are kept.',
  pathParams: MESSAGE_PATH,
  queryParams: MESSAGE_QUERY,
  answers: { 200: { about: 'All steps; none where nobody did anything.', schema: schemaRef('TriageDetail') } },
  problems: {
    404: 'No such message is known here, or none that the asker may see.',
    409: 'Two offices used that id; name the origin.',
  },
  handle: async (door, { asker, path, query }) => {
    const message = findMessage(door, asker, path.id, query.origin);
    const view = door.relay.projection.triage.of(messageKey(message.origin, message.id));
    return { status: 200, body: await detailJson(door, asker, message, view) };
  },
});

async function detailJson(door: Door, asker: Asker, message: AnyMessage, view: TriageView | undefined): Promise<Json> {
  const readable = isReadable(door, asker, message);
  const stepJson = async (step: TriageStepView): Promise<Json> => {
    const hidden = { state: 'restricted' } as const;
    const read = step.action === TriageAction.NOTE && readable;
    return triageStepJson(step, read ? await door.relay.triage.readNote(step) : hidden);
  };
  return {
    id: message.id,
    origin: message.origin,
    triage: triageJson(view),
    steps: await Promise.all((view?.steps ?? []).map(stepJson)),
  };
}

/** Assignees and agencies are those of this office, where it has any; officers restrict only for their own. */
function assertOfThisOffice(
  { officers, relay }: Door,
  { principal }: Asker,
  { origin, id }: AnyMessage,
  { action, assignee, agencies }: Pick<TriageSubmission, 'action' | 'assignee' | 'agencies'>,
): void {
  const table = officers();
  if (action === TriageAction.ASSIGN && assignee !== '' && !mayHave(table, assignee))
    throw new TriageError('TRIAGE_ASSIGNEE_UNKNOWN');
  if (action !== TriageAction.RESTRICT) return;
  const known = new Set<string>(table.agencies.keys());
  if (agencies.some((agency) => !known.has(agency))) throw new TriageError('TRIAGE_AGENCY_UNKNOWN');
  const own = principal.agencies;
  if (own === null) return;
  const isOneOf = (named: readonly string[]): boolean => own.some((agency) => named.includes(agency));
  const before = relay.projection.triage.of(messageKey(origin, id))?.restrictedTo ?? [];
  if ((before.length > 0 && !isOneOf(before)) || (agencies.length > 0 && !isOneOf(agencies)))
    throw new TriageError('TRIAGE_AGENCY_OTHER');
}

/** Whether messages can be given to somebody of that name; to any name where the office has registered nobody. */
function mayHave({ officers }: OfficersTable, name: string): boolean {
  if (!isPrincipalName(name)) return false;
  if (officers.size === 0) return true;
  const officer = officers.get(name);
  return officer !== undefined && officer.disabledAt === undefined && reachOf(officer.role, 'triage') !== undefined;
}
