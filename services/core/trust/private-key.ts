import { createPrivateKey, type KeyObject } from 'node:crypto';
import { FoundationError, fromBase64url, toBase64url } from '../foundation/index.ts';
import type { PublicKey } from '../wire/index.ts';
import { TrustError } from './errors.ts';
import { thumbprintOf } from './public-key.ts';
import type { NewKey, RandomBytes } from './types.ts';

type Curve = 'Ed25519' | 'X25519';

/** The key of 32 secret bytes with its public part, which is computed from them: the `x` given with them is not looked at. */
export function privateKeyOf(
  curve: Curve,
  secret: Uint8Array,
): { readonly handle: KeyObject; readonly publicKey: PublicKey } {
  const handle = createPrivateKey({ key: { kty: 'OKP', crv: curve, d: toBase64url(secret), x: '' }, format: 'jwk' });
  const { x } = handle.export({ format: 'jwk' });
  return { handle, publicKey: { crv: curve, x: String(x) } };
}

function jwkText(curve: Curve, d: string, x: string): string {
  return `{"crv":"${curve}","d":"${d}","kty":"OKP","x":"${x}"}\n`;
}

function generate(curve: Curve, random: RandomBytes): NewKey {
  const secret = random(32);
  const { publicKey } = privateKeyOf(curve, secret);
  return { kid: thumbprintOf(publicKey), publicKey, privateJwk: jwkText(curve, toBase64url(secret), publicKey.x) };
}

/** A fresh Ed25519 key from 32 random bytes (RFC 8032 §5.1.5). */
export function generateSigningKey(random: RandomBytes): NewKey {
  return generate('Ed25519', random);
}

/** A fresh X25519 key from 32 random bytes (RFC 7748 §6.1). */
export function generateSealingKey(random: RandomBytes): NewKey {
  return generate('X25519', random);
}

function secretOf(d: string): Uint8Array {
  try {
    return fromBase64url(d);
  } catch (cause) {
    if (!(cause instanceof FoundationError)) throw cause;
    throw new TrustError('TRUST_KEY_INVALID', { context: { fault: 'private-form' } });
  }
}

/**
 * A private key from the text of its JWK, exactly as `generateSigningKey` and `generateSealingKey` write it; its public
 * part belongs to its private part.
 * @throws TrustError TRUST_KEY_INVALID; neither message nor context holds anything of the key.
 */
export function parsePrivateJwk(
  text: string,
  curve: Curve,
): { readonly handle: KeyObject; readonly publicKey: PublicKey } {
  const found =
    /^\{"crv":"(Ed25519|X25519)","d":"([A-Za-z0-9_-]{43})","kty":"OKP","x":"([A-Za-z0-9_-]{43})"\}\n?$/.exec(text);
  if (found === null || found[1] !== curve)
    throw new TrustError('TRUST_KEY_INVALID', { context: { fault: 'private-form' } });
  const { handle, publicKey } = privateKeyOf(curve, secretOf(found[2] as string));
  if (publicKey.x !== found[3]) throw new TrustError('TRUST_KEY_INVALID', { context: { fault: 'private-mismatch' } });
  return { handle, publicKey };
}
