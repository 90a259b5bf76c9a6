import { keepReceivedCrossing, type OpenedFrame, type SignedReceiptBytes } from '../envelope/index.ts';
import { fromHex, toHex } from '../foundation/index.ts';
import { type ContentItem, type LedgerEvent, messageKey } from '../ledger/index.ts';
import { type ContentRef, MessageKind, termsOf } from '../wire/index.ts';
import { assertContinues } from './arrival-order.ts';
import { crossingReceipt } from './crossing-receipt.ts';
import type { Prepared, Round } from './desk.ts';
import { crimeAreaOf } from './gate-questions.ts';
import { type DecidedArrival, type JudgedCrossing, judgeCrossings } from './judge-crossings.ts';
import type { RelayContext } from './parts.ts';
import type { Quarantine, QuarantineEntry } from './quarantine.ts';
import { recallInForce } from './recall/index.ts';
import { sentReceipt } from './receipts.ts';
import { isReviewed } from './review/index.ts';

type CrossingsFrame = OpenedFrame & { readonly carries: 'crossings' };

/** A crossing of the frame as it goes on record. */
interface Taken {
  readonly judged: JudgedCrossing;
  readonly receipt: SignedReceiptBytes | null;
  /** The original, of what does not verify. */
  readonly quarantined: QuarantineEntry | undefined;
}

/** So many crossings go on record together that their records always fit in one append. */
const TAKEN_AT_ONCE = 64;

/**
 * Takes the crossings of a frame in: each verified, decided, on disk and answered with a signed receipt, in one commit.
 * Numbers that are on record already are passed over.
 * @throws RelayError RELAY_FRAME_REPLAYED_ALTERED, RELAY_FRAME_CHAIN_BROKEN, RELAY_REFERENCE_AWAITED, RELAY_STOPPED; the stores' errors; where
 * `patient`, the error of a crossing that may verify later.
 */
export async function takeCrossings(
  context: RelayContext,
  quarantine: Quarantine,
  frame: CrossingsFrame,
  patient: boolean,
): Promise<void> {
  const lane = context.projection.arrivals.lane(frame.from, toHex(frame.header.chain), frame.lane);
  assertContinues(lane, frame);
  const fresh = frame.crossings.filter((item) => !lane.have.has(item.number));
  for (let at = 0; at < fresh.length; ) {
    const started = context.clock.now();
    const items = fresh.slice(at, at + TAKEN_AT_ONCE);
    // Whatever comes under a number before it comes with certainty, or is declared void.
    const hasGap = lane.have.through() < (items[0]?.number ?? 1) - 1;
    const judged = await judgeCrossings(context, items, started, patient, hasGap);
    const found = await Promise.all(judged.map((entry) => takenFrom(context, quarantine, frame, entry, started)));
    const recorded = await context.desk.commit(
      (round) => prepare(context, frame, found, round),
      judged.flatMap(({ outcome }) => ('failure' in outcome ? [] : [keyOf(outcome)])),
    );
    // Judged anew: another neighbour was faster with the same message, or with the recall of it.
    if (recorded === 'changed') continue;
    at += judged.length;
    for (const entry of recorded) tell(context, quarantine, frame, entry, started);
    context.wake(frame.from);
    context.arrived();
  }
}

async function takenFrom(
  context: RelayContext,
  quarantine: Quarantine,
  frame: CrossingsFrame,
  judged: JudgedCrossing,
  started: number,
): Promise<Taken> {
  const receipt = await crossingReceipt(context, judged, frame.from, started);
  const { item, outcome } = judged;
  const quarantined =
    'failure' in outcome && outcome.keep
      ? quarantine.entry(
          frame.from,
          outcome.failure,
          keepReceivedCrossing(
            item,
            item.parts.map((bytes) => ({ bytes })),
          ),
        )
      : undefined;
  return { judged, receipt, quarantined };
}

function contentOf({ judged: { outcome }, quarantined }: Taken): ContentItem | null {
  return 'failure' in outcome ? (quarantined?.content ?? null) : outcome.content;
}

