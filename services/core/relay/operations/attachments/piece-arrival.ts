import type { VerifiedCrossing } from '../../../envelope/index.ts';
import { openPiece, pieceCount } from '../../../files/index.ts';
import { digestFromBytes, toHex } from '../../../foundation/index.ts';
import { messageKey } from '../../../ledger/index.ts';
import { type AttachmentChunk, type ChunkTerms, CustodyAction, termsOf } from '../../../wire/index.ts';
import type { RelayContext } from '../../parts.ts';
import { recallsOf } from '../../recall/recall-in-force.ts';
import { AttachmentsError } from './errors.ts';
import { isHere, pieceIndex } from './piece-index.ts';
import { filesOfPost, type OpenableFile } from './read-files.ts';

type Arrived = Pick<VerifiedCrossing, 'origin' | 'from' | 'scope' | 'envelopeId' | 'header' | 'kind' | 'body'>;

/**
 * A piece belongs to a file that its sender released to this office with a post that officers here have, stands at a
 * place of it that is still empty, and opens there with the file's own key: so it was neither changed, nor is it of
 * another place or file.
 * @throws AttachmentsError ATTACHMENTS_PIECE_MISPLACED, ATTACHMENTS_PIECE_REPEATED, ATTACHMENTS_PIECE_UNAWAITED,
 * ATTACHMENTS_STORE_FULL; FilesError FILES_PIECE_UNOPENABLE; RelayError RELAY_CONTENT_GONE, RELAY_CONTENT_ERASED.
 */
export async function assertPieceInPlace(context: RelayContext, crossing: Arrived): Promise<void> {
  const { origin, envelopeId: id } = crossing;
  const terms = termsOf(crossing.kind, crossing.body)?.chunk ?? null;
  const misplaced = (fault: string): AttachmentsError =>
    new AttachmentsError('ATTACHMENTS_PIECE_MISPLACED', { context: { origin, id, fault } });
  if (terms === null) throw misplaced('terms');
  const view = context.operations.get(terms.operation?.operation ?? '');
  const isOfOperation =
    view !== undefined &&
    toHex(terms.operation?.charter ?? new Uint8Array()) === view.charter.document.digest &&
    crossing.scope === view.scope &&
    crossing.header.drill === view.drill;
  if (!isOfOperation || crossing.from !== origin) throw misplaced('operation');
  const { target } = terms;
  const key = target === null ? '' : messageKey(target.origin, target.id);
  const post = context.projection.inbound.get(key);
  const isPost =
    post !== undefined &&
    post.origin === origin &&
    post.deliveredMs !== null &&
    target?.digest.length === 32 &&
    digestFromBytes(target.digest) === post.envelopeDigest &&
    post.terms?.post?.operation?.operation === view.id;
  if (!isPost || post === undefined) throw misplaced('post');
  if (post.erased !== null || recallsOf(context.projection, key).length > 0 || hasEnded(context, key, terms.attachment))
    throw new AttachmentsError('ATTACHMENTS_PIECE_UNAWAITED', { context: { origin, id } });
  const file = (await filesOfPost(context, post)).find(({ label }) => label === terms.attachment);
  // Withheld by its sender or not let in here: then no piece of it is kept either, not even to be looked at.
  if (file === undefined) throw new AttachmentsError('ATTACHMENTS_PIECE_UNAWAITED', { context: { origin, id } });
  if (!isPlace(terms, file)) throw misplaced('place');
  const here = pieceIndex(context.projection).of(key, terms.attachment).get(terms.chunk) ?? [];
  if (here.some(isHere)) throw new AttachmentsError('ATTACHMENTS_PIECE_REPEATED', { context: { origin, id } });
  const { sealed } = crossing.body as AttachmentChunk;
  openPiece(sealed, terms.chunk, file.file);
  if (storedBytes(context) + sealed.length > context.settings.maxFileStoreBytes)
    throw new AttachmentsError('ATTACHMENTS_STORE_FULL', { context: { origin, id } });
}

/** The file was rejected, erased or is whole. */
function hasEnded({ projection }: RelayContext, post: string, label: string): boolean {
  return projection.custody
    .ofAttachment(post, label)
    .some(({ action }) => action === CustodyAction.REJECTED || action === CustodyAction.ERASED);
}

function isPlace({ chunk, chunks }: ChunkTerms, { file }: OpenableFile): boolean {
  return chunks === file.chunks && chunks === pieceCount(file.bytes) && chunk < chunks;
}

/** Bytes of pieces from others that lie here and whose retention is not over. */
function storedBytes({ projection, clock }: RelayContext): number {
  const today = new Date(clock.now()).toISOString().slice(0, 10).replaceAll('-', '');
  let bytes = 0;
  for (const { content, erased } of pieceIndex(projection).arrived())
    if (content !== null && erased === null && content.day >= today) bytes += content.size;
  return bytes;
}
