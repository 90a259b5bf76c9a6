import { type Digest, type EnvelopeId, later, type OfficeId, toHex } from '../foundation/index.ts';
import { CLOCK_TOLERANCE_MS, verifyProof } from '../trust/index.ts';
import { HeadKind, type Receipt, receiptCodec, type SignedReceipt, signedReceiptCodec } from '../wire/index.ts';
import { assertReceipt } from './check-receipt.ts';
import { decodeExact } from './decode-exact.ts';
import { EnvelopeError } from './errors.ts';
import type { CrossingContext, UnverifiedReceipt, VerifiedReceipt, VerifyContext } from './types.ts';

function parse({ receipt: bytes }: SignedReceipt): Receipt {
  const receipt = decodeExact(receiptCodec, bytes, 'ENVELOPE_RECEIPT_MALFORMED');
  assertReceipt(receipt);
  return receipt;
}

/**
 * Its issuer said so: the receipt is sound and signed by the office that it names as its issuer, with a key that was
 * good for it. Takes an encoded SignedReceipt.
 * @throws EnvelopeError ENVELOPE_RECEIPT_MALFORMED, ENVELOPE_RECEIPT_SIGNER_MISMATCH; TrustError as `verifyProof`.
 */
export function verifySignedReceipt(bytes: Uint8Array, { keyOf, heads }: VerifyContext): VerifiedReceipt {
  const signedReceipt = decodeExact(signedReceiptCodec, bytes, 'ENVELOPE_RECEIPT_MALFORMED');
  const receipt = parse(signedReceipt);
  const signed = verifyProof(signedReceipt.receipt, signedReceipt.proof, { kind: HeadKind.RECEIPT, keyOf, heads });
  if (signed.signer !== receipt.issuer)
    throw new EnvelopeError('ENVELOPE_RECEIPT_SIGNER_MISMATCH', { context: { issuer: receipt.issuer } });
  return {
    receipt,
    receiptBytes: signedReceipt.receipt,
    signedReceipt: bytes,
    proof: signedReceipt.proof,
    issuer: receipt.issuer as OfficeId,
    addressee: receipt.addressee as OfficeId,
    origin: receipt.origin as OfficeId,
    envelopeId: receipt.envelopeId as EnvelopeId,
    signed,
  } as VerifiedReceipt;
}

/**
 * A receipt for this office from the office whose frame it came in, about a time that has come. Whether it answers
 * anything that this office sent, `assertReceiptAnswers` tells.
 * @throws EnvelopeError ENVELOPE_RECEIPT_MALFORMED, ENVELOPE_RECEIPT_SIGNER_MISMATCH, ENVELOPE_NOT_ADDRESSED_TO_US,
 * ENVELOPE_FROM_FUTURE; TrustError as `verifyProof`.
 */
export function verifyReceipt(
  item: UnverifiedReceipt,
  context: Pick<CrossingContext, 'keyOf' | 'heads' | 'now'>,
): VerifiedReceipt {
  const verified = verifySignedReceipt(item.bytes, context);
  const { from, to } = item.frame;
  if (verified.issuer !== from)
    throw new EnvelopeError('ENVELOPE_RECEIPT_SIGNER_MISMATCH', { context: { issuer: verified.issuer, from } });
  if (verified.addressee !== to) throw new EnvelopeError('ENVELOPE_NOT_ADDRESSED_TO_US', { context: { from } });
  if (verified.receipt.atMs > later(context.now, CLOCK_TOLERANCE_MS))
    throw new EnvelopeError('ENVELOPE_FROM_FUTURE', { context: { from } });
  return verified;
}

/** Which envelope a receipt has to be about. */
export interface AnsweredEnvelope {
  readonly origin: OfficeId;
  readonly envelopeId: EnvelopeId;
  readonly envelopeDigest: Digest;
}

/** What was sent to the office that a receipt is from. */
export interface SentCrossing extends AnsweredEnvelope {
  readonly to: OfficeId;
  readonly crossingDigest: Digest;
}

function mismatch(fault: string, issuer: OfficeId): EnvelopeError {
  return new EnvelopeError('ENVELOPE_RECEIPT_MISMATCH', { context: { fault, issuer } });
}

/** The receipt is about exactly that envelope. @throws EnvelopeError ENVELOPE_RECEIPT_MISMATCH. */
export function assertReceiptAbout(
  { receipt, issuer, origin, envelopeId }: VerifiedReceipt,
  about: AnsweredEnvelope,
): void {
  if (origin !== about.origin || envelopeId !== about.envelopeId) throw mismatch('envelope', issuer);
  if (toHex(receipt.envelopeDigest) !== about.envelopeDigest) throw mismatch('envelope-digest', issuer);
}

/** The receipt is about exactly the bytes that were sent to its issuer: only then does it prove anything. @throws EnvelopeError ENVELOPE_RECEIPT_MISMATCH. */
export function assertReceiptAnswers(verified: VerifiedReceipt, sent: SentCrossing): void {
  assertReceiptAbout(verified, sent);
  if (verified.issuer !== sent.to) throw mismatch('issuer', verified.issuer);
  if (toHex(verified.receipt.crossingDigest) !== sent.crossingDigest)
    throw mismatch('crossing-digest', verified.issuer);
}
