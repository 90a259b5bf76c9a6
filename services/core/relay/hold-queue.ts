import { buildCrossing, type DecidedCrossing, type SignedReceiptBytes } from '../envelope/index.ts';
import { days, type EnvelopeId, type EpochMs, fromHex, later } from '../foundation/index.ts';
import {
  type DecisionView,
  type InboundMessageView,
  messageKey,
  type OutboundCopy,
  type OutboundMessage,
} from '../ledger/index.ts';
import {
  type Decision,
  Direction,
  HoldResolution,
  type Init,
  type LedgerRecord,
  Outcome,
  ReceiptKind,
} from '../wire/index.ts';
import type { Prepared, Round } from './desk.ts';
import { copySubject } from './end-copy.ts';
import { RelayError } from './errors.ts';
import { exportQuestion, importQuestion } from './gate-questions.ts';
import { laneOf } from './lanes.ts';
import type { RelayContext } from './parts.ts';
import { sentReceipt } from './receipts.ts';
import { readOwn, readReceived } from './stored-messages.ts';
import type { HeldKey } from './types.ts';

type Resolved = Init<NonNullable<LedgerRecord['holdResolved']>>;

/** Crossings that wait for a person: each leaves the queue once, by a named person or by expiry, and expiry is never release. */
export interface HoldQueue {
  readonly release: (key: HeldKey, by: string, reason: string) => Promise<DecisionView>;
  readonly reject: (key: HeldKey, by: string, reason: string) => Promise<void>;
  readonly expire: (key: HeldKey) => Promise<void>;
}

function refusesNow(decision: Decision): RelayError {
  return new RelayError('RELAY_RELEASE_REFUSED', { context: { policies: decision.policies.join(' ') } });
}

/** Parts that were not accepted when it arrived were not kept, so the gate no longer sees them; they stay withheld. */
function withWithheldBefore(decision: Decision, before: DecisionView): Decision {
  const named = new Set(decision.withheld.flatMap((entry) => entry.parts));
  const earlier = before.withheld
    .map(({ category, policies, parts }) => ({
      category,
      policies: [...policies],
      parts: parts.filter((part) => !named.has(part)),
    }))
    .filter(({ parts }) => parts.length > 0);
  return { ...decision, withheld: [...decision.withheld, ...earlier] };
}

