import type { OfficeId } from '../../../foundation/index.ts';
import {
  type AnyMessage,
  messageKey,
  type OfficeProjection,
  type OutboundCopy,
  type OutboundMessage,
} from '../../../ledger/index.ts';
import { CrossingOccasion, ReceiptKind } from '../../../wire/index.ts';
import { copyFor } from '../channel/read-state.ts';
import { ATTEMPTS } from './limits.ts';
import { pieceIndex } from './piece-index.ts';
import type { OpenableFile } from './read-files.ts';
import type { FileHolder } from './types.ts';

type Records = Pick<OfficeProjection, 'added' | 'ofKind'>;

function hasReceipt({ receipts }: OutboundCopy, ...kinds: readonly ReceiptKind[]): boolean {
  return receipts.some(({ kind }) => kinds.includes(kind));
}

/** Whether the part that opens a file was released to the member and is delivered: with the post, or opened to it since. */
export function releaseOf(
  projection: Records,
  post: OutboundMessage,
  { part }: OpenableFile,
  to: OfficeId,
): 'yes' | 'withheld' | 'waiting' {
  const copy = copyFor(projection, post, to);
  if (copy === undefined || copy.crossing === null || !hasReceipt(copy, ReceiptKind.DELIVERY)) return 'waiting';
  const keeps = ({ decision }: OutboundCopy): boolean => decision.withheld.some(({ parts }) => parts.includes(part));
  if (part < 0) return 'withheld';
  if (!keeps(copy)) return 'yes';
  const opened = projection.added
    .of(messageKey(post.origin, post.id))
    .some(
      (added) =>
        added.to === to &&
        added.occasion === CrossingOccasion.SUPPLEMENT &&
        added.crossing !== null &&
        hasReceipt(added, ReceiptKind.DELIVERY) &&
        !keeps(added),
    );
  return opened ? 'yes' : 'withheld';
}

/** All copies of a piece for one member, in every envelope that carried it. */
export function copiesOfPiece(
  projection: Records,
  envelopes: readonly AnyMessage[],
  to: OfficeId,
): readonly OutboundCopy[] {
  return envelopes.flatMap((message) => {
    if (message.direction !== 'outbound') return [];
    const own = message.copies.get(to);
    const added = projection.added.of(messageKey(message.origin, message.id)).filter((copy) => copy.to === to);
    return [...(own === undefined ? [] : [own]), ...added];
  });
}

const FAILED = [ReceiptKind.NON_DELIVERY, ReceiptKind.RELAY_FAILURE] as const;

/** How far one piece is with one member. */
export type PieceState = 'none' | 'under-way' | 'here' | 'given-up';

/** By the newest copy; one that failed is sent again, so often and no more. */
export function stateOfPiece(copies: readonly OutboundCopy[]): PieceState {
  if (copies.some((copy) => hasReceipt(copy, ReceiptKind.DELIVERY))) return 'here';
  const isOver = (copy: OutboundCopy): boolean => copy.crossing === null || hasReceipt(copy, ...FAILED);
  if (copies.some((copy) => !isOver(copy))) return 'under-way';
  return copies.length >= ATTEMPTS ? 'given-up' : 'none';
}

/** How far each piece of an own file is with a member, in order. */
export function statesOfPieces(
  projection: Records,
  post: OutboundMessage,
  { label, file }: OpenableFile,
  to: OfficeId,
): readonly PieceState[] {
  const pieces = pieceIndex(projection).of(messageKey(post.origin, post.id), label);
  return Array.from({ length: file.chunks }, (_, chunk) =>
    stateOfPiece(copiesOfPiece(projection, pieces.get(chunk) ?? [], to)),
  );
}

/** How far an own file is with a member, by what that member signed. */
export function holderOf(projection: Records, post: OutboundMessage, file: OpenableFile, to: OfficeId): FileHolder {
  const released = releaseOf(projection, post, file, to);
  if (released !== 'yes') return { office: to, pieces: 0, code: '', state: released };
  const states = statesOfPieces(projection, post, file, to);
  const envelopes = pieceIndex(projection).of(messageKey(post.origin, post.id), file.label);
  const receiptsOf = (chunk: number) =>
    copiesOfPiece(projection, envelopes.get(chunk) ?? [], to).flatMap(({ receipts }) => receipts);
  const base = { office: to, pieces: states.filter((state) => state === 'here').length, code: '' };
  const refused = states.indexOf('given-up');
  if (refused >= 0)
    return {
      ...base,
      state: 'refused',
      code: receiptsOf(refused).findLast(({ reason }) => reason !== '')?.reason ?? '',
    };
  if (base.pieces < states.length)
    return { ...base, state: states.every((state) => state === 'none') ? 'waiting' : 'sending' };
  // What a member says of the whole file it says of the first piece.
  const words = receiptsOf(0);
  const rejected = words.find(({ kind, reason }) => kind === ReceiptKind.NON_RETRIEVAL && reason !== 'EXPIRED');
  if (rejected !== undefined) return { ...base, state: 'rejected', code: rejected.reason };
  return { ...base, state: words.some(({ kind }) => kind === ReceiptKind.RETRIEVAL) ? 'opened' : 'here' };
}
