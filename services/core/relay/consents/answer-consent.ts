import { days, type EnvelopeId, type EpochMs, fromHex, later, type OfficeId } from '../../foundation/index.ts';
import { messageKey, type OutboundMessage } from '../../ledger/index.ts';
import { DataCategory, MessageKind, RefusalGround } from '../../wire/index.ts';
import type { RelayContext } from '../parts.ts';
import { readOwn } from '../stored-messages.ts';
import type { Submissions } from '../submit-message.ts';
import type { SubmissionResult } from '../types.ts';
import { assertCurrent } from './add-crossing.ts';
import { answersTo, type ConsentView, consentOf } from './consent-state.ts';
import { controlMessage, matterOf, type Said } from './control-message.ts';
import { stillWithheld } from './disclosed-to.ts';
import { ConsentsError } from './errors.ts';
import { secondsOf } from './standing.ts';

/** What the originator says to a request for consent. */
export interface ConsentAnswerInput extends Said {
  /** The request, and the office that asked where its id alone would name two. */
  readonly id: EnvelopeId;
  readonly holder: OfficeId | null;
  readonly granted: boolean;
  /** Of a refusal. */
  readonly ground: RefusalGround;
  /** Empty: all that were asked for. */
  readonly categories: readonly DataCategory[];
  /** Null: from now. */
  readonly notBeforeMs: EpochMs | null;
  /** Null: until the time that was asked for. */
  readonly notAfterMs: EpochMs | null;
}

function invalid(field: string): ConsentsError {
  return new ConsentsError('CONSENTS_TERMS_INVALID', { context: { field } });
}

/** A request that was asked of this office, with its own message. @throws ConsentsError CONSENTS_UNKNOWN, CONSENTS_NOT_ORIGINATOR. */
function openRequest(
  { projection, self }: RelayContext,
  { id, holder }: ConsentAnswerInput,
  now: EpochMs,
): { readonly view: ConsentView; readonly own: OutboundMessage } {
  const request = projection
    .ofKind(MessageKind.CONSENT_REQUEST)
    .find((message) => message.id === id && (holder === null || message.origin === holder));
  const view = request === undefined ? undefined : consentOf(projection, request, now);
  if (view === undefined) throw new ConsentsError('CONSENTS_UNKNOWN', { context: { id } });
  const own = projection.outbound.get(messageKey(view.target.origin, view.target.id));
  if (own === undefined || view.side !== 'originator' || view.target.origin !== self)
    throw new ConsentsError('CONSENTS_NOT_ORIGINATOR', { context: { id } });
  return { view, own };
}

/** What may be granted: within what was asked for and within what that office got. */
async function grantedTerms(
  context: RelayContext,
  { view, own }: { readonly view: ConsentView; readonly own: OutboundMessage },
  input: ConsentAnswerInput,
  now: EpochMs,
) {
  if (now >= view.until) throw new ConsentsError('CONSENTS_LAPSED', { context: { id: input.id } });
  if (input.ground !== RefusalGround.UNSPECIFIED) throw invalid('ground');
  const categories = input.categories.length === 0 ? view.categories : input.categories;
  const { envelope } = await readOwn(context, own);
  const withheld = stillWithheld(context.projection, own, view.holder);
  const there = new Set(
    envelope.parts.flatMap(({ category }, index) => (withheld?.has(index) === false ? [category] : [])),
  );
  if (!categories.includes(DataCategory.CORE)) throw invalid('categories');
  if (!categories.every((category) => view.categories.includes(category) && there.has(category)))
    throw invalid('categories');
  const notBefore = Math.max(input.notBeforeMs ?? 0, now);
  const notAfter = input.notAfterMs ?? view.until;
  if (notAfter <= notBefore || notAfter > view.until) throw invalid('notAfter');
  return { granted: true, categories, notBefore: secondsOf(notBefore), notAfter: secondsOf(notAfter) };
}

function refusedTerms({ ground }: ConsentAnswerInput) {
  if (ground === RefusalGround.UNSPECIFIED) throw invalid('ground');
  return { granted: false, ground, categories: [] };
}

/**
 * The originator grants or refuses, once, by a signed message; the grant is the token that travels with what goes on.
 * @throws ConsentsError CONSENTS_UNKNOWN, CONSENTS_NOT_ORIGINATOR, CONSENTS_ANSWERED_ALREADY, CONSENTS_LAPSED,
 * CONSENTS_MESSAGE_ENDED, CONSENTS_TERMS_INVALID; RelayError RELAY_CONTENT_GONE and as `submit`.
 */
export async function answerConsent(
  context: RelayContext,
  messages: Submissions,
  input: ConsentAnswerInput,
): Promise<SubmissionResult> {
  const { id: _, holder: __, granted, ground: ___, categories: ____, notBeforeMs, notAfterMs, ...said } = input;
  const { projection, self } = context;
  const now = context.clock.now();
  const open = openRequest(context, input, now);
  const { view, own } = open;
  const guard = (at: EpochMs): void => {
    if (answersTo(projection, view.request, view.target).length > 0)
      throw new ConsentsError('CONSENTS_ANSWERED_ALREADY', { context: { id: input.id } });
    if (granted) assertCurrent(projection, own, at);
  };
  // Under a key the same answer may come again, and is answered as the first time.
  if (input.idempotencyKey === '') guard(now);
  const decided = granted ? await grantedTerms(context, open, input, now) : refusedTerms(input);
  const terms = {
    ...decided,
    target: { origin: self, id: own.id, digest: fromHex(own.envelopeDigest) },
    holder: view.holder,
    recipient: view.recipient,
    purpose: view.purpose,
    request: { origin: view.holder, id: view.request.id, digest: fromHex(view.request.envelopeDigest) },
  };
  return await messages.submit(
    controlMessage(context, said, own, matterOf(await readOwn(context, own)), {
      kind: MessageKind.CONSENT,
      to: view.holder,
      terms,
      untilMs: granted ? (notAfterMs ?? view.until) : later(now, days(7)),
      inReplyTo: view.request.id,
    }),
    { guard, subjects: [`consent:${messageKey(view.holder, view.request.id)}`] },
  );
}
