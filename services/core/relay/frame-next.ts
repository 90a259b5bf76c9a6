import { digestOf, type OfficeId, type Scope } from '../foundation/index.ts';
import type {
  LaneItem,
  LedgerEvent,
  NumberSet,
  OfficeProjection,
  OutboundFrame,
  OutboundLane,
} from '../ledger/index.ts';
import type { Lane } from '../wire/index.ts';
import type { Desk, LeavingItem } from './desk.ts';
import { copySubject } from './end-copy.ts';
import type { FrameMaker } from './frame-maker.ts';
import type { LoadedItem } from './load-item.ts';
import type { RelayEvents } from './relay-events.ts';
import type { RelaySettings } from './types.ts';

/** What a frame is made with. */
export interface FramingParts {
  readonly to: OfficeId;
  readonly projection: OfficeProjection;
  readonly desk: Desk;
  readonly frames: FrameMaker;
  readonly settings: RelaySettings;
  readonly events: RelayEvents;
  readonly load: (lane: Lane, item: LaneItem | undefined) => Promise<LoadedItem>;
  /** Numbers whose content was found to be gone. */
  readonly gone: NumberSet;
  readonly giveUp: (lane: Lane, first: number, last: number, code: string) => Promise<void>;
  /** What an item of a lane is scoped to. */
  readonly scopeOf: (lane: Lane, item: LaneItem) => Scope;
  /** Whether what has that scope may leave for the office now. */
  readonly isOpen: (scope: Scope) => boolean;
  readonly maxBytes: number;
}

/** A frame whose header is on record. */
export interface RecordedFrame {
  readonly frame: OutboundFrame;
  readonly items: readonly Uint8Array[];
}

interface NextItems {
  readonly first: number;
  readonly scope: Scope;
  readonly numbered: readonly LaneItem[];
  readonly items: readonly Uint8Array[];
}

/** The first number of the lane that is still to be framed. */
function nextNumber({ framedThrough, voids }: OutboundLane, gone: NumberSet): number {
  let number = framedThrough + 1;
  while (voids.has(number) || gone.has(number))
    number = Math.max(voids.rangeOf(number)?.last ?? 0, gone.rangeOf(number)?.last ?? 0) + 1;
  return number;
}

/** The last of the items from `first` on that one after the other are scoped to a closed channel; 0 where the first is not. */
function closedThrough({ scopeOf, isOpen, settings }: FramingParts, lane: OutboundLane, first: number): number {
  let through = 0;
  for (let number = first; number < first + settings.maxFrameItems; number++) {
    const item = lane.items.get(number);
    if (item === undefined || isOpen(scopeOf(lane.lane, item))) break;
    through = number;
  }
  return through;
}

/** The next items of the lane, as many as fit, follow one another and have one scope; `changed` when one of them had to be given up. */
async function nextItems(parts: FramingParts, lane: OutboundLane): Promise<NextItems | 'nothing' | 'changed'> {
  const first = nextNumber(lane, parts.gone);
  const closed = closedThrough(parts, lane, first);
  if (closed > 0) {
    await parts.giveUp(lane.lane, first, closed, 'RELAY_CHANNEL_CLOSED');
    return 'changed';
  }
  let scope: Scope | undefined;
  const numbered: LaneItem[] = [];
  const items: Uint8Array[] = [];
  let bytes = 0;
  for (let number = first; number < lane.nextNumber && items.length < parts.settings.maxFrameItems; number++) {
    const item = lane.items.get(number);
    if (item === undefined || parts.scopeOf(lane.lane, item) !== (scope ?? parts.scopeOf(lane.lane, item))) break;
    const loaded = await parts.load(lane.lane, item);
    if ('gone' in loaded) {
      if (items.length > 0) break;
      await parts.giveUp(lane.lane, number, number, loaded.gone);
      return 'changed';
    }
    if (items.length > 0 && bytes + loaded.bytes.length > parts.maxBytes) break;
    scope ??= parts.scopeOf(lane.lane, item);
    numbered.push(item);
    items.push(loaded.bytes);
    bytes += loaded.bytes.length;
  }
  return scope === undefined ? 'nothing' : { first, scope, numbered, items };
}

/**
 * Makes the next frame of a lane and puts its header on record: from then on these numbers have this frame and no
 * other. `changed` when the lane changed meanwhile and is to be looked at again.
 */
export async function frameNext(parts: FramingParts, laneName: Lane): Promise<RecordedFrame | 'nothing' | 'changed'> {
  const { to, projection, desk } = parts;
  const lane = projection.lanes.lane(to, laneName);
  const next = await nextItems(parts, lane);
  if (typeof next === 'string') return next;
  const { first, scope, numbered, items } = next;
  const previous = lane.lastHeader;
  const made = await parts.frames.make(to, scope, laneName, first, previous, items);
  const recorded = await desk.commit(
    () => {
      // What expired, or whose channel was closed, while the frame was made must not be in it: its number stands for nothing any more.
      const stillWaits =
        lane.lastHeader === previous && numbered.every(({ number }) => lane.items.has(number)) && parts.isOpen(scope);
      return {
        contents: [],
        events: () => (stillWaits ? [{ frameSealed: { header: made.header, proof: made.proof } }] : []),
        result: () => stillWaits,
      };
    },
    numbered.map(({ message }) => copySubject(message, to)),
  );
  if (!recorded) return 'changed';
  return recordedFrame(parts, laneName, made.header, items);
}

/** A frame that is made to go on record with its items. */
export interface LeavingFrame {
  readonly event: LedgerEvent;
  /** To be asked once it is on disk. */
  readonly recorded: () => RecordedFrame;
}

/**
 * A frame of items that are about to go on record under the next numbers of their lane, to be recorded directly behind
 * them: so its header needs no append of its own. As many as fit and have the scope of the first; none where others of the
 * lane have to go before, or their channel is closed.
 */
export async function frameLeaving(
  parts: Omit<FramingParts, 'load' | 'giveUp' | 'desk' | 'scopeOf'>,
  laneName: Lane,
  leaving: readonly LeavingItem[],
): Promise<LeavingFrame | undefined> {
  const { to, settings } = parts;
  const lane = parts.projection.lanes.lane(to, laneName);
  const first = lane.nextNumber;
  const scope = leaving[0]?.scope;
  if (nextNumber(lane, parts.gone) !== first || scope === undefined || !parts.isOpen(scope)) return undefined;
  const items: Uint8Array[] = [];
  let bytes = 0;
  for (const item of leaving) {
    bytes += item.bytes.length;
    const fits = items.length === 0 || (items.length < settings.maxFrameItems && bytes <= parts.maxBytes);
    if (item.number !== first + items.length || item.scope !== scope || !fits) break;
    items.push(item.bytes);
  }
  if (items.length === 0) return undefined;
  const { header, proof } = await parts.frames.make(to, scope, laneName, first, lane.lastHeader, items);
  return { event: { frameSealed: { header, proof } }, recorded: () => recordedFrame(parts, laneName, header, items) };
}

function recordedFrame(
  { to, projection, events }: Pick<FramingParts, 'to' | 'projection' | 'events'>,
  laneName: Lane,
  header: Uint8Array,
  items: readonly Uint8Array[],
): RecordedFrame {
  const lane = projection.lanes.lane(to, laneName);
  const digest = digestOf(header);
  const frame = lane.frames.findLast((candidate) => candidate.digest === digest);
  if (frame === undefined) throw new TypeError('a frame that is on record stands on no lane');
  let bytes = 0;
  for (const item of items) bytes += item.length;
  events.framed({ to, lane: laneName, first: frame.first, last: frame.last, bytes });
  return { frame, items };
}
