import { createPublicKey, type KeyObject } from 'node:crypto';
import { FoundationError, fromBase64url, type KeyId, sha256, toBase64url, utf8 } from '../foundation/index.ts';
import type { PublicKey } from '../wire/index.ts';
import { isSoundEd25519Point, isSoundX25519Point } from './curve-checks.ts';
import { TrustError } from './errors.ts';
import type { SealingPublicKey, SigningPublicKey } from './types.ts';

type Curve = 'Ed25519' | 'X25519';

/** The RFC 7638 SHA-256 thumbprint of an OKP key: members `crv`, `kty`, `x` in this order, no white space (§3.2; RFC 8037 §2). */
export function thumbprintOf(key: PublicKey): KeyId {
  return toBase64url(sha256(utf8(`{"crv":"${key.crv}","kty":"OKP","x":"${key.x}"}`))) as KeyId;
}

function pointOf(key: PublicKey): Uint8Array {
  try {
    return fromBase64url(key.x);
  } catch (cause) {
    if (!(cause instanceof FoundationError)) throw cause;
    throw new TrustError('TRUST_KEY_INVALID', { context: { fault: 'encoding' } });
  }
}

function parse(
  key: PublicKey,
  curve: Curve,
  isSound: (point: Uint8Array) => boolean,
): { kid: KeyId; key: PublicKey; handle: KeyObject } {
  if (key.crv !== curve) throw new TrustError('TRUST_KEY_INVALID', { context: { fault: 'curve' } });
  const point = pointOf(key);
  if (!isSound(point)) throw new TrustError('TRUST_KEY_INVALID', { context: { fault: 'point' } });
  const handle = createPublicKey({ key: { kty: 'OKP', crv: curve, x: key.x }, format: 'jwk' });
  return Object.freeze({ kid: thumbprintOf(key), key: Object.freeze({ crv: key.crv, x: key.x }), handle });
}

/** A key that Ed25519 signatures may be verified with. @throws TrustError TRUST_KEY_INVALID. */
export function parseSigningPublicKey(key: PublicKey): SigningPublicKey {
  return parse(key, 'Ed25519', isSoundEd25519Point) as SigningPublicKey;
}

/** A key that may be sealed to. @throws TrustError TRUST_KEY_INVALID. */
export function parseSealingPublicKey(key: PublicKey): SealingPublicKey {
  return parse(key, 'X25519', isSoundX25519Point) as SealingPublicKey;
}

/** The public key as PEM (SubjectPublicKeyInfo, RFC 8410), for openssl. */
export function pemOf(key: SigningPublicKey | SealingPublicKey): string {
  return key.handle.export({ type: 'spki', format: 'pem' }) as string;
}

/** The public key as a JWK (RFC 8037), for JOSE libraries. */
export function jwkOf(key: SigningPublicKey | SealingPublicKey): {
  readonly kty: 'OKP';
  readonly crv: string;
  readonly x: string;
  readonly kid: KeyId;
} {
  return { kty: 'OKP', crv: key.key.crv, x: key.key.x, kid: key.kid };
}
