import { digestOf, type EpochMs, isLiaisonError, type OfficeId, utf8 } from '../../foundation/index.ts';
import { type AnyMessage, messageKey } from '../../ledger/index.ts';
import { withSignatures } from '../../trust/index.ts';
import {
  type CharterSignature,
  DocumentKind,
  MessageKind,
  OperationAction,
  type OperationCharter,
} from '../../wire/index.ts';
import type { RelayContext } from '../parts.ts';
import { readMessage } from '../read-message.ts';
import type { SubmissionResult } from '../types.ts';
import { OperationsError } from './errors.ts';
import { presentMembers } from './members.ts';
import { operationOf } from './operation-views.ts';
import type { ActWords } from './say-act.ts';
import type { ActInput, Contribution, OperationView } from './types.ts';

/** Says an act of this office. */
export type SayAct = (
  input: Omit<ActInput, 'document' | 'member'>,
  view: OperationView,
  words: Omit<ActWords, 'number'>,
  stillSo?: (view: OperationView) => boolean,
) => Promise<SubmissionResult>;

/** The name under which the node says what it says by itself; no officer or system has it. */
const NODE = 'node';
const NO_DIGEST = digestOf(utf8(''));

/** Somebody was faster, or the time has passed: the next round sees what is to be done. */
async function unlessChanged(work: Promise<unknown>): Promise<void> {
  try {
    await work;
  } catch (cause) {
    if (!(cause instanceof OperationsError)) throw cause;
  }
}

