import type { OfficeId } from '../../foundation/index.ts';
import { OperationRole, PostType } from '../../wire/index.ts';
import type { OperationMember, OperationView } from './types.ts';

/** Members that have joined and are still there, in the order of the charter. */
export function presentMembers(view: OperationView): readonly OperationMember[] {
  return [...view.members.values()].filter(({ state }) => state === 'joined');
}

/** Whether the office has joined and is still there. */
export function isPresent(view: OperationView, office: OfficeId): boolean {
  return view.members.get(office)?.state === 'joined';
}

/** Whether the role lets an office say that: an observer says nothing, and only the lead decides and tasks. */
export function mayPost(view: OperationView, office: OfficeId, post: PostType): boolean {
  const member = view.members.get(office);
  if (member === undefined || member.role === OperationRole.OBSERVER) return false;
  const isOfLead = post === PostType.DECISION || post === PostType.TASKING;
  return !isOfLead || member.role === OperationRole.LEAD;
}
