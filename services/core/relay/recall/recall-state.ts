import type { EnvelopeId, EpochMs, OfficeId } from '../../foundation/index.ts';
import {
  type AnyMessage,
  type CopyState,
  type InboundMessageView,
  messageKey,
  type OfficeProjection,
  type OutboundMessage,
  stateOfCopy,
} from '../../ledger/index.ts';
import {
  MessageKind,
  type MessageRef,
  type RecallAction,
  type RecallAnswerTerms,
  type RecallGround,
  RecallOutcome,
  type RecallTerms,
  type RetentionGround,
} from '../../wire/index.ts';

/** What a holder did about a recall, as it signed it. */
export interface RecallAnswerView {
  readonly id: EnvelopeId;
  readonly origin: OfficeId;
  readonly outcome: RecallOutcome;
  readonly ground: RetentionGround;
  readonly passedOn: readonly OfficeId[];
  /** The holder's clock. */
  readonly atMs: EpochMs;
}

/** How a recall stands with one office that has, had or may get what was recalled. */
export interface HolderView {
  readonly office: OfficeId;
  /** The neighbour through which the recall reaches it, itself for a neighbour; of this office, whom it came from. */
  readonly via: OfficeId;
  /** Where the copy of what was recalled stood; null where another office passed it on. */
  readonly copy: CopyState | null;
  /** Where the recall itself stands; null where another office passes it on. */
  readonly recall: CopyState | null;
  readonly state: 'waiting' | 'overdue' | 'unreached' | 'done' | 'partly' | 'refused';
  readonly answer: RecallAnswerView | null;
}

/** A recall with everything that both sides know of it. */
export interface RecallView {
  readonly direction: AnyMessage['direction'];
  readonly origin: OfficeId;
  readonly id: EnvelopeId;
  readonly target: MessageRef;
  readonly action: RecallAction;
  readonly ground: RecallGround;
  readonly createdMs: EpochMs;
  readonly answerByMs: EpochMs;
  /** On the originator's side all holders; elsewhere this office first, then those that it passed the recall on to. */
  readonly holders: readonly HolderView[];
}

type Messages = Pick<OfficeProjection, 'about' | 'added' | 'outbound'>;

const STATES = {
  [RecallOutcome.DONE]: 'done',
  [RecallOutcome.PARTLY]: 'partly',
  [RecallOutcome.REFUSED]: 'refused',
  [RecallOutcome.UNSPECIFIED]: 'waiting',
} as const;

/** By when every holder is to have answered. */
export function recallAnswerBy(terms: RecallTerms): EpochMs {
  return ((terms.answerBy?.seconds ?? 0) * 1000) as EpochMs;
}

/** Answers that count, by the office that gave them: own ones, and received ones that were let in. */
export function answersTo(projection: Messages, recall: AnyMessage): ReadonlyMap<OfficeId, AnyMessage> {
  const answers = new Map<OfficeId, AnyMessage>();
  for (const message of projection.about(messageKey(recall.origin, recall.id))) {
    const counts = message.direction === 'outbound' || message.deliveredMs !== null;
    if (message.kind === MessageKind.RECALL_ANSWER && counts && !answers.has(message.origin))
      answers.set(message.origin, message);
  }
  return answers;
}

/** How a recall stands, from the ledger alone; both sides of a border get the same. Null for what is none. */
export function recallState(projection: Messages, recall: AnyMessage, self: OfficeId, now: EpochMs): RecallView | null {
  const terms = recall.terms?.recall ?? null;
  if (recall.kind !== MessageKind.RECALL || terms === null || terms.target === null) return null;
  const answers = answersTo(projection, recall);
  const isLate = now > recallAnswerBy(terms);
  const holders = new Map<OfficeId, HolderView>();
  const add = (office: OfficeId, via: OfficeId, copy: CopyState | null, reached: CopyState | null): void => {
    if (holders.has(office) || office === recall.origin) return;
    const answer = answerView(answers.get(office));
    const open = isUnreached(reached) ? 'unreached' : isLate ? 'overdue' : 'waiting';
    const state = answer === null ? open : STATES[answer.outcome];
    holders.set(office, { office, via, copy, recall: reached, state, answer });
  };
  for (const holder of firstHolders(projection, recall, terms.target, self)) add(...holder);
  // Each answer may name further ones, and those name further ones again.
  for (const { answer, via } of holders.values())
    for (const office of answer?.passedOn ?? []) add(office, via, null, null);
  for (const [office, message] of answers) if (message.direction === 'inbound') add(office, message.from, null, null);
  return {
    direction: recall.direction,
    origin: recall.origin,
    id: recall.id,
    target: terms.target,
    action: terms.action,
    ground: terms.ground,
    createdMs: recall.createdMs,
    answerByMs: recallAnswerBy(terms),
    holders: [...holders.values()],
  };
}

type Holder = readonly [office: OfficeId, via: OfficeId, copy: CopyState | null, recall: CopyState | null];

function firstHolders(
  projection: Messages,
  recall: OutboundMessage | InboundMessageView,
  target: MessageRef,
  self: OfficeId,
): readonly Holder[] {
  const recalled = messageKey(target.origin, target.id);
  if (recall.direction === 'outbound') {
    const copies = projection.outbound.get(recalled)?.copies;
    return [...recall.copies.values()].map((copy): Holder => {
      const original = copies?.get(copy.to);
      return [copy.to, copy.to, original === undefined ? null : stateOfCopy(original), stateOfCopy(copy)];
    });
  }
  const passedOn = projection.added.of(messageKey(recall.origin, recall.id));
  const originals = projection.added.of(recalled);
  return [
    [self, recall.from, null, null],
    ...passedOn.map((copy): Holder => {
      const original = originals.find(({ to }) => to === copy.to);
      return [copy.to, copy.to, original === undefined ? null : stateOfCopy(original), stateOfCopy(copy)];
    }),
  ];
}

function isUnreached(recall: CopyState | null): boolean {
  return recall === 'refused' || recall === 'rejected' || recall === 'expired' || recall === 'failed';
}

function answerView(message: AnyMessage | undefined): RecallAnswerView | null {
  const terms: RecallAnswerTerms | null = message?.terms?.recallAnswer ?? null;
  if (message === undefined || terms === null) return null;
  const { outcome, ground } = terms;
  const passedOn = terms.passedOn as readonly OfficeId[];
  return { id: message.id, origin: message.origin, outcome, ground, passedOn, atMs: message.createdMs };
}
