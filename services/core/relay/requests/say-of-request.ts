import { type EpochMs, fromHex, later, type OfficeId } from '../../foundation/index.ts';
import { type AnyMessage, messageKey } from '../../ledger/index.ts';
import {
  type Answer,
  type CrimeArea,
  type HandlingCode,
  MessageKind,
  type MessageRef,
  type Precedence,
  requestStepCodec,
} from '../../wire/index.ts';
import type { RelayContext } from '../parts.ts';
import { readMessage } from '../read-message.ts';
import type { MessageContent, SubmissionInput } from '../types.ts';
import { RequestsError } from './errors.ts';
import type { StepInput } from './types.ts';

const WITHIN_MS = 7 * 86_400_000;

/** What everything that is said of a request has from it. */
interface Inherited {
  readonly request: AnyMessage;
  readonly content: MessageContent;
}

/** A request with what it says. @throws RelayError RELAY_CONTENT_GONE. */
export async function readRequest(context: RelayContext, request: AnyMessage): Promise<Inherited> {
  return { request, content: await readMessage(context, request.origin, request.id) };
}

/** A step as it goes to the other side: purpose, handling, crime area, case, precedence and drill are the request's. */
export function stepSubmission(
  { request, content }: Inherited,
  step: StepInput,
  recipients: readonly OfficeId[],
  now: EpochMs,
): SubmissionInput {
  const { action, ground, assignee, text, textLanguage } = step;
  const terms = { target: refOf(request), action, ground, assignee };
  return {
    ...inherited(request, content, now),
    submittedBy: step.submittedBy,
    kind: MessageKind.REQUEST_STEP,
    recipients,
    body: requestStepCodec.decode(
      requestStepCodec.encode({ terms, crimeArea: crimeAreaOf(content), text, textLanguage }),
    ),
    idempotencyKey: step.idempotencyKey,
    submissionDigest: step.submissionDigest,
  };
}

/** What of an answer is not the request's: left out, it is. */
export interface AnswerEnvelope {
  readonly submittedBy: string;
  readonly precedence: Precedence;
  readonly handling: HandlingCode;
  readonly caveat: string;
  readonly caseReference: string;
  readonly idempotencyKey: string;
  readonly submissionDigest: SubmissionInput['submissionDigest'];
}

/** An answer as it goes back: purpose, crime area and drill are the request's, handling is no less. @throws RequestsError REQUESTS_HANDLING_LOWERED. */
export function answerSubmission(
  { request, content }: Inherited,
  answer: Answer,
  envelope: AnswerEnvelope,
  now: EpochMs,
): SubmissionInput {
  const base = inherited(request, content, now);
  if (envelope.handling !== 0 && envelope.handling < base.handling)
    throw new RequestsError('REQUESTS_HANDLING_LOWERED', { context: { field: 'handling' } });
  const terms = { target: refOf(request), results: [...(answer.terms?.results ?? [])] };
  return {
    ...base,
    submittedBy: envelope.submittedBy,
    kind: MessageKind.ANSWER,
    recipients: [request.origin],
    precedence: envelope.precedence || base.precedence,
    handling: envelope.handling || base.handling,
    caveat: envelope.caveat || base.caveat,
    caseReference: envelope.caseReference || base.caseReference,
    body: { ...answer, terms, crimeArea: crimeAreaOf(content) },
    idempotencyKey: envelope.idempotencyKey,
    submissionDigest: envelope.submissionDigest,
  };
}

/** Names what is said of a request towards one office: works about it are committed one after the other. */
export function lifeSubject(request: AnyMessage, peer: OfficeId): string {
  return `request ${messageKey(request.origin, request.id)}>${peer}`;
}

function inherited(
  request: AnyMessage,
  { header }: MessageContent,
  now: EpochMs,
): Omit<SubmissionInput, 'submittedBy' | 'kind' | 'recipients' | 'body' | 'idempotencyKey' | 'submissionDigest'> {
  return {
    precedence: request.precedence,
    purpose: header.purpose,
    handling: header.handling,
    caveat: header.caveat,
    caseReference: header.caseReference,
    expiresMs: later(now, WITHIN_MS as Parameters<typeof later>[1]),
    inReplyTo: request.id,
    supersedes: '',
    drill: request.drill,
  };
}

function refOf({ origin, id, envelopeDigest }: AnyMessage): MessageRef {
  return { origin, id, digest: fromHex(envelopeDigest) };
}

function crimeAreaOf({ body }: MessageContent): CrimeArea {
  return (body as { readonly crimeArea: CrimeArea }).crimeArea;
}
