import { type EnvelopeId, type EpochMs, fromHex, type OfficeId } from '../../foundation/index.ts';
import { DataCategory, MessageKind, type Purpose } from '../../wire/index.ts';
import type { RelayContext } from '../parts.ts';
import type { Submissions } from '../submit-message.ts';
import type { SubmissionResult } from '../types.ts';
import { assertCurrent } from './add-crossing.ts';
import { controlMessage, matterOf, type Said } from './control-message.ts';
import { ConsentsError } from './errors.ts';
import { assertThird, deliveredMessage } from './forward.ts';
import { assertGoesOn } from './onward-standing.ts';
import { readHere } from './read-here.ts';
import { secondsOf } from './standing.ts';

/** Which received message is to go on, to whom, for what, until when and with which kinds of data. */
export interface ConsentRequestInput extends Said {
  readonly origin: OfficeId;
  readonly id: EnvelopeId;
  readonly recipient: OfficeId;
  readonly purpose: Purpose;
  /** Null: until the message expires. */
  readonly untilMs: EpochMs | null;
  /** The core among them. */
  readonly categories: readonly DataCategory[];
}

/**
 * Asks the originator of a received message to let it go on. @throws RelayError RELAY_MESSAGE_UNKNOWN,
 * RELAY_RECIPIENT_UNKNOWN, RELAY_CONTENT_GONE and as `submit`; ConsentsError CONSENTS_KIND_STAYS,
 * CONSENTS_RECIPIENT_INVALID, CONSENTS_MESSAGE_ENDED, CONSENTS_TERMS_INVALID.
 */
export async function askConsent(
  context: RelayContext,
  messages: Submissions,
  input: ConsentRequestInput,
): Promise<SubmissionResult> {
  const { origin, id, recipient, purpose, untilMs, categories, ...said } = input;
  const message = deliveredMessage(context, origin, id);
  assertGoesOn(message.kind);
  assertThird(context, message, recipient);
  const now = context.clock.now();
  assertCurrent(context.projection, message, now);
  const until = untilMs ?? message.expiresMs;
  if (until <= now || until > message.expiresMs)
    throw new ConsentsError('CONSENTS_TERMS_INVALID', { context: { field: 'until' } });
  const { first, later } = await readHere(context, message);
  const here = new Set([first, ...later].flatMap(({ parts }) => parts.map((part) => part.category)));
  if (!categories.includes(DataCategory.CORE) || !categories.every((category) => here.has(category)))
    throw new ConsentsError('CONSENTS_TERMS_INVALID', { context: { field: 'categories' } });
  const terms = {
    target: { origin, id, digest: fromHex(message.envelopeDigest) },
    recipient,
    purpose,
    until: secondsOf(until),
    categories,
  };
  return await messages.submit(
    controlMessage(context, said, message, matterOf(first), {
      kind: MessageKind.CONSENT_REQUEST,
      to: origin,
      terms,
      untilMs: until,
    }),
    { guard: (at) => assertCurrent(context.projection, message, at) },
  );
}
