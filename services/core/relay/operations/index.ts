export { OPERATIONS_ERRORS, OperationsError, type OperationsErrorCode } from './errors.ts';
export { wasLiveAfter } from './fold-operation.ts';
export { isPresent, mayPost, presentMembers } from './members.ts';
export { inboundScopes, openChannels } from './open-channels.ts';
export { assertActInPlace, assertCharterInPlace } from './operation-arrival.ts';
export { type OperationDesk, type OperationHooks, operationDesk } from './operation-desk.ts';
export { operationViews } from './operation-views.ts';
export { operationSubject } from './say-act.ts';
export {
  type ActInput,
  type Contribution,
  type MemberState,
  OPERATION_STATES,
  type OperationActView,
  type OperationMember,
  type OperationState,
  type OperationView,
  type OperationViews,
  type ProposalInput,
} from './types.ts';
