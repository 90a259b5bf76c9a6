import { FoundationError, fromBase64url, fromUtf8, type KeyId, toBase64url, utf8 } from '../foundation/index.ts';
import { equalBytes } from './equal-bytes.ts';
import { TrustError } from './errors.ts';
import { MAX_DOCUMENT_BYTES } from './limits.ts';
import type { SignedDocumentKind } from './types.ts';

const MAX_SIGNATURES = 16;
const KINDS: readonly SignedDocumentKind[] = ['directory', 'agreement', 'policy-bundle', 'charter'];
const HEADER = /^\{"alg":"Ed25519","kid":"([A-Za-z0-9_-]{43})","typ":"liaison-([a-z-]+)\+json"\}$/;

/** One signature of a document, read but not verified. */
export interface DocumentSignature {
  readonly kid: KeyId;
  readonly kind: SignedDocumentKind;
  /** Both as they stand in the document, in base64url. */
  readonly protected: string;
  readonly signature: string;
}

/** A signed document, read but not verified: a JWS in General JSON form (RFC 7515 §7.2.1). */
export interface DocumentForm {
  readonly kind: SignedDocumentKind;
  /** As it stands in the document, in base64url. */
  readonly payload: string;
  readonly textBytes: Uint8Array;
  readonly signatures: readonly DocumentSignature[];
}

function malformed(fault: string): TrustError {
  return new TrustError('TRUST_DOCUMENT_MALFORMED', { context: { fault } });
}

function decode(text: unknown): Uint8Array {
  try {
    if (typeof text === 'string') return fromBase64url(text);
  } catch (cause) {
    if (!(cause instanceof FoundationError)) throw cause;
  }
  throw malformed('base64url');
}

/** The one protected header that a document's signature has (RFC 7515 §4): no white space, members in alphabetical order. */
export function documentHeader(kind: SignedDocumentKind, kid: KeyId): string {
  return `{"alg":"Ed25519","kid":"${kid}","typ":"liaison-${kind}+json"}`;
}

/** What an Ed25519 signature of a document is made over (RFC 7515 §5.1 step 8). */
export function documentSigningInput(protectedHeader: string, payload: string): Uint8Array {
  return utf8(`${protectedHeader}.${payload}`);
}

/** The one text of a signed document; a line break at its end, as text files have. */
export function writeDocument(
  payload: string,
  signatures: readonly Pick<DocumentSignature, 'protected' | 'signature'>[],
): Uint8Array {
  const listed = signatures.map(({ protected: header, signature }) => ({ protected: header, signature }));
  return utf8(`${JSON.stringify({ payload, signatures: listed }, null, 1)}\n`);
}

function parseJson(bytes: Uint8Array): { readonly payload?: unknown; readonly signatures?: unknown } {
  try {
    const value: unknown = JSON.parse(fromUtf8(bytes));
    if (typeof value === 'object' && value !== null) return value;
  } catch {
    // Neither UTF-8 nor JSON: the same fault to whoever sent it.
  }
  throw malformed('json');
}

/** One signature of a document taken apart; nothing is verified. @throws TrustError TRUST_DOCUMENT_MALFORMED. */
export function parseSignature(value: unknown): DocumentSignature {
  const { protected: header, signature } = (value ?? {}) as Record<string, unknown>;
  const found = HEADER.exec(Buffer.from(decode(header)).toString('latin1'));
  const kind = KINDS.find((known) => known === found?.[2]);
  if (found === null || kind === undefined) throw malformed('header');
  if (decode(signature).length !== 64) throw malformed('signature');
  return { kid: found[1] as KeyId, kind, protected: header as string, signature: signature as string };
}

/**
 * A signed document taken apart: in the one layout that documents have, all signatures of one kind. Nothing is verified.
 * @throws TrustError TRUST_DOCUMENT_TOO_LARGE, TRUST_DOCUMENT_MALFORMED.
 */
export function parseDocument(bytes: Uint8Array): DocumentForm {
  if (bytes.length > MAX_DOCUMENT_BYTES)
    throw new TrustError('TRUST_DOCUMENT_TOO_LARGE', { context: { bytes: bytes.length } });
  const { payload, signatures } = parseJson(bytes);
  if (!Array.isArray(signatures) || signatures.length === 0 || signatures.length > MAX_SIGNATURES)
    throw malformed('signatures');
  const textBytes = decode(payload);
  const parsed = signatures.map(parseSignature);
  // The whole text again: no member twice, none besides, no other way of writing the same.
  if (!equalBytes(writeDocument(payload as string, parsed), bytes)) throw malformed('layout');
  const kind = (parsed[0] as DocumentSignature).kind;
  if (parsed.some((signature) => signature.kind !== kind)) throw malformed('kinds');
  return { kind, payload: payload as string, textBytes, signatures: parsed };
}

/** What kind of document it says it is; nothing is verified. @throws TrustError TRUST_DOCUMENT_TOO_LARGE, TRUST_DOCUMENT_MALFORMED. */
export function documentKindOf(bytes: Uint8Array): SignedDocumentKind {
  return parseDocument(bytes).kind;
}

/** The payload member of a text. */
export function payloadOf(text: string): string {
  return toBase64url(utf8(text));
}
