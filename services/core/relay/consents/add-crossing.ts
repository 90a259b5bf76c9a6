import { buildCrossing, type CrossingKind, type DecidedCrossing } from '../../envelope/index.ts';
import { days, type EpochMs, fromHex, later } from '../../foundation/index.ts';
import { type AddedCopy, type AnyMessage, messageKey } from '../../ledger/index.ts';
import { CrossingOccasion, type MessageRef, Outcome, type Purpose } from '../../wire/index.ts';
import { copySubject } from '../end-copy.ts';
import { laneOf } from '../lanes.ts';
import type { RelayContext } from '../parts.ts';
import { recallsOf } from '../recall/recall-in-force.ts';
import { ConsentsError } from './errors.ts';

/** One more crossing of a message that this office holds, as its export gate decided. */
export interface Addition {
  readonly message: AnyMessage;
  readonly decided: DecidedCrossing;
  readonly kind: CrossingKind;
  readonly occasion: CrossingOccasion;
  /** Who decided it, and why. */
  readonly by: string;
  readonly reason: string;
  readonly reliesOn: MessageRef | null;
  readonly purpose: Purpose;
  readonly retentionDays: number;
  /** Throws where it has no place any more; runs when it is this work's turn. */
  readonly guard: (at: EpochMs) => void;
}

/** An occasion as events and answers name it. */
export function occasionWord(occasion: CrossingOccasion): 'onward' | 'opening' | 'history' {
  if (occasion === CrossingOccasion.HISTORY) return 'history';
  return occasion === CrossingOccasion.SUPPLEMENT ? 'opening' : 'onward';
}

/** Something more of the message may still leave. @throws ConsentsError CONSENTS_MESSAGE_ENDED. */
export function assertCurrent(projection: RelayContext['projection'], message: AnyMessage, at: EpochMs): void {
  if (
    at >= message.expiresMs ||
    message.erased !== null ||
    recallsOf(projection, messageKey(message.origin, message.id)).length > 0
  )
    throw new ConsentsError('CONSENTS_MESSAGE_ENDED', { context: { origin: message.origin, id: message.id } });
}

/**
 * The decision is on record, and where it released, the crossing stands on its lane. @throws ConsentsError
 * CONSENTS_PERSON_NEEDED for what is held; what the guard throws; RelayError RELAY_STOPPED.
 */
export async function addCrossing(context: RelayContext, addition: Addition): Promise<AddedCopy> {
  const { message, decided, occasion, by, reason, reliesOn, purpose, retentionDays } = addition;
  const { to, scope, agreement, decision } = decided;
  const key = messageKey(message.origin, message.id);
  if (decision.outcome === Outcome.HELD)
    throw new ConsentsError('CONSENTS_PERSON_NEEDED', { context: { to, policies: decision.policies.join(' ') } });
  const copy = await context.desk.commit(
    (round) => {
      addition.guard(round.at);
      const lane = laneOf(message);
      const crossing =
        decision.outcome === Outcome.RELEASED
          ? buildCrossing(decided, lane, round.takeNumber(to, lane), context.random, addition.kind)
          : null;
      const expiresAt = later(message.expiresMs, days(retentionDays));
      return {
        contents: crossing === null ? [] : [{ bytes: crossing.crossing, expiresAt }],
        events: (refs) => [
          {
            crossingAdded: {
              origin: message.origin,
              envelopeId: message.id,
              envelopeDigest: fromHex(message.envelopeDigest),
              kind: message.kind,
              precedence: message.precedence,
              createdMs: message.createdMs,
              expiresMs: message.expiresMs,
              drill: message.drill,
              occasion,
              by,
              reason,
              reliesOn,
              purpose,
              crossing: {
                to,
                scope,
                agreement,
                decision,
                crossing: refs[0] ?? null,
                lane: crossing?.lane ?? 0,
                number: crossing?.number ?? 0,
              },
            },
          },
        ],
        result: () => {
          if (crossing !== null) context.recent.keep(fromHex(crossing.digest), crossing.bytes);
          const added = context.projection.added.of(key).findLast((candidate) => candidate.to === to);
          if (added === undefined) throw new TypeError('a crossing that is on record is nowhere to be found');
          return added;
        },
      };
    },
    [key, copySubject(key, to)],
  );
  context.events.added({
    direction: 'out',
    peer: to,
    origin: copy.origin,
    id: copy.id,
    occasion: occasionWord(occasion),
    outcome: decision.outcome,
  });
  if (copy.crossing !== null) context.wake(to);
  return copy;
}
