import { type EnvelopeId, type EpochMs, isLiaisonError, type OfficeId } from '../../foundation/index.ts';
import { type AnyMessage, messageKey } from '../../ledger/index.ts';
import { isSearchable, type MatchIndex, matchIndex, type Traits, traitsOf } from '../../matching/index.ts';
import { type HandlingCode, MessageKind, MessageType, Outcome, type Subject } from '../../wire/index.ts';
import type { RelayContext } from '../parts.ts';
import { readMessage } from '../read-message.ts';
import { recallInForce } from '../recall/index.ts';
import { hiddenFrom, mayLearn } from './may-learn.ts';
import { newValues } from './new-ones.ts';

/** A message that searches are answered from; nothing of its content but what a hit names. */
export interface Holding {
  /** The message's key. */
  readonly id: string;
  readonly origin: OfficeId;
  readonly envelopeId: EnvelopeId;
  readonly own: boolean;
  readonly lookout: boolean;
  readonly drill: boolean;
  readonly createdMs: EpochMs;
  readonly expiresMs: EpochMs;
  readonly handling: HandlingCode;
  readonly caseReference: string;
  readonly hidden: readonly string[] | 'everybody';
}

/** Who asks, and when. */
export interface Asker {
  readonly office: OfficeId;
  readonly drill: boolean;
  readonly now: EpochMs;
}

/** What this office may answer searches from: its own lookouts, its own alerts, and alerts that it received. */
export interface Holdings {
  /** Reads what is new, at most so many messages; true when nothing waits any more. */
  readonly refresh: (atMost: number) => Promise<boolean>;
  /** What is found of a subject and may be told to who asks: own lookouts first, then own alerts, the newest first. */
  readonly find: (wanted: Traits, asker: Asker) => Holding | undefined;
  /** Forgets some of what does not stand any more. */
  readonly forgetExpired: () => void;
  readonly get: (message: string) => Holding | undefined;
}

/** How many subjects are held at most; one takes a kilobyte or two. */
export interface HoldingLimits {
  readonly lookouts: number;
  /** Of own alerts, and of received ones as many again: no neighbour makes what this office said give way. */
  readonly alerts: number;
}

const LIMITS: HoldingLimits = { lookouts: 50_000, alerts: 50_000 };
const READ_AT_ONCE = 32;
const LOOKED_AT_ONCE = 2_000;

