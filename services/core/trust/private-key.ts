import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { fromHex, toBase64url } from '../foundation/index.ts';
import type { PublicKey } from '../wire/index.ts';
import { TrustError } from './errors.ts';
import { thumbprintOf } from './public-key.ts';
import type { NewKey, RandomBytes } from './types.ts';

type Curve = 'Ed25519' | 'X25519';

/** DER of a PKCS #8 private key before its 32 bytes (RFC 8410 §7, §10.3). */
const PKCS8 = { Ed25519: fromHex('302e020100300506032b657004220420'), X25519: fromHex('302e020100300506032b656e04220420') } as const;

function publicOf(privateKey: KeyObject): PublicKey {
  const { crv, x } = createPublicKey(privateKey).export({ format: 'jwk' });
  return { crv: String(crv), x: String(x) };
}

function jwkText(curve: Curve, d: string, x: string): string {
  return `{"crv":"${curve}","d":"${d}","kty":"OKP","x":"${x}"}\n`;
}

function generate(curve: Curve, random: RandomBytes): NewKey {
  const secret = random(32);
  const privateKey = createPrivateKey({ key: Buffer.concat([PKCS8[curve], secret]), format: 'der', type: 'pkcs8' });
  const publicKey = publicOf(privateKey);
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

/**
 * A private key from the text of its JWK, exactly as `generateSigningKey` and `generateSealingKey` write it; its public
 * part belongs to its private part.
 * @throws TrustError TRUST_KEY_INVALID; neither message nor context holds anything of the key.
 */
export function parsePrivateJwk(text: string, curve: Curve): { readonly handle: KeyObject; readonly publicKey: PublicKey } {
  const found = /^\{"crv":"(Ed25519|X25519)","d":"([A-Za-z0-9_-]{43})","kty":"OKP","x":"([A-Za-z0-9_-]{43})"\}\n?$/.exec(text);
  if (found === null || found[1] !== curve) throw new TrustError('TRUST_KEY_INVALID', { context: { fault: 'private-form' } });
  const secret = Buffer.from(found[2] as string, 'base64url');
  const handle = createPrivateKey({ key: Buffer.concat([PKCS8[curve], secret]), format: 'der', type: 'pkcs8' });
  const publicKey = publicOf(handle);
  if (publicKey.x !== found[3]) throw new TrustError('TRUST_KEY_INVALID', { context: { fault: 'private-mismatch' } });
  return { handle, publicKey };
}
