import { days, fromHex, isLiaisonError, later, type OfficeId } from '../../foundation/index.ts';
import { messageKey, type OutboundCopy, type OutboundMessage } from '../../ledger/index.ts';
import {
  CrimeArea,
  HandlingCode,
  type Init,
  MessageKind,
  Outcome,
  Precedence,
  Purpose,
  type Recall,
  RecallAction,
} from '../../wire/index.ts';
import { copySubject, endCopy, hasEnd } from '../end-copy.ts';
import { RelayError } from '../errors.ts';
import { crimeAreaOf } from '../gate-questions.ts';
import type { HoldQueue } from '../hold/index.ts';
import type { RelayContext } from '../parts.ts';
import { readOwn } from '../stored-messages.ts';
import type { Submissions } from '../submit-message.ts';
import type { SubmissionResult } from '../types.ts';
import { isRecord } from './arrival.ts';
import { RecallError } from './errors.ts';
import { recallsOf } from './recall-in-force.ts';
import type { RecallInput } from './types.ts';

const DEFAULT_ANSWER_MS = days(3);

/** What a message was about and for, as far as it can still be read. */
export interface Matter {
  readonly purpose: Purpose;
  readonly handling: HandlingCode;
  readonly crimeArea: CrimeArea;
}

/** Where the content is gone already, the least that an agreement can cover. */
export const UNKNOWN_MATTER: Matter = {
  purpose: Purpose.INVESTIGATION,
  handling: HandlingCode.H0,
  crimeArea: CrimeArea.OTHER,
};

/** Whether the copy stands on a lane and is in no frame. */
export function isQueued(copy: OutboundCopy): boolean {
  return copy.crossing !== null && copy.framedMs === null;
}

/** Calls a message of this office back. @throws RecallError, RelayError as `RecallDesk.recall`. */
export async function sendRecall(
  context: RelayContext,
  messages: Submissions,
  holds: HoldQueue,
  input: RecallInput,
): Promise<SubmissionResult> {
  const { self, projection, clock, settings } = context;
  const key = messageKey(self, input.id);
  const message = projection.outbound.get(key);
  if (message === undefined) {
    const isAnothers = context.neighbours.some(({ office }) => projection.inbound.has(messageKey(office, input.id)));
    if (isAnothers) throw new RecallError('RECALL_NOT_ORIGINATOR', { context: { id: input.id } });
    throw new RelayError('RELAY_MESSAGE_UNKNOWN');
  }
  if (isRecord(message.kind)) throw new RecallError('RECALL_KIND_UNFIT', { context: { id: input.id } });
  const answerByMs = input.answerByMs ?? later(clock.now(), DEFAULT_ANSWER_MS);
  if (answerByMs <= clock.now() || answerByMs > later(clock.now(), settings.maxExpiryMs))
    throw new RecallError('RECALL_ANSWER_BY_INVALID');
  const assertFirst = (): void => {
    const isCovered = recallsOf(projection, key).some(
      ({ terms }) => terms.action === input.action || terms.action === RecallAction.DELETE,
    );
    if (isCovered) throw new RecallError('RECALL_REPEATED', { context: { id: input.id } });
  };
  // Under a key the same order may come again, and is answered as the first time.
  if (input.idempotencyKey === '') assertFirst();

  const matter = await matterOf(context, message);
  await keepFromLeaving(context, holds, message, input.submittedBy);
  const recipients = holdersOf(message);
  const body: Init<Recall> = {
    terms: {
      target: { origin: self, id: input.id, digest: fromHex(message.envelopeDigest) },
      action: input.action,
      ground: input.ground,
      answerBy: { seconds: Math.floor(answerByMs / 1000), nanos: 0 },
    },
    crimeArea: matter.crimeArea,
    text: input.text,
    textLanguage: input.textLanguage,
  };
  return await messages.submit(
    {
      submittedBy: input.submittedBy,
      kind: MessageKind.RECALL,
      recipients,
      precedence: message.precedence === Precedence.FLASH ? Precedence.FLASH : Precedence.IMMEDIATE,
      purpose: matter.purpose,
      handling: matter.handling,
      caveat: '',
      caseReference: '',
      // It is worth delivering for as long as anything may be on its way.
      expiresMs: later(clock.now(), settings.maxExpiryMs),
      inReplyTo: '',
      supersedes: '',
      drill: message.drill,
      body,
      idempotencyKey: input.idempotencyKey,
      submissionDigest: input.submissionDigest,
    },
    {
      subjects: [`recall:${key}`, ...[...message.copies.keys()].map((to) => copySubject(key, to))],
      guard: () => {
        assertFirst();
        const missed = holdersOf(message).filter((office) => !recipients.includes(office));
        if (missed.length > 0) throw new RecallError('RECALL_HOLDERS_CHANGED', { context: { id: input.id } });
      },
    },
  );
}

/** Offices that have the message or will, whatever is done from now on. */
function holdersOf({ copies }: OutboundMessage): readonly OfficeId[] {
  return [...copies.values()]
    .filter((copy) => copy.framedMs !== null || (isQueued(copy) && !hasEnd(copy)))
    .map(({ to }) => to);
}

/** What has not left does not leave: held copies leave the queue, and numbers of copies that are in no frame stand for nothing. */
async function keepFromLeaving(
  context: RelayContext,
  holds: HoldQueue,
  message: OutboundMessage,
  by: string,
): Promise<void> {
  const added = context.projection.added.of(messageKey(message.origin, message.id));
  for (const copy of message.copies.values()) {
    if (copy.decision.outcome !== Outcome.HELD || copy.hold !== null) continue;
    const key = { direction: 'outbound', origin: message.origin, id: message.id, peer: copy.to } as const;
    await unlessEnded(holds.recall(key, by));
  }
  for (const copy of [...message.copies.values(), ...added])
    if (isQueued(copy)) await endCopy(context, message, copy, 'RECALLED', () => isQueued(copy));
}

/** Somebody was faster: it was released, rejected or ended meanwhile. */
export async function unlessEnded(work: Promise<unknown>): Promise<void> {
  try {
    await work;
  } catch (cause) {
    if (!isLiaisonError(cause) || cause.disposition === 'fatal') throw cause;
  }
}

async function matterOf(context: RelayContext, message: OutboundMessage): Promise<Matter> {
  if (message.erased !== null) return UNKNOWN_MATTER;
  try {
    const { header, body } = await readOwn(context, message);
    const { purpose, handling } = header;
    return { purpose, handling, crimeArea: crimeAreaOf(body) || CrimeArea.OTHER };
  } catch (cause) {
    if (!isLiaisonError(cause) || cause.disposition === 'retry') throw cause;
    return UNKNOWN_MATTER;
  }
}
