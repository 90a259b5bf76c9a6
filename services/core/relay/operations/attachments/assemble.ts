import { FilesError, identifyFile, openFile } from '../../../files/index.ts';
import { type EnvelopeId, isLiaisonError } from '../../../foundation/index.ts';
import { type InboundMessageView, messageKey } from '../../../ledger/index.ts';
import { type AttachmentChunk, CustodyAction, MessageKind, ReceiptKind } from '../../../wire/index.ts';
import type { RelayContext } from '../../parts.ts';
import { recallInForce } from '../../recall/index.ts';
import { sentReceipt } from '../../receipts.ts';
import { readReceived } from '../../stored-messages.ts';
import { custodyOfPost } from './custody-event.ts';
import { AttachmentsError } from './errors.ts';
import { isHere, pieceIndex } from './piece-index.ts';
import { filesOfPost, type OpenableFile } from './read-files.ts';

/** The pieces of a file that are here, in order; null where one is missing. */
export function piecesHere(
  { projection }: Pick<RelayContext, 'projection'>,
  post: string,
  { label, file }: Pick<OpenableFile, 'label' | 'file'>,
): readonly InboundMessageView[] | null {
  const pieces = pieceIndex(projection).of(post, label);
  if (pieces.size < file.chunks) return null;
  const found: InboundMessageView[] = [];
  for (let chunk = 0; chunk < file.chunks; chunk++) {
    const piece = pieces
      .get(chunk)
      ?.find((one): one is InboundMessageView => isHere(one) && one.direction === 'inbound');
    if (piece === undefined) return null;
    found.push(piece);
  }
  return found;
}

/**
 * A file of another office, put together and proved: the pieces that its sender signed for, the file that they are
 * pieces of, and content of the type that it was said to be.
 * @throws FilesError; AttachmentsError ATTACHMENTS_TYPE_DIFFERS; RelayError RELAY_CONTENT_GONE.
 */
export async function assembleFile(
  context: RelayContext,
  pieces: readonly InboundMessageView[],
  { file, mediaType }: OpenableFile,
): Promise<Uint8Array> {
  const sealed: Uint8Array[] = [];
  for (const piece of pieces) sealed.push(((await readReceived(context, piece)).body as AttachmentChunk).sealed);
  const bytes = openFile(sealed, file);
  if (identifyFile(bytes).mediaType !== mediaType) throw new AttachmentsError('ATTACHMENTS_TYPE_DIFFERS');
  return bytes;
}

/** What came out of a file whose pieces are all here: its code where it is not what its sender said. */
async function failureOf(
  context: RelayContext,
  pieces: readonly InboundMessageView[],
  file: OpenableFile,
): Promise<string> {
  try {
    await assembleFile(context, pieces, file);
    return '';
  } catch (cause) {
    if (cause instanceof FilesError || cause instanceof AttachmentsError) return cause.code;
    throw cause;
  }
}

/**
 * Puts together what is whole, once: that it is complete goes on record, or that it was rejected, and why. Its sender
 * learns of a rejection by a signed receipt about the first piece; what is to be erased then, others do.
 */
export async function completeFiles(context: RelayContext): Promise<void> {
  const { projection } = context;
  for (const post of projection.ofKind(MessageKind.OPERATION_POST)) {
    if (post.direction !== 'inbound' || post.deliveredMs === null || post.erased !== null) continue;
    if ((post.terms?.post?.attachments ?? 0) === 0) continue;
    const key = messageKey(post.origin, post.id);
    if (recallInForce(projection, key) !== null) continue;
    for (const file of await filesUnlessGone(context, post)) {
      if (projection.custody.ofAttachment(key, file.label).some(({ action }) => ENDS.has(action))) continue;
      const pieces = piecesHere(context, key, file);
      if (pieces !== null) await settle(context, post, file, pieces);
    }
  }
}

const ENDS: ReadonlySet<CustodyAction> = new Set([
  CustodyAction.COMPLETED,
  CustodyAction.REJECTED,
  CustodyAction.ERASED,
]);

/** The files of a post; none where its content is gone with its retention. */
export async function filesUnlessGone(
  context: RelayContext,
  post: Parameters<typeof filesOfPost>[1],
): Promise<readonly OpenableFile[]> {
  try {
    return await filesOfPost(context, post);
  } catch (cause) {
    if (isLiaisonError(cause)) return [];
    throw cause;
  }
}

async function settle(
  context: RelayContext,
  post: InboundMessageView,
  file: OpenableFile,
  pieces: readonly InboundMessageView[],
): Promise<void> {
  const operation = post.terms?.post?.operation?.operation ?? '';
  const failure = await failureOf(context, pieces, file);
  const key = messageKey(post.origin, post.id);
  const [first] = pieces as readonly [InboundMessageView];
  const isSettled = (): boolean =>
    context.projection.custody.ofAttachment(key, file.label).some(({ action }) => ENDS.has(action));
  const receipt =
    failure === ''
      ? null
      : await context.receipts.sign({
          kind: ReceiptKind.NON_RETRIEVAL,
          addressee: first.from,
          origin: first.origin,
          envelopeId: first.id as EnvelopeId,
          envelopeDigest: first.envelopeDigest,
          crossingDigest: first.crossingDigest,
          atMs: context.clock.now(),
          reason: failure,
          relayedMs: first.receivedMs,
        });
  await context.desk.commit(
    (round) => ({
      contents: [],
      events: () => {
        if (isSettled()) return [];
        const action = failure === '' ? CustodyAction.COMPLETED : CustodyAction.REJECTED;
        const chunks = pieces.flatMap(({ content }) => (content === null ? [] : [content]));
        const event = custodyOfPost(operation, post, file, { action, by: '', failure, chunks });
        return receipt === null ? [event] : [event, sentReceipt(receipt, round)];
      },
      result: () => undefined,
    }),
    [`${key} ${file.label}`],
  );
  if (receipt !== null) {
    context.wake(first.from);
    context.events.alarm({ code: failure, office: first.origin });
  }
}
