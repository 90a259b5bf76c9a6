import { type Clock, type Digest, type EpochMs, isLiaisonError, type OfficeId } from '../foundation/index.ts';
import { repackCrossing } from '../envelope/index.ts';
import type { ContentStore, LaneItem, OfficeProjection, OutboundFrame, OutboundLane } from '../ledger/index.ts';
import { Lane } from '../wire/index.ts';
import type { Desk } from './desk.ts';
import type { FrameMaker } from './frame-maker.ts';
import { lanePrecedence } from './lanes.ts';
import type { RecentBytes } from './recent-bytes.ts';
import { sendWindow } from './send-window.ts';
import type { Neighbour, RelayEvents, RelaySettings } from './types.ts';
import { wake } from './wake.ts';

/** Sends what the ledger has for one neighbour, flash before all else, and again for as long as it takes. */
export interface Outbox {
  /** Something new stands on a lane. */
  readonly wake: () => void;
  readonly linkChanged: (up: boolean) => void;
  /** The neighbour says it lacks this frame, or never mentioned it: it is sent again. */
  readonly resend: (lane: Lane, frame: OutboundFrame) => void;
  /** Whether a frame is being sent or waits to be sent again. */
  readonly busyWith: (frame: OutboundFrame) => boolean;
  readonly close: () => Promise<void>;
}

/** What an outbox is made of. */
export interface OutboxParts {
  readonly neighbour: Neighbour;
  readonly projection: OfficeProjection;
  readonly content: ContentStore;
  readonly recent: RecentBytes;
  readonly desk: Desk;
  readonly frames: FrameMaker;
  readonly clock: Clock;
  readonly random: () => number;
  readonly settings: RelaySettings;
  readonly events: RelayEvents;
  readonly onBug: (cause: unknown) => void;
}

/** Receipts go before what is not urgent: the other side waits for them. */
const ORDER = [Lane.FLASH, Lane.IMMEDIATE, Lane.RECEIPTS, Lane.PRIORITY, Lane.ROUTINE] as const;
const IN_FLIGHT_PER_LANE = 2;
const IDLE_MS = 30_000;

interface Sending {
  readonly lane: Lane;
  readonly frame: OutboundFrame;
  items: readonly Uint8Array[] | undefined;
  attempt: number;
  /** Not before this; null while it is on the wire. */
  dueMs: number | null;
}

