import type { OfficeId } from '../../foundation/index.ts';
import { OperationAction } from '../../wire/index.ts';
import { isOfLead, isOfOthers } from './check-act.ts';
import { OperationsError } from './errors.ts';
import type { MemberState, OperationState, OperationView } from './types.ts';

interface Rule {
  readonly operation: readonly OperationState[];
  /** Of the office that acts. */
  readonly member: readonly MemberState[];
}

const AHEAD: readonly OperationState[] = ['proposed', 'live', 'suspended'];
const RULES: Readonly<Partial<Record<OperationAction, Rule>>> = {
  [OperationAction.SIGN]: { operation: AHEAD, member: ['invited', 'declined'] },
  [OperationAction.DECLINE]: { operation: AHEAD, member: ['invited'] },
  [OperationAction.OPEN]: { operation: AHEAD, member: ['joined'] },
  [OperationAction.LEAVE]: { operation: [...AHEAD, 'closing'], member: ['joined'] },
  [OperationAction.REMOVE]: { operation: AHEAD, member: ['joined'] },
  [OperationAction.SUSPEND]: { operation: ['live'], member: ['joined'] },
  [OperationAction.RESUME]: { operation: ['suspended'], member: ['joined'] },
  [OperationAction.CLOSE]: { operation: AHEAD, member: ['joined'] },
  [OperationAction.CONTRIBUTE]: { operation: ['closing'], member: ['joined'] },
  [OperationAction.SIGN_REPORT]: { operation: ['closed'], member: ['joined'] },
};

const OF_NODE: ReadonlySet<OperationAction> = new Set([
  OperationAction.UNSPECIFIED,
  OperationAction.OPEN,
  OperationAction.CONTRIBUTE,
  OperationAction.SIGN_REPORT,
]);

/** An action that persons take as it is; of the others the node takes some by itself, and one belongs to the report. */
export function isOfPersons(action: OperationAction): boolean {
  return !OF_NODE.has(action);
}

/**
 * The office may do that now, as far as it knows.
 * @throws OperationsError OPERATIONS_NOT_MEMBER, OPERATIONS_NOT_LEAD, OPERATIONS_OF_LEAD, OPERATIONS_STATE_WRONG.
 */
export function assertMayAct(view: OperationView, office: OfficeId, action: OperationAction, target = ''): void {
  const member = view.members.get(office);
  const context = { id: view.id, state: view.state };
  if (member === undefined) throw new OperationsError('OPERATIONS_NOT_MEMBER', { context: { id: view.id, office } });
  if (isOfLead(action) && office !== view.lead) throw new OperationsError('OPERATIONS_NOT_LEAD', { context });
  if (isOfOthers(action) && office === view.lead) throw new OperationsError('OPERATIONS_OF_LEAD', { context });
  const rule = RULES[action];
  const isInPlace = rule?.operation.includes(view.state) && rule.member.includes(member.state);
  if (!isInPlace)
    throw new OperationsError('OPERATIONS_STATE_WRONG', { context: { ...context, member: member.state } });
  if (action !== OperationAction.REMOVE) return;
  const removed = view.members.get(target as OfficeId);
  if (removed === undefined || target === view.lead)
    throw new OperationsError('OPERATIONS_NOT_MEMBER', { context: { id: view.id, field: 'member' } });
  if (removed.state === 'left' || removed.state === 'removed')
    throw new OperationsError('OPERATIONS_STATE_WRONG', { context: { ...context, member: removed.state } });
}
