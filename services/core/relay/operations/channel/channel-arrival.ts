import type { VerifiedCrossing } from '../../../envelope/index.ts';
import { digestFromBytes, type OfficeId, toHex } from '../../../foundation/index.ts';
import { GapReason, type GapTerms, type MessageTerms, type OperationRef, type PostTerms } from '../../../wire/index.ts';
import type { RelayContext } from '../../parts.ts';
import type { OperationView } from '../types.ts';
import { channelRecords, digestAt, placeKey, subjectOf } from './channel-index.ts';
import { ChannelError, type ChannelErrorCode } from './errors.ts';
import { referenceOf } from './fold-posts.ts';
import { assertPlaceSound, assertPostComplete, assertSeenSound, assertWithinCharter, isNumber } from './post-rules.ts';
import { noticeVoidedBy, voidedBy } from './post-standing.ts';

type Arrived = Pick<VerifiedCrossing, 'origin' | 'from' | 'scope' | 'envelopeId' | 'envelopeDigest' | 'header'>;

function refused(code: ChannelErrorCode, { origin, envelopeId: id }: Arrived): ChannelError {
  return new ChannelError(code, { context: { origin, id } });
}

/** The operation that something of a channel is of: known here under that charter, and it came in its channel from who said it. */
function operationOf(context: RelayContext, crossing: Arrived, reference: OperationRef | null): OperationView {
  const view = reference === null ? undefined : context.operations.get(reference.operation);
  const isThat =
    view !== undefined &&
    reference !== null &&
    toHex(reference.charter) === view.charter.document.digest &&
    crossing.scope === view.scope;
  if (!isThat || view === undefined) throw refused('CHANNEL_OPERATION_UNKNOWN', crossing);
  if (crossing.from !== crossing.origin) throw refused('CHANNEL_NOT_MEMBER', crossing);
  return view;
}

/** What opens the channel, or makes its sender a member, may stand on another lane and come later. */
function assertOpenFor(view: OperationView, crossing: Arrived, number: number): void {
  if (view.state === 'proposed' || view.members.get(crossing.origin)?.state === 'invited')
    throw refused('CHANNEL_NOT_OPEN_YET', crossing);
  // Of what is closed, the last post of each member is known: those before it may have been kept up on their way.
  const lastPost = view.members.get(crossing.origin)?.lastPost ?? 0;
  const isOver = view.state === 'ended' || (view.state === 'closed' && number > lastPost);
  if (isOver) throw refused('CHANNEL_NOT_LIVE', crossing);
}

/**
 * A post of a member of an operation that this office takes part in: in its mode, within its charter and its sender's
 * role, and at a place of its sender's history where no other stands. It is refused as not live only by acts that the
 * sender says it knows, so that all members take the same posts.
 * @throws ChannelError CHANNEL_OPERATION_UNKNOWN, CHANNEL_NOT_MEMBER, CHANNEL_NOT_OPEN_YET, CHANNEL_NOT_LIVE,
 * CHANNEL_MODE_DIFFERS, CHANNEL_ABOVE_CEILING, CHANNEL_TERMS_INVALID, CHANNEL_ASSIGNEE_UNKNOWN, CHANNEL_PAST_ROLE,
 * CHANNEL_AFTER_LAST, CHANNEL_TOO_MUCH_SAID, CHANNEL_HISTORY_FORKED.
 */
export function assertPostInPlace(context: RelayContext, crossing: VerifiedCrossing, terms: MessageTerms): void {
  const post = terms.post as PostTerms;
  const view = operationOf(context, crossing, post.operation);
  assertWithinCharter(view, crossing.header);
  assertPlaceSound(view, crossing.origin, post);
  assertPostComplete(view, post);
  assertOpenFor(view, crossing, post.number);
  const voided = voidedBy(view, crossing.origin, post);
  if (voided !== null) throw refused(voided, crossing);
  const records = channelRecords(context.projection, referenceOf(view));
  const { origin, envelopeDigest } = crossing;
  const here = digestAt(records, origin, post.number);
  const before = digestAt(records, origin, post.number - 1);
  const after = records.posts.get(placeKey(origin, post.number + 1))?.terms?.post?.previous;
  const forks =
    (here !== undefined && here !== envelopeDigest) ||
    (before !== undefined && before !== toHex(post.previous)) ||
    (after !== undefined && toHex(after) !== envelopeDigest);
  if (forks) throw refused('CHANNEL_HISTORY_FORKED', crossing);
}

/**
 * A member's word on one post of its own that this office does not get, or the lead's on one of a member that is gone:
 * where it stands, and why. One word for each.
 * @throws ChannelError CHANNEL_OPERATION_UNKNOWN, CHANNEL_NOT_MEMBER, CHANNEL_NOT_OPEN_YET, CHANNEL_NOT_LIVE,
 * CHANNEL_MODE_DIFFERS, CHANNEL_GAP_INVALID, CHANNEL_TERMS_INVALID, CHANNEL_AFTER_LAST, CHANNEL_HISTORY_FORKED.
 */
export function assertGapInPlace(context: RelayContext, crossing: VerifiedCrossing, terms: MessageTerms): void {
  const gap = terms.gap as GapTerms;
  const view = operationOf(context, crossing, gap.operation);
  if (crossing.header.drill !== view.drill) throw refused('CHANNEL_MODE_DIFFERS', crossing);
  const isOfOne = gap.first === gap.last && isNumber(gap.last) && gap.digest.length === 32;
  if (!isOfOne || gap.created === null || gap.reason === 0) throw refused('CHANNEL_GAP_INVALID', crossing);
  const office = subjectOf(crossing.origin, gap);
  assertSeenSound(view, office, gap.seen);
  assertOpenFor(view, crossing, gap.last);
  if (gap.office !== '') assertForGone(view, crossing, gap);
  const voided = noticeVoidedBy(view, office, gap.last);
  if (voided !== null) throw refused(voided, crossing);
  const records = channelRecords(context.projection, referenceOf(view));
  if (records.notices.has(placeKey(office, gap.last))) throw refused('CHANNEL_GAP_INVALID', crossing);
  const here = digestAt(records, office, gap.last);
  if (here !== undefined && here !== digestFromBytes(gap.digest)) throw refused('CHANNEL_HISTORY_FORKED', crossing);
}

/** The lead alone speaks for others, and of those alone who are gone: nobody else could tell a member that joined since. */
function assertForGone(view: OperationView, crossing: Arrived, { office, reason }: GapTerms): void {
  const state = view.members.get(office as OfficeId)?.state;
  if (crossing.origin !== view.lead || office === crossing.origin || reason !== GapReason.SENDER_GONE)
    throw refused('CHANNEL_GAP_INVALID', crossing);
  if (state === 'joined' || state === 'invited') throw refused('CHANNEL_NOT_OPEN_YET', crossing);
}