/** Opens the outbox to one neighbour; frames that a former run left unacknowledged go first. */
export function openOutbox(parts: OutboxParts): Outbox {
  const { neighbour, projection, clock, settings, events } = parts;
  const to: OfficeId = neighbour.office;
  const bell = wake();
  const window = sendWindow(parts.random);
  const sending = new Map<Digest, Sending>();
  const onWire = new Set<Promise<void>>();
  let closed = false;

  const isConfirmed = (entry: Sending): boolean => projection.lanes.lane(to, entry.lane).confirmedThrough >= entry.frame.last;

  const loadItem = async (lane: Lane, item: LaneItem): Promise<Uint8Array | undefined> => {
    if (item.bytes !== null) return item.bytes;
    const message = projection.outbound.get(item.message);
    const ref = message?.copies.get(to)?.crossing;
    if (message === undefined || ref === undefined || ref === null || lane === Lane.RECEIPTS) return undefined;
    const recent = parts.recent.get(ref.digest);
    if (recent !== undefined) return recent;
    const [crossing, own] = await Promise.all([parts.content.get(ref), parts.content.get(message.content)]);
    return crossing === undefined || own === undefined ? undefined : repackCrossing(crossing, own);
  };

  /** The items of a range, or undefined where one of them is no longer kept. */
  const loadRange = async (lane: OutboundLane, first: number, last: number): Promise<Uint8Array[] | undefined> => {
    const loaded: Uint8Array[] = [];
    for (let number = first; number <= last; number++) {
      const item = lane.items.get(number);
      const bytes = item === undefined ? undefined : await loadItem(lane.lane, item);
      if (bytes === undefined) return undefined;
      loaded.push(bytes);
    }
    return loaded;
  };

  const giveUp = (entry: Sending): void => {
    sending.delete(entry.frame.digest);
    const lane = projection.lanes.lane(to, entry.lane);
    const at = lane.frames.indexOf(entry.frame);
    if (at >= 0 && !isConfirmed(entry)) {
      lane.frames.splice(at, 1);
      lane.voids.add(entry.frame.first, entry.frame.last);
    }
  };

  const transmit = async (entry: Sending): Promise<void> => {
    const { lane, frame } = entry;
    entry.dueMs = null;
    entry.attempt++;
    const started = clock.now();
    try {
      entry.items ??= await loadRange(projection.lanes.lane(to, lane), frame.first, frame.last);
      if (entry.items === undefined) {
        giveUp(entry);
        return;
      }
      const bytes = parts.frames.seal(to, frame.header, frame.proof, entry.items);
      await neighbour.link.publish(lanePrecedence(lane), bytes, settings.publishTimeoutMs);
      const tookMs = clock.now() - started;
      window.acknowledged(bytes.length, tookMs);
      sending.delete(frame.digest);
      events.relayed({ to, lane, first: frame.first, last: frame.last, tookMs });
      await parts.desk.commit(() => ({
        contents: [],
        events: () => (frame.relayedMs === null ? [{ frameRelayed: { to, lane, last: frame.last } }] : []),
        result: () => undefined,
      }));
    } catch (cause) {
      if (closed) return;
      if (!isLiaisonError(cause)) parts.onBug(cause);
      window.timedOut();
      entry.dueMs = clock.now() + window.retryDelayMs(entry.attempt);
      entry.items = undefined;
      events.relayFailed({ to, lane, code: isLiaisonError(cause) ? cause.code : 'INTERNAL', attempt: entry.attempt });
    } finally {
      bell.notify();
    }
  };

  const start = (entry: Sending): void => {
    const done = transmit(entry).finally(() => onWire.delete(done));
    onWire.add(done);
  };

  /** The next numbers of a lane that are not part of a frame, as many as fit. */
  const nextRange = async (lane: OutboundLane): Promise<{ first: number; items: Uint8Array[] } | undefined> => {
    let first = lane.framedThrough + 1;
    while (lane.voids.has(first)) first++;
    const items: Uint8Array[] = [];
    let size = 0;
    for (let number = first; number < lane.nextNumber && items.length < settings.maxFrameItems; number++) {
      const item = lane.items.get(number);
      if (item === undefined) break;
      const bytes = await loadItem(lane.lane, item);
      if (bytes === undefined) {
        if (items.length === 0) projection.lanes.voided(to, lane.lane, number);
        break;
      }
      if (items.length > 0 && size + bytes.length > window.maxFrameBytes()) break;
      items.push(bytes);
      size += bytes.length;
    }
    return items.length === 0 ? undefined : { first, items };
  };

  const frameNext = async (lane: OutboundLane): Promise<boolean> => {
    const range = await nextRange(lane);
    if (range === undefined) return false;
    const last = range.first + range.items.length - 1;
    const made = await parts.frames.make(to, lane.lane, range.first, lane.lastHeader, range.items);
    await parts.desk.commit(() => ({
      contents: [],
      events: () => [{ frameSealed: { header: made.header, proof: made.proof } }],
      result: () => undefined,
    }));
    const frame = lane.frames.at(-1);
    if (frame === undefined) return false;
    let size = 0;
    for (const item of range.items) size += item.length;
    events.framed({ to, lane: lane.lane, first: range.first, last, bytes: size });
    const entry: Sending = { lane: lane.lane, frame, items: range.items, attempt: 0, dueMs: null };
    sending.set(frame.digest, entry);
    start(entry);
    return true;
  };

  const inFlight = (lane: Lane): number => {
    let count = 0;
    for (const entry of sending.values()) if (entry.lane === lane) count++;
    return count;
  };

  /** Does the most urgent thing there is; false when there is nothing to do now. */
  const step = async (): Promise<boolean> => {
    const now: EpochMs = clock.now();
    for (const lane of ORDER) {
      for (const entry of sending.values()) {
        if (entry.lane !== lane || entry.dueMs === null || entry.dueMs > now) continue;
        if (isConfirmed(entry)) sending.delete(entry.frame.digest);
        else start(entry);
        return true;
      }
      if (inFlight(lane) < IN_FLIGHT_PER_LANE && (await frameNext(projection.lanes.lane(to, lane)))) return true;
    }
    return false;
  };

  const nextDueInMs = (): number => {
    let due = IDLE_MS;
    for (const entry of sending.values()) if (entry.dueMs !== null) due = Math.min(due, Math.max(1, entry.dueMs - clock.now()));
    return due;
  };

  const run = async (): Promise<void> => {
    for (const lane of projection.lanes.lanesTo(to)) {
      for (const frame of lane.frames) {
        if (frame.relayedMs === null) sending.set(frame.digest, { lane: lane.lane, frame, items: undefined, attempt: 0, dueMs: 0 });
      }
    }
    while (!closed) {
      try {
        if (!(await step())) await bell.wait(nextDueInMs());
      } catch (cause) {
        if (closed || parts.desk.failed()) return;
        if (!isLiaisonError(cause)) parts.onBug(cause);
        await bell.wait(1000);
      }
    }
  };
  const running = run();

  return {
    wake: bell.notify,
    linkChanged: (up) => {
      if (!up) return;
      for (const entry of sending.values()) if (entry.dueMs !== null) entry.dueMs = 0;
      bell.notify();
    },
    resend: (lane, frame) => {
      if (sending.has(frame.digest)) return;
      sending.set(frame.digest, { lane, frame, items: undefined, attempt: 0, dueMs: 0 });
      events.resent({ to, lane, first: frame.first, last: frame.last });
      bell.notify();
    },
    busyWith: (frame) => sending.has(frame.digest),
    close: async () => {
      closed = true;
      bell.notify();
      await running;
      await Promise.race([Promise.allSettled([...onWire]), new Promise((resolve) => setTimeout(resolve, 2000).unref())]);
    },
  };
}
