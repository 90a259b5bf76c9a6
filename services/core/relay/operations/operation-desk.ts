import { type Digest, digestOf, fromHex, type OfficeId, utf8 } from '../../foundation/index.ts';
import { messageKey } from '../../ledger/index.ts';
import { type InstalledCharter, withSignatures } from '../../trust/index.ts';
import { type CharterSignature, DocumentKind, MessageKind, OperationAction } from '../../wire/index.ts';
import type { RelayContext } from '../parts.ts';
import type { Submissions } from '../submit-message.ts';
import type { SubmissionResult } from '../types.ts';
import { assertActSound } from './check-act.ts';
import { OperationsError } from './errors.ts';
import { assertMayAct, isOfPersons } from './may-act.ts';
import { nextActNumber, operationOf } from './operation-views.ts';
import { operationWatch, type SayAct } from './operation-watch.ts';
import { type ActWords, actSubmission, operationSubject, proposalSubmission } from './say-act.ts';
import { ownSignature, proposalDocument } from './sign-charter.ts';
import type { ActInput, Contribution, OperationView, ProposalInput } from './types.ts';

/** Joint operations of this office: proposing them, and the acts of its members. */
export interface OperationDesk {
  /**
   * The charter is signed by this office as its lead, and its proposal to all whom it names is on record.
   * @throws OperationsError OPERATIONS_NOT_LEAD, OPERATIONS_KNOWN, OPERATIONS_NO_LINE, OPERATIONS_SIGNATURE_INVALID;
   * TrustError as `TrustStore.installCharter` and `TrustStore.assertCharterAllowed`; RelayError as `Relay.submit`.
   */
  readonly propose: (input: ProposalInput) => Promise<SubmissionResult>;
  /**
   * An act of this office, said to all other members.
   * @throws OperationsError OPERATIONS_UNKNOWN, OPERATIONS_NOT_MEMBER, OPERATIONS_NOT_LEAD, OPERATIONS_OF_LEAD,
   * OPERATIONS_OF_NODE, OPERATIONS_STATE_WRONG, OPERATIONS_NO_LINE, OPERATIONS_SIGNATURE_INVALID, OPERATIONS_CHANGED;
   * TrustError as `TrustStore.assertCharterAllowed`; RelayError as `Relay.submit`.
   */
  readonly act: (input: ActInput) => Promise<SubmissionResult>;
  /** This office signs the after-action report of that digest; whether it is the report is for the caller to know. @throws as `act`. */
  readonly signReport: (
    input: Omit<ActInput, 'action' | 'document' | 'member'>,
    report: Digest,
  ) => Promise<SubmissionResult>;
  readonly get: (id: string) => OperationView | undefined;
  readonly all: () => readonly OperationView[];
  /** The charter with every signature that is here: a JWS in General JSON form that a stranger can verify. @throws OperationsError OPERATIONS_UNKNOWN. */
  readonly document: (id: string) => Uint8Array;
  /** Does what time and others' acts bring: puts charters in force, opens, repeats, contributes, tells of changes. */
  readonly sweep: () => Promise<void>;
  /** Acts or proposals may have come in: what is to be done about them is done soon. */
  readonly arrived: () => void;
}

/** A post or an act that went on record meanwhile is no reason to turn a person away. */
const ATTEMPTS = 5;

async function again<Result>(work: () => Promise<Result>): Promise<Result> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (cause) {
      const isChanged = cause instanceof OperationsError && cause.code === 'OPERATIONS_CHANGED';
      if (!isChanged || attempt === ATTEMPTS) throw cause;
    }
  }
}

/** What other parts of the relay say about operations. */
export interface OperationHooks {
  readonly contribution: Contribution;
}

