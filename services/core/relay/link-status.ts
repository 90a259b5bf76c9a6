import { type Digest, digestFromBytes, type EpochMs, type OfficeId, toHex } from '../foundation/index.ts';
import { type OpenedFrame, sealDocument, verifyStatus } from '../envelope/index.ts';
import type { LedgerEvent, OutboundFrame, OutboundLane } from '../ledger/index.ts';
import { nationOf } from '../foundation/index.ts';
import { DocumentKind, Lane, type LaneStatus, linkStatusCodec } from '../wire/index.ts';
import type { FrameMaker } from './frame-maker.ts';
import { lanePrecedence, NUMBERED_LANES } from './lanes.ts';
import type { Outbox } from './outbox.ts';
import type { RelayContext } from './parts.ts';
import type { Neighbour } from './types.ts';

type StatusFrame = OpenedFrame & { readonly carries: 'status' };

/** What both ends of a link tell each other about it: gaps are noticed and asked for again, silence is noticed too. */
export interface LinkStatusDesk {
  /** Something signed by the neighbour was verified. */
  readonly heard: (frame: OpenedFrame) => void;
  readonly take: (frame: StatusFrame) => Promise<void>;
  /** A numbered frame is on record: the neighbour is told soon when it left a gap, or when much was taken in since. */
  readonly tookIn: (frame: OpenedFrame) => void;
  /** Sends the status now. */
  readonly tell: () => Promise<void>;
  readonly heardMs: () => EpochMs | null;
  /** Name of the ledger that the neighbour's frames speak of; null before the first. */
  readonly chain: () => string | null;
  readonly silent: () => boolean;
  /** To be called every second or so. */
  readonly tick: () => void;
}

/** A frame that was acknowledged this long ago and is not mentioned by the neighbour is sent again. */
const RESEND_AFTER_MS = 3_000;
const SOON_MS = 250;
/** So many items are taken in before the neighbour is told without waiting for the heartbeat: it keeps them till then. */
const TELL_AFTER_ITEMS = 4_000;
const MAX_RANGES = 64;
const SILENT_AFTER_HEARTBEATS = 3;

