import { digestOf, type EpochMs, isLiaisonError, type OfficeId } from '../../foundation/index.ts';
import { type AnyMessage, messageKey } from '../../ledger/index.ts';
import { MessageKind, Outcome, RefusalGround, RequestAction, targetOf } from '../../wire/index.ts';
import type { RelayContext } from '../parts.ts';
import type { SubmissionResult } from '../types.ts';
import { RequestsError } from './errors.ts';
import { peerOf, type SidedLife, timeToAcknowledge, timeToAnswer } from './figures.ts';
import type { RequestLife, RequestSide, RequestState, StepInput } from './types.ts';

/** Looks after the requests that are not at their end. */
export interface RequestWatch {
  readonly open: () => readonly SidedLife[];
  readonly sweep: () => Promise<void>;
}

/** Says a step; `rule` runs when it is its turn and throws where it has no place any more. */
type Say = (step: StepInput, rule?: (at: EpochMs) => void) => Promise<SubmissionResult>;

/** What was last told of a life. */
interface Told {
  readonly state: RequestState;
  readonly acknowledged: boolean;
  readonly answered: boolean;
}

const LOOKED_AT_ONCE = 2_000;
const REMINDED_AFTER = 0.75;
const NO_DIGEST = digestOf(new Uint8Array());

/** When a reminder is due: three quarters of the time have gone by. */
export function reminderTime({ createdMs, answerByMs }: Pick<RequestLife, 'createdMs' | 'answerByMs'>): EpochMs {
  return (createdMs + Math.floor((answerByMs - createdMs) * REMINDED_AFTER)) as EpochMs;
}

