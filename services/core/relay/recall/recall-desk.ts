import { type EnvelopeId, isLiaisonError, type OfficeId } from '../../foundation/index.ts';
import { type AnyMessage, type InboundMessageView, messageKey, type OutboundMessage } from '../../ledger/index.ts';
import {
  ErasureCause,
  MessageKind,
  type MessageRef,
  Outcome,
  RecallAction,
  RecallOutcome,
  RetentionGround,
  targetOf,
} from '../../wire/index.ts';
import { endCopy, hasEnd } from '../end-copy.ts';
import { bodyErasure } from '../erase-body.ts';
import type { HoldQueue } from '../hold/index.ts';
import type { RelayContext } from '../parts.ts';
import type { Submissions } from '../submit-message.ts';
import { answerRecall, passedOn } from './answer-recall.ts';
import { RecallError } from './errors.ts';
import { answersTo, type RecallView, recallState } from './recall-state.ts';
import { isQueued, sendRecall, unlessEnded } from './send-recall.ts';
import type { RecallDesk } from './types.ts';

/** What the desk needs besides what the parts of the relay share. */
export interface RecallDeskParts {
  readonly messages: Submissions;
  readonly holds: HoldQueue;
  /** Sends a message of a third office, a recall or an answer to one, on to a neighbour, as it is. */
  readonly passOn: (message: InboundMessageView, to: OfficeId) => Promise<unknown>;
}

const NODE = 'node';

function received(message: AnyMessage): message is InboundMessageView {
  return message.direction === 'inbound' && message.deliveredMs !== null;
}

function counts(message: AnyMessage): boolean {
  return message.direction === 'outbound' || received(message);
}

function recalledBy(recall: AnyMessage): MessageRef {
  return recall.terms?.recall?.target as MessageRef;
}

