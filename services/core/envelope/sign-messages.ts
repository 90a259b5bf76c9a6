import type { EpochMs, OfficeId } from '../foundation/index.ts';
import { type Signer, signProofs } from '../trust/index.ts';
import { HeadKind, type Proof, signedEnvelopeCodec } from '../wire/index.ts';
import type { SignedMessage, UnsignedMessage } from './types.ts';

function signed(message: UnsignedMessage, proof: Proof): SignedMessage {
  const signedEnvelope = signedEnvelopeCodec.encode({ envelope: message.envelopeBytes, proof });
  return { ...message, signedEnvelope, proof } as unknown as SignedMessage;
}

/**
 * The messages with their origin's signature, one for all of them, for all recipients and for ever. Exercises are signed
 * with a key for exercises, which is good for nothing else.
 * @throws TypeError for a message of another origin, and for exercises among others; TrustError TRUST_SIGNER_FAILED.
 */
export async function signMessages(
  signer: Signer,
  office: OfficeId,
  messages: readonly UnsignedMessage[],
  at: EpochMs,
): Promise<SignedMessage[]> {
  for (const { header } of messages)
    if (header.origin !== office) throw new TypeError('an office signs what it says itself');
  if (new Set(messages.map(({ header }) => header.drill)).size > 1)
    throw new TypeError('an exercise is signed with a key of its own');
  const proofs = await signProofs(
    signer,
    HeadKind.ENVELOPE,
    office,
    messages.map((message) => message.envelopeBytes),
    at,
  );
  return messages.map((message, i) => signed(message, proofs[i] as Proof));
}
