import { digestOf, fromHex, isLiaisonError, type OfficeId, utf8 } from '../../../foundation/index.ts';
import { type AnyMessage, type DecisionView, type OutboundMessage, stateOfCopy } from '../../../ledger/index.ts';
import {
  CrossingOccasion,
  GapReason,
  type GapTerms,
  HandlingCode,
  HistoryRule,
  MessageKind,
  Outcome,
  Precedence,
  Purpose,
} from '../../../wire/index.ts';
import { addCrossing, assertCurrent } from '../../consents/add-crossing.ts';
import { exportQuestion } from '../../gate-questions.ts';
import type { RelayContext } from '../../parts.ts';
import { readOwn } from '../../stored-messages.ts';
import type { Submissions } from '../../submit-message.ts';
import { isPresent } from '../members.ts';
import type { OperationMember, OperationView } from '../types.ts';
import { channelRecords, noticeKey } from './channel-index.ts';
import { ChannelError } from './errors.ts';
import { referenceOf, timestampAt } from './fold-posts.ts';
import { copyFor } from './read-state.ts';
import { audienceOf, expiryIn } from './say-post.ts';

/** Why a member gets no copy of a post, as it is told. */
interface KeptBack {
  readonly reason: GapReason;
  readonly policies: readonly string[];
}

/** What is to be done about one post of this office and one member. */
type Fate = 'settled' | 'waits' | 'give' | KeptBack;

/** How often a notice is said that does not arrive. */
const ATTEMPTS = 3;
const WORKED_AT_ONCE = 64;
const MOST_POLICIES = 64;

/** Where no policy determined it, the reason says what did: the charter that does not cover it, or that nothing permits it. */
function keptBack(reason: GapReason, decision: Pick<DecisionView, 'policies' | 'reason'> | null = null): KeptBack {
  const { policies = [], reason: code = '' } = decision ?? {};
  return { reason, policies: policies.length === 0 && code !== '' ? [code] : policies.slice(0, MOST_POLICIES) };
}

/** Keeps every member's transcript without a silent gap: each post of this office reaches it, or a notice that says why not. */
export interface GapFiller {
  readonly sweep: () => Promise<void>;
  /** Each post of this office has ended with each member: it has the post, or the notice. */
  readonly isSettled: (view: OperationView) => boolean;
}