/** What the node does about operations by itself. */
export function operationWatch(
  context: RelayContext,
  hooks: { readonly contribution: Contribution },
  say: SayAct,
): { readonly sweep: () => Promise<void>; readonly arrived: () => void } {
  const { self, clock, projection, operations } = context;
  const told = new Map<string, string>();
  const heard = new Set<string>();
  const unusable = new Set<string>();

  const byNode = (view: OperationView, action: OperationAction): Omit<ActInput, 'document' | 'member'> => ({
    operation: view.id,
    action,
    text: '',
    textLanguage: '',
    submittedBy: NODE,
    idempotencyKey: '',
    submissionDigest: NO_DIGEST,
  });

  /** A proposal that was delivered, or made here before the process ended, comes into force. */
  const install = async (message: AnyMessage): Promise<void> => {
    const key = messageKey(message.origin, message.id);
    try {
      const { body } = await readMessage(context, message.origin, message.id);
      await context.installDocument(DocumentKind.CHARTER, (body as OperationCharter).document);
    } catch (cause) {
      if (!isLiaisonError(cause) || cause.disposition === 'fatal') throw cause;
      if (cause.disposition === 'retry') return;
      unusable.add(key);
      context.events.alarm({ code: cause.code, office: message.origin });
    }
  };

  const installAll = async (): Promise<void> => {
    const { charters } = context.trust();
    for (const message of projection.ofKind(MessageKind.OPERATION_CHARTER)) {
      const isHere = message.direction === 'outbound' || message.deliveredMs !== null;
      const isKnown = charters.has(operationOf(message) ?? '') || unusable.has(messageKey(message.origin, message.id));
      if (isHere && !isKnown && message.erased === null) await install(message);
    }
  };

  const actTerms = (view: OperationView, action: OperationAction) =>
    view.acts
      .filter((act) => act.action === action)
      .flatMap(({ origin, id }) => {
        const key = messageKey(origin, id);
        const terms = (projection.outbound.get(key) ?? projection.inbound.get(key))?.terms?.act ?? null;
        return terms === null ? [] : [{ origin, terms }];
      });

  /** All signatures of those who have joined, in the order of the charter. */
  const signatures = (view: OperationView): readonly CharterSignature[] => {
    const said = actTerms(view, OperationAction.SIGN).flatMap(({ terms }) => terms.signatures);
    const all = new Map([...said.map((one) => [one.office, one] as const), ...view.charter.signatures]);
    return presentMembers(view).flatMap(({ office }) => all.get(office) ?? []);
  };

  /** The document that is kept has every signature, so that it is whole without this software. */
  const keepSignatures = async (view: OperationView): Promise<void> => {
    const said = [OperationAction.SIGN, OperationAction.OPEN]
      .flatMap((action) => actTerms(view, action))
      .flatMap(({ terms }) => terms.signatures)
      .filter(({ office }) => !view.charter.signatures.has(office as OfficeId));
    if (said.length > 0) await context.installDocument(DocumentKind.CHARTER, withSignatures(view.charter, said));
  };

  const open = async (view: OperationView, now: EpochMs): Promise<void> => {
    if (view.state !== 'proposed' || view.lead !== self || now < view.charter.startsMs) return;
    const all = signatures(view);
    if (all.length < view.charter.charter.quorum) return;
    await unlessChanged(
      say(byNode(view, OperationAction.OPEN), view, { signatures: all }, ({ state }) => state === 'proposed'),
    );
  };

  /** Whoever learns it from one member tells the others, so that no member can be left out of it. */
  const repeat = async (view: OperationView): Promise<void> => {
    const openings = actTerms(view, OperationAction.OPEN);
    const [first] = openings.toSorted((a, b) => Number(b.origin === view.lead) - Number(a.origin === view.lead));
    const isOurTurn = view.state === 'live' || view.state === 'suspended';
    if (first === undefined || !isOurTurn || openings.some(({ origin }) => origin === self)) return;
    if (view.members.get(self)?.state !== 'joined') return;
    const { signatures: all } = first.terms;
    await unlessChanged(say(byNode(view, OperationAction.OPEN), view, { signatures: all }));
  };

  const contribute = async (view: OperationView): Promise<void> => {
    if (view.state !== 'closing' || view.members.get(self)?.state !== 'joined' || view.contributions.has(self)) return;
    const stated = hooks.contribution(view);
    if (stated === null) return;
    await unlessChanged(
      say(
        byNode(view, OperationAction.CONTRIBUTE),
        view,
        stated,
        (now) => !now.contributions.has(self) && hooks.contribution(now)?.lastPost === stated.lastPost,
      ),
    );
  };

  const tell = (view: OperationView): void => {
    for (const { origin, id, action } of view.acts) {
      const key = messageKey(origin, id);
      if (heard.has(key)) continue;
      heard.add(key);
      if (origin !== self) context.events.operationActed({ direction: 'in', peer: origin, id: view.id, action });
    }
    if (told.get(view.id) === view.state) return;
    told.set(view.id, view.state);
    context.events.operationChanged({ id: view.id, state: view.state, drill: view.drill, lead: view.lead });
  };

  // What was so when the node started is nothing new.
  for (const view of operations.all()) {
    told.set(view.id, view.state);
    for (const { origin, id } of view.acts) heard.add(messageKey(origin, id));
  }

  const round = async (): Promise<void> => {
    await installAll();
    for (const before of operations.all()) {
      const view = operations.get(before.id) ?? before;
      tell(view);
      await keepSignatures(view);
      await open(view, clock.now());
      await repeat(operations.get(view.id) ?? view);
      await contribute(operations.get(view.id) ?? view);
      tell(operations.get(view.id) ?? view);
    }
  };

  const count = (): number =>
    projection.ofKind(MessageKind.OPERATION_ACT).length + projection.ofKind(MessageKind.OPERATION_CHARTER).length;
  let counted = count();
  let running: Promise<void> | undefined;
  let isDue = false;

  /** One round at a time; what comes meanwhile is seen by one more. */
  const sweep = (): Promise<void> => {
    isDue = true;
    running ??= (async () => {
      try {
        while (isDue) {
          isDue = false;
          counted = count();
          await round();
        }
      } finally {
        running = undefined;
      }
    })();
    return running;
  };

  return {
    sweep,
    arrived: () => {
      if (count() === counted || context.desk.failed()) return;
      sweep().catch((cause: unknown) => void (context.desk.failed() || isStopped(cause) || context.onBug(cause)));
    },
  };
}

/** The office is stopping: the next start does what is left. */
function isStopped(cause: unknown): boolean {
  return isLiaisonError(cause) && cause.code === 'RELAY_STOPPED';
}
