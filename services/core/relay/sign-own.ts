import { type SignedMessage, signMessages, type UnsignedMessage } from '../envelope/index.ts';
import type { Signer } from '../trust/index.ts';
import { RelayError } from './errors.ts';
import type { RelayContext } from './parts.ts';

/**
 * The messages in their order, signed with two signatures at the most: what is real with the office's key, exercises with
 * its key for exercises. @throws RelayError RELAY_DRILL_KEY_MISSING; TrustError TRUST_SIGNER_FAILED.
 */
export async function signOwn(
  { self, signer, drillSigner, clock }: Pick<RelayContext, 'self' | 'signer' | 'drillSigner' | 'clock'>,
  messages: readonly UnsignedMessage[],
): Promise<SignedMessage[]> {
  const sign = async (key: Signer | null, some: readonly UnsignedMessage[]): Promise<Iterator<SignedMessage>> => {
    if (some.length === 0) return [].values();
    if (key === null) throw new RelayError('RELAY_DRILL_KEY_MISSING');
    return (await signMessages(key, self, some, clock.now())).values();
  };
  const drills = await sign(
    drillSigner,
    messages.filter(({ header }) => header.drill),
  );
  const others = await sign(
    signer,
    messages.filter(({ header }) => !header.drill),
  );
  return messages.map(({ header }) => (header.drill ? drills : others).next().value as SignedMessage);
}