/** The status of the link to one neighbour. */
export function linkStatusDesk(context: RelayContext, neighbour: Neighbour, frames: FrameMaker, outbox: Outbox): LinkStatusDesk {
  const { projection, clock, settings, ledger } = context;
  const peer: OfficeId = neighbour.office;
  let chain: string | null = null;
  let heardMs: EpochMs | null = null;
  let silent = false;
  let toldMs = 0;
  let dueMs = 0;
  let latestStatusMs = 0;
  let telling = false;
  let untold = 0;
  let sentDirectoryMs = 0;

  const laneStatus = (lane: Lane): LaneStatus => {
    const outbound = projection.lanes.lane(peer, lane);
    const arrivals = chain === null ? undefined : projection.arrivals.lane(peer, chain, lane);
    return {
      lane,
      sentThrough: outbound.framedThrough,
      haveThrough: arrivals?.have.through() ?? 0,
      missing: arrivals?.have.missing(arrivals.have.highest(), MAX_RANGES) ?? [],
      voided: voidsAbove(outbound),
    };
  };

  /** Voids that the neighbour may not know of yet. */
  const voidsAbove = (lane: OutboundLane): LaneStatus['voided'] => {
    const ranges: { first: number; last: number }[] = [];
    for (let number = lane.confirmedThrough + 1; number <= lane.voids.highest() && ranges.length < MAX_RANGES; number++) {
      if (!lane.voids.has(number)) continue;
      const open = ranges.at(-1);
      if (open !== undefined && open.last === number - 1) open.last = number;
      else ranges.push({ first: number, last: number });
    }
    return ranges;
  };

  const tell = async (): Promise<void> => {
    if (telling) return;
    telling = true;
    toldMs = clock.now();
    dueMs = 0;
    untold = 0;
    try {
      const witnessed = projection.witnessed.get(peer);
      const status = linkStatusCodec.encode({
        lanes: NUMBERED_LANES.map(laneStatus),
        head: ledger.head(),
        witnessed: witnessed === undefined ? null : { number: witnessed.number, digest: Buffer.from(witnessed.digest, 'hex') },
        chain: ledger.chainId,
        atMs: clock.now(),
        directorySequence: context.trust().directoryOf(nationOf(peer))?.directory.sequence ?? 0,
      });
      const made = await frames.make(peer, Lane.STATUS, 0, null, [status]);
      const bytes = frames.seal(peer, made.header, made.proof, [status]);
      await neighbour.link.publish(lanePrecedence(Lane.STATUS), bytes, settings.publishTimeoutMs);
    } catch {
      // A status that is lost is replaced by the next one; the link's state is watched elsewhere.
    } finally {
      telling = false;
    }
  };

  const soon = (): void => {
    if (dueMs === 0) dueMs = clock.now() + SOON_MS;
  };

  /** Frames that were acknowledged by the transport and that the neighbour does not have. */
  const lost = (lane: OutboundLane, theirs: LaneStatus, now: EpochMs): readonly OutboundFrame[] =>
    lane.frames.filter((frame) => {
      if (frame.last <= theirs.haveThrough || frame.relayedMs === null || now - frame.relayedMs < RESEND_AFTER_MS) return false;
      const highest = Math.max(theirs.haveThrough, ...theirs.missing.map((range) => range.last));
      const isMissing = theirs.missing.some((range) => range.first <= frame.last && frame.first <= range.last);
      return isMissing || frame.last > highest;
    });

  const takeLane = (theirs: LaneStatus, now: EpochMs, events: LedgerEvent[]): boolean => {
    const lane = projection.lanes.lane(peer, theirs.lane);
    if (theirs.haveThrough > lane.confirmedThrough && theirs.haveThrough < lane.nextNumber) {
      events.push({ laneConfirmed: { to: peer, lane: theirs.lane, through: theirs.haveThrough } });
    }
    for (const frame of lost(lane, theirs, now)) outbox.resend(theirs.lane, frame);
    if (chain === null) return false;
    const arrivals = projection.arrivals.lane(peer, chain, theirs.lane);
    for (const range of theirs.voided) {
      if (arrivals.have.missing(range.last).some((gap) => gap.first <= range.last && gap.last >= range.first)) {
        events.push({ laneVoided: { from: peer, chain: Buffer.from(chain, 'hex'), lane: theirs.lane, numbers: range } });
      }
    }
    return arrivals.have.through() < theirs.sentThrough || voidsAbove(lane).length > 0;
  };

  const sendDirectory = async (known: number): Promise<void> => {
    const own = context.trust().directoryOf(context.trust().nation);
    if (own === undefined || own.directory.sequence <= known || clock.now() - sentDirectoryMs < settings.heartbeatMs) return;
    sentDirectoryMs = clock.now();
    const key = context.trust().sealingKeyOf(peer, clock.now());
    const notice = await sealDocument({ from: context.self, to: peer, kind: DocumentKind.DIRECTORY, bytes: own.document.bytes }, key, context.random);
    await neighbour.link.publish('immediate', notice, settings.publishTimeoutMs);
  };

  const witness = (digest: Digest, number: number): LedgerEvent[] => {
    const known = projection.witnessed.get(peer);
    if (chain === null || (known !== undefined && known.chain === chain && known.number >= number)) return [];
    return [{ headWitnessed: { office: peer, chain: Buffer.from(chain, 'hex'), head: { number, digest: Buffer.from(digest, 'hex') } } }];
  };

  return {
    heard: (frame) => {
      heardMs = clock.now();
      if (silent) {
        silent = false;
        context.events.silence({ from: peer, silent: false });
      }
      chain = toHex(frame.header.chain);
    },
    take: async (frame) => {
      const now = clock.now();
      const { status } = verifyStatus(frame.status);
      if (status.atMs < latestStatusMs) return;
      latestStatusMs = status.atMs;
      const events: LedgerEvent[] = [];
      let answer = false;
      for (const lane of status.lanes) answer = takeLane(lane, now, events) || answer;
      if (status.head !== null) events.push(...witness(digestFromBytes(status.head.digest), status.head.number));
      if (events.length > 0) await context.desk.commit(() => ({ contents: [], events: () => events, result: () => undefined }));
      if (status.witnessed !== null && status.witnessed.number > 0) {
        const comparison = await ledger.compareHead(status.witnessed);
        if (comparison !== 'same') context.events.alarm({ code: 'RELAY_OWN_HISTORY_DIFFERS', office: peer });
      }
      if (answer) soon();
      await sendDirectory(status.directorySequence).catch(() => undefined);
    },
    tookIn: (frame) => {
      untold += frame.header.last - frame.header.first + 1;
      if (untold >= TELL_AFTER_ITEMS) soon();
      const lane = projection.arrivals.lane(peer, toHex(frame.header.chain), frame.lane);
      const gaps = lane.have.missing(lane.have.highest());
      if (gaps.length === 0) return;
      let missing = 0;
      for (const gap of gaps) missing += gap.last - gap.first + 1;
      context.events.gap({ from: peer, lane: frame.lane, missing });
      soon();
    },
    tell,
    heardMs: () => heardMs,
    chain: () => chain,
    silent: () => silent,
    tick: () => {
      const now = clock.now();
      if ((dueMs !== 0 && now >= dueMs) || now - toldMs >= settings.heartbeatMs) void tell();
      const quietMs = heardMs === null ? 0 : now - heardMs;
      if (!silent && heardMs !== null && quietMs > SILENT_AFTER_HEARTBEATS * settings.heartbeatMs) {
        silent = true;
        context.events.silence({ from: peer, silent: true });
      }
    },
  };
}
