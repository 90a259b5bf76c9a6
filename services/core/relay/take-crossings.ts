import { type Digest, days, digestOf, type EnvelopeId, type EpochMs, fromHex, isLiaisonError, later, type OfficeId, parseEnvelopeId, parseOfficeId, toHex } from '../foundation/index.ts';
import { EnvelopeError, keepReceivedCrossing, type OpenedFrame, type ReceivedPart, type SignedReceiptBytes, type UnverifiedCrossing, type VerifiedCrossing, verifyCrossing } from '../envelope/index.ts';
import { type ContentItem, type LedgerEvent, messageKey } from '../ledger/index.ts';
import { crossingCodec, type Decision, envelopeCodec, Outcome, ReceiptKind } from '../wire/index.ts';
import { assertContinues } from './arrival-order.ts';
import type { Prepared, Round } from './desk.ts';
import { importQuestion } from './gate-questions.ts';
import type { RelayContext } from './parts.ts';
import { sentReceipt } from './receipts.ts';

/** A crossing of the frame with what was found and decided about it. */
interface Judged {
  readonly item: UnverifiedCrossing;
  readonly crossing: VerifiedCrossing | null;
  /** The code of the check that it failed; empty where it verifies. */
  readonly failure: string;
  readonly decision: Decision | null;
  readonly retentionDays: number;
  /** The parts that the import gate accepts; the others are kept nowhere. */
  readonly accepted: readonly ReceivedPart[];
  /** The same envelope stands here already, from another crossing. */
  readonly known: boolean;
}

const KIND_OF_OUTCOME = {
  [Outcome.RELEASED]: ReceiptKind.DELIVERY,
  [Outcome.HELD]: ReceiptKind.RELAY_ACCEPTANCE,
  [Outcome.REFUSED]: ReceiptKind.NON_DELIVERY,
  [Outcome.UNSPECIFIED]: ReceiptKind.RELAY_FAILURE,
} as const;

/**
 * Takes the crossings of a frame in: each verified, decided, on disk and answered with a signed receipt, in one commit.
 * Numbers that are on record already are passed over.
 * @throws RelayError RELAY_FRAME_REPLAYED_ALTERED, RELAY_FRAME_CHAIN_BROKEN, RELAY_STOPPED; the stores' errors.
 */
export async function takeCrossings(context: RelayContext, frame: OpenedFrame & { readonly carries: 'crossings' }): Promise<void> {
  const started = context.clock.now();
  const chain = toHex(frame.header.chain);
  const lane = context.projection.arrivals.lane(frame.from, chain, frame.lane);
  assertContinues(lane, frame, frame.crossings);
  const fresh = frame.crossings.filter((item) => !lane.have.has(item.number));
  if (fresh.length === 0) return;
  const judged = judgeAll(context, fresh, started);
  const receipts = await Promise.all(judged.map((entry) => receiptFor(context, entry, frame.from, started)));
  await context.desk.commit((round) => prepare(context, frame, judged, receipts, round));
  for (const entry of judged) {
    if (entry.crossing === null || entry.decision === null) {
      context.events.failedCrossing({ from: frame.from, number: entry.item.number, code: entry.failure });
      continue;
    }
    context.events.received({
      from: frame.from,
      origin: entry.crossing.origin,
      id: entry.crossing.envelopeId,
      precedence: entry.crossing.header.precedence,
      outcome: entry.decision.outcome,
      tookMs: context.clock.now() - started,
    });
  }
  context.wake(frame.from);
}

function judgeAll(context: RelayContext, items: readonly UnverifiedCrossing[], now: EpochMs): readonly Judged[] {
  const here = new Map<string, string>();
  return items.map((item) => {
    try {
      const crossing = verifyCrossing(item, { keyOf: context.trust().keysForArrival(now), heads: context.heads, now });
      const key = messageKey(crossing.origin, crossing.envelopeId);
      const earlier = context.projection.inbound.get(key)?.envelopeDigest ?? here.get(key);
      if (earlier !== undefined && earlier !== crossing.envelopeDigest) throw new EnvelopeError('ENVELOPE_ID_REUSED');
      here.set(key, crossing.envelopeDigest);
      const asked = importQuestion(context, crossing, now);
      const { decision, disclosed } = context.gates().decideImport(asked.question);
      const accepted = crossing.parts.filter((part) => disclosed.includes(part.index));
      return { item, crossing, failure: '', decision, accepted, retentionDays: asked.retentionDays, known: earlier !== undefined };
    } catch (cause) {
      if (!isLiaisonError(cause)) throw cause;
      return { item, crossing: null, failure: cause.code, decision: null, accepted: [], retentionDays: 0, known: false };
    }
  });
}

