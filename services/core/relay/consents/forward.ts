import { type HeldMessage, messageToPassOn, narrowCrossing } from '../../envelope/index.ts';
import type { EnvelopeId, EpochMs, OfficeId } from '../../foundation/index.ts';
import { type AddedCopy, type InboundMessageView, messageKey } from '../../ledger/index.ts';
import { CrossingOccasion, type Purpose, ReceiptKind } from '../../wire/index.ts';
import { RelayError } from '../errors.ts';
import { exportQuestion } from '../gate-questions.ts';
import type { RelayContext } from '../parts.ts';
import { type Addition, addCrossing, assertCurrent } from './add-crossing.ts';
import { ConsentsError } from './errors.ts';
import { type ConsentToken, findConsent } from './find-consent.ts';
import { assertFollows, assertGoesOn } from './onward-standing.ts';
import { readHere } from './read-here.ts';

/** After one of these it may be tried again. */
const FAILED: ReadonlySet<ReceiptKind> = new Set([ReceiptKind.NON_DELIVERY, ReceiptKind.RELAY_FAILURE]);

/** Which received message goes on, to whom, for what and why. */
export interface ForwardInput {
  readonly origin: OfficeId;
  readonly id: EnvelopeId;
  readonly recipient: OfficeId;
  readonly purpose: Purpose;
  readonly reason: string;
  readonly by: string;
}

/** A message that is in the inbox. @throws RelayError RELAY_MESSAGE_UNKNOWN. */
export function deliveredMessage(context: RelayContext, origin: OfficeId, id: EnvelopeId): InboundMessageView {
  const message = context.projection.inbound.get(messageKey(origin, id));
  if (message === undefined || message.deliveredMs === null) throw new RelayError('RELAY_MESSAGE_UNKNOWN');
  return message;
}

/** That office is a neighbour and has nothing of the message yet. @throws ConsentsError CONSENTS_RECIPIENT_INVALID; RelayError RELAY_RECIPIENT_UNKNOWN. */
export function assertThird(context: RelayContext, message: InboundMessageView, to: OfficeId): void {
  if (to === context.self || to === message.origin || to === message.from)
    throw new ConsentsError('CONSENTS_RECIPIENT_INVALID', { context: { office: to } });
  context.scopeOf(to);
}

/** What went there and did not fail. */
function wentThere(context: RelayContext, message: InboundMessageView, to: OfficeId): boolean {
  return context.projection.added
    .of(messageKey(message.origin, message.id))
    .some((copy) => copy.to === to && copy.crossing !== null && !copy.receipts.some(({ kind }) => FAILED.has(kind)));
}

async function passOnAs(
  context: RelayContext,
  message: InboundMessageView,
  to: OfficeId,
  purpose: Purpose | undefined,
  token: ConsentToken | null,
  said: Pick<Addition, 'by' | 'reason' | 'guard'>,
  now: EpochMs,
): Promise<AddedCopy> {
  const { first, later } = await readHere(context, message);
  const goesOnFor = purpose ?? first.header.purpose;
  const held: HeldMessage = messageToPassOn(first, later, goesOnFor);
  const asked = exportQuestion(context, held, to, now, { originatorConsents: token !== null });
  const named = token === null ? undefined : new Set(token.terms.categories);
  const decided = narrowCrossing(context.gates().decideExport(asked.question), ({ category, here }) => {
    if (named?.has(category) === false) return 'consent:not-named';
    return here ? undefined : 'onward:not-held';
  });
  return await addCrossing(context, {
    ...said,
    message,
    decided,
    kind: {
      onward: {
        purpose: goesOnFor,
        consent: token?.consent ?? null,
        consentTerms: token?.consentTerms ?? new Uint8Array(),
      },
    },
    occasion: CrossingOccasion.ONWARD,
    reliesOn: token?.ref ?? null,
    purpose: goesOnFor,
    retentionDays: asked.retentionDays,
  });
}

/**
 * A received message goes on to a neighbour, the origin's own envelope, with no part that is not here, that the gate
 * withholds or that the consent does not name. Where the gate refuses, that is on record and the copy says so.
 * @throws RelayError RELAY_MESSAGE_UNKNOWN, RELAY_RECIPIENT_UNKNOWN, RELAY_CONTENT_GONE, RELAY_STOPPED; ConsentsError
 * CONSENTS_KIND_STAYS, CONSENTS_RECIPIENT_INVALID, CONSENTS_MESSAGE_ENDED, CONSENTS_PASSED_ON_ALREADY, CONSENTS_PERSON_NEEDED.
 */
export async function forward(context: RelayContext, input: ForwardInput): Promise<AddedCopy> {
  const { origin, id, recipient, purpose, reason, by } = input;
  const message = deliveredMessage(context, origin, id);
  assertGoesOn(message.kind);
  assertThird(context, message, recipient);
  const guard = (at: EpochMs): void => {
    assertCurrent(context.projection, message, at);
    if (wentThere(context, message, recipient))
      throw new ConsentsError('CONSENTS_PASSED_ON_ALREADY', { context: { office: recipient } });
  };
  const now = context.clock.now();
  guard(now);
  const token = await findConsent(context, message, recipient, purpose, now);
  const stillConsents = (at: EpochMs): void => {
    guard(at);
    if (token !== null && !token.holds(at)) throw new ConsentsError('CONSENTS_LAPSED');
  };
  return await passOnAs(context, message, recipient, purpose, token, { by, reason, guard: stillConsents }, now);
}

/**
 * A recall goes after what went on, or an answer to one comes back: the origin's own envelope, for its own purpose.
 * Once to each office; undefined where it went there before.
 * @throws RelayError RELAY_MESSAGE_UNKNOWN, RELAY_RECIPIENT_UNKNOWN, RELAY_CONTENT_GONE, RELAY_STOPPED; ConsentsError
 * CONSENTS_KIND_STAYS, CONSENTS_PERSON_NEEDED.
 */
export async function passOn(
  context: RelayContext,
  input: Pick<ForwardInput, 'origin' | 'id' | 'recipient' | 'reason' | 'by'>,
): Promise<AddedCopy | undefined> {
  const { origin, id, recipient, reason, by } = input;
  const message = deliveredMessage(context, origin, id);
  assertFollows(message.kind);
  assertThird(context, message, recipient);
  const went = (): boolean => wentThere(context, message, recipient);
  if (went()) return undefined;
  const guard = (): void => {
    if (went()) throw new ConsentsError('CONSENTS_PASSED_ON_ALREADY', { context: { office: recipient } });
  };
  return await passOnAs(context, message, recipient, undefined, null, { by, reason, guard }, context.clock.now());
}
