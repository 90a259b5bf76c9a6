import { copyBytes, digestOf, type EpochMs, type OfficeId, type Scope } from '../../foundation/index.ts';
import { type FrameSealed, frameHeaderCodec, Lane } from '../../wire/index.ts';
import { type NumberSet, numberSet } from './number-set.ts';
import type { OutboundFrame } from './views.ts';

/** What stands on a lane under a number until the neighbour is known to have it. */
export interface LaneItem {
  readonly number: number;
  /** On the receipts lane the encoded SignedReceipt; null where the crossing lies in the content store. */
  readonly bytes: Uint8Array | null;
  /** `<origin>/<id>` of the message it belongs to. */
  readonly message: string;
}

/** One numbered, chained sequence towards one neighbour, as the ledger has it. */
export interface OutboundLane {
  readonly to: OfficeId;
  readonly lane: Lane;
  /** The number the next item gets. */
  nextNumber: number;
  /** The highest number that is part of a frame. */
  framedThrough: number;
  /** Hash of the newest frame's header; null before the first. */
  lastHeader: Uint8Array | null;
  /** Items of frames that are not confirmed, and those that are in none yet, by number. */
  readonly items: Map<number, LaneItem>;
  /** Frames that are not confirmed, oldest first. */
  readonly frames: OutboundFrame[];
  /** Numbers that expired before they were framed and will never be sent. */
  readonly voids: NumberSet;
  confirmedThrough: number;
}

/** The lanes of crossings, most urgent first, pieces of files last. */
export const CROSSING_LANES = [Lane.FLASH, Lane.IMMEDIATE, Lane.PRIORITY, Lane.ROUTINE, Lane.BULK] as const;

/** All lanes towards all neighbours. */
export interface OutboundLanes {
  readonly lane: (to: OfficeId, lane: Lane) => OutboundLane;
  readonly lanesTo: (to: OfficeId) => readonly OutboundLane[];
  readonly all: () => readonly OutboundLane[];
  readonly enqueue: (to: OfficeId, lane: Lane, item: LaneItem) => void;
  readonly framed: (event: FrameSealed, atMs: EpochMs) => OutboundFrame;
  readonly relayed: (to: OfficeId, lane: Lane, last: number, atMs: EpochMs) => readonly LaneItem[];
  readonly confirmed: (to: OfficeId, lane: Lane, through: number) => void;
  /** Marks a number that was never framed as one that will not come. */
  readonly voided: (to: OfficeId, lane: Lane, number: number) => void;
}

/** No lanes yet. */
export function outboundLanes(): OutboundLanes {
  const byOffice = new Map<OfficeId, Map<Lane, OutboundLane>>();

  const find = (to: OfficeId, lane: Lane): OutboundLane =>
    byOffice.get(to)?.get(lane) ?? {
      to,
      lane,
      nextNumber: 1,
      framedThrough: 0,
      lastHeader: null,
      items: new Map(),
      frames: [],
      voids: numberSet(),
      confirmedThrough: 0,
    };

  const laneOf = (to: OfficeId, lane: Lane): OutboundLane => {
    let lanes = byOffice.get(to);
    if (lanes === undefined) {
      lanes = new Map();
      byOffice.set(to, lanes);
    }
    const found = find(to, lane);
    lanes.set(lane, found);
    return found;
  };

  return {
    // To ask after a lane makes none: only records do.
    lane: find,
    lanesTo: (to) => [...(byOffice.get(to)?.values() ?? [])],
    all: () => [...byOffice.values()].flatMap((lanes) => [...lanes.values()]),
    enqueue: (to, lane, item) => {
      const target = laneOf(to, lane);
      target.items.set(item.number, item);
      target.nextNumber = Math.max(target.nextNumber, item.number + 1);
    },
    framed: (event, atMs) => {
      const header = frameHeaderCodec.decode(event.header);
      const target = laneOf(header.to as OfficeId, header.lane);
      const bytes = copyBytes(event.header);
      const digest = digestOf(bytes);
      const frame: OutboundFrame = {
        scope: header.scope as Scope,
        first: header.first,
        last: header.last,
        header: bytes,
        digest,
        proof: {
          protected: copyBytes(event.proof?.protected ?? new Uint8Array()),
          head: copyBytes(event.proof?.head ?? new Uint8Array()),
          signature: copyBytes(event.proof?.signature ?? new Uint8Array()),
          leafIndex: event.proof?.leafIndex ?? 0,
          path: (event.proof?.path ?? []).map(copyBytes),
        },
        madeMs: atMs,
        relayedMs: null,
      };
      target.frames.push(frame);
      target.framedThrough = Math.max(target.framedThrough, header.last);
      target.lastHeader = Buffer.from(digest, 'hex');
      return frame;
    },
    relayed: (to, lane, last, atMs) => {
      const target = laneOf(to, lane);
      const frame = target.frames.findLast((candidate) => candidate.last === last);
      if (frame === undefined || frame.relayedMs !== null) return [];
      frame.relayedMs = atMs;
      const items: LaneItem[] = [];
      for (let number = frame.first; number <= frame.last; number++) {
        const item = target.items.get(number);
        if (item !== undefined) items.push(item);
      }
      return items;
    },
    confirmed: (to, lane, through) => {
      const target = laneOf(to, lane);
      // A frame is sent whole or not at all, so nothing of it is forgotten before all of it is confirmed.
      while ((target.frames[0]?.last ?? Number.POSITIVE_INFINITY) <= through) {
        const done = target.frames.shift() as OutboundFrame;
        for (let number = done.first; number <= done.last; number++) target.items.delete(number);
      }
      target.confirmedThrough = Math.max(target.confirmedThrough, through);
    },
    voided: (to, lane, number) => {
      const target = laneOf(to, lane);
      if (number <= target.framedThrough) return;
      target.items.delete(number);
      target.voids.add(number);
    },
  };
}
