import type { SignedReceiptBytes } from '../envelope/index.ts';
import {
  type Digest,
  digestFromBytes,
  digestOf,
  type EnvelopeId,
  type EpochMs,
  isLiaisonError,
  type OfficeId,
  parseEnvelopeId,
  parseOfficeId,
} from '../foundation/index.ts';
import { crossingCodec, envelopeCodec, Outcome, ReceiptKind } from '../wire/index.ts';
import type { JudgedCrossing } from './judge-crossings.ts';
import type { RelayContext } from './parts.ts';

interface Identity {
  readonly origin: OfficeId;
  readonly envelopeId: EnvelopeId;
  readonly envelopeDigest: Digest;
}

const KIND_OF_OUTCOME = {
  [Outcome.RELEASED]: ReceiptKind.DELIVERY,
  [Outcome.HELD]: ReceiptKind.RELAY_ACCEPTANCE,
  [Outcome.REFUSED]: ReceiptKind.NON_DELIVERY,
  [Outcome.UNSPECIFIED]: ReceiptKind.RELAY_FAILURE,
} as const;

/** What a crossing that failed claims to be; only to tell its sender which one it was. */
function claimedIdentity(bytes: Uint8Array): Identity | null {
  try {
    const signed = crossingCodec.decode(bytes).envelope;
    if (signed === null) return null;
    const header = envelopeCodec.decode(signed.envelope).header;
    return {
      origin: parseOfficeId(header?.origin),
      envelopeId: parseEnvelopeId(header?.id),
      envelopeDigest: digestOf(signed.envelope),
    };
  } catch (cause) {
    if (!isLiaisonError(cause)) throw cause;
    return null;
  }
}

/** The answer to a crossing: what became of it, for exactly these bytes. Null where it cannot even be told which envelope it claims to hold. */
export async function crossingReceipt(
  context: RelayContext,
  { item, digest, outcome }: JudgedCrossing,
  from: OfficeId,
  judgedMs: number,
): Promise<SignedReceiptBytes | null> {
  const failed = 'failure' in outcome;
  const about: Identity | null = failed ? claimedIdentity(item.bytes) : outcome.crossing;
  if (about === null) return null;
  const decided = failed ? Outcome.UNSPECIFIED : outcome.decision.outcome;
  return await context.receipts.sign({
    kind: KIND_OF_OUTCOME[decided],
    addressee: from,
    origin: about.origin,
    envelopeId: about.envelopeId,
    envelopeDigest: about.envelopeDigest,
    crossingDigest: digestFromBytes(digest),
    atMs: context.clock.now(),
    reason: failed ? outcome.failure : decided === Outcome.REFUSED ? 'POLICY_REFUSED' : '',
    relayedMs: failed ? null : (judgedMs as EpochMs),
  });
}
