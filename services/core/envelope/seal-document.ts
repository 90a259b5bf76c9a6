import { isOfficeId, type OfficeId } from '../foundation/index.ts';
import {
  documentKindOf,
  MAX_DOCUMENT_BYTES,
  type RandomBytes,
  type SealingPublicKey,
  type SignedDocumentKind,
  TrustError,
  type Unsealer,
} from '../trust/index.ts';
import { DocumentKind, documentNoticeCodec, transitCodec } from '../wire/index.ts';
import { EnvelopeError } from './errors.ts';
import { padDocument, unpadContent } from './frame-content.ts';
import { openSeal, seal } from './seal.ts';
import type { DocumentDraft, OpenedDocument, ReceivedDocument } from './types.ts';

const KINDS: Readonly<Record<SignedDocumentKind, DocumentKind>> = {
  directory: DocumentKind.DIRECTORY,
  agreement: DocumentKind.AGREEMENT,
  'policy-bundle': DocumentKind.POLICY_BUNDLE,
  charter: DocumentKind.CHARTER,
};

/** The notice without its seal: binds the sealed document to the two offices. */
function boundTo(from: string, to: string): Uint8Array {
  return documentNoticeCodec.encode({ from, to });
}

/** The bytes to publish: a signed document that only the recipient can read. It proves itself, so no office signs it again. @throws TypeError for another kind of document; RangeError for too large a one. */
export function sealDocument(
  { from, to, kind, bytes }: DocumentDraft,
  recipient: SealingPublicKey,
  random: RandomBytes,
): Uint8Array {
  if (KINDS[documentKindOf(bytes)] !== kind) throw new TypeError('the document is of another kind');
  const sealed = seal('liaison-document', padDocument(bytes), boundTo(from, to), recipient, random);
  return transitCodec.encode({ document: { from, to, seal: sealed } });
}

function parseDocument(items: readonly Uint8Array[]): { readonly kind: DocumentKind; readonly bytes: Uint8Array } {
  const [bytes] = items;
  if (bytes === undefined || items.length > 1 || bytes.length > MAX_DOCUMENT_BYTES)
    throw new EnvelopeError('ENVELOPE_CONTENT_INVALID', { context: { fault: 'document' } });
  try {
    return { kind: KINDS[documentKindOf(bytes)], bytes };
  } catch (cause) {
    if (!(cause instanceof TrustError)) throw cause;
    throw new EnvelopeError('ENVELOPE_CONTENT_INVALID', { context: { fault: 'document' }, cause });
  }
}

/**
 * A document that was sealed to this office for this pair of offices; neither who sent it nor the document itself is
 * verified: to be installed, it has to prove itself.
 * @throws EnvelopeError ENVELOPE_NOT_ADDRESSED_TO_US, ENVELOPE_SEAL_INVALID, ENVELOPE_CONTENT_INVALID; TrustError TRUST_UNSEALER_KEY_UNKNOWN.
 */
export async function openDocument(
  received: ReceivedDocument,
  context: { readonly self: OfficeId; readonly unsealer: Unsealer },
): Promise<OpenedDocument> {
  const { from, to } = received;
  if (to !== context.self || !isOfficeId(from)) throw new EnvelopeError('ENVELOPE_NOT_ADDRESSED_TO_US');
  const content = await openSeal('liaison-document', received.seal, boundTo(from, to), context.unsealer);
  return { ...parseDocument(unpadContent(content)), claimedFrom: from };
}
