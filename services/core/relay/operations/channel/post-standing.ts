import type { OfficeId } from '../../../foundation/index.ts';
import { OperationAction, type PostTerms } from '../../../wire/index.ts';
import { mayPost } from '../members.ts';
import type { OperationView } from '../types.ts';
import type { ChannelErrorCode } from './errors.ts';

/** Whether the lead's first acts, so many of them, leave the channel live with that member in it. */
function isLiveAfter(view: OperationView, office: OfficeId, acts: number): 'live' | 'not-live' | 'removed' {
  let live = true;
  // An opening may have come by another member, before any act of the lead: what was posted was posted live.
  for (const { origin, number, action, member } of view.acts) {
    if (origin !== view.lead || number > acts) continue;
    if (action === OperationAction.REMOVE && member === office) return 'removed';
    if (action === OperationAction.CLOSE) return 'not-live';
    if (action === OperationAction.SUSPEND) live = false;
    if (action === OperationAction.RESUME) live = true;
  }
  return live ? 'live' : 'not-live';
}

/**
 * Why a post of that member counts for nothing, null where it counts. It rests on what the post itself says and on acts
 * alone, so that members that have the same acts agree: an act that the sender did not know of yet voids nothing, and
 * one that it claims to know and that is not here yet is left to when it is.
 */
export function voidedBy(
  view: OperationView,
  office: OfficeId,
  { number, postType, leadActs }: Pick<PostTerms, 'number' | 'postType' | 'leadActs'>,
): ChannelErrorCode | null {
  const member = view.members.get(office);
  if (member === undefined || member.state === 'invited' || member.state === 'declined') return 'CHANNEL_NOT_MEMBER';
  if (!mayPost(view, office, postType)) return 'CHANNEL_PAST_ROLE';
  if (member.lastPost !== null && number > member.lastPost) return 'CHANNEL_AFTER_LAST';
  if (leadActs > view.leadActs) return null;
  const after = isLiveAfter(view, office, leadActs);
  if (after === 'live') return null;
  return after === 'removed' ? 'CHANNEL_NOT_MEMBER' : 'CHANNEL_NOT_LIVE';
}

/** Why what a member keeps back counts for nothing; null where it counts. */
export function noticeVoidedBy(view: OperationView, office: OfficeId, number: number): ChannelErrorCode | null {
  const member = view.members.get(office);
  if (member === undefined || member.state === 'invited' || member.state === 'declined') return 'CHANNEL_NOT_MEMBER';
  return member.lastPost !== null && number > member.lastPost ? 'CHANNEL_AFTER_LAST' : null;
}