/** The holdings of this office; nothing is read before it is asked for. What is no longer kept is left out. */
export function holdings(context: RelayContext, limits: HoldingLimits = LIMITS): Holdings {
  const { projection, clock } = context;
  const lookouts = matchIndex<Holding>(limits.lookouts);
  const alerts = matchIndex<Holding>(limits.alerts);
  const received = matchIndex<Holding>(limits.alerts);
  const all = [lookouts, alerts, received];
  const newOutbound = newValues(projection.outbound);
  const newInbound = newValues(projection.inbound);
  const held = new Set<AnyMessage>();
  let waiting: AnyMessage[] = [];
  let reading: Promise<unknown> = Promise.resolve();
  let isFull = false;
  const turns = all.map((index) => ({ index, next: inTurn(index) }));

  const isOf = ({ kind, direction }: AnyMessage): boolean =>
    kind === MessageKind.ALERT || (kind === MessageKind.LOOKOUT && direction === 'outbound');

  const notice = (): void => {
    for (const message of newOutbound()) if (isOf(message)) waiting.push(message);
    for (const message of newInbound()) if (isOf(message)) held.add(message);
    for (const message of held) {
      if (message.direction !== 'inbound') continue;
      if (message.deliveredMs === null && message.hold === null && message.decision.outcome === Outcome.HELD) continue;
      held.delete(message);
      if (message.deliveredMs !== null) waiting.push(message);
    }
  };

  /** Whether it still stands: not over, replaced, cancelled, recalled or erased. */
  const stands = (message: AnyMessage, now: EpochMs): boolean => {
    if (message.expiresMs <= now || message.erased !== null) return false;
    const key = messageKey(message.origin, message.id);
    const counts = (other: AnyMessage): boolean =>
      other.origin === message.origin && (other.direction === 'outbound' || other.deliveredMs !== null);
    return !projection.supersededBy(key).some(counts) && recallInForce(projection, key) === null;
  };

  const take = async (message: AnyMessage): Promise<void> => {
    if (!stands(message, clock.now())) return;
    const { header, body } = await readMessage(context, message.origin, message.id);
    const { subjects, messageType } = body as { readonly subjects: readonly Subject[]; readonly messageType?: number };
    if (messageType === MessageType.CANCEL) return;
    const lookout = message.kind === MessageKind.LOOKOUT;
    const holding: Holding = {
      id: messageKey(message.origin, message.id),
      origin: message.origin,
      envelopeId: message.id,
      own: message.direction === 'outbound',
      lookout,
      drill: message.drill,
      createdMs: message.createdMs,
      expiresMs: message.expiresMs,
      handling: header.handling,
      caseReference: header.caseReference,
      hidden: hiddenFrom(subjects),
    };
    const index = lookout ? lookouts : holding.own ? alerts : received;
    index.add(holding, subjects.map(traitsOf).filter(isSearchable));
  };

  /** Reads these; gives back those that cannot be read just now. What is gone or damaged is for others to report. */
  const takeAll = async (messages: readonly AnyMessage[]): Promise<readonly AnyMessage[]> => {
    const results = await Promise.allSettled(messages.map(take));
    return messages.filter((_, at) => {
      const result = results[at];
      if (result?.status !== 'rejected') return false;
      if (isLiaisonError(result.reason)) return result.reason.disposition === 'retry';
      context.onBug(result.reason);
      return false;
    });
  };

  const refresh = async (atMost: number): Promise<boolean> => {
    notice();
    let next = 0;
    let unread: readonly AnyMessage[] = [];
    while (next < Math.min(waiting.length, atMost) && unread.length === 0) {
      const some = waiting.slice(next, next + Math.min(READ_AT_ONCE, atMost - next));
      next += some.length;
      unread = await takeAll(some);
    }
    waiting = [...unread, ...waiting.slice(next)];
    if (!isFull && all.some((index) => index.dropped() > 0)) {
      isFull = true;
      context.events.alarm({ code: 'SEARCHES_INDEX_FULL', office: context.self });
    }
    return waiting.length === 0;
  };

  const rank = ({ lookout, own, caseReference }: Holding): number =>
    lookout ? 0 : caseReference === '' ? 3 : own ? 1 : 2;

  const isTold = (holding: Holding, asker: Asker): boolean => {
    const message = projection.outbound.get(holding.id) ?? projection.inbound.get(holding.id);
    const concerns = message !== undefined && holding.drill === asker.drill && stands(message, asker.now);
    return concerns && mayLearn(holding, asker.office);
  };

  const first = (indexes: readonly MatchIndex<Holding>[], wanted: Traits, asker: Asker): Holding | undefined =>
    indexes
      .flatMap((index) => index.find(wanted))
      .sort((a, b) => rank(a) - rank(b) || b.createdMs - a.createdMs)
      .find((holding) => isTold(holding, asker));

  /** What was called back or erased leaves memory too, and not only what has expired. */
  const mayStay = ({ id }: Holding, now: EpochMs): boolean => {
    const message = projection.outbound.get(id) ?? projection.inbound.get(id);
    return message !== undefined && stands(message, now);
  };

  return {
    refresh: (atMost) => {
      const turn = reading.then(() => refresh(atMost));
      reading = turn.catch(() => undefined);
      return turn;
    },
    find: (wanted, asker) => first([lookouts], wanted, asker) ?? first([alerts, received], wanted, asker),
    forgetExpired: () => {
      const now = clock.now();
      for (const { index, next } of turns)
        for (const holding of next()) if (!mayStay(holding, now)) index.remove(holding.id);
    },
    get: (message) => lookouts.get(message) ?? alerts.get(message) ?? received.get(message),
  };
}

/** Gives some of what is held at each call, the next time those after them, and then from the beginning again. */
function inTurn(index: MatchIndex<Holding>): () => Iterable<Holding> {
  let items: Iterator<Holding> | undefined;
  return function* () {
    for (let looked = 0; looked < LOOKED_AT_ONCE; looked++) {
      items ??= index.items()[Symbol.iterator]();
      const next = items.next();
      if (next.done === true) {
        items = undefined;
        return;
      }
      yield next.value;
    }
  };
}
