import type { Lane } from '../../wire/index.ts';

/** A number that was let go and is not part of a frame yet. */
interface OpenNumber {
  readonly key: string;
  voided: boolean;
}

interface LaneNumbers {
  next: number;
  framedThrough: number;
  /** Digest of the newest frame's header; empty before the first. */
  lastHeader: string;
  readonly open: Map<number, OpenNumber>;
}

/** What is wrong with the numbers of a frame. */
export interface FrameNumbersFault {
  readonly gap: boolean;
  readonly undecided: boolean;
}

/** The numbers of every lane, from the decision that let each go to the frame it went in; remembers only those in between. */
export interface OutboundNumbers {
  /** True when it is the next number of its lane. `key` finds it again when it ends by expiry. */
  readonly letGo: (to: string, lane: Lane, number: number, key: string) => boolean;
  /** The item ended without being sent; its number will be missing on the lane. */
  readonly end: (to: string, key: string) => void;
  readonly frame: (to: string, lane: Lane, first: number, last: number) => FrameNumbersFault;
  /** The digest of the lane's newest header so far, which becomes this one. */
  readonly chain: (to: string, lane: Lane, header: string) => string;
  readonly framedThrough: (to: string, lane: Lane) => number;
}

/** More items than this no frame holds. */
const MAX_FRAME_ITEMS = 4096;

/** No numbers yet. */
export function outboundNumbers(): OutboundNumbers {
  const lanes = new Map<string, LaneNumbers>();
  const byKey = new Map<string, OpenNumber>();

  const laneOf = (to: string, lane: Lane): LaneNumbers => {
    const key = `${to}/${lane}`;
    const found: LaneNumbers = lanes.get(key) ?? { next: 1, framedThrough: 0, lastHeader: '', open: new Map() };
    lanes.set(key, found);
    return found;
  };

  const close = (own: LaneNumbers, to: string, number: number): OpenNumber | undefined => {
    const item = own.open.get(number);
    if (item === undefined) return undefined;
    own.open.delete(number);
    byKey.delete(`${to}/${item.key}`);
    return item;
  };

  return {
    letGo: (to, lane, number, key) => {
      const own = laneOf(to, lane);
      const isNext = number === own.next;
      if (number < own.next) return false;
      own.next = number + 1;
      // A frame held it before it was let go: found there, and not waiting for a frame any more.
      if (number <= own.framedThrough) return isNext;
      const item = { key, voided: false };
      own.open.set(number, item);
      byKey.set(`${to}/${key}`, item);
      return isNext;
    },
    end: (to, key) => {
      const item = byKey.get(`${to}/${key}`);
      if (item !== undefined) item.voided = true;
    },
    frame: (to, lane, first, last) => {
      const own = laneOf(to, lane);
      if (first <= own.framedThrough || last < first || last - first >= MAX_FRAME_ITEMS)
        return { gap: true, undecided: false };
      let left = first - 1 - own.framedThrough;
      let gap = false;
      // Numbers are let go in ascending order, so those that were left out stand first.
      for (const number of own.open.keys()) {
        if (number >= first) break;
        left--;
        if (close(own, to, number)?.voided !== true) gap = true;
      }
      let undecided = false;
      for (let number = first; number <= last; number++) {
        if (close(own, to, number) === undefined) undecided = true;
      }
      own.framedThrough = last;
      return { gap: gap || left > 0, undecided };
    },
    chain: (to, lane, header) => {
      const own = laneOf(to, lane);
      const before = own.lastHeader;
      own.lastHeader = header;
      return before;
    },
    framedThrough: (to, lane) => laneOf(to, lane).framedThrough,
  };
}
