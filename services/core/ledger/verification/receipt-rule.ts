import { toHex } from '../../foundation/index.ts';
import { Lane, ReceiptKind, type SignedReceipt } from '../../wire/index.ts';
import type { Arrivals } from './arrivals.ts';
import type { HeadWindow } from './head-window.ts';
import type { OutboundNumbers } from './outbound-numbers.ts';
import { readReceipt } from './read-bytes.ts';
import type { Rule, RuleContext } from './types.ts';

/** What ends a crossing without its having been sent. */
const ENDED: readonly ReceiptKind[] = [ReceiptKind.NON_DELIVERY, ReceiptKind.RELAY_FAILURE];

/**
 * Every receipt is by and for whom its record says; those of this office have the next number of their lane, name a
 * state that this ledger had, and confirm a delivery only of what was admitted; those of others are recorded once.
 */
export function receiptRule(office: string, numbers: OutboundNumbers, arrived: Arrivals, heads: HeadWindow): Rule {
  const issued = ({ record, find, count }: RuleContext, signed: SignedReceipt | null, number: number): void => {
    count('receiptsIssued');
    const receipt = readReceipt(signed?.receipt);
    if (receipt === undefined) {
      find('LEDGER_RECEIPT_MALFORMED');
      return;
    }
    const { issuer, addressee, kind, head, origin, envelopeId } = receipt;
    const digest = toHex(receipt.crossingDigest);
    const facts = { addressee, kind, envelopeId };
    if (issuer !== office) find('LEDGER_RECEIPT_FOREIGN', facts);
    if (number > 0 && !numbers.letGo(addressee, Lane.RECEIPTS, number, `receipt-${record.number}`))
      find('LEDGER_LANE_NUMBER_GAP', facts);
    if (number === 0 && ENDED.includes(kind)) numbers.end(addressee, digest);
    if (kind === ReceiptKind.DELIVERY && origin !== office && !arrived.takeAdmitted(digest))
      find('LEDGER_DELIVERY_UNDECIDED', facts);
    const compared = head === null ? 'different' : heads.compare(head.number, toHex(head.digest));
    if (compared === 'unknown') count('headsNotCompared');
    else {
      count('heads');
      if (compared !== 'same') find('LEDGER_RECEIPT_HEAD_MISMATCH', { ...facts, head: head?.number ?? 0 });
    }
  };

  return (context) => {
    const { receiptIssued, receiptReceived } = context.record;
    if (receiptIssued !== null) issued(context, receiptIssued.receipt, receiptIssued.number);
    else if (receiptReceived !== null) {
      const { find, count } = context;
      const { from, number, chain, receipt: signed } = receiptReceived;
      const facts = { from, number };
      // Of one that did not verify only the number is on record, so that it is not asked for again.
      if (signed !== null) {
        count('receiptsReceived');
        const receipt = readReceipt(signed.receipt);
        if (receipt === undefined) find('LEDGER_RECEIPT_MALFORMED', facts);
        else if (receipt.issuer !== from || receipt.addressee !== office) find('LEDGER_RECEIPT_FOREIGN', facts);
      }
      const { framed, fresh } = arrived.arrive(from, toHex(chain), Lane.RECEIPTS, number);
      if (!framed) find('LEDGER_RECEIVED_UNFRAMED', facts);
      if (!fresh) find('LEDGER_RECEIVED_TWICE', facts);
    }
  };
}
