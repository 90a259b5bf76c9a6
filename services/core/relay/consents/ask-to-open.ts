import { type EnvelopeId, fromHex, type OfficeId } from '../../foundation/index.ts';
import { type DataCategory, MessageKind } from '../../wire/index.ts';
import type { RelayContext } from '../parts.ts';
import type { Submissions } from '../submit-message.ts';
import type { SubmissionResult } from '../types.ts';
import { assertCurrent } from './add-crossing.ts';
import { controlMessage, matterOf, type Said } from './control-message.ts';
import { ConsentsError } from './errors.ts';
import { deliveredMessage } from './forward.ts';
import { readHere } from './read-here.ts';

/** Of which received message which kinds of data are asked for. */
export interface PartRequestInput extends Said {
  readonly origin: OfficeId;
  readonly id: EnvelopeId;
  readonly categories: readonly DataCategory[];
}

/**
 * Asks the origin of a received message for parts that it withheld. @throws RelayError RELAY_MESSAGE_UNKNOWN,
 * RELAY_CONTENT_GONE and as `submit`; ConsentsError CONSENTS_NOT_ORIGINATOR where it came from another office,
 * CONSENTS_MESSAGE_ENDED, CONSENTS_NOTHING_WITHHELD.
 */
export async function askToOpen(
  context: RelayContext,
  messages: Submissions,
  input: PartRequestInput,
): Promise<SubmissionResult> {
  const { origin, id, categories, ...said } = input;
  const message = deliveredMessage(context, origin, id);
  if (message.from !== origin) throw new ConsentsError('CONSENTS_NOT_ORIGINATOR', { context: { from: message.from } });
  assertCurrent(context.projection, message, context.clock.now());
  const { first, later } = await readHere(context, message);
  const opened = new Set(later.flatMap(({ crossing }) => crossing.disclosed));
  const withheld = new Set(first.withheld.filter(({ index }) => !opened.has(index)).map(({ category }) => category));
  if (!categories.every((category) => withheld.has(category)))
    throw new ConsentsError('CONSENTS_NOTHING_WITHHELD', { context: { id } });
  return await messages.submit(
    controlMessage(context, said, message, matterOf(first), {
      kind: MessageKind.PART_REQUEST,
      to: origin,
      terms: { target: { origin, id, digest: fromHex(message.envelopeDigest) }, categories },
      untilMs: message.expiresMs,
    }),
    { guard: (at) => assertCurrent(context.projection, message, at) },
  );
}
