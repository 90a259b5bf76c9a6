import { partsOf, type SignedMessage, type VerifiedCrossing } from '../../../envelope/index.ts';
import type { AnyMessage } from '../../../ledger/index.ts';
import { type BodyKind, joinParts, MessageKind, type OperationPost } from '../../../wire/index.ts';
import { readHere } from '../../consents/read-here.ts';
import type { RelayContext } from '../../parts.ts';
import { readOwn } from '../../stored-messages.ts';
import { type FileOfPost, filesIn, partIndexOf } from './attachment-parts.ts';

/** A file of a post that this office can open. */
export interface OpenableFile extends FileOfPost {
  /** Of an own post: the index of the part that opens it. */
  readonly part: number;
}

interface Kept {
  readonly state: string;
  readonly files: Promise<readonly OpenableFile[]>;
}

const kept = new WeakMap<AnyMessage, Kept>();

/** What of a post decides which files of it can be opened here. */
function stateOf(post: AnyMessage): string {
  return post.direction === 'outbound'
    ? `${post.erased === null}`
    : `${post.erased === null} ${post.supplements.length} ${post.deliveredMs}`;
}

async function readFiles(context: RelayContext, post: AnyMessage): Promise<readonly OpenableFile[]> {
  let message: SignedMessage | VerifiedCrossing;
  let body: unknown;
  if (post.direction === 'outbound') {
    const own = await readOwn(context, post);
    message = own;
    body = own.body;
  } else {
    const { first, later } = await readHere(context, post);
    message = first;
    body = joinParts(MessageKind.OPERATION_POST as BodyKind, partsOf([first, ...later]));
  }
  const { attachments } = body as OperationPost;
  return filesIn(attachments).map((file) => ({ ...file, part: partIndexOf(message.parts, file) }));
}

/**
 * The files of a post that this office can open: all of its own, of another's those whose parts were released to it and
 * let in. Read once for as long as nothing of that changes.
 * @throws RelayError RELAY_CONTENT_GONE, RELAY_CONTENT_ERASED.
 */
export async function filesOfPost(context: RelayContext, post: AnyMessage): Promise<readonly OpenableFile[]> {
  if ((post.terms?.post?.attachments ?? 0) === 0) return [];
  if (post.direction === 'inbound' && post.deliveredMs === null) return [];
  const state = stateOf(post);
  const known = kept.get(post);
  if (known?.state === state) return await known.files;
  const files = readFiles(context, post);
  kept.set(post, { state, files });
  files.catch(() => kept.delete(post));
  return await files;
}
