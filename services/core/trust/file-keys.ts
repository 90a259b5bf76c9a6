import { diffieHellman, type KeyObject, sign } from 'node:crypto';
import type { KeyId } from '../foundation/index.ts';
import { TrustError } from './errors.ts';
import { parsePrivateJwk, privateKeyOf } from './private-key.ts';
import { parseSealingPublicKey, parseSigningPublicKey } from './public-key.ts';
import type { RandomBytes, SealingPublicKey, Signer, Unsealer } from './types.ts';

/** Signs with the Ed25519 key of a private JWK's text. @throws TrustError TRUST_KEY_INVALID. */
export function fileSigner(privateJwk: string): Signer {
  const { handle, publicKey: key } = parsePrivateJwk(privateJwk, 'Ed25519');
  const publicKey = parseSigningPublicKey(key);
  return { kid: publicKey.kid, publicKey, sign: async (input) => new Uint8Array(sign(null, input, handle)) };
}

/** A key for one secret: its public part, and the secret that it shares with a recipient. */
export interface EphemeralKey {
  /** 32 bytes in base64url. */
  readonly x: string;
  readonly agree: (recipient: SealingPublicKey) => Uint8Array;
}

/** A fresh X25519 key to be used once and forgotten. */
export function ephemeralKey(random: RandomBytes): EphemeralKey {
  const { handle, publicKey } = privateKeyOf('X25519', random(32));
  return {
    x: publicKey.x,
    agree: (recipient) => new Uint8Array(diffieHellman({ privateKey: handle, publicKey: recipient.handle })),
  };
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
