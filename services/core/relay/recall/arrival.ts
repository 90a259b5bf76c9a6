import type { VerifiedCrossing } from '../../envelope/index.ts';
import { digestFromBytes, sameBytes } from '../../foundation/index.ts';
import { messageKey } from '../../ledger/index.ts';
import { MessageKind, type MessageRef, type MessageTerms } from '../../wire/index.ts';
import type { RelayContext } from '../parts.ts';
import { RecallError } from './errors.ts';
import { recallsOf } from './recall-in-force.ts';

/** What was called back before it came does not come in. @throws RecallError RECALL_RECALLED_ALREADY. */
export function assertNotRecalled(
  { projection }: Pick<RelayContext, 'projection'>,
  { origin, envelopeId: id }: Pick<VerifiedCrossing, 'origin' | 'envelopeId'>,
): void {
  if (recallsOf(projection, messageKey(origin, id)).length > 0)
    throw new RecallError('RECALL_RECALLED_ALREADY', { context: { origin, id } });
}

/** Only its originator recalls a message, by its exact envelope, and no recall is recalled. @throws RecallError RECALL_NOT_ORIGINATOR, RECALL_KIND_UNFIT. */
export function assertRecallInPlace(
  { projection }: RelayContext,
  { origin, envelopeId: id }: VerifiedCrossing,
  { recall }: MessageTerms,
): void {
  const target = recall?.target ?? null;
  const known = target === null ? undefined : projection.inbound.get(messageKey(target.origin, target.id));
  const isExact = known === undefined || (target !== null && isEnvelope(target, known.envelopeDigest));
  if (target === null || target.origin !== origin || target.digest.length !== 32 || !isExact)
    throw new RecallError('RECALL_NOT_ORIGINATOR', { context: { origin, id } });
  if (known !== undefined && isRecord(known.kind))
    throw new RecallError('RECALL_KIND_UNFIT', { context: { origin, id } });
}

/**
 * An answer is about a recall that went to the office that gives it, once, and names what was recalled. It comes from
 * the holder itself, or through the office that passed the recall on to it.
 * @throws RecallError RECALL_ANSWER_MISPLACED.
 */
export function assertRecallAnswerInPlace(
  { projection, self }: RelayContext,
  { origin, from, envelopeId: id }: VerifiedCrossing,
  { recallAnswer }: MessageTerms,
): void {
  const target = recallAnswer?.target ?? null;
  const recalled = recallAnswer?.recalled ?? null;
  const refuse = (fault: string): RecallError =>
    new RecallError('RECALL_ANSWER_MISPLACED', { context: { origin, id, fault } });
  const key = target === null ? '' : messageKey(target.origin, target.id);
  const recall = projection.outbound.get(key) ?? projection.inbound.get(key);
  const terms = recall?.terms?.recall ?? null;
  if (recall === undefined || target === null || terms === null) throw refuse('recall');
  if (!isEnvelope(target, recall.envelopeDigest)) throw refuse('digest');
  if (recalled === null || terms.target === null || !isSame(recalled, terms.target)) throw refuse('recalled');
  const reached =
    recall.direction === 'outbound'
      ? recall.copies.has(from)
      : projection.added.of(key).some((copy) => copy.to === from);
  if (!reached || origin === recall.origin || origin === self) throw refuse('holder');
  const isSecond = projection
    .about(key)
    .some((other) => other.kind === MessageKind.RECALL_ANSWER && other.origin === origin);
  if (isSecond) throw refuse('twice');
}

/** What others rely on that it was said: recalls, and what an operation is made of. */
const RECORDS: ReadonlySet<MessageKind> = new Set([
  MessageKind.RECALL,
  MessageKind.RECALL_ANSWER,
  MessageKind.OPERATION_CHARTER,
  MessageKind.OPERATION_ACT,
]);

/** Whether a message of that kind is a record that is not called back: a recall itself, a charter, an act. */
export function isRecord(kind: MessageKind): boolean {
  return RECORDS.has(kind);
}

function isEnvelope({ digest }: MessageRef, envelopeDigest: string): boolean {
  return digest.length === 32 && digestFromBytes(digest) === envelopeDigest;
}

function isSame(a: MessageRef, b: MessageRef): boolean {
  return a.origin === b.origin && a.id === b.id && sameBytes(Uint8Array.from(a.digest), Uint8Array.from(b.digest));
}