/** The watch of this office; what is on record by now is known to it and told to nobody. */
export function requestWatch(
  context: RelayContext,
  lives: (request: AnyMessage) => readonly SidedLife[],
  say: Say,
): RequestWatch {
  const { projection, clock, events } = context;
  const watched = new Map<string, AnyMessage>();
  const told = new Map<string, Told>();
  const raised = new Set<string>();
  const failed = new Set<string>();
  const seen = new Map<MessageKind, number>();
  let turn: Iterator<readonly [string, AnyMessage]> | undefined;

  const newOf = (kind: MessageKind): readonly AnyMessage[] => {
    const all = projection.ofKind(kind);
    const from = seen.get(kind) ?? 0;
    seen.set(kind, all.length);
    return all.slice(from);
  };

  /** New requests, and those of which something new was said, closed or not. */
  const takeNew = (): void => {
    const add = (request: AnyMessage | undefined): void => {
      if (request?.kind === MessageKind.REQUEST) watched.set(messageKey(request.origin, request.id), request);
    };
    newOf(MessageKind.REQUEST).forEach(add);
    for (const kind of [MessageKind.REQUEST_STEP, MessageKind.ANSWER])
      for (const message of newOf(kind)) {
        const target = targetOf(message.terms);
        const key = target === null ? '' : messageKey(target.origin, target.id);
        add(projection.outbound.get(key) ?? projection.inbound.get(key));
      }
  };

  /** The next of those that are watched, in turn. */
  const nextWatched = function* (): Generator<readonly [string, AnyMessage]> {
    for (let looked = 0; looked < LOOKED_AT_ONCE; looked++) {
      turn ??= watched.entries();
      const next = turn.next();
      if (next.done === true) {
        turn = undefined;
        return;
      }
      yield next.value;
    }
  };

  const nameOf = (key: string, side: RequestSide, life: RequestLife): string => `${key}>${peerOf(side, life)}`;

  const note = (key: string, { side, life }: SidedLife): Told | undefined => {
    const name = nameOf(key, side, life);
    const before = told.get(name);
    told.set(name, {
      state: life.state,
      acknowledged: life.acknowledgedMs !== null,
      answered: life.answeredMs !== null,
    });
    return before;
  };

  const tellChange = (key: string, sided: SidedLife): void => {
    const before = note(key, sided);
    const { side, life } = sided;
    if (before?.state === life.state && before.acknowledged === (life.acknowledgedMs !== null)) return;
    events.requestChanged({
      origin: life.origin,
      id: life.id,
      peer: peerOf(side, life),
      side,
      state: life.state,
      acknowledgedAfterMs: before?.acknowledged === true ? null : timeToAcknowledge(life),
      answeredAfterMs: before?.answered === true ? null : timeToAnswer(life),
      drill: life.drill,
    });
  };

  const tellDue = (key: string, { side, life }: SidedLife, now: EpochMs): void => {
    if (!life.open || !life.delivered || now < reminderTime(life)) return;
    const due = now > life.answerByMs ? 'overdue' : 'reminder';
    const name = `${nameOf(key, side, life)}/${due}`;
    if (raised.has(name)) return;
    raised.add(name);
    events.requestDue({ origin: life.origin, id: life.id, peer: peerOf(side, life), side, due });
  };

  /** Whether this office has said it already, arrived or not: the ledger knows, so a restart changes nothing. */
  const hasSaid = (request: AnyMessage, peer: OfficeId, action: RequestAction): boolean =>
    projection
      .about(messageKey(request.origin, request.id))
      .some(
        (message) =>
          message.direction === 'outbound' && message.copies.has(peer) && message.terms?.step?.action === action,
      );

  const notice = async (request: AnyMessage, peer: OfficeId, action: RequestAction): Promise<void> => {
    const name = `${messageKey(request.origin, request.id)}>${peer}/${action}`;
    if (failed.has(name) || hasSaid(request, peer, action)) return;
    try {
      await say(
        {
          submittedBy: 'node',
          request,
          action,
          recipients: [peer],
          ground: RefusalGround.UNSPECIFIED,
          assignee: '',
          text: '',
          textLanguage: '',
          idempotencyKey: '',
          submissionDigest: NO_DIGEST,
        },
        () => {
          if (hasSaid(request, peer, action)) throw new RequestsError('REQUESTS_CLOSED');
        },
      );
    } catch (cause) {
      if (!isLiaisonError(cause)) throw cause;
      // What is not to be said now will not be said later; what could not be written is tried again.
      if (cause.disposition === 'reject') failed.add(name);
    }
  };

  const remind = async (request: AnyMessage, { side, life }: SidedLife, now: EpochMs): Promise<void> => {
    if (side !== 'asking' || !life.open || !life.delivered) return;
    if (now > life.answerByMs) await notice(request, life.asked, RequestAction.OVERDUE);
    else if (now >= reminderTime(life)) await notice(request, life.asked, RequestAction.REMIND);
  };

  /** A request that waits for a release here is nobody's yet. */
  const isHidden = (request: AnyMessage): boolean => request.direction === 'inbound' && request.deliveredMs === null;
  const isWaiting = (request: AnyMessage): boolean =>
    request.direction === 'inbound' && request.decision.outcome === Outcome.HELD && request.hold === null;

  const forget = (key: string, sided: readonly SidedLife[]): void => {
    watched.delete(key);
    for (const { side, life } of sided) {
      raised.delete(`${nameOf(key, side, life)}/reminder`);
      raised.delete(`${nameOf(key, side, life)}/overdue`);
    }
  };

  takeNew();
  for (const [key, request] of watched) {
    if (isHidden(request)) continue;
    const sided = lives(request);
    for (const each of sided) note(key, each);
    if (!sided.some(({ life }) => life.open)) watched.delete(key);
  }

  return {
    open: () => {
      takeNew();
      return [...watched.values()]
        .filter((request) => !isHidden(request))
        .flatMap(lives)
        .filter(({ life }) => life.open);
    },
    sweep: async () => {
      takeNew();
      const now = clock.now();
      for (const [key, request] of [...nextWatched()]) {
        if (isHidden(request)) {
          if (!isWaiting(request)) watched.delete(key);
          continue;
        }
        const sided = lives(request);
        for (const each of sided) {
          tellChange(key, each);
          tellDue(key, each, now);
          await remind(request, each, now);
        }
        if (!sided.some(({ life }) => life.open)) forget(key, sided);
      }
    },
  };
}
