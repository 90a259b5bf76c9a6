import type { EpochMs } from '../foundation/index.ts';
import { type Signer, signProofs } from '../trust/index.ts';
import { HeadKind, type Init, type Proof, type Receipt, receiptCodec, signedReceiptCodec } from '../wire/index.ts';
import { assertReceipt } from './check-receipt.ts';
import type { SignedReceiptBytes } from './types.ts';

/**
 * The receipts of one office, each sound, with one signature for all of them.
 * @throws EnvelopeError ENVELOPE_RECEIPT_MALFORMED; TrustError TRUST_SIGNER_FAILED; TypeError for receipts of two offices.
 */
export async function signReceipts(
  signer: Signer,
  receipts: readonly Init<Receipt>[],
  at: EpochMs,
): Promise<SignedReceiptBytes[]> {
  const encoded = receipts.map((receipt) => receiptCodec.encode(receipt));
  const sound = encoded.map((bytes) => receiptCodec.decode(bytes));
  sound.forEach(assertReceipt);
  const issuer = sound[0]?.issuer ?? '';
  if (sound.some((receipt) => receipt.issuer !== issuer)) throw new TypeError('an office signs its own receipts');
  const proofs = await signProofs(signer, HeadKind.RECEIPT, issuer, encoded, at);
  return encoded.map((bytes, i) => {
    const signed = { receipt: bytes, proof: proofs[i] as Proof };
    return { receipt: sound[i] as Receipt, signed, bytes: signedReceiptCodec.encode(signed) };
  });
}
