import { type Init, Lane, type LaneStatus, type LinkStatus, type Receipt, ReceiptKind } from '../../../../services/core/wire/index.ts';
import { NOON } from './actors.ts';
import { CHAIN } from './build-transit.ts';
import { withUnknownField } from './change-bytes.ts';
import type { Defect } from './defects-frame.ts';

const bytes = (size: number) => new Uint8Array(size).fill(1);
const TOLERANCE = 300_000;

function receipt(what: string, change: Init<Receipt>, code = 'ENVELOPE_RECEIPT_MALFORMED'): Defect {
  return { what, code, recipe: { lane: Lane.RECEIPTS, receipt: (sound) => ({ ...sound, ...change }) } };
}

export const RECEIPT_DEFECTS: Readonly<Record<string, Defect>> = {
  'receipt-unknown-field': { what: 'the signed receipt has a field that the contract does not have', code: 'ENVELOPE_RECEIPT_MALFORMED', recipe: { lane: Lane.RECEIPTS, receiptBytes: withUnknownField } },
  'receipt-item-unknown-field': { what: 'what holds the receipt has a field that the contract does not have', code: 'ENVELOPE_RECEIPT_MALFORMED', recipe: { lane: Lane.RECEIPTS, signedReceiptBytes: withUnknownField } },
  'receipt-kind-unspecified': receipt('no kind', { kind: ReceiptKind.UNSPECIFIED }),
  'receipt-kind-unknown': receipt('a kind that this version does not know', { kind: 99 as ReceiptKind }),
  'receipt-issuer-invalid': receipt('the issuer is no office id', { issuer: 'TH' }),
  'receipt-addressee-invalid': receipt('the addressee is no office id', { addressee: 'LA' }),
  'receipt-origin-invalid': receipt('the origin is no office id', { origin: '' }),
  'receipt-envelope-id-malformed': receipt('no envelope id', { envelopeId: 'CK-118' }),
  'receipt-envelope-digest-short': receipt('an envelope digest of 31 bytes', { envelopeDigest: bytes(31) }),
  'receipt-crossing-digest-missing': receipt('a delivery of no crossing', { crossingDigest: new Uint8Array(0) }),
  'receipt-submission-of-crossing': receipt('a submission with a crossing', { kind: ReceiptKind.SUBMISSION_ACCEPTANCE }),
  'receipt-time-missing': receipt('no time', { atMs: 0 }),
  'receipt-reason-of-delivery': receipt('a delivery with a reason why not', { reason: 'POLICY_REFUSED' }),
  'receipt-reason-missing': receipt('a non-delivery without a reason', { kind: ReceiptKind.NON_DELIVERY }),
  'receipt-reason-not-a-code': receipt('a reason that is a sentence', { kind: ReceiptKind.NON_DELIVERY, reason: 'we did not like it' }),
  'receipt-head-number-zero': receipt('a ledger of no record', { head: { number: 0, digest: bytes(32) } }),
  'receipt-head-digest-short': receipt('a ledger digest of 31 bytes', { head: { number: 1, digest: bytes(31) } }),
  'receipt-relayed-impossible': receipt('relayed at a time that no calendar has', { relayedMs: 8_640_000_000_000_001 }),
  'receipt-signed-by-another-office': { what: 'signed by another office, with its own good key', code: 'ENVELOPE_RECEIPT_SIGNER_MISMATCH', recipe: { lane: Lane.RECEIPTS, receiptProof: { key: 'mae-sai', signer: 'th-mae-sai' } } },
  'receipt-of-a-third-office': {
    what: 'the receipt of a third office, passed on',
    code: 'ENVELOPE_RECEIPT_SIGNER_MISMATCH',
    recipe: { lane: Lane.RECEIPTS, receipt: (sound) => ({ ...sound, issuer: 'th-mae-sai' }), receiptProof: { key: 'mae-sai', signer: 'th-mae-sai' } },
  },
  'receipt-for-another-office': receipt('for another office', { addressee: 'la-pakbeng' }, 'ENVELOPE_NOT_ADDRESSED_TO_US'),
  'receipt-from-future': receipt('said 5 minutes and a millisecond from now', { atMs: NOON + TOLERANCE + 1 }, 'ENVELOPE_FROM_FUTURE'),
  'receipt-key-revoked': { what: 'signed with a revoked key', code: 'TRUST_KEY_REVOKED', recipe: { lane: Lane.RECEIPTS, receiptProof: { key: 'th-revoked' } } },
  'receipt-proof-of-an-envelope': { what: 'signed as an envelope', code: 'TRUST_PROOF_HEADER_INVALID', recipe: { lane: Lane.RECEIPTS, receiptProof: { protected: (text) => text.replace('liaison-receipt', 'liaison-envelope') } } },
};

function status(what: string, change: Init<LinkStatus>): Defect {
  return { what, code: 'ENVELOPE_STATUS_MALFORMED', recipe: { lane: Lane.STATUS, status: (sound) => ({ ...sound, ...change }) } };
}

function lane(what: string, change: Init<LaneStatus>): Defect {
  const sound = { lane: Lane.FLASH, sentThrough: 9, haveThrough: 4, missing: [], voided: [] };
  return status(what, { lanes: [{ ...sound, ...change } as never] });
}

export const STATUS_DEFECTS: Readonly<Record<string, Defect>> = {
  'status-unknown-field': { what: 'a field that the contract does not have', code: 'ENVELOPE_STATUS_MALFORMED', recipe: { lane: Lane.STATUS, statusBytes: withUnknownField } },
  'status-lane-unnumbered': lane('a lane that has no numbers', { lane: Lane.STATUS }),
  'status-lane-twice': status('a lane twice', { lanes: [1, 2].map(() => ({ lane: Lane.FLASH })) as never }),
  'status-missing-what-it-has': lane('a number is missing that it says it has', { missing: [{ first: 4, last: 6 }] }),
  'status-missing-range-empty': lane('a range that ends before it begins', { missing: [{ first: 7, last: 6 }] }),
  'status-missing-from-zero': lane('a range from number 0', { voided: [{ first: 0, last: 2 }] }),
  'status-missing-ranges-overlap': lane('ranges that overlap', { missing: [{ first: 6, last: 8 }, { first: 8, last: 9 }] }),
  'status-voided-ranges-unordered': lane('ranges in another order', { voided: [{ first: 8, last: 9 }, { first: 2, last: 3 }] }),
  'status-head-digest-short': status('a ledger digest of 31 bytes', { head: { number: 1, digest: bytes(31) } }),
  'status-head-number-zero': status('a ledger of no record', { head: { number: 0, digest: bytes(32) } }),
  'status-witnessed-digest-short': status('a witnessed ledger digest of 31 bytes', { witnessed: { number: 1, digest: bytes(31) } }),
  'status-chain-short': status('the identity of a ledger of 15 bytes', { chain: CHAIN.subarray(1) }),
  'status-time-missing': status('no time', { atMs: 0 }),
};

