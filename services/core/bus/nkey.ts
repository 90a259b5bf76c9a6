import { createUser, fromSeed } from '@nats-io/nkeys';
import { nkeyAuthenticator } from 'nats';
import { BusError } from './errors.ts';

/** A user's key: the seed stays with the user, the public half goes into the server's configuration. */
export interface NkeyUser {
  /** `SU...`; write it with mode 0600. */
  readonly seed: string;
  /** `U...` */
  readonly publicKey: string;
}

/** A fresh user key (Ed25519). */
export function newNkeyUser(): NkeyUser {
  const pair = createUser();
  return { seed: new TextDecoder().decode(pair.getSeed()), publicKey: pair.getPublicKey() };
}

/** The public half of a seed. @throws BusError BUS_CONFIG_INVALID unless a user's seed. */
export function nkeyPublicOf(seed: string): string {
  try {
    const publicKey = fromSeed(new TextEncoder().encode(seed.trim())).getPublicKey();
    if (!publicKey.startsWith('U')) throw new TypeError('not the seed of a user');
    return publicKey;
  } catch (cause) {
    throw new BusError('BUS_CONFIG_INVALID', { cause, context: { value: 'nkeySeed', fault: 'not a user seed' } });
  }
}

/** Answers the server's challenge with the seed's signature. @throws BusError BUS_CONFIG_INVALID unless a user's seed. */
export function authenticatorOf(seed: string): ReturnType<typeof nkeyAuthenticator> {
  nkeyPublicOf(seed);
  return nkeyAuthenticator(new TextEncoder().encode(seed.trim()));
}
