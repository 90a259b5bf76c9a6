import { type Digest, durationMs, isLiaisonError, later, type OfficeId } from '../../../foundation/index.ts';
import { type AnyMessage, type DecisionView, type OutboundMessage, stateOfCopy } from '../../../ledger/index.ts';
import { CrossingOccasion, GapReason, HistoryRule, Outcome, Purpose } from '../../../wire/index.ts';
import { addCrossing, assertCurrent } from '../../consents/add-crossing.ts';
import { exportQuestion } from '../../gate-questions.ts';
import type { RelayContext } from '../../parts.ts';
import { readOwn } from '../../stored-messages.ts';
import type { Submissions } from '../../submit-message.ts';
import type { OperationMember, OperationView } from '../types.ts';
import { channelRecords } from './channel-index.ts';
import { ChannelError } from './errors.ts';
import { operationPosts, referenceOf } from './fold-posts.ts';
import { copyFor } from './read-state.ts';
import { assertStillThere, gapNotices, type KeptBack } from './say-notice.ts';
import { audienceOf } from './say-post.ts';

/** What is to be done about one post of this office and one member. */
type Fate = 'settled' | 'waits' | 'give' | KeptBack;

const WORKED_AT_ONCE = 64;
/** What is settled only after the end is still told, for as long as the channel lets it through. */
const DRAIN_MS = durationMs(3_600_000);
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
  const notices = gapNotices(context, messages);

  const ownPosts = (view: OperationView): readonly OutboundMessage[] => {
    const { posts, lastOwn } = channelRecords(projection, referenceOf(view));
    const own: OutboundMessage[] = [];
    for (let number = 1; number <= lastOwn; number++) {
      const message: AnyMessage | undefined = posts.get(`${self}/${number}`);
      if (message?.direction === 'outbound') own.push(message);
    }
    return own;
  };

  const keyOf = (digest: Digest, to: OfficeId): string => `${digest}>${to}`;

  /** What became of the copy; a member that let it in or refused it has its place on record. */
  const fateOfCopy = (view: OperationView, message: OutboundMessage, member: OperationMember): Fate => {
    const copy = copyFor(projection, message, member.office);
    if (copy === undefined) {
      // That it had joined was not known when this was said. When it says that it joined is its own word, which opens nothing.
      return view.charter.charter.history === HistoryRule.ALL ? 'give' : keptBack(GapReason.BEFORE_JOINING);
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
          assertStillThere(context, view.id, to);
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
    const post = operationPosts(projection, view).at(self, message.terms?.post?.number ?? 0);
    if (fate === 'settled' || post === undefined) return void settled.add(keyOf(message.envelopeDigest, to));
    const noticed = notices.fate(view, post, to);
    if (noticed === 'settled') return void settled.add(keyOf(message.envelopeDigest, to));
    if (noticed === 'waits') return;
    const kept = fate === 'give' ? await give(view, message, to) : fate;
    if (kept !== null) await notices.say(view, post, to, kept);
  };

  /** The lead tells who joined late of what was said by members that were gone by then: nobody else is there to tell it. */
  const tellOfGone = async (view: OperationView): Promise<void> => {
    if (view.lead !== self) return;
    const posts = operationPosts(projection, view);
    for (const { office, endedMs, state } of view.members.values()) {
      if (endedMs === null || (state !== 'left' && state !== 'removed')) continue;
      for (const to of audienceOf(view, self)) {
        const { joinedLate = false, joinedMs = 0 } = view.members.get(to) ?? {};
        if (!joinedLate || (joinedMs ?? 0) + context.settings.clockToleranceMs < endedMs) continue;
        for (const post of posts.of(office)) {
          const isOpen = post.voided === null && !settled.has(keyOf(post.digest, to));
          const fate = isOpen ? notices.fate(view, post, to) : 'waits';
          if (fate === 'settled') settled.add(keyOf(post.digest, to));
          else if (fate === 'needed') await notices.say(view, post, to, keptBack(GapReason.SENDER_GONE));
        }
      }
    }
  };

  /** Whoever left or was removed still owes the others what it said before. */
  const isOwing = (view: OperationView): boolean => {
    const state = view.members.get(self)?.state;
    const hasJoined = state === 'joined' || state === 'left' || state === 'removed';
    const isEnding = view.state === 'closed' && clock.now() < later(view.sinceMs, DRAIN_MS);
    return hasJoined && (isEnding || view.state === 'live' || view.state === 'suspended' || view.state === 'closing');
  };

  return {
    isSettled: (view) =>
      ownPosts(view).every((message) =>
        audienceOf(view, self).every((to) => settled.has(keyOf(message.envelopeDigest, to))),
      ),
    sweep: async () => {
      for (const view of context.operations.all()) if (isOwing(view)) await tellOfGone(view);
      const open = context.operations
        .all()
        .filter(isOwing)
        .flatMap((view) =>
          ownPosts(view).flatMap((message) =>
            audienceOf(view, self)
              .filter((to) => !settled.has(keyOf(message.envelopeDigest, to)) && context.neighbour(to) !== undefined)
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
