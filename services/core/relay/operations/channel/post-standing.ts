import type { OfficeId } from '../../../foundation/index.ts';
import { OperationAction, type PostTerms } from '../../../wire/index.ts';
import { wasLiveAfter } from '../fold-operation.ts';
import { mayPost } from '../members.ts';
import type { OperationView } from '../types.ts';
import type { ChannelErrorCode } from './errors.ts';

/** Whether the lead had removed that member by then, as somebody knew who had so many of its acts. */
function wasRemovedBy(view: OperationView, office: OfficeId, leadActs: number): boolean {
  return view.acts.some(
    ({ origin, number, action, member }) =>
      origin === view.lead && number <= leadActs && action === OperationAction.REMOVE && member === office,
  );
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
  if (wasRemovedBy(view, office, leadActs)) return 'CHANNEL_NOT_MEMBER';
  return wasLiveAfter(view, leadActs) ? null : 'CHANNEL_NOT_LIVE';
}

/** Why what a member keeps back counts for nothing; null where it counts. */
export function noticeVoidedBy(view: OperationView, office: OfficeId, number: number): ChannelErrorCode | null {
  const member = view.members.get(office);
  if (member === undefined || member.state === 'invited' || member.state === 'declined') return 'CHANNEL_NOT_MEMBER';
  return member.lastPost !== null && number > member.lastPost ? 'CHANNEL_AFTER_LAST' : null;
}
