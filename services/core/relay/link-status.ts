import { type OpenedFrame, sealDocument, verifyStatus } from '../envelope/index.ts';
import { type EpochMs, fromHex, isLiaisonError, nationOf, type OfficeId, toHex } from '../foundation/index.ts';
import { type LedgerEvent, numberSet, type OutboundLane } from '../ledger/index.ts';
import { DocumentKind, Lane, type LaneStatus, linkStatusCodec } from '../wire/index.ts';
import { RelayError } from './errors.ts';
import type { FrameMaker } from './frame-maker.ts';
import { freshness } from './freshness.ts';
import { lanePrecedence, NUMBERED_LANES } from './lanes.ts';
import type { Outbox } from './outbox.ts';
import type { RelayContext } from './parts.ts';
import { type PeerHistory, peerHistory } from './peer-history.ts';
import { resends } from './resends.ts';
import type { Neighbour } from './types.ts';

type StatusFrame = OpenedFrame & { readonly carries: 'status' };

/** What both ends of a link tell each other about it: gaps are noticed and asked for again, silence is noticed too. */
export interface LinkStatusDesk {
  /** Something signed by the neighbour was verified; false where it was heard before, or was made too long ago to be heard now. */
  readonly heard: (frame: OpenedFrame) => boolean;
  readonly take: (frame: StatusFrame) => Promise<void>;
  /** A numbered frame is on record: the neighbour is told soon when it left a gap, or when much was taken in since. */
  readonly tookIn: (frame: OpenedFrame) => void;
  /** Sends the status now. */
  readonly tell: () => Promise<void>;
  readonly heardMs: () => EpochMs | null;
  /** Name of the ledger that the neighbour's frames speak of; null before the first. */
  readonly chain: () => string | null;
  readonly silent: () => boolean;
  /** As PeerHistory. */
  readonly historyFaults: () => readonly string[];
  readonly ownHead: PeerHistory['ownHead'];
  /** To be called every second or so. */
  readonly tick: () => void;
}

const SOON_MS = 250;
/** So many items are taken in before the neighbour is told without waiting for the heartbeat: it keeps them till then. */
const TELL_AFTER_ITEMS = 4_000;
const MAX_RANGES = 64;
const SILENT_AFTER_HEARTBEATS = 3;
const LONGEST_DIRECTORY_WAIT_MS = 3_600_000;

