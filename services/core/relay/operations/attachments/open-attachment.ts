import { fitFileName, openFile } from '../../../files/index.ts';
import { digestFromBytes, isLiaisonError } from '../../../foundation/index.ts';
import { type AnyMessage, messageKey } from '../../../ledger/index.ts';
import { CustodyAction } from '../../../wire/index.ts';
import { RelayError } from '../../errors.ts';
import type { RelayContext } from '../../parts.ts';
import { isRestricted, RecallError } from '../../recall/index.ts';
import { retrieveMessage } from '../../retrieve-message.ts';
import { assembleFile, filesUnlessGone, piecesHere } from './assemble.ts';
import { custodyOfPost } from './custody-event.ts';
import { AttachmentsError, type AttachmentsErrorCode } from './errors.ts';
import type { OpenableFile } from './read-files.ts';
import type { AttachmentKey, OpenedAttachment } from './types.ts';

function unless(isFine: boolean, code: AttachmentsErrorCode, key: AttachmentKey): void {
  if (!isFine) throw new AttachmentsError(code, { context: { origin: key.origin, id: key.id } });
}

/** The post, of that operation, as officers here have it. @throws AttachmentsError ATTACHMENTS_UNKNOWN. */
export function postHere(
  { projection }: RelayContext,
  { operation, origin, id }: Omit<AttachmentKey, 'label'>,
): AnyMessage {
  const key = messageKey(origin, id);
  const post = projection.outbound.get(key) ?? projection.inbound.get(key);
  const isHere = post !== undefined && (post.direction === 'outbound' || post.deliveredMs !== null);
  if (post === undefined || !isHere || post.terms?.post?.operation?.operation !== operation)
    throw new AttachmentsError('ATTACHMENTS_UNKNOWN', { context: { origin, id } });
  return post;
}

/** What was sealed here, opened again. */
async function ownFile(context: RelayContext, post: string, { label, file }: OpenableFile): Promise<Uint8Array> {
  const [entered] = context.projection.custody.ofAttachment(post, label);
  const pieces: Uint8Array[] = [];
  for (const ref of entered?.chunks ?? []) {
    const piece = await context.content.get(ref);
    if (piece === undefined) throw new RelayError('RELAY_CONTENT_GONE');
    pieces.push(piece);
  }
  return openFile(pieces, file);
}

/** Opens a file for an officer. @throws as `AttachmentDesk.open`. */
export async function openAttachment(
  context: RelayContext,
  key: AttachmentKey,
  by: string,
  retrieves: boolean,
): Promise<OpenedAttachment> {
  const { projection } = context;
  const post = postHere(context, key);
  const name = messageKey(post.origin, post.id);
  const history = projection.custody.ofAttachment(name, key.label).map(({ action }) => action);
  unless(!history.includes(CustodyAction.REJECTED), 'ATTACHMENTS_REJECTED', key);
  unless(!history.includes(CustodyAction.ERASED) && post.erased === null, 'ATTACHMENTS_ERASED', key);
  if (isRestricted(projection, post))
    throw new RecallError('RECALL_RECALLED', { context: { origin: key.origin, id: key.id } });
  const file = (await filesUnlessGone(context, post)).find(({ label }) => label === key.label);
  if (file === undefined)
    throw new AttachmentsError('ATTACHMENTS_UNKNOWN', { context: { origin: key.origin, id: key.id } });
  const pieces = post.direction === 'inbound' ? piecesHere(context, name, file) : [];
  const isWhole = pieces !== null && (post.direction === 'outbound' || history.includes(CustodyAction.COMPLETED));
  unless(isWhole, 'ATTACHMENTS_INCOMPLETE', key);
  const bytes =
    post.direction === 'outbound'
      ? await ownFile(context, name, file)
      : await assembleFile(context, pieces ?? [], file);
  const event = custodyOfPost(key.operation, post, file, { action: CustodyAction.OPENED, by });
  await context.desk.commit(() => ({ contents: [], events: () => [event], result: () => undefined }));
  const [first] = pieces ?? [];
  // The sender of a file learns that somebody opened it, as of a message: once.
  if (retrieves && first !== undefined && first.retrievals.length === 0)
    await retrieveMessage(context, first.origin, first.id, by);
  return { name: savedName(file), mediaType: file.mediaType, bytes, digest: digestFromBytes(file.file.digest) };
}

/** What the sender calls it, where that fits what it is. */
export function savedName({ label, mediaType, file }: OpenableFile): string {
  try {
    const name = fitFileName(file.fileName, mediaType);
    if (name !== '') return name;
  } catch (cause) {
    if (!isLiaisonError(cause)) throw cause;
  }
  return fitFileName(label, mediaType);
}
