import { verify } from 'node:crypto';
import {
  digestOf,
  type EpochMs,
  fromBase64url,
  isLiaisonError,
  type KeyId,
  type OfficeId,
} from '../foundation/index.ts';
import type { Charter, CharterSignature } from '../wire/index.ts';
import { type CharterKeys, charterKeyOf } from './charter-keys.ts';
import { checkCharter } from './check-charter.ts';
import {
  type DocumentForm,
  type DocumentSignature,
  documentSigningInput,
  parseSignature,
  payloadOf,
  writeDocument,
} from './document-form.ts';
import { parseCharterText } from './document-text.ts';
import { TrustError } from './errors.ts';
import type { InstalledCharter, SigningPublicKey } from './types.ts';
import { readDocument } from './verify-document.ts';

/** One signature of a charter with the member it was verified to be for. */
interface MemberSignature {
  readonly office: OfficeId;
  readonly signature: DocumentSignature;
  readonly key: SigningPublicKey;
}

function isValid(
  payload: string,
  { protected: header, signature, kid }: DocumentSignature,
  of: ReturnType<typeof charterKeyOf>,
): boolean {
  if (of === undefined || of.kid !== kid) return false;
  return verify(null, documentSigningInput(header, payload), of.handle, fromBase64url(signature));
}

function signaturesOf(
  keys: CharterKeys,
  charter: Charter,
  { payload, signatures }: DocumentForm,
  at: EpochMs | null,
): readonly MemberSignature[] {
  const found: MemberSignature[] = [];
  for (const signature of signatures) {
    const { kid } = signature;
    const member = charter.members.find(
      ({ office }) => charterKeyOf(keys, charter, office as OfficeId, kid, at) !== undefined,
    );
    const office = member?.office as OfficeId | undefined;
    if (office === undefined || found.some((other) => other.office === office))
      throw new TrustError('TRUST_DOCUMENT_SIGNATURE_FOREIGN', { context: { kid } });
    const key = charterKeyOf(keys, charter, office, kid, at);
    if (key === undefined || !isValid(payload, signature, key))
      throw new TrustError('TRUST_DOCUMENT_SIGNATURE_INVALID', { context: { kid } });
    found.push({ office, signature, key });
  }
  return found;
}

function inOrder(charter: Charter, found: readonly MemberSignature[]): readonly MemberSignature[] {
  const place = ({ office }: MemberSignature): number =>
    charter.members.findIndex((member) => member.office === office);
  return found.toSorted((a, b) => place(a) - place(b));
}

/**
 * A sound charter that its lead signed, and whose every other signature is of one of its members; who is still to sign
 * is not asked. `at` is null for one that was accepted before: keys may have ended since.
 * @throws TrustError TRUST_DOCUMENT_*, TRUST_CHARTER_TERMS_INVALID, TRUST_CHARTER_MEMBERS_INVALID,
 * TRUST_CHARTER_DATES_INVALID.
 */
export function verifyCharter(keys: CharterKeys, bytes: Uint8Array, at: EpochMs | null): InstalledCharter {
  const { text, form } = readDocument(bytes, 'charter');
  const charter = parseCharterText(text);
  const sound = checkCharter(charter);
  const signed = inOrder(charter, signaturesOf(keys, charter, form, at));
  if (signed[0]?.office !== sound.lead)
    throw new TrustError('TRUST_DOCUMENT_SIGNATURE_MISSING', { context: { by: sound.lead } });
  const document = {
    kind: 'charter' as const,
    bytes: writeDocument(
      form.payload,
      signed.map(({ signature }) => signature),
    ),
    text,
    digest: digestOf(form.textBytes),
    signers: signed.map(({ signature }) => signature.kid),
  };
  const signatures = new Map(
    signed.map(({ office, signature }) => [
      office,
      { office, protected: signature.protected, signature: signature.signature } satisfies CharterSignature,
    ]),
  );
  return {
    document,
    charter,
    ...sound,
    signatures,
    keys: new Map(signed.map(({ office, key }) => [office, key])),
  } as unknown as InstalledCharter;
}

/** Whether that is the member's signature of exactly this charter, with a key that may sign it at that moment. Never throws. */
export function isCharterSignature(
  keys: CharterKeys,
  { charter, document }: InstalledCharter,
  signature: CharterSignature,
  at: EpochMs | null,
): boolean {
  try {
    const parsed = parseSignature(signature);
    const isMember = charter.members.some(({ office }) => office === signature.office);
    if (!isMember || parsed.kind !== 'charter') return false;
    const key = charterKeyOf(keys, charter, signature.office as OfficeId, parsed.kid as KeyId, at);
    return isValid(payloadOf(document.text), parsed, key);
  } catch (cause) {
    if (!isLiaisonError(cause)) throw cause;
    return false;
  }
}

/** The charter as one document with these signatures too, in the order of its members; each is verified by now. */
export function withSignatures(
  { charter, document, signatures }: InstalledCharter,
  more: readonly CharterSignature[],
): Uint8Array {
  const all = new Map([...more.map((one) => [one.office, one] as const), ...signatures]);
  const listed = charter.members.flatMap(({ office }) => all.get(office as OfficeId) ?? []);
  return writeDocument(payloadOf(document.text), listed);
}

/**
 * The signatures that a document carries of exactly this charter's text; none is verified.
 * @throws TrustError TRUST_DOCUMENT_*; TRUST_CHARTER_FORK where it is of another text.
 */
export function signaturesIn(
  bytes: Uint8Array,
  { text, digest }: InstalledCharter['document'],
): readonly Omit<CharterSignature, 'office'>[] {
  const read = readDocument(bytes, 'charter');
  if (read.text !== text) throw new TrustError('TRUST_CHARTER_FORK', { context: { digest } });
  return read.form.signatures.map(({ protected: header, signature }) => ({ protected: header, signature }));
}
