import {
  FilesError,
  fitFileName,
  identifyFile,
  MAX_FILE_BYTES,
  type SealedFile,
  sealFile,
  stripMetadata,
} from '../../../files/index.ts';
import {
  days,
  digestFromBytes,
  digestOf,
  type EpochMs,
  fromHex,
  later,
  newOpaqueId,
} from '../../../foundation/index.ts';
import {
  attachedFileCodec,
  type ContentRef,
  CustodyAction,
  type Init,
  type LedgerRecord,
} from '../../../wire/index.ts';
import type { RelayContext } from '../../parts.ts';
import { expiryIn, liveOperation } from '../channel/say-post.ts';
import type { OperationView } from '../types.ts';
import { FILE_CATEGORIES } from './attachment-parts.ts';
import { AttachmentsError } from './errors.ts';
import type { FileEntered, FileInput } from './types.ts';

/** So many pieces go to the content store at a time: they fill one of its batches, and nobody else waits for long. */
const PUT_AT_ONCE = 6;
const NOTHING = new Uint8Array();

/** The most bytes of a file under that charter. */
export function maxFileBytes({ charter }: OperationView): number {
  const agreed = charter.charter.maxAttachmentBytes;
  return agreed === 0 ? MAX_FILE_BYTES : Math.min(agreed, MAX_FILE_BYTES);
}

/** Bytes of own files that were handed in and are not erased; `today` as the content store writes days. */
function ownBytes({ projection, clock }: RelayContext): number {
  const today = new Date(clock.now()).toISOString().slice(0, 10).replaceAll('-', '');
  let bytes = 0;
  for (const { action, file, bytes: size, fileContent } of projection.custody.all) {
    if (action !== CustodyAction.ENTERED || (fileContent?.day ?? '') < today) continue;
    const isErased = projection.custody.ofFile(file).some((later) => later.action === CustodyAction.ERASED);
    if (!isErased) bytes += size;
  }
  return bytes;
}

async function putPieces(
  { content }: RelayContext,
  pieces: readonly Uint8Array[],
  expiresAt: EpochMs,
): Promise<readonly ContentRef[]> {
  const refs: ContentRef[] = [];
  for (let at = 0; at < pieces.length; at += PUT_AT_ONCE) {
    await content.whenRoom();
    refs.push(...(await content.put(pieces.slice(at, at + PUT_AT_ONCE).map((bytes) => ({ bytes, expiresAt })))));
  }
  return refs;
}

/** Takes a file in. @throws as `AttachmentDesk.enter`. */
export async function enterFile(context: RelayContext, input: FileInput): Promise<FileEntered> {
  const { operation, category, by } = input;
  const view = liveOperation(context, operation);
  const most = maxFileBytes(view);
  if (input.bytes.length > most)
    throw new FilesError('FILES_SIZE_UNFIT', { context: { bytes: input.bytes.length, maxBytes: most } });
  if (!FILE_CATEGORIES.includes(category) || !view.charter.charter.dataCategories.includes(category))
    throw new AttachmentsError('ATTACHMENTS_CATEGORY_UNFIT', { context: { operation } });
  const found = identifyFile(input.bytes);
  const name = fitFileName(input.name, found.mediaType);
  const { bytes, removed } = input.keepMetadata
    ? { bytes: input.bytes, removed: [] }
    : stripMetadata(input.bytes, found);
  const assertRoom = (): void => {
    if (ownBytes(context) + bytes.length > context.settings.maxFileStoreBytes)
      throw new AttachmentsError('ATTACHMENTS_STORE_FULL', { context: { operation } });
  };
  assertRoom();
  const sealed = sealFile(bytes, context.random);
  const expiresAt = later(expiryIn(context, view, context.clock.now()), days(view.charter.charter.retentionDays));
  const chunks = await putPieces(context, sealed.pieces, expiresAt);
  const file = newOpaqueId();
  const original = removed.length === 0 ? null : digestOf(input.bytes);
  await context.desk.commit(() => {
    assertRoom();
    return {
      contents: [{ bytes: attachedFile(sealed, name, input.keepMetadata), expiresAt }],
      events: ([fileContent]) => [
        {
          custodyRecorded: {
            ...record({ operation, category, by, file, chunks }),
            digest: sealed.digest,
            originalDigest: original === null ? NOTHING : fromHex(original),
            bytes: bytes.length,
            mediaType: found.mediaType,
            metadataKept: input.keepMetadata,
            fileContent: fileContent ?? null,
          },
        },
      ],
      result: () => undefined,
    };
  }, [`files ${operation}`]);
  const digest = digestFromBytes(sealed.digest);
  const { mediaType, size } = found;
  return {
    file,
    operation,
    name,
    mediaType,
    category,
    bytes: bytes.length,
    size,
    digest,
    originalDigest: original,
    removed,
  };
}

function attachedFile({ bytes, digest, key, chunks, root }: SealedFile, fileName: string, kept: boolean): Uint8Array {
  return attachedFileCodec.encode({ fileName, bytes, digest, key, chunks, root, metadataKept: kept });
}

type Custody = Init<NonNullable<LedgerRecord['custodyRecorded']>>;

function record(what: Pick<Custody, 'operation' | 'category' | 'by' | 'file' | 'chunks'>): Custody {
  return { ...what, action: CustodyAction.ENTERED, post: null, label: '', failure: '' };
}
