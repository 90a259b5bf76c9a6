import { createCipheriv, createDecipheriv } from 'node:crypto';
import { type KeyId, sha256, toBase64url, utf8 } from '../foundation/index.ts';
import {
  ephemeralKey,
  equalBytes,
  parseSealingPublicKey,
  type RandomBytes,
  type SealingPublicKey,
  TrustError,
  type Unsealer,
} from '../trust/index.ts';
import type { Seal } from '../wire/index.ts';
import { EnvelopeError } from './errors.ts';

/** What is sealed; a seal of one kind never opens as the other. */
export type SealedKind = 'liaison-frame-content' | 'liaison-document';

const IV_BYTES = 12;
const TAG_BYTES = 16;
const HEADER =
  /^\{"alg":"ECDH-ES","enc":"A256GCM","epk":\{"crv":"X25519","kty":"OKP","x":"([A-Za-z0-9_-]{43})"\},"kid":"([A-Za-z0-9_-]{43})","typ":"([a-z-]+)"\}$/;

/** The one protected header that a seal has (RFC 7516 §4.1; `epk` by RFC 7518 §4.6.1.1, RFC 8037 §3.2). */
function sealHeader(kind: SealedKind, kid: KeyId, x: string): Uint8Array {
  return utf8(
    `{"alg":"ECDH-ES","enc":"A256GCM","epk":{"crv":"X25519","kty":"OKP","x":"${x}"},"kid":"${kid}","typ":"${kind}"}`,
  );
}

function lengthPrefixed(bytes: Uint8Array): Uint8Array {
  const out = new Uint8Array(4 + bytes.length);
  new DataView(out.buffer).setUint32(0, bytes.length);
  out.set(bytes, 4);
  return out;
}

const NONE = new Uint8Array(0);
/** AlgorithmID, PartyUInfo, PartyVInfo, SuppPubInfo of a direct key agreement for A256GCM (RFC 7518 §4.6.2). */
const OTHER_INFO = [
  lengthPrefixed(utf8('A256GCM')),
  lengthPrefixed(NONE),
  lengthPrefixed(NONE),
  new Uint8Array([0, 0, 1, 0]),
];
const ROUND_ONE = new Uint8Array([0, 0, 0, 1]);

/** Concat KDF with SHA-256, one round for 256 bits (RFC 7518 §4.6.2; NIST SP 800-56A §5.8.1). */
function contentKey(secret: Uint8Array): Uint8Array {
  return sha256(ROUND_ONE, secret, ...OTHER_INFO);
}

/** Additional data of the AEAD: BASE64URL(protected) || "." || BASE64URL(aad) (RFC 7516 §5.1 step 14). */
function additionalData(protectedHeader: Uint8Array, aad: Uint8Array): Uint8Array {
  return utf8(`${toBase64url(protectedHeader)}.${toBase64url(aad)}`);
}

/**
 * `plaintext` so that only the holder of the recipient's key can read it, bound to `aad`: a JWE (RFC 7516) with ECDH-ES
 * (X25519) and A256GCM under an ephemeral key that is used once.
 */
export function seal(
  kind: SealedKind,
  plaintext: Uint8Array,
  aad: Uint8Array,
  recipient: SealingPublicKey,
  random: RandomBytes,
): Seal {
  const ephemeral = ephemeralKey(random);
  const protectedHeader = sealHeader(kind, recipient.kid, ephemeral.x);
  const iv = random(IV_BYTES);
  const cipher = createCipheriv('aes-256-gcm', contentKey(ephemeral.agree(recipient)), iv, {
    authTagLength: TAG_BYTES,
  });
  cipher.setAAD(additionalData(protectedHeader, aad));
  const ciphertext = new Uint8Array(cipher.update(plaintext));
  cipher.final();
  return { protected: protectedHeader, iv, ciphertext, tag: new Uint8Array(cipher.getAuthTag()) };
}

function invalid(fault: string): EnvelopeError {
  return new EnvelopeError('ENVELOPE_SEAL_INVALID', { context: { fault } });
}

/** Recipient's key id and ephemeral key of a protected header that is byte for byte the one of its kind. */
function parseSealHeader(
  bytes: Uint8Array,
  kind: SealedKind,
): { readonly kid: KeyId; readonly ephemeral: SealingPublicKey } {
  const found = HEADER.exec(Buffer.from(bytes).toString('latin1'));
  if (found === null) throw invalid('header');
  const [, x, kid] = found as unknown as [string, string, KeyId];
  if (!equalBytes(bytes, sealHeader(kind, kid, x))) throw invalid('header');
  try {
    return { kid, ephemeral: parseSealingPublicKey({ crv: 'X25519', x }) };
  } catch (cause) {
    if (cause instanceof TrustError) throw invalid('ephemeral-key');
    throw cause;
  }
}

/**
 * What was sealed to one of this office's keys, exactly as it was sealed and bound to the same `aad`; who sealed it is
 * not proved.
 * @throws EnvelopeError ENVELOPE_SEAL_INVALID; TrustError TRUST_UNSEALER_KEY_UNKNOWN.
 */
export async function openSeal(
  kind: SealedKind,
  sealed: Seal,
  aad: Uint8Array,
  unsealer: Unsealer,
): Promise<Uint8Array> {
  const { kid, ephemeral } = parseSealHeader(sealed.protected, kind);
  // Shorter tags would be easier to forge (RFC 7518 §5.3: 128 bits, and an IV of 96).
  if (sealed.iv.length !== IV_BYTES || sealed.tag.length !== TAG_BYTES) throw invalid('size');
  const key = contentKey(await unsealer.agree(kid, ephemeral));
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.iv, { authTagLength: TAG_BYTES });
  decipher.setAAD(additionalData(sealed.protected, aad));
  decipher.setAuthTag(sealed.tag);
  const plaintext = new Uint8Array(decipher.update(sealed.ciphertext));
  try {
    decipher.final();
  } catch {
    throw invalid('tag');
  }
  return plaintext;
}
