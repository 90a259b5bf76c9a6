export { type AddedCopies, isAdded } from './added-copies.ts';
export { copyIsDone, stateOfCopy, stateOfInbound } from './copy-state.ts';
export type { CustodyRecords, CustodyView } from './custody-records.ts';
export { type DecisionViews, decisionViews } from './decision-view.ts';
export { type InboundFrame, type InboundLane, type InboundLanes, numberAfter, numberBefore } from './inbound-lanes.ts';
export { type NumberSet, numberSet, type Range } from './number-set.ts';
export { officeProjection } from './office-projection.ts';
export { type AnyMessage, messageKey, type OfficeProjection } from './office-projection-view.ts';
export { CROSSING_LANES, type LaneItem, type OutboundLane, type OutboundLanes } from './outbound-lanes.ts';
export { chainKey } from './region-chains.ts';
export { asksFor, asksForTopic, type RegionFacetsOf } from './region-matches.ts';
export type {
  RegionChainView,
  RegionForkView,
  RegionMessageView,
  RegionReleaseView,
  RegionView,
  SubscriptionView,
} from './region-views.ts';
export type { SearchMatchView } from './search-matches.ts';
export type { TriageRecords, TriageStepView, TriageView } from './triage-records.ts';
export type {
  AddedCopy,
  AgreementView,
  ApprovalView,
  CopyState,
  DecisionView,
  ErasureView,
  FrameProof,
  HoldView,
  InboundMessageView,
  OutboundCopy,
  OutboundFrame,
  OutboundMessage,
  QuarantineView,
  ReceiptView,
  SupplementView,
  WithheldView,
} from './views.ts';