/** The hold queue of this office, both directions. */
export function holdQueue(context: RelayContext): HoldQueue {
  const { projection, clock } = context;

  const heldCopy = (key: HeldKey): { message: OutboundMessage; copy: OutboundCopy } => {
    const message = projection.outbound.get(messageKey(key.origin, key.id));
    const copy = message?.copies.get(key.peer);
    if (message === undefined || copy === undefined || copy.decision.outcome !== Outcome.HELD || copy.hold !== null)
      throw new RelayError('RELAY_NOT_HELD');
    return { message, copy };
  };

  const heldArrival = (key: HeldKey): InboundMessageView => {
    const message = projection.inbound.get(messageKey(key.origin, key.id));
    if (
      message === undefined ||
      message.from !== key.peer ||
      message.decision.outcome !== Outcome.HELD ||
      message.hold !== null
    ) {
      throw new RelayError('RELAY_NOT_HELD');
    }
    return message;
  };

  /** Throws unless the crossing is held at this very moment; runs when it is this work's turn, so that two releases cannot both pass. */
  const assertHeld = (key: HeldKey, now: EpochMs): void => {
    const { expiresMs } = key.direction === 'outbound' ? heldCopy(key).message : heldArrival(key);
    if (now > expiresMs) throw new RelayError('RELAY_NOT_HELD');
  };

  /** One after the other for one held crossing, so that it leaves the queue once. */
  const commit = <Result>(key: HeldKey, prepare: (round: Round) => Prepared<Result>): Promise<Result> => {
    const message = messageKey(key.origin, key.id);
    return context.desk.commit(prepare, [key.direction === 'outbound' ? copySubject(message, key.peer) : message]);
  };

  const resolution = (key: HeldKey, outcome: HoldResolution, by: string, reason: string): Resolved => ({
    direction: key.direction === 'outbound' ? Direction.OUTBOUND : Direction.INBOUND,
    origin: key.origin,
    envelopeId: key.id,
    peer: key.peer,
    resolution: outcome,
    by,
    reason,
  });

  const releaseOutbound = async (key: HeldKey, by: string, reason: string): Promise<DecisionView> => {
    assertHeld(key, clock.now());
    const { message, copy } = heldCopy(key);
    const own = await readOwn(context, message);
    const asked = exportQuestion(context, own, key.peer, clock.now());
    const decided: DecidedCrossing = context.gates().releaseExport(asked.question, { by, shown: copy.decision });
    if (decided.decision.outcome !== Outcome.RELEASED) throw refusesNow(decided.decision);
    await commit(key, (round) => {
      assertHeld(key, round.at);
      const crossing = buildCrossing(
        decided,
        laneOf(message.precedence),
        round.takeNumber(key.peer, laneOf(message.precedence)),
        context.random,
      );
      return {
        contents: [{ bytes: crossing.crossing, expiresAt: later(message.expiresMs, days(asked.retentionDays)) }],
        events: (refs) => [
          {
            holdResolved: {
              ...resolution(key, HoldResolution.RELEASED, by, reason),
              crossing: {
                to: decided.to,
                scope: decided.scope,
                agreement: decided.agreement,
                decision: decided.decision,
                crossing: refs[0] ?? null,
                lane: crossing.lane,
                number: crossing.number,
              },
            },
          },
        ],
        result: () => {
          context.recent.keep(fromHex(crossing.digest), crossing.bytes);
          context.wake(key.peer);
        },
      };
    });
    return heldView(key);
  };

  const releaseInbound = async (key: HeldKey, by: string, reason: string): Promise<DecisionView> => {
    assertHeld(key, clock.now());
    const message = heldArrival(key);
    const crossing = await readReceived(context, message);
    const decided = context
      .gates()
      .releaseImport(importQuestion(context, crossing, clock.now()).question, { by, shown: message.decision });
    if (decided.decision.outcome !== Outcome.RELEASED) throw refusesNow(decided.decision);
    const decision = withWithheldBefore(decided.decision, message.decision);
    const receipt = await receiptFor(message, ReceiptKind.DELIVERY, '');
    await commit(key, (round) => {
      assertHeld(key, round.at);
      return {
        contents: [],
        events: () => [
          { holdResolved: { ...resolution(key, HoldResolution.RELEASED, by, reason), decision } },
          sentReceipt(receipt, round),
        ],
        result: () => context.wake(key.peer),
      };
    });
    return heldView(key);
  };

  const heldView = (key: HeldKey): DecisionView => {
    const decision =
      key.direction === 'outbound'
        ? projection.outbound.get(messageKey(key.origin, key.id))?.copies.get(key.peer)?.decision
        : projection.inbound.get(messageKey(key.origin, key.id))?.decision;
    if (decision === undefined) throw new RelayError('RELAY_MESSAGE_UNKNOWN');
    return decision;
  };

  const receiptFor = (message: InboundMessageView, kind: ReceiptKind, reason: string): Promise<SignedReceiptBytes> =>
    context.receipts.sign({
      kind,
      addressee: message.from,
      origin: message.origin,
      envelopeId: message.id as EnvelopeId,
      envelopeDigest: message.envelopeDigest,
      crossingDigest: message.crossingDigest,
      atMs: clock.now(),
      reason,
      relayedMs: message.receivedMs,
    });

  const end = async (key: HeldKey, outcome: HoldResolution, by: string, reason: string): Promise<void> => {
    if (key.direction === 'outbound') heldCopy(key);
    const code = outcome === HoldResolution.EXPIRED ? 'EXPIRED' : 'REJECTED';
    const receipt =
      key.direction === 'inbound' ? await receiptFor(heldArrival(key), ReceiptKind.NON_DELIVERY, code) : null;
    await commit(key, (round) => {
      if (key.direction === 'outbound') heldCopy(key);
      else heldArrival(key);
      return {
        contents: [],
        events: () => [
          { holdResolved: resolution(key, outcome, by, reason) },
          ...(receipt === null ? [] : [sentReceipt(receipt, round)]),
        ],
        result: () => context.wake(key.peer),
      };
    });
  };

  return {
    release: async (key, by, reason) => {
      const decision = await (key.direction === 'outbound'
        ? releaseOutbound(key, by, reason)
        : releaseInbound(key, by, reason));
      context.events.resolved({ key, resolution: 'released', by });
      return decision;
    },
    reject: async (key, by, reason) => {
      await end(key, HoldResolution.REJECTED, by, reason);
      context.events.resolved({ key, resolution: 'rejected', by });
    },
    expire: async (key) => {
      await end(key, HoldResolution.EXPIRED, '', '');
      context.events.resolved({ key, resolution: 'expired', by: '' });
    },
  };
}
