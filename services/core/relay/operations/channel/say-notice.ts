import { digestOf, fromHex, type OfficeId, utf8 } from '../../../foundation/index.ts';
import { stateOfCopy } from '../../../ledger/index.ts';
import { type GapReason, type GapTerms, HandlingCode, MessageKind, Precedence, Purpose } from '../../../wire/index.ts';
import type { RelayContext } from '../../parts.ts';
import type { Submissions } from '../../submit-message.ts';
import { isPresent } from '../members.ts';
import type { OperationView } from '../types.ts';
import { channelRecords, noticeKey } from './channel-index.ts';
import { ChannelError } from './errors.ts';
import { referenceOf, timestampAt } from './fold-posts.ts';
import { expiryIn } from './say-post.ts';
import type { KnownPost } from './types.ts';

/** Why a member gets no copy of a post, as it is told. */
export interface KeptBack {
  readonly reason: GapReason;
  readonly policies: readonly string[];
}

/** What a notice says of a post: its place, and what puts it there. */
export type NoticedPost = Pick<KnownPost, 'office' | 'number' | 'digest' | 'createdMs' | 'seen'>;

/** Tells members of posts that they do not get, each once. */
export interface GapNotices {
  /** Where the notice stands: none is needed twice, and one that cannot be said is not said for ever. */
  readonly fate: (view: OperationView, post: NoticedPost, to: OfficeId) => 'settled' | 'waits' | 'needed';
  readonly say: (view: OperationView, post: NoticedPost, to: OfficeId, kept: KeptBack) => Promise<void>;
}

/** How often a notice is said that does not arrive. */
const ATTEMPTS = 3;

/** The member is still there. @throws ChannelError CHANNEL_NOT_MEMBER. */
export function assertStillThere({ operations }: RelayContext, operation: string, to: OfficeId): void {
  const view = operations.get(operation);
  if (view === undefined || !isPresent(view, to)) throw new ChannelError('CHANNEL_NOT_MEMBER');
}

/** The notices of this office. */
export function gapNotices(context: RelayContext, messages: Submissions): GapNotices {
  const attempts = new Map<string, number>();
  const keyOf = ({ digest }: NoticedPost, to: OfficeId): string => `${digest}>${to}`;

  return {
    fate: (view, post, to) => {
      const { ownNotices } = channelRecords(context.projection, referenceOf(view));
      const notice = ownNotices.get(noticeKey(post.office, post.number, to));
      if (notice?.direction !== 'outbound') return 'needed';
      const copy = notice.copies.get(to);
      const state = copy === undefined ? 'refused' : stateOfCopy(copy);
      if (state === 'delivered' || state === 'retrieved' || state === 'refused') return 'settled';
      if (!['failed', 'rejected', 'expired'].includes(state)) return 'waits';
      return (attempts.get(keyOf(post, to)) ?? 0) < ATTEMPTS ? 'needed' : 'settled';
    },
    say: async (view, { office, number, digest, createdMs, seen }, to, { reason, policies }) => {
      const key = `${digest}>${to}`;
      attempts.set(key, (attempts.get(key) ?? 0) + 1);
      const { charter } = view.charter;
      const terms: GapTerms = {
        operation: referenceOf(view),
        first: number,
        last: number,
        digest: fromHex(digest),
        reason,
        policies,
        created: timestampAt(createdMs),
        seen: seen.map((place) => ({ ...place, digest: fromHex(place.digest) })),
        office: office === context.self ? '' : office,
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
          expiresMs: expiryIn(context, view, context.clock.now()),
          inReplyTo: '',
          supersedes: '',
          drill: view.drill,
          body: { terms, crimeArea: charter.crimeAreas[0] },
          idempotencyKey: '',
          submissionDigest: digestOf(utf8(key)),
        },
        { guard: () => assertStillThere(context, view.id, to) },
      );
    },
  };
}
