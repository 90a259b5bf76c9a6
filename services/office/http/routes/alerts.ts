import { isOfficeId, nationOf, type OfficeId, rfc3339 } from '../../../core/foundation/index.ts';
import type { RecipientResult, SubmissionInput } from '../../../core/relay/index.ts';
import { type AlertSubmission, alertSubmissionCodec, MessageKind, parseJsonText } from '../../../core/wire/index.ts';
import { type Fault, OfficeError } from '../../errors.ts';
import { findSubmissionFaults } from '../../submissions/check-submission.ts';
import { submissionInput } from '../../submissions/submission-input.ts';
import { bodyJson } from '../../views/content-json.ts';
import { decisionSummary } from '../../views/decision-json.ts';
import { MAX_REQUEST_BYTES } from '../create-http-server.ts';
import type { Door } from '../door.ts';
import { type Asker, guardedRoute, type RouteRequest } from '../route.ts';
import { schemaRef } from '../schema-ref.ts';

type Request = RouteRequest<Record<never, never>, Record<never, never>, Asker>;

const KEY = /^"?([A-Za-z0-9._/:-]{1,64})"?$/;
const KEY_ABOUT =
  "A value of the submitter's own, of letters, digits and . _ / : - with at most 64 characters. May stand in the body instead.";

/** `POST /v1/alerts`: an alert is submitted. */
export const submitAlert = guardedRoute({
  method: 'POST',
  path: '/v1/alerts',
  name: 'submitAlert',
  action: 'submit',
  summary: 'Submit an alert',
  about:
    'Answered once the message, what the export gate decided for each recipient and every released copy are on disk. A recipient whose copy is held or refused is no error: see its outcome.',
  headerParams: { 'idempotency-key': { kind: 'text', pattern: KEY, about: KEY_ABOUT } },
  body: schemaRef('AlertSubmission'),
  answers: {
    201: {
      about:
        'Accepted and on disk. The same submission under the same key is answered as the first time, with `repeated`.',
      schema: schemaRef('SubmissionAnswer'),
      headers: { Location: 'Where the message can be read.' },
    },
  },
  problems: { 409: 'The idempotency key was used for another submission.', 503: 'Nothing can be accepted now.' },
  handle: async (door, request) => {
    const result = await door.relay.submit(readSubmission(door, request));
    if (result.repeated) door.submissionRepeated();
    return {
      status: 201,
      headers: { location: `/v1/messages/${result.id}` },
      body: {
        id: result.id,
        origin: result.origin,
        acceptedAt: rfc3339(result.acceptedMs),
        envelopeDigest: result.envelopeDigest,
        repeated: result.repeated,
        recipients: result.recipients.map(recipientJson),
      },
    };
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
    'Decides as a submission would, now, and shows each copy as its recipient would read it. Nothing is kept or sent.',
  headerParams: {
    'idempotency-key': { kind: 'text', pattern: KEY, about: `${KEY_ABOUT} A preview makes no use of it.` },
  },
  body: schemaRef('AlertSubmission'),
  answers: { 200: { about: 'What the export gate decides now.', schema: schemaRef('PreviewAnswer') } },
  problems: { 503: 'Nothing can be decided now.' },
  handle: async (door, request) => {
    const results = await door.relay.preview(readSubmission(door, request));
    return {
      status: 200,
      body: {
        recipients: results.map(recipientJson),
        copies: results.map((result) => ({
          office: result.to,
          alert: bodyJson(MessageKind.ALERT, result.body)?.['alert'] ?? null,
        })),
      },
    };
  },
});

function recipientJson({ to, decision }: RecipientResult): Readonly<Record<string, unknown>> {
  return { office: to, ...decisionSummary(decision) };
}

function readSubmission(door: Door, request: Request): SubmissionInput {
  const submission = parseJsonText(alertSubmissionCodec, request.body, MAX_REQUEST_BYTES);
  const key = readKey(submission, request.header('idempotency-key'));
  const faults: readonly Fault[] = [
    ...findSubmissionFaults(submission, {
      self: door.office,
      isNeighbour: (office) => door.neighbours.has(office),
      isListed: (office) => isListed(door, office),
      now: door.clock.now(),
      maxExpiryMs: door.maxExpiryMs,
    }),
    ...('faults' in key ? key.faults : []),
  ];
  if (faults.length > 0) throw new OfficeError('OFFICE_REQUEST_INVALID', { faults });
  return submissionInput(submission, request.asker.principal.name, 'key' in key ? key.key : '');
}

function isListed(door: Door, office: OfficeId): boolean {
  return isOfficeId(office) && door.trust().directoryOf(nationOf(office))?.offices.has(office) === true;
}

function readKey(
  submission: AlertSubmission,
  header: string | undefined,
): { readonly key: string } | { readonly faults: readonly Fault[] } {
  if (header === undefined) return { key: submission.idempotencyKey };
  const key = KEY.exec(header)?.[1];
  if (key === undefined) return { faults: [{ field: 'Idempotency-Key', reason: 'format-wrong', message: KEY_ABOUT }] };
  if (submission.idempotencyKey !== '' && submission.idempotencyKey !== key) {
    return {
      faults: [{ field: 'idempotencyKey', reason: 'not-allowed', message: 'differs from the header Idempotency-Key' }],
    };
  }
  return { key };
}