/** The recalls of this office. */
export function recallDesk(context: RelayContext, { messages, holds, passOn }: RecallDeskParts): RecallDesk {
  const { projection, self, clock } = context;
  const erasure = bodyErasure(context);
  /** What came in before this run was told then; so is what cannot go on. */
  const told = new Set(
    [MessageKind.RECALL, MessageKind.RECALL_ANSWER].flatMap((kind) => projection.ofKind(kind)).filter(counts),
  );
  const failing = new Set<string>();

  const viewOf = (recall: AnyMessage): RecallView | null => recallState(projection, recall, self, clock.now());

  const findRecall = (id: EnvelopeId, origin: OfficeId | undefined): AnyMessage => {
    const found = projection
      .ofKind(MessageKind.RECALL)
      .find((recall) => recall.id === id && (origin ?? recall.origin) === recall.origin && counts(recall));
    if (found === undefined) throw new RecallError('RECALL_UNKNOWN', { context: { id } });
    return found;
  };

  /** Whether frames that hold the body may have to be sent again. */
  const isNeeded = (message: OutboundMessage): boolean => {
    const copies = [...message.copies.values(), ...projection.added.of(messageKey(self, message.id))];
    return copies.some(
      (copy) =>
        copy.framedMs !== null &&
        !hasEnd(copy) &&
        copy.number > projection.lanes.lane(copy.to, copy.lane).confirmedThrough,
    );
  };

  /** A deletion takes the originator's own body, once no frame that holds it may have to be sent again. */
  const eraseOwn = async (recall: OutboundMessage): Promise<void> => {
    const { id, origin, envelopeDigest, terms } = recall;
    const message = projection.outbound.get(messageKey(self, recalledBy(recall).id));
    if (terms?.recall?.action !== RecallAction.DELETE || message === undefined) return;
    if (message.erased !== null || isNeeded(message)) return;
    const orderedBy = { origin, id, digest: Buffer.from(envelopeDigest, 'hex') };
    const event = await erasure.record(message, { cause: ErasureCause.RECALL, orderedBy, by: recall.submittedBy });
    if (event === null) return;
    await context.desk.commit(
      () => ({ contents: [], events: () => (message.erased === null ? [event] : []), result: () => undefined }),
      [messageKey(self, message.id)],
    );
  };

  /** What is held here is not let in any more, what was to go on does not, and what went on is called back there too. */
  const obey = async (recall: InboundMessageView): Promise<void> => {
    const target = recalledBy(recall);
    const key = messageKey(target.origin, target.id);
    const message = projection.inbound.get(key);
    if (message?.decision.outcome === Outcome.HELD && message.hold === null) {
      const held = { direction: 'inbound', origin: message.origin, id: message.id, peer: message.from } as const;
      await unlessEnded(holds.recall(held, ''));
    }
    for (const copy of projection.added.of(key))
      if (isQueued(copy)) await endCopy(context, copy, copy, 'RECALLED', () => isQueued(copy));
    await passTo(recall, new Set(passedOn(projection, key).map(({ to }) => to)));
    const isHere = message !== undefined && message.content !== null;
    if (isHere || answersTo(projection, recall).has(self)) return;
    // Nothing of it is here and nothing will be let in: there is nothing for a person to decide.
    const outcome = RecallOutcome.DONE;
    const nothing = { ground: RetentionGround.UNSPECIFIED, text: '', textLanguage: '' };
    await answerRecall(context, messages, erasure, recall, { answeredBy: NODE, outcome, ...nothing });
  };

  /** An answer that came from beyond this office goes on to where the recall came from. */
  const passAnswer = async (answer: InboundMessageView): Promise<void> => {
    const target = answer.terms?.recallAnswer?.target ?? null;
    const recall = target === null ? undefined : projection.inbound.get(messageKey(target.origin, target.id));
    if (recall !== undefined && answer.from !== recall.from) await passTo(answer, new Set([recall.from]));
  };

  const passTo = async (message: InboundMessageView, offices: ReadonlySet<OfficeId>): Promise<void> => {
    const before = new Set(projection.added.of(messageKey(message.origin, message.id)).map(({ to }) => to));
    for (const office of offices)
      if (!before.has(office) && context.neighbour(office) !== undefined) await passToOne(message, office);
  };

  const passToOne = async (message: InboundMessageView, office: OfficeId): Promise<void> => {
    try {
      await passOn(message, office);
    } catch (cause) {
      if (!isLiaisonError(cause)) throw cause;
      const which = `${message.origin}/${message.id}>${office}`;
      if (!failing.has(which)) context.events.alarm({ code: cause.code, office });
      failing.add(which);
    }
  };

  const tell = (message: AnyMessage): void => {
    if (told.has(message) || !counts(message)) return;
    told.add(message);
    const direction = message.direction === 'outbound' ? 'out' : 'in';
    const { origin, id } = message;
    const target = targetOf(message.terms) as MessageRef;
    const about = { origin: target.origin as OfficeId, id: target.id as EnvelopeId };
    const outcome = message.terms?.recallAnswer?.outcome;
    if (outcome === undefined) context.events.recalled({ direction, origin, id, message: about });
    else context.events.recallAnswered({ direction, origin, id: about.id, outcome });
  };

  return {
    recall: async (input) => {
      const result = await sendRecall(context, messages, holds, input);
      const recall = projection.outbound.get(messageKey(self, result.id));
      if (recall !== undefined) await eraseOwn(recall);
      await erasure.sweep();
      return result;
    },
    answer: async ({ origin, id, ...input }) => {
      const recall = findRecall(id, origin);
      if (recall.direction === 'outbound') throw new RecallError('RECALL_NOT_RECEIVED', { context: { id } });
      return await answerRecall(context, messages, erasure, recall, input);
    },
    list: () =>
      projection
        .ofKind(MessageKind.RECALL)
        .filter(counts)
        .map(viewOf)
        .filter((view) => view !== null)
        .reverse(),
    find: (id, origin) => {
      const view = viewOf(findRecall(id, origin));
      if (view === null) throw new RecallError('RECALL_UNKNOWN', { context: { id } });
      return view;
    },
    sweep: async () => {
      for (const kind of [MessageKind.RECALL, MessageKind.RECALL_ANSWER]) projection.ofKind(kind).forEach(tell);
      for (const recall of projection.ofKind(MessageKind.RECALL)) {
        if (recall.direction === 'outbound') await unlessEnded(eraseOwn(recall));
        else if (received(recall)) await unlessEnded(obey(recall));
      }
      for (const answer of projection.ofKind(MessageKind.RECALL_ANSWER)) if (received(answer)) await passAnswer(answer);
      await erasure.sweep();
    },
  };
}
