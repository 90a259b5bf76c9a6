import { type Clock, isLiaisonError, type OfficeId, type Scope } from '../foundation/index.ts';
import type {
  ContentStore,
  LaneItem,
  NumberSet,
  OfficeProjection,
  OutboundFrame,
  OutboundLane,
} from '../ledger/index.ts';
import { Lane } from '../wire/index.ts';
import type { Desk, FrameAtOnce, LeavingItem } from './desk.ts';
import type { FrameMaker } from './frame-maker.ts';
import { frameLeaving, frameNext } from './frame-next.ts';
import { givenUp } from './given-up.ts';
import { lanePrecedence } from './lanes.ts';
import { itemLoader } from './load-item.ts';
import type { RecentBytes } from './recent-bytes.ts';
import type { RelayEvents } from './relay-events.ts';
import { isDue, type Sending, sendList } from './send-list.ts';
import { sendWindow } from './send-window.ts';
import type { Neighbour, RelaySettings } from './types.ts';
import { wake } from './wake.ts';

/** Sends what the ledger has for one neighbour, flash before all else, and again for as long as it takes. */
export interface Outbox {
  /** Something new stands on a lane. */
  readonly wake: () => void;
  /** A frame of these items of one lane, which are about to go on record, where it could be sent at once. Never rejects. */
  readonly frameAtOnce: (lane: Lane, items: readonly LeavingItem[]) => Promise<FrameAtOnce | undefined>;
  /** Up: whatever is under way is tried again at once, since nobody will answer what was sent before. */
  readonly linkChanged: (up: boolean) => void;
  /** The neighbour lacks this frame, by its own signed word: it is sent again. */
  readonly resend: (lane: Lane, frame: OutboundFrame) => void;
  /** Numbers of a lane that will never come although they were part of a frame: their content is gone. */
  readonly gone: (lane: Lane) => NumberSet;
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
  /** Whether what has that scope may go to the neighbour now: always in the pair's own, in a channel while it is open. */
  readonly isOpen: (scope: Scope) => boolean;
  /** Crossings whose content is gone, or whose channel is closed, before they were delivered: each gets its signed negative receipt. */
  readonly onGone: (lane: Lane, items: readonly LaneItem[], code: string) => Promise<void>;
}

/** Receipts go before what is not urgent: the other side waits for them. */
const ORDER = [Lane.FLASH, Lane.IMMEDIATE, Lane.RECEIPTS, Lane.PRIORITY, Lane.ROUTINE, Lane.BULK] as const;
const FRAMES_PER_LANE = 2;
/** What is urgent never waits behind more than one frame of pieces of files. */
const BULK_FRAMES = 1;
const IDLE_MS = 30_000;
const PAUSE_MS = 1_000;

