import { diffieHellman, type KeyObject, sign } from 'node:crypto';
import type { KeyId } from '../foundation/index.ts';
import { TrustError } from './errors.ts';
import { parsePrivateJwk } from './private-key.ts';
import { parseSealingPublicKey, parseSigningPublicKey } from './public-key.ts';
import type { Signer, Unsealer } from './types.ts';

/** Signs with the Ed25519 key of a private JWK's text. @throws TrustError TRUST_KEY_INVALID. */
export function fileSigner(privateJwk: string): Signer {
  const { handle, publicKey: key } = parsePrivateJwk(privateJwk, 'Ed25519');
  const publicKey = parseSigningPublicKey(key);
  return { kid: publicKey.kid, publicKey, sign: async (input) => new Uint8Array(sign(null, input, handle)) };
}

/** Agrees with the X25519 keys of private JWKs' texts: the current one and those that old messages are sealed to. @throws TrustError TRUST_KEY_INVALID. */
export function fileUnsealer(privateJwks: readonly string[]): Unsealer {
  const keys = new Map<KeyId, KeyObject>();
  for (const text of privateJwks) {
    const { handle, publicKey } = parsePrivateJwk(text, 'X25519');
    keys.set(parseSealingPublicKey(publicKey).kid, handle);
  }
  return {
    holds: (kid) => keys.has(kid),
    agree: async (kid, ephemeral) => {
      const privateKey = keys.get(kid);
      if (privateKey === undefined) throw new TrustError('TRUST_UNSEALER_KEY_UNKNOWN', { context: { kid } });
      return new Uint8Array(diffieHellman({ privateKey, publicKey: ephemeral.handle }));
    },
  };
}
