import { type LaneStatus, type LedgerHead, type LinkStatus, linkStatusCodec, type NumberRange } from '../wire/index.ts';
import { decodeExact } from './decode-exact.ts';
import { EnvelopeError } from './errors.ts';
import { carriedOn } from './lanes.ts';
import { isTime } from './text-forms.ts';
import type { UnverifiedStatus, VerifiedStatus } from './types.ts';

const DIGEST_BYTES = 32;
const CHAIN_BYTES = 16;

function isCount(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0;
}

/** Ranges in ascending order that neither overlap nor touch the one before. */
function areRanges(ranges: readonly NumberRange[]): boolean {
  return ranges.every(
    ({ first, last }, i) =>
      isCount(first) && isCount(last) && first >= 1 && last >= first && first > (ranges[i - 1]?.last ?? 0),
  );
}

function isNumberedLane({ lane }: LaneStatus): boolean {
  const carried = carriedOn(lane);
  return carried === 'crossings' || carried === 'receipts';
}

function isSoundLane(status: LaneStatus): boolean {
  const { sentThrough, haveThrough, missing, voided } = status;
  const missesWhatItHas = missing.some(({ first }) => first <= haveThrough);
  return (
    isNumberedLane(status) &&
    isCount(sentThrough) &&
    isCount(haveThrough) &&
    areRanges(missing) &&
    areRanges(voided) &&
    !missesWhatItHas
  );
}

function isSoundHead(head: LedgerHead | null): boolean {
  return head === null || (isCount(head.number) && head.number >= 1 && head.digest.length === DIGEST_BYTES);
}

type FieldCheck = readonly [field: keyof LinkStatus, isSound: (status: LinkStatus) => boolean];

const FIELD_CHECKS: readonly FieldCheck[] = [
  ['lanes', ({ lanes }) => lanes.every(isSoundLane) && new Set(lanes.map(({ lane }) => lane)).size === lanes.length],
  ['head', ({ head }) => isSoundHead(head)],
  ['witnessed', ({ witnessed }) => isSoundHead(witnessed)],
  ['chain', ({ chain }) => chain.length === CHAIN_BYTES],
  ['atMs', ({ atMs }) => isTime(atMs)],
  ['directorySequence', ({ directorySequence }) => isCount(directorySequence)],
];

/** How the frame's sender sees the link, in its own signed word: sound in itself, not compared with anything. @throws EnvelopeError ENVELOPE_STATUS_MALFORMED. */
export function verifyStatus(item: UnverifiedStatus): VerifiedStatus {
  const status = decodeExact(linkStatusCodec, item.bytes, 'ENVELOPE_STATUS_MALFORMED');
  for (const [field, isSound] of FIELD_CHECKS) {
    if (!isSound(status)) throw new EnvelopeError('ENVELOPE_STATUS_MALFORMED', { context: { field } });
  }
  return { from: item.frame.from, status } as VerifiedStatus;
}
