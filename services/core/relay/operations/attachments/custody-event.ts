import { fromHex } from '../../../foundation/index.ts';
import type { AnyMessage, CustodyView, LedgerEvent } from '../../../ledger/index.ts';
import type { ContentRef, CustodyAction, MessageRef } from '../../../wire/index.ts';
import type { FileOfPost } from './attachment-parts.ts';

const NOTHING = new Uint8Array();

/** A message by its exact envelope. */
export function referenceTo({ origin, id, envelopeDigest }: AnyMessage): MessageRef {
  return { origin, id, digest: fromHex(envelopeDigest) };
}

/** What happened to a file of a post as it goes on record. */
export function custodyOfPost(
  operation: string,
  post: AnyMessage,
  { label, mediaType, category, file }: FileOfPost,
  what: {
    readonly action: CustodyAction;
    readonly by: string;
    readonly chunks?: readonly ContentRef[];
    readonly failure?: string;
  },
): LedgerEvent {
  return {
    custodyRecorded: {
      operation,
      file: '',
      post: referenceTo(post),
      label,
      digest: file.digest,
      originalDigest: NOTHING,
      bytes: file.bytes,
      mediaType,
      category,
      metadataKept: file.metadataKept,
      fileContent: null,
      chunks: [],
      failure: '',
      ...what,
    },
  };
}

/** What happened next to a file that is on record. */
export function custodyAfter(
  before: CustodyView,
  post: MessageRef | null,
  what: { readonly action: CustodyAction; readonly by: string; readonly label?: string },
): LedgerEvent {
  return {
    custodyRecorded: {
      operation: before.operation,
      file: before.file,
      post,
      label: before.label,
      digest: fromHex(before.digest),
      originalDigest: before.originalDigest === null ? NOTHING : fromHex(before.originalDigest),
      bytes: before.bytes,
      mediaType: before.mediaType,
      category: before.category,
      metadataKept: before.metadataKept,
      chunks: [],
      fileContent: null,
      failure: '',
      ...what,
    },
  };
}
