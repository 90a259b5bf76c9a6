import { flattenedVerify } from 'jose';
import { digestOf, fromUtf8 } from '../foundation/index.ts';
import { type DocumentForm, parseDocument } from './document-form.ts';
import { TrustError } from './errors.ts';
import type { SignedDocumentKind, SigningPublicKey, VerifiedDocument } from './types.ts';

/** The text of a document that nobody has verified: to read what it claims, or whose signature it needs. @throws TrustError TRUST_DOCUMENT_*. */
export function readDocument(
  bytes: Uint8Array,
  kind: SignedDocumentKind,
): { readonly text: string; readonly form: DocumentForm } {
  const form = parseDocument(bytes);
  if (form.kind !== kind)
    throw new TrustError('TRUST_DOCUMENT_KIND_WRONG', { context: { kind: form.kind, wanted: kind } });
  try {
    return { text: fromUtf8(form.textBytes), form };
  } catch (cause) {
    throw new TrustError('TRUST_DOCUMENT_TEXT_INVALID', { context: { fault: 'utf-8' }, cause });
  }
}

function assertSigners({ signatures }: DocumentForm, required: ReadonlyMap<string, SigningPublicKey>): void {
  const signed = signatures.map(({ kid }) => kid);
  const wanted = new Set([...required.values()].map(({ kid }) => kid));
  const foreign = signed.find((kid, i) => !wanted.has(kid) || signed.indexOf(kid) !== i);
  if (foreign !== undefined) throw new TrustError('TRUST_DOCUMENT_SIGNATURE_FOREIGN', { context: { kid: foreign } });
  for (const [by, { kid }] of required) {
    if (!signed.includes(kid)) throw new TrustError('TRUST_DOCUMENT_SIGNATURE_MISSING', { context: { by, kid } });
  }
}

async function verifySignatures(
  { payload, signatures }: DocumentForm,
  required: ReadonlyMap<string, SigningPublicKey>,
): Promise<void> {
  const keys = new Map([...required.values()].map((key) => [key.kid, key]));
  for (const { kid, protected: header, signature } of signatures) {
    const key = keys.get(kid) as SigningPublicKey;
    try {
      await flattenedVerify({ payload, protected: header, signature }, key.handle, { algorithms: ['Ed25519'] });
    } catch (cause) {
      throw new TrustError('TRUST_DOCUMENT_SIGNATURE_INVALID', { context: { kid }, cause });
    }
  }
}

/**
 * Every one of these keys signed exactly this text as a document of this kind, and no other key did. What the text says
 * is not judged. `required` names who each key stands for.
 * @throws TrustError TRUST_DOCUMENT_TOO_LARGE, TRUST_DOCUMENT_MALFORMED, TRUST_DOCUMENT_KIND_WRONG,
 * TRUST_DOCUMENT_TEXT_INVALID, TRUST_DOCUMENT_SIGNATURE_FOREIGN, TRUST_DOCUMENT_SIGNATURE_MISSING,
 * TRUST_DOCUMENT_SIGNATURE_INVALID.
 */
export async function verifyDocument(
  bytes: Uint8Array,
  kind: SignedDocumentKind,
  required: ReadonlyMap<string, SigningPublicKey>,
): Promise<VerifiedDocument> {
  const { text, form } = readDocument(bytes, kind);
  // jose's verifier of general serialisations is content with any one valid signature; here each has to be valid.
  assertSigners(form, required);
  await verifySignatures(form, required);
  return {
    kind,
    bytes: new Uint8Array(bytes),
    text,
    digest: digestOf(form.textBytes),
    signers: form.signatures.map(({ kid }) => kid),
  };
}