function prepare(
  context: RelayContext,
  frame: CrossingsFrame,
  taken: readonly Taken[],
  round: Round,
): Prepared<readonly Taken[] | 'changed'> {
  // Another copy of the frame may have been taken in while this one was judged.
  const { have } = context.projection.arrivals.lane(frame.from, toHex(frame.header.chain), frame.lane);
  const fresh = taken.filter(({ judged }) => !have.has(judged.item.number));
  if (fresh.some(({ judged }) => isOutdated(context, judged)))
    return { contents: [], events: () => [], result: () => 'changed' };
  const withContent = fresh.filter((entry) => contentOf(entry) !== null);
  return {
    contents: withContent.map((entry) => contentOf(entry) as ContentItem),
    events: (refs) => {
      if (fresh.length === 0) return [];
      const events: LedgerEvent[] = [{ frameReceived: { header: frame.headerBytes, proof: frame.proof } }];
      for (const entry of fresh) {
        const ref = refs[withContent.indexOf(entry)] ?? null;
        events.push(receivedEvent(frame, entry.judged, entry.quarantined === undefined ? ref : null));
        if (entry.receipt !== null) events.push(sentReceipt(entry.receipt, round));
        if (entry.quarantined !== undefined) events.push(entry.quarantined.event(ref));
      }
      return events;
    },
    result: () => fresh,
  };
}

function keyOf({ crossing }: DecidedArrival): string {
  return messageKey(crossing.origin, crossing.envelopeId);
}

/** Whether the message is here by now, or was called back, since it was judged. */
function isOutdated({ projection }: RelayContext, { outcome }: JudgedCrossing): boolean {
  if ('failure' in outcome) return false;
  const key = keyOf(outcome);
  return (outcome.opened === null && projection.inbound.has(key)) || recallInForce(projection, key) !== null;
}

function receivedEvent(
  frame: CrossingsFrame,
  { item, digest, outcome }: JudgedCrossing,
  content: ContentRef | null,
): LedgerEvent {
  const place = {
    from: frame.from,
    scope: frame.scope,
    lane: frame.lane,
    number: item.number,
    frameDigest: frame.headerDigest,
    chain: frame.header.chain,
    crossingDigest: digest,
  };
  if ('failure' in outcome)
    return { crossingReceived: { ...place, envelopeDigest: new Uint8Array(32), failure: outcome.failure } };
  const { crossing, decision, answerByMs, onward, opened } = outcome;
  const { header } = crossing;
  return {
    crossingReceived: {
      ...place,
      origin: crossing.origin,
      envelopeId: crossing.envelopeId,
      envelopeDigest: fromHex(crossing.envelopeDigest),
      kind: crossing.kind,
      precedence: header.precedence,
      createdMs: header.createdMs,
      exportedMs: crossing.decision.decidedMs,
      expiresMs: header.expiresMs,
      drill: header.drill,
      supersedes: header.supersedes,
      inReplyTo: header.inReplyTo,
      emergency: header.emergency,
      officer: crossing.kind === MessageKind.SEARCH ? header.officer : '',
      terms: termsOf(crossing.kind, crossing.body),
      crimeArea: crimeAreaOf(crossing.body),
      answerByMs,
      decision,
      agreement: crossing.agreement,
      content,
      onwardPurpose: onward?.purpose ?? 0,
      consent: onward?.consent ?? null,
      supplement: opened !== null,
      opened: opened ?? [],
    },
  };
}

function tell(
  context: RelayContext,
  quarantine: Quarantine,
  { from }: CrossingsFrame,
  { judged, quarantined }: Taken,
  started: number,
): void {
  const { item, outcome } = judged;
  if (quarantined !== undefined) quarantine.tell(from, quarantined);
  if ('failure' in outcome) {
    context.events.failedCrossing({ from, number: item.number, code: outcome.failure });
    return;
  }
  const { crossing, decision } = outcome;
  if (outcome.opened !== null) {
    const about = { origin: crossing.origin, id: crossing.envelopeId };
    context.events.added({ direction: 'in', peer: from, ...about, occasion: 'opening', outcome: decision.outcome });
    return;
  }
  const tookMs = context.clock.now() - started;
  context.events.received({
    from,
    origin: crossing.origin,
    id: crossing.envelopeId,
    precedence: crossing.header.precedence,
    outcome: decision.outcome,
    tookMs,
  });
  const message = context.projection.inbound.get(messageKey(crossing.origin, crossing.envelopeId));
  if (crossing.header.emergency && message !== undefined && isReviewed(message))
    context.events.review({ event: 'opened', origin: crossing.origin, id: crossing.envelopeId });
}