/** The gap filler of this office. */
export function gapFiller(context: RelayContext, messages: Submissions): GapFiller {
  const { projection, self, clock } = context;
  const settled = new Set<string>();
  const attempts = new Map<string, number>();

  const ownPosts = (view: OperationView): readonly OutboundMessage[] => {
    const { posts, lastOwn } = channelRecords(projection, referenceOf(view));
    const own: OutboundMessage[] = [];
    for (let number = 1; number <= lastOwn; number++) {
      const message: AnyMessage | undefined = posts.get(`${self}/${number}`);
      if (message?.direction === 'outbound') own.push(message);
    }
    return own;
  };

  const keyOf = (message: OutboundMessage, to: OfficeId): string => `${message.envelopeDigest}>${to}`;

  /** What became of the copy; a member that let it in or refused it has its place on record. */
  const fateOfCopy = (view: OperationView, message: OutboundMessage, member: OperationMember): Fate => {
    const copy = copyFor(projection, message, member.office);
    if (copy === undefined) {
      const isOfItsTime = member.joinedMs !== null && message.createdMs >= member.joinedMs;
      const isGiven = isOfItsTime || view.charter.charter.history === HistoryRule.ALL;
      return isGiven ? 'give' : keptBack(GapReason.BEFORE_JOINING);
    }
    switch (stateOfCopy(copy)) {
      case 'delivered':
      case 'retrieved':
        return 'settled';
      case 'refused':
        return keptBack(GapReason.REFUSED, copy.decision);
      case 'rejected':
      case 'expired':
        return keptBack(GapReason.NOT_RELEASED, copy.hold?.decision ?? copy.decision);
      case 'failed': {
        const isThere = copy.receipts.some(
          ({ issuer, reason }) =>
            issuer === member.office && (reason === 'POLICY_REFUSED' || reason === 'RELAY_ENVELOPE_REPEATED'),
        );
        if (isThere) return 'settled';
        return keptBack(message.erased === null ? GapReason.EXPIRED : GapReason.GONE);
      }
      default:
        return 'waits';
    }
  };

  /** Where the notice stands: none is needed twice, and one that cannot be said is not said for ever. */
  const fateOfNotice = (view: OperationView, number: number, to: OfficeId): 'settled' | 'waits' | 'needed' => {
    const notice = channelRecords(projection, referenceOf(view)).ownNotices.get(noticeKey(number, to));
    if (notice?.direction !== 'outbound') return 'needed';
    const copy = notice.copies.get(to);
    const state = copy === undefined ? 'refused' : stateOfCopy(copy);
    if (state === 'delivered' || state === 'retrieved' || state === 'refused') return 'settled';
    return ['failed', 'rejected', 'expired'].includes(state) ? 'needed' : 'waits';
  };

  const sayNotice = async (
    view: OperationView,
    message: OutboundMessage,
    to: OfficeId,
    { reason, policies }: KeptBack,
  ): Promise<void> => {
    const post = message.terms?.post ?? null;
    if (post === null) throw new TypeError('a post that is on record has its terms');
    const key = keyOf(message, to);
    const tried = attempts.get(key) ?? 0;
    if (tried >= ATTEMPTS) return void settled.add(key);
    attempts.set(key, tried + 1);
    const { charter } = view.charter;
    const terms: GapTerms = {
      operation: referenceOf(view),
      first: post.number,
      last: post.number,
      digest: fromHex(message.envelopeDigest),
      reason,
      policies,
      created: timestampAt(message.createdMs),
      seen: post.seen,
    };
    await messages.submit(
      {
        submittedBy: 'node',
        kind: MessageKind.OPERATION_GAP,
        recipients: [to],
        precedence: Precedence.ROUTINE,
        purpose: charter.purposes[0] ?? Purpose.UNSPECIFIED,
        handling: HandlingCode.H0,
        caveat: '',
        caseReference: '',
        expiresMs: expiryIn(context, view, clock.now()),
        inReplyTo: '',
        supersedes: '',
        drill: view.drill,
        body: { terms, crimeArea: charter.crimeAreas[0] },
        idempotencyKey: '',
        submissionDigest: digestOf(utf8(key)),
      },
      { guard: () => assertStillThere(view.id, to) },
    );
  };

  const assertStillThere = (operation: string, to: OfficeId): void => {
    const view = context.operations.get(operation);
    if (view === undefined || !isPresent(view, to)) throw new ChannelError('CHANNEL_NOT_MEMBER');
  };

  /** A copy for a member that joined since, as the export gate lets it have one now; null where it was given. */
  const give = async (view: OperationView, message: OutboundMessage, to: OfficeId): Promise<KeptBack | null> => {
    const now = clock.now();
    try {
      assertCurrent(projection, message, now);
      const { question, retentionDays } = exportQuestion(context, await readOwn(context, message), to, now);
      const decided = context.gates().decideExport(question);
      const { outcome } = decided.decision;
      if (outcome === Outcome.HELD) return keptBack(GapReason.NOT_RELEASED, decided.decision);
      if (outcome === Outcome.REFUSED) return keptBack(GapReason.REFUSED, decided.decision);
      await addCrossing(context, {
        message,
        decided,
        kind: {},
        occasion: CrossingOccasion.HISTORY,
        by: 'node',
        reason: 'JOINED',
        reliesOn: null,
        purpose: Purpose.UNSPECIFIED,
        retentionDays,
        guard: (at) => {
          assertCurrent(projection, message, at);
          assertStillThere(view.id, to);
        },
      });
      return null;
    } catch (cause) {
      if (!isLiaisonError(cause) || cause.disposition !== 'reject' || cause instanceof ChannelError) throw cause;
      return keptBack(GapReason.GONE);
    }
  };

  const settle = async (view: OperationView, message: OutboundMessage, member: OperationMember): Promise<void> => {
    const to = member.office;
    const fate = fateOfCopy(view, message, member);
    if (fate === 'waits') return;
    if (fate === 'settled') return void settled.add(keyOf(message, to));
    const number = message.terms?.post?.number ?? 0;
    const noticed = fateOfNotice(view, number, to);
    if (noticed === 'settled') return void settled.add(keyOf(message, to));
    if (noticed === 'waits') return;
    const kept = fate === 'give' ? await give(view, message, to) : fate;
    if (kept !== null) await sayNotice(view, message, to, kept);
  };

  /** Whoever left or was removed still owes the others what it said before. */
  const isOwing = (view: OperationView): boolean => {
    const state = view.members.get(self)?.state;
    const hasJoined = state === 'joined' || state === 'left' || state === 'removed';
    return hasJoined && (view.state === 'live' || view.state === 'suspended' || view.state === 'closing');
  };

  return {
    isSettled: (view) =>
      ownPosts(view).every((message) => audienceOf(view, self).every((to) => settled.has(keyOf(message, to)))),
    sweep: async () => {
      const open = context.operations
        .all()
        .filter(isOwing)
        .flatMap((view) =>
          ownPosts(view).flatMap((message) =>
            audienceOf(view, self)
              .filter((to) => !settled.has(keyOf(message, to)) && context.neighbour(to) !== undefined)
              .map((to) => ({ view, message, member: view.members.get(to) as OperationMember })),
          ),
        );
      for (let at = 0; at < open.length; at += WORKED_AT_ONCE) {
        const works = open
          .slice(at, at + WORKED_AT_ONCE)
          .map(({ view, message, member }) => settle(view, message, member));
        // A member left meanwhile, or the node stops: the next sweep knows.
        for (const result of await Promise.allSettled(works))
          if (result.status === 'rejected' && !isLiaisonError(result.reason)) throw result.reason;
      }
    },
  };
}
