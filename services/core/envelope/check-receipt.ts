import { isOfficeId } from '../foundation/index.ts';
import { type Receipt, ReceiptKind } from '../wire/index.ts';
import { EnvelopeError } from './errors.ts';
import { isCode, isEnvelopeId, isTime, specifiedIn } from './text-forms.ts';

const DIGEST_BYTES = 32;

const KINDS = specifiedIn(ReceiptKind);

const ABOUT_SUBMISSION: ReadonlySet<ReceiptKind> = new Set([
  ReceiptKind.SUBMISSION_ACCEPTANCE,
  ReceiptKind.SUBMISSION_REJECTION,
]);

const NEGATIVE: ReadonlySet<ReceiptKind> = new Set([
  ReceiptKind.SUBMISSION_REJECTION,
  ReceiptKind.RELAY_FAILURE,
  ReceiptKind.NON_DELIVERY,
  ReceiptKind.NON_RETRIEVAL,
]);

type FieldCheck = readonly [field: keyof Receipt, isSound: (receipt: Receipt) => boolean];

const FIELD_CHECKS: readonly FieldCheck[] = [
  ['kind', ({ kind }) => KINDS.has(kind)],
  ['issuer', ({ issuer }) => isOfficeId(issuer)],
  ['addressee', ({ addressee }) => isOfficeId(addressee)],
  ['origin', ({ origin }) => isOfficeId(origin)],
  ['envelopeId', ({ envelopeId }) => isEnvelopeId(envelopeId)],
  ['envelopeDigest', ({ envelopeDigest }) => envelopeDigest.length === DIGEST_BYTES],
  [
    'crossingDigest',
    ({ kind, crossingDigest }) => crossingDigest.length === (ABOUT_SUBMISSION.has(kind) ? 0 : DIGEST_BYTES),
  ],
  ['atMs', ({ atMs }) => isTime(atMs)],
  // A refusal without a reason, or a reason without a refusal, would be read in two ways.
  ['reason', ({ kind, reason }) => (NEGATIVE.has(kind) ? isCode(reason) : reason === '')],
  [
    'head',
    ({ head }) =>
      head === null || (Number.isSafeInteger(head.number) && head.number > 0 && head.digest.length === DIGEST_BYTES),
  ],
  ['relayedMs', ({ relayedMs }) => relayedMs === 0 || isTime(relayedMs)],
];

/** Every field of a receipt has its form and goes with its kind. @throws EnvelopeError ENVELOPE_RECEIPT_MALFORMED. */
export function assertReceipt(receipt: Receipt): void {
  for (const [field, isSound] of FIELD_CHECKS) {
    if (!isSound(receipt)) throw new EnvelopeError('ENVELOPE_RECEIPT_MALFORMED', { context: { field } });
  }
}
