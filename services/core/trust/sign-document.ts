import { toBase64url, utf8 } from '../foundation/index.ts';
import {
  type DocumentSignature,
  documentHeader,
  documentSigningInput,
  parseDocument,
  payloadOf,
  writeDocument,
} from './document-form.ts';
import { TrustError } from './errors.ts';
import { signChecked } from './sign-proofs.ts';
import type { SignedDocumentKind, Signer } from './types.ts';

async function signatureOf(
  kind: SignedDocumentKind,
  payload: string,
  signer: Signer,
): Promise<Pick<DocumentSignature, 'protected' | 'signature'>> {
  const header = toBase64url(utf8(documentHeader(kind, signer.kid)));
  const signature = await signChecked(documentSigningInput(header, payload), signer);
  return { protected: header, signature: toBase64url(signature) };
}

/**
 * The text as a signed document (JWS General JSON, RFC 7515 §7.2.1), signed by each signer over exactly its bytes. What
 * the text says is not looked at.
 * @throws TrustError TRUST_SIGNER_FAILED.
 */
export async function signDocument(
  kind: SignedDocumentKind,
  text: string,
  signers: readonly Signer[],
): Promise<Uint8Array> {
  const payload = payloadOf(text);
  const signatures = await Promise.all(signers.map((signer) => signatureOf(kind, payload, signer)));
  return writeDocument(payload, signatures);
}

/**
 * The same document with one more signature, over the same text. Signatures that are there already are kept and not
 * verified.
 * @throws TrustError TRUST_DOCUMENT_TOO_LARGE, TRUST_DOCUMENT_MALFORMED, TRUST_DOCUMENT_SIGNATURE_FOREIGN when that key has
 * signed it, TRUST_SIGNER_FAILED.
 */
export async function addSignature(bytes: Uint8Array, signer: Signer): Promise<Uint8Array> {
  const { kind, payload, signatures } = parseDocument(bytes);
  if (signatures.some(({ kid }) => kid === signer.kid))
    throw new TrustError('TRUST_DOCUMENT_SIGNATURE_FOREIGN', { context: { kid: signer.kid, fault: 'twice' } });
  return writeDocument(payload, [...signatures, await signatureOf(kind, payload, signer)]);
}
