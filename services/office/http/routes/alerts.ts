import { reachOf, rolesFor } from '../../../core/access/index.ts';
import { messageKey } from '../../../core/ledger/index.ts';
import { followsToRegion, RelayError, type SubmissionInput } from '../../../core/relay/index.ts';
import { alertSubmissionCodec, MessageKind, parseJsonText } from '../../../core/wire/index.ts';
import { OfficeError } from '../../errors.ts';
import { findSubmissionFaults } from '../../submissions/check-submission.ts';
import { submissionInput } from '../../submissions/submission-input.ts';
import { bodyJson } from '../../views/content-json.ts';
import { decisionSummary } from '../../views/decision-json.ts';
import { MAX_REQUEST_BYTES } from '../create-http-server.ts';
import type { Door } from '../door.ts';
import { type Asker, guardedRoute, type RouteRequest } from '../route.ts';
import { schemaRef } from '../schema-ref.ts';
import {
  assertSound,
  KEY_ABOUT,
  KEY_HEADER,
  previewRecipientJson,
  submissionAnswer,
  submissionRules,
} from '../submitting.ts';
import { outcomeOf } from './bulletins.ts';

type Request = RouteRequest<Record<never, never>, Record<never, never>, Asker>;

/** `POST /v1/alerts`: an alert is submitted. */
export const submitAlert = guardedRoute({
  method: 'POST',
  path: '/v1/alerts',
  name: 'submitAlert',
  action: 'submit',
  summary: 'Submit an alert',
  about:
    'Answered once the message, what the export gate decided for each recipient and every released copy are on disk. A recipient whose copy is held or refused is no error: see its outcome. With `emergency`, for danger to life, a copy that would be held goes at once in the name of whoever submits it; never past a rule that forbids it. Oversight on both sides is told and reviews it.',
  headerParams: KEY_HEADER,
  body: schemaRef('AlertSubmission'),
  answers: {
    201: {
      about:
        'Accepted and on disk. The same submission under the same key is answered as the first time, with `repeated`.',
      schema: schemaRef('SubmissionAnswer'),
      headers: { Location: 'Where the message can be read.' },
    },
  },
  problems: {
    409: 'The idempotency key was used for another submission, or as many reviews of what this person sent past the hold are open as the nation allows.',
    503: 'Nothing can be accepted now.',
  },
  handle: async (door, request) => {
    const { input, region } = readSubmission(door, request);
    if (!region) {
      const result = await door.relay.submit(input);
      return submissionAnswer(door, result, `/v1/messages/${result.id}`);
    }
    const result = await door.relay.region.submit(input);
    const answer = submissionAnswer(door, result, `/v1/messages/${result.id}`);
    return { ...answer, body: { ...(answer.body as object), region: outcomeOf(result.region) } };
  },
});

/** `POST /v1/preview`: what would become of an alert. */
export const previewAlert = guardedRoute({
  method: 'POST',
  path: '/v1/preview',
  name: 'previewAlert',
  action: 'preview',
  summary: 'See what each recipient would get of an alert',
  about:
    'Decides as a submission would, now, and shows each copy as its recipient would read it. Nothing is kept or sent. A copy that would be held is shown as held, also with `emergency`, which would send it past the hold.',
  headerParams: {
    'idempotency-key': { ...KEY_HEADER['idempotency-key'], about: `${KEY_ABOUT} A preview makes no use of it.` },
  },
  body: schemaRef('AlertSubmission'),
  answers: { 200: { about: 'What the export gate decides now.', schema: schemaRef('PreviewAnswer') } },
  problems: { 503: 'Nothing can be decided now.' },
  handle: async (door, request) => {
    const { input, region } = readSubmission(door, request);
    const results = await door.relay.preview(input);
    const told = region ? await door.relay.region.preview(input) : null;
    return {
      status: 200,
      body: {
        recipients: results.map((result) => previewRecipientJson(door, result)),
        copies: results.map((result) => ({
          office: result.to,
          alert: bodyJson(MessageKind.ALERT, result.body)?.['alert'] ?? null,
        })),
        ...(told === null
          ? {}
          : {
              region: {
                ...decisionSummary(told.decision),
                alert: bodyJson(MessageKind.ALERT, told.body)?.['alert'] ?? null,
              },
            }),
      },
    };
  },
});

function readSubmission(door: Door, request: Request): { readonly input: SubmissionInput; readonly region: boolean } {
  const submission = parseJsonText(alertSubmissionCodec, request.body, MAX_REQUEST_BYTES);
  const { role, name } = request.asker.principal;
  if (submission.emergency !== null && reachOf(role, 'break-glass') === undefined)
    throw new OfficeError('OFFICE_ROLE_FORBIDDEN', { context: { roles: rolesFor('break-glass').join(', ') } });
  // A system sees what it submitted itself, and changes nothing else.
  const earlier = door.relay.projection.outbound.get(messageKey(door.office, submission.supersedes));
  if (role === 'system' && earlier !== undefined && earlier.submittedBy !== name)
    throw new RelayError('RELAY_REFERENCE_UNKNOWN', { context: { field: 'supersedes' } });
  const faults = findSubmissionFaults(submission, submissionRules(door));
  const key = assertSound(faults, submission.idempotencyKey, request.header('idempotency-key'));
  const input = submissionInput(submission, name, key);
  // What updates a message that the region was told tells the region too.
  return { input, region: submission.region || followsToRegion(door.relay, input) };
}