/** The status of the link to one neighbour. */
export function linkStatusDesk(
  context: RelayContext,
  neighbour: Neighbour,
  frames: FrameMaker,
  outbox: Outbox,
): LinkStatusDesk {
  const { projection, clock, settings, ledger } = context;
  const peer: OfficeId = neighbour.office;
  const fresh = freshness(settings.clockToleranceMs);
  const history = peerHistory({ ...context, peer });
  const again = resends(settings.heartbeatMs);
  let chain: string | null = projection.witnessed.get(peer)?.chain ?? null;
  let newestMadeMs = 0;
  let heardMs: EpochMs | null = null;
  let silent = false;
  /** When something was heard last, or the watch began. */
  let quietMs: number = clock.now();
  let toldMs = 0;
  let dueMs = 0;
  let untold = 0;
  let answered = '';
  let directory = { sequence: 0, times: 0, sentMs: 0 };

  /** Numbers that will never come and that the neighbour may not know of yet. */
  const voidsOf = (lane: OutboundLane): LaneStatus['voided'] => {
    const all = numberSet();
    for (const range of [...lane.voids.ranges(), ...outbox.gone(lane.lane).ranges()]) all.add(range.first, range.last);
    return all
      .ranges()
      .filter((range) => range.last > lane.confirmedThrough)
      .slice(0, MAX_RANGES);
  };

  const laneStatus = (lane: Lane): LaneStatus => {
    const outbound = projection.lanes.lane(peer, lane);
    const have = chain === null ? undefined : projection.arrivals.lane(peer, chain, lane).have;
    return {
      lane,
      sentThrough: outbound.framedThrough,
      haveThrough: have?.through() ?? 0,
      missing: have?.missing(have.highest(), MAX_RANGES) ?? [],
      voided: voidsOf(outbound),
    };
  };

  const report = (cause: unknown): void => {
    if (!isLiaisonError(cause)) context.onBug(cause);
  };

  const tell = async (): Promise<void> => {
    toldMs = clock.now();
    dueMs = 0;
    untold = 0;
    try {
      const status = linkStatusCodec.encode({
        lanes: NUMBERED_LANES.map(laneStatus),
        head: ledger.head(),
        witnessed: chain === null ? null : history.witnessed(chain),
        chain: ledger.chainId,
        atMs: clock.now(),
        directorySequence: context.trust().directoryOf(nationOf(peer))?.directory.sequence ?? 0,
      });
      const made = await frames.make(peer, neighbour.scope, Lane.STATUS, 0, null, [status]);
      const bytes = frames.seal(peer, made.header, made.proof, [status]);
      if (context.desk.failed()) return;
      await neighbour.link.publish(
        neighbour.scope,
        lanePrecedence(Lane.STATUS),
        bytes,
        settings.publishTimeoutMs,
        'everywhere',
      );
    } catch (cause) {
      // A status that is lost is replaced by the next one; the link's state is watched elsewhere.
      report(cause);
    }
  };

  const soon = (): void => {
    if (dueMs === 0) dueMs = clock.now() + SOON_MS;
  };

  /** Takes note of what the neighbour says of one lane; true when it should hear from us. */
  const takeLane = (
    theirs: LaneStatus,
    now: EpochMs,
    believed: boolean,
    theirChain: string,
    events: LedgerEvent[],
  ): boolean => {
    const lane = projection.lanes.lane(peer, theirs.lane);
    const gone = outbox.gone(theirs.lane);
    const sentThrough = Math.max(lane.framedThrough, lane.voids.highest());
    if (believed && theirs.haveThrough > lane.confirmedThrough && theirs.haveThrough <= sentThrough) {
      events.push({ laneConfirmed: { to: peer, lane: theirs.lane, through: theirs.haveThrough } });
    }
    for (const frame of again.due(lane, theirs, now)) if (!gone.has(frame.first)) outbox.resend(theirs.lane, frame);
    const { have } = projection.arrivals.lane(peer, theirChain, theirs.lane);
    for (const range of theirs.voided) {
      if (have.missing(range.last).some((gap) => gap.last >= range.first)) {
        events.push({ laneVoided: { from: peer, chain: fromHex(theirChain), lane: theirs.lane, numbers: range } });
      }
    }
    return have.through() < theirs.sentThrough || voidsOf(lane).length > 0;
  };

  /** Passes the own nation's directory on to a neighbour that holds an older one; ever less often while it does not take it. */
  const sendDirectory = async (known: number): Promise<void> => {
    const own = context.trust().directoryOf(context.trust().nation);
    if (own === undefined || own.directory.sequence <= known) return;
    const { sequence } = own.directory;
    if (sequence !== directory.sequence) directory = { sequence, times: 0, sentMs: 0 };
    const waitMs =
      directory.times === 0
        ? 0
        : Math.min(LONGEST_DIRECTORY_WAIT_MS, settings.heartbeatMs * 2 ** Math.min(directory.times, 12));
    if (clock.now() - Math.min(directory.sentMs, clock.now()) < waitMs) return;
    directory = { sequence, times: directory.times + 1, sentMs: clock.now() };
    const key = context.trust().sealingKeyOf(peer, clock.now());
    const notice = sealDocument(
      { from: context.self, to: peer, kind: DocumentKind.DIRECTORY, bytes: own.document.bytes },
      key,
      context.random,
    );
    await neighbour.link.publish(neighbour.scope, 'immediate', notice, settings.publishTimeoutMs);
  };

  const heard = (frame: OpenedFrame): boolean => {
    const now = clock.now();
    const { madeMs } = frame.header;
    if (!fresh.isNew(toHex(frame.headerDigest), madeMs as EpochMs, now)) return false;
    heardMs = now;
    quietMs = now;
    if (madeMs >= newestMadeMs) {
      newestMadeMs = madeMs;
      chain = toHex(frame.header.chain);
    }
    if (silent) {
      silent = false;
      context.events.silence({ from: peer, silent: false });
    }
    return true;
  };

  return {
    heard,
    take: async (frame) => {
      const { status } = verifyStatus(frame.status);
      const theirChain = toHex(frame.header.chain);
      if (toHex(status.chain) !== theirChain)
        throw new RelayError('RELAY_TRANSIT_MISPLACED', { context: { office: peer } });
      const isNewest = frame.header.madeMs >= newestMadeMs;
      // What was heard before, or kept back by somebody on the line, says nothing about now.
      if (!heard(frame)) return;
      const now = clock.now();
      const believed = await history.knowsOurs(status, now);
      const events: LedgerEvent[] = [];
      let answer = false;
      for (const lane of status.lanes) answer = takeLane(lane, now, believed, theirChain, events) || answer;
      if (isNewest) events.push(...history.take(status, now));
      if (events.length > 0)
        await context.desk.commit(() => ({ contents: [], events: () => events, result: () => undefined }));
      // Nothing new since the last answer: the heartbeat will do.
      const said = JSON.stringify(status.lanes);
      if (answer && said !== answered) soon();
      answered = said;
      void sendDirectory(status.directorySequence).catch(report);
    },
    tookIn: (frame) => {
      untold += frame.header.last - frame.header.first + 1;
      if (untold >= TELL_AFTER_ITEMS) soon();
      const { have } = projection.arrivals.lane(peer, toHex(frame.header.chain), frame.lane);
      let missing = 0;
      for (const gap of have.missing(have.highest())) missing += gap.last - gap.first + 1;
      if (missing === 0) return;
      context.events.gap({ from: peer, lane: frame.lane, missing });
      soon();
    },
    tell,
    heardMs: () => heardMs,
    chain: () => chain,
    silent: () => silent,
    historyFaults: history.faults,
    ownHead: history.ownHead,
    tick: () => {
      const now = clock.now();
      // A clock that was set back must not silence this office, nor make it deaf to silence.
      toldMs = Math.min(toldMs, now);
      quietMs = Math.min(quietMs, now);
      dueMs = Math.min(dueMs, now + SOON_MS);
      if ((dueMs !== 0 && now >= dueMs) || now - toldMs >= settings.heartbeatMs) void tell();
      if (!silent && now - quietMs > SILENT_AFTER_HEARTBEATS * settings.heartbeatMs) {
        silent = true;
        context.events.silence({ from: peer, silent: true });
      }
    },
  };
}