/** The operation desk of this office. */
export function operationDesk(context: RelayContext, messages: Submissions, hooks: OperationHooks): OperationDesk {
  const { self, clock, operations, projection } = context;

  const find = (id: string): OperationView => {
    const view = operations.get(id);
    if (view === undefined) throw new OperationsError('OPERATIONS_UNKNOWN', { context: { id } });
    return view;
  };

  const assertLines = ({ charter }: Pick<InstalledCharter, 'charter'>, gone: readonly OfficeId[]): void => {
    for (const { office } of charter.members) {
      const isReached = office === self || gone.includes(office as OfficeId) || context.neighbour(office as OfficeId);
      if (!isReached) throw new OperationsError('OPERATIONS_NO_LINE', { context: { id: charter.id, office } });
    }
  };

  const isSubmitted = ({ submittedBy, idempotencyKey }: Pick<ActInput, 'submittedBy' | 'idempotencyKey'>): boolean =>
    idempotencyKey !== '' && projection.submissionOf(digestOf(utf8(`${submittedBy}\n${idempotencyKey}`))) !== undefined;

  const propose = async (input: ProposalInput): Promise<SubmissionResult> => {
    const now = clock.now();
    const { id, members } = input.charter;
    const notLead = new OperationsError('OPERATIONS_NOT_LEAD', { context: { id } });
    if (members[0]?.office !== self) throw notLead;
    const isKnown = (): boolean =>
      context.trust().charters.has(id) ||
      projection
        .ofKind(MessageKind.OPERATION_CHARTER)
        .some((message) => message.origin === self && operationOf(message) === id);
    const assertNew = (): void => {
      if (isKnown()) throw new OperationsError('OPERATIONS_KNOWN', { context: { id } });
    };
    if (!isSubmitted(input)) assertNew();
    const document = await proposalDocument(context, input.charter, input.document);
    const charter = context.trust().installCharter(document, now).charters.get(id);
    if (charter === undefined) throw new OperationsError('OPERATIONS_CHARTER_INVALID', { context: { fault: 'id' } });
    // Of the national form it is the document that counts.
    if (charter.lead !== self) throw notLead;
    assertLines(charter, []);
    context.trust().assertCharterAllowed(charter, now);
    const result = await messages.submit(proposalSubmission(context, charter, input), {
      subjects: [operationSubject(id)],
      guard: assertNew,
    });
    await context.installDocument(DocumentKind.CHARTER, charter.document.bytes);
    context.events.operationChanged({ id, state: 'proposed', drill: charter.charter.drill, lead: self });
    return result;
  };

  /** Whoever leaves waits for nobody, also while the operation is closing. */
  const statedOnLeaving = (view: OperationView): ReturnType<Contribution> =>
    hooks.contribution({ ...view, closedMs: null });

  const wordsOf = async (
    view: OperationView,
    input: Pick<ActInput, 'action' | 'member' | 'document'>,
  ): Promise<Omit<ActWords, 'number'>> => {
    switch (input.action) {
      case OperationAction.SIGN:
        return { signatures: [await ownSignature(context, view.charter, input.document)] };
      case OperationAction.REMOVE:
        return { member: input.member };
      case OperationAction.LEAVE:
        return statedOnLeaving(view) ?? {};
      default:
        return {};
    }
  };

  const turns = new Map<string, Promise<unknown>>();
  /** Acts of one operation are numbered: one is on record before the next is made. */
  const inTurn = <Result>(operation: string, work: () => Promise<Result>): Promise<Result> => {
    const before = turns.get(operation) ?? Promise.resolve();
    const result = before.then(work, work);
    const settled = result
      .catch(() => undefined)
      .finally(() => {
        if (turns.get(operation) === settled) turns.delete(operation);
      });
    turns.set(operation, settled);
    return result;
  };

  const say = (...said: Parameters<SayAct>): Promise<SubmissionResult> =>
    inTurn(said[0].operation, () => sayNow(...said));

  const sayNow = async (
    input: Omit<ActInput, 'document' | 'member'>,
    view: OperationView,
    words: Omit<ActWords, 'number'>,
    stillSo: Parameters<SayAct>[3] = () => true,
  ): Promise<SubmissionResult> => {
    const { action, operation } = input;
    const number = nextActNumber(projection, operation, self);
    const submission = actSubmission(context, view, input, { ...words, number });
    const result = await messages.submit(submission, {
      subjects: [operationSubject(operation)],
      guard: () => {
        const now = find(operation);
        assertMayAct(now, self, action, words.member);
        if (nextActNumber(projection, operation, self) !== number || !stillSo(now))
          throw new OperationsError('OPERATIONS_CHANGED', { context: { id: operation } });
      },
    });
    context.events.operationActed({ direction: 'out', peer: self, id: operation, action });
    context.arrived();
    return result;
  };

  const sign = (view: OperationView): void => {
    const gone = [...view.members.values()].filter(({ state }) => state === 'left' || state === 'removed');
    assertLines(
      view.charter,
      gone.map(({ office }) => office),
    );
    context.trust().assertCharterAllowed(view.charter, clock.now());
  };

  const act = async (input: ActInput): Promise<SubmissionResult> => {
    if (!isOfPersons(input.action)) throw new OperationsError('OPERATIONS_OF_NODE', { context: { field: 'action' } });
    const view = find(input.operation);
    // Said again under its key, it is answered as the first time, whatever has become of the operation since.
    if (!isSubmitted(input)) {
      assertMayAct(view, self, input.action, input.member);
      if (input.action === OperationAction.SIGN) sign(view);
    }
    return await again(() => actOnce(input, find(input.operation)));
  };

  const actOnce = async (input: ActInput, view: OperationView): Promise<SubmissionResult> => {
    const words = await wordsOf(view, input);
    const isLastPost = (now: OperationView): boolean =>
      input.action !== OperationAction.LEAVE || (statedOnLeaving(now)?.lastPost ?? 0) === (words.lastPost ?? 0);
    return await say(input, view, words, isLastPost);
  };

  const watch = operationWatch(context, hooks, say);

  const known = ({ charter, acts }: OperationView): readonly CharterSignature[] =>
    acts.flatMap(({ origin, id }) => {
      const key = messageKey(origin, id);
      const terms = (projection.outbound.get(key) ?? projection.inbound.get(key))?.terms?.act ?? null;
      if (terms === null) return [];
      assertActSound({ trust: context.trust(), charter, at: null }, origin, terms);
      return terms.signatures;
    });

  return {
    propose,
    act,
    signReport: async (input, report) =>
      await say({ ...input, action: OperationAction.SIGN_REPORT }, find(input.operation), { report: fromHex(report) }),
    get: operations.get,
    all: operations.all,
    document: (id) => {
      const view = find(id);
      return withSignatures(view.charter, known(view));
    },
    sweep: watch.sweep,
    arrived: watch.arrived,
  };
}
