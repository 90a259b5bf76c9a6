import { channelOf, isOfficeId, nationOf, type OfficeId, pairScope, type Scope } from '../foundation/index.ts';
import type { FrameHeader, Lane } from '../wire/index.ts';
import { EnvelopeError } from './errors.ts';
import { carriedOn } from './lanes.ts';
import { FRAME_MAX_ITEMS } from './limits.ts';
import { isTime } from './text-forms.ts';

const CHAIN_BYTES = 16;
const DIGEST_BYTES = 32;

type FieldCheck = readonly [field: string, isSound: (header: FrameHeader) => boolean];

function hasSoundNumbers({ lane, first, last, previous }: FrameHeader): boolean {
  if (carriedOn(lane) === 'status') return first === 0 && last === 0 && previous.length === 0;
  if (!Number.isSafeInteger(first) || !Number.isSafeInteger(last)) return false;
  // Nothing comes before number 1. A first frame may have a higher number: those before may have expired unsent.
  const hasSoundPrevious = previous.length === 0 || (previous.length === DIGEST_BYTES && first > 1);
  return hasSoundPrevious && first >= 1 && last >= first && last - first < FRAME_MAX_ITEMS;
}

const FIELD_CHECKS: readonly FieldCheck[] = [
  ['from', ({ from }) => isOfficeId(from)],
  ['to', ({ to }) => isOfficeId(to)],
  ['lane', ({ lane }) => carriedOn(lane) !== undefined],
  ['numbers', hasSoundNumbers],
  ['chain', ({ chain }) => chain.length === CHAIN_BYTES],
  ['root', ({ root }) => root.length === DIGEST_BYTES],
  ['madeMs', ({ madeMs }) => isTime(madeMs)],
];

/** Every field of a frame header has its form, and its numbers make sense on its lane. @throws EnvelopeError ENVELOPE_FRAME_HEADER_INVALID. */
export function assertFrameHeader(header: FrameHeader): void {
  for (const [field, isSound] of FIELD_CHECKS) {
    if (!isSound(header)) throw new EnvelopeError('ENVELOPE_FRAME_HEADER_INVALID', { context: { field } });
  }
}

/**
 * Whether what goes from one office to the other on that lane may have that scope: of their border pair, or, of crossings,
 * of a joint operation's channel. Whether they are in that operation, and it is live, is not judged.
 */
export function isScopeOf(scope: string, from: OfficeId, to: OfficeId, lane: Lane): scope is Scope {
  if (nationOf(from) === nationOf(to)) return false;
  return scope === pairScope(from, to) || (carriedOn(lane) === 'crossings' && channelOf(scope) !== undefined);
}

/** How many items a frame with that header holds. */
export function itemCountOf({ lane, first, last }: FrameHeader): number {
  return carriedOn(lane) === 'status' ? 1 : last - first + 1;
}