/** What a crossing that failed claims to be; only to tell its sender which one it was. */
function claimedIdentity(bytes: Uint8Array): { readonly origin: OfficeId; readonly envelopeId: EnvelopeId; readonly envelopeDigest: Digest } | null {
  try {
    const signed = crossingCodec.decode(bytes).envelope;
    if (signed === null) return null;
    const header = envelopeCodec.decode(signed.envelope).header;
    return { origin: parseOfficeId(header?.origin), envelopeId: parseEnvelopeId(header?.id), envelopeDigest: digestOf(signed.envelope) };
  } catch (cause) {
    if (!isLiaisonError(cause)) throw cause;
    return null;
  }
}

async function receiptFor(context: RelayContext, entry: Judged, from: OfficeId, now: EpochMs): Promise<SignedReceiptBytes | null> {
  const about = entry.crossing ?? claimedIdentity(entry.item.bytes);
  if (about === null) return null;
  const outcome = entry.decision?.outcome ?? Outcome.UNSPECIFIED;
  return await context.receipts.sign({
    kind: KIND_OF_OUTCOME[outcome],
    addressee: from,
    origin: about.origin,
    envelopeId: about.envelopeId,
    envelopeDigest: about.envelopeDigest,
    crossingDigest: digestOf(entry.item.bytes),
    atMs: context.clock.now(),
    reason: outcome === Outcome.REFUSED ? 'POLICY_REFUSED' : entry.failure,
    relayedMs: outcome === Outcome.UNSPECIFIED ? null : now,
  });
}

function prepare(
  context: RelayContext,
  frame: OpenedFrame,
  judged: readonly Judged[],
  receipts: readonly (SignedReceiptBytes | null)[],
  round: Round,
): Prepared<void> {
  // Another copy of the frame may have been taken in while this one was judged.
  const lane = context.projection.arrivals.lane(frame.from, toHex(frame.header.chain), frame.lane);
  const now = judged.map((entry, index) => ({ entry, receipt: receipts[index] ?? null })).filter(({ entry }) => !lane.have.has(entry.item.number));
  const contents: ContentItem[] = [];
  const contentAt = now.map(({ entry }) => {
    if (entry.crossing === null || entry.decision === null || entry.decision.outcome === Outcome.REFUSED || entry.known) return -1;
    contents.push({ bytes: keepReceivedCrossing(entry.item, entry.accepted), expiresAt: later(entry.crossing.header.expiresMs as EpochMs, days(entry.retentionDays)) });
    return contents.length - 1;
  });
  const shared = { from: frame.from, scope: frame.scope, lane: frame.lane, frameDigest: frame.headerDigest, chain: frame.header.chain };
  return {
    contents,
    events: (refs) => {
      const events: LedgerEvent[] = [{ frameReceived: { header: frame.headerBytes, proof: frame.proof } }];
      now.forEach(({ entry, receipt }, index) => {
        const crossing = entry.crossing;
        events.push({
          crossingReceived: {
            ...shared,
            number: entry.item.number,
            crossingDigest: fromHex(digestOf(entry.item.bytes)),
            origin: crossing?.origin ?? '',
            envelopeId: crossing?.envelopeId ?? '',
            envelopeDigest: crossing === null ? new Uint8Array(32) : fromHex(crossing.envelopeDigest),
            kind: crossing?.kind ?? 0,
            precedence: crossing?.header.precedence ?? 0,
            createdMs: crossing?.header.createdMs ?? 0,
            expiresMs: crossing?.header.expiresMs ?? 0,
            drill: crossing?.header.drill ?? false,
            decision: entry.decision,
            agreement: crossing?.agreement ?? null,
            content: refs[contentAt[index] ?? -1] ?? null,
            failure: entry.failure,
            supersedes: crossing?.header.supersedes ?? '',
          },
        });
        if (receipt !== null) events.push(sentReceipt(receipt, round));
      });
      return now.length === 0 ? [] : events;
    },
    result: () => undefined,
  };
}
