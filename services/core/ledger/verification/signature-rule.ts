import { type EpochMs, isDrillScope, isLiaisonError } from '../../foundation/index.ts';
import { headCache, type KeyOf, verifyProof } from '../../trust/index.ts';
import { HeadKind, type Proof } from '../../wire/index.ts';
import { readFrameHeader, readReceipt } from './read-bytes.ts';
import type { Rule, RuleContext, SignatureCheck } from './types.ts';

/** Every frame and receipt on record is signed by the office it names, with a key that was good for it when it was recorded: frames of exercises with one for exercises. */
export function signatureRule(signatures: SignatureCheck): Rule {
  if (signatures === 'not checked') return () => undefined;
  const heads = headCache();

  const check = (
    { record, find, count }: RuleContext,
    kind: HeadKind,
    item: Uint8Array,
    proof: Proof | null,
    signer: string,
    drill: boolean,
  ): void => {
    count('signatures');
    const keyOf: KeyOf = signatures.keysForEvidence(record.atMs as EpochMs);
    try {
      const verified = verifyProof(item, proof, { kind, keyOf, heads, drill });
      if (verified.signer !== signer) find('LEDGER_SIGNATURE_INVALID', { signer, by: verified.signer });
    } catch (error) {
      if (!isLiaisonError(error)) throw error;
      find('LEDGER_SIGNATURE_INVALID', { signer, code: error.code });
    }
  };

  return (context) => {
    const { frameSealed, frameReceived, receiptIssued, receiptReceived } = context.record;
    const frame = frameSealed ?? frameReceived;
    if (frame !== null) {
      // What cannot be read has been found already, and names nobody.
      const header = readFrameHeader(frame.header);
      if (header !== undefined)
        check(context, HeadKind.FRAME, frame.header, frame.proof, header.from, isDrillScope(header.scope));
      return;
    }
    const signed = (receiptIssued ?? receiptReceived)?.receipt ?? null;
    const receipt = readReceipt(signed?.receipt);
    if (signed !== null && receipt !== undefined)
      check(context, HeadKind.RECEIPT, signed.receipt, signed.proof, receipt.issuer, false);
  };
}