/** Opens the outbox to one neighbour; frames that a former run left unacknowledged go first. */
export function openOutbox(parts: OutboxParts): Outbox {
  const { neighbour, projection, clock, settings, events, desk } = parts;
  const to: OfficeId = neighbour.office;
  const bell = wake();
  const window = sendWindow(parts.random);
  const load = itemLoader({ ...parts, to });
  const sending = sendList();
  const attempts = new Set<Promise<void>>();
  const pausedUntil = new Map<Lane, number>();
  let closed = false;

  const stopped = (): boolean => closed || desk.failed();
  const laneOf = (lane: Lane): OutboundLane => projection.lanes.lane(to, lane);
  const framesFor = (lane: Lane): number => (lane === Lane.BULK ? BULK_FRAMES : FRAMES_PER_LANE);
  const scopeOf = (lane: Lane, item: LaneItem): Scope =>
    (lane === Lane.RECEIPTS ? undefined : projection.copyOf(to, lane, item)?.scope) ?? neighbour.scope;

  const { on: gone, giveUp } = givenUp({ ...parts, to, laneOf });

  /** The items of a frame that was made before; undefined where they are gone. */
  const loadFrame = async ({ lane, frame }: Sending): Promise<Uint8Array[] | undefined> => {
    const loaded: Uint8Array[] = [];
    for (let number = frame.first; number <= frame.last; number++) {
      const item = await load(lane, laneOf(lane).items.get(number));
      if ('gone' in item) {
        await giveUp(lane, frame.first, frame.last, item.gone);
        return undefined;
      }
      loaded.push(item.bytes);
    }
    return loaded;
  };

  const failedAttempt = (entry: Sending, cause: unknown): void => {
    if (!isLiaisonError(cause)) parts.onBug(cause);
    entry.items = undefined;
    entry.dueMs = clock.now() + window.retryDelayMs(++entry.setbacks);
    events.relayFailed({
      to,
      lane: entry.lane,
      code: isLiaisonError(cause) ? cause.code : 'INTERNAL',
      attempt: entry.attempt,
    });
  };

  const transmit = async (entry: Sending, bytes: Uint8Array, attempt: number): Promise<void> => {
    const { lane, frame } = entry;
    const onLine = sending.bytesOnLine();
    const started = clock.now();
    try {
      const how = entry.again ? 'again' : 'once';
      await neighbour.link.publish(frame.scope, lanePrecedence(lane), bytes, settings.publishTimeoutMs, how);
    } catch (cause) {
      // A later attempt may be on its way already, since the link came up again.
      if (closed || entry.attempt !== attempt) return;
      window.lost();
      failedAttempt(entry, cause);
      return;
    }
    const tookMs = clock.now() - started;
    window.acknowledged(onLine, tookMs);
    sending.remove(entry);
    // A server knows some ways sooner than others after an outage: what found none must not wait while the rest goes.
    sending.carried(clock.now());
    events.relayed({ to, lane, first: frame.first, last: frame.last, tookMs });
    if (frame.relayedMs !== null) return;
    const event = { frameRelayed: { to, lane, last: frame.last } };
    // No evidence, and a frame of which it is lost goes again: not worth a disk sync of its own.
    desk.note(() => (frame.relayedMs === null ? [event] : []));
  };

  const start = (entry: Sending, bytes: Uint8Array): void => {
    const attempt = ++entry.attempt;
    entry.dueMs = null;
    entry.bytesOnLine = bytes.length;
    const done = transmit(entry, bytes, attempt)
      .catch((cause: unknown) => {
        if (!isLiaisonError(cause)) parts.onBug(cause);
      })
      .finally(() => {
        attempts.delete(done);
        bell.notify();
      });
    attempts.add(done);
  };

  /** A frame of a channel that is closed stays here for good, and takes nobody's place on the lane. */
  const withdraw = async (entry: Sending): Promise<void> => {
    sending.remove(entry);
    await giveUp(entry.lane, entry.frame.first, entry.frame.last, 'RELAY_CHANNEL_CLOSED');
  };

  /** Puts a frame on the line, unless it has become needless or its channel is closed. */
  const send = async (entry: Sending): Promise<void> => {
    const { lane, frame } = entry;
    if (laneOf(lane).confirmedThrough >= frame.last) return sending.remove(entry);
    if (!parts.isOpen(frame.scope)) return await withdraw(entry);
    try {
      entry.items ??= await loadFrame(entry);
      if (entry.items === undefined) sending.remove(entry);
      else if (!stopped()) start(entry, parts.frames.seal(to, frame.header, frame.proof, entry.items));
    } catch (cause) {
      entry.attempt++;
      failedAttempt(entry, cause);
    }
  };

  /** Does the next thing for a lane; false when there is nothing to do for it now. */
  const serve = async (lane: Lane, now: number): Promise<boolean> => {
    if (lane !== Lane.FLASH && !window.hasRoom(sending.bytesOnLine())) return false;
    // Also what is on the line: nobody may ever answer for it, and others wait behind it.
    for (const entry of sending.ofLane(lane)) if (!parts.isOpen(entry.frame.scope)) await withdraw(entry);
    const again = sending.due(lane, now);
    if (again !== undefined) {
      if (sending.onLine(lane) >= framesFor(lane)) return false;
      await send(again);
      return true;
    }
    if (sending.count(lane) >= framesFor(lane)) return false;
    const made = await frameNext(
      { ...parts, to, load, scopeOf, gone: gone(lane), maxBytes: window.maxFrameBytes(), giveUp },
      lane,
    );
    if (made === 'nothing' || made === 'changed') return made === 'changed';
    await send(sending.add(lane, made.frame, made.items));
    return true;
  };

  const frameAtOnce: Outbox['frameAtOnce'] = async (lane, items) => {
    const isBusy = sending.count(lane) >= framesFor(lane) || !isDue(pausedUntil.get(lane) ?? 0, clock.now());
    if (stopped() || isBusy || (lane !== Lane.FLASH && !window.hasRoom(sending.bytesOnLine()))) return undefined;
    try {
      const made = await frameLeaving(
        { ...parts, to, gone: gone(lane), maxBytes: window.maxFrameBytes() },
        lane,
        items,
      );
      if (made === undefined) return undefined;
      const recorded = (): void => {
        try {
          const { frame, items: loaded } = made.recorded();
          sending.add(lane, frame, loaded);
          bell.notify();
        } catch (bug) {
          parts.onBug(bug);
        }
      };
      return { event: made.event, recorded };
    } catch (cause) {
      // It is made in its turn then, or that fails in the same way and is told.
      if (!isLiaisonError(cause)) parts.onBug(cause);
      return undefined;
    }
  };

  /** Does the most urgent thing there is; false when there is nothing to do now. What fails on one lane keeps no other waiting. */
  const step = async (now: number): Promise<boolean> => {
    for (const lane of ORDER) {
      if (stopped()) return false;
      if (!isDue(pausedUntil.get(lane) ?? 0, now)) continue;
      try {
        if (await serve(lane, now)) return true;
      } catch (cause) {
        if (stopped()) return false;
        if (!isLiaisonError(cause)) parts.onBug(cause);
        else if (cause.disposition === 'fatal') events.alarm({ code: cause.code, office: to });
        pausedUntil.set(lane, clock.now() + PAUSE_MS);
      }
    }
    return false;
  };

  const nextDueInMs = (now: number): number => {
    let inMs = sending.nextInMs(IDLE_MS, now);
    for (const untilMs of pausedUntil.values()) if (!isDue(untilMs, now)) inMs = Math.min(inMs, untilMs - now);
    return inMs;
  };

  const run = async (): Promise<void> => {
    for (const lane of projection.lanes.lanesTo(to)) {
      for (const frame of lane.frames) {
        if (frame.relayedMs === null) sending.add(lane.lane, frame, undefined);
      }
    }
    while (!stopped()) {
      // One reading for both: what comes due while the lanes are looked at would else be neither sent nor waited for.
      const now = clock.now();
      if (!(await step(now)) && !stopped()) await bell.wait(nextDueInMs(now));
    }
  };
  const running = run().catch(parts.onBug);

  return {
    wake: bell.notify,
    frameAtOnce,
    linkChanged: (up) => {
      if (!up) return;
      sending.hurry();
      bell.notify();
    },
    resend: (lane, frame) => {
      if (sending.has(frame.digest)) return;
      sending.add(lane, frame, undefined, true);
      events.resent({ to, lane, first: frame.first, last: frame.last });
      bell.notify();
    },
    gone,
    close: async () => {
      closed = true;
      bell.notify();
      await running;
      await Promise.race([
        Promise.allSettled([...attempts]),
        new Promise((resolve) => setTimeout(resolve, 2000).unref()),
      ]);
    },
  };
}
