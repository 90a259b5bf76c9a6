export { copyIsDone, stateOfCopy, stateOfInbound } from './copy-state.ts';
export { type DecisionViews, decisionViews } from './decision-view.ts';
export { type InboundFrame, type InboundLane, type InboundLanes, numberAfter, numberBefore } from './inbound-lanes.ts';
export { type NumberSet, numberSet, type Range } from './number-set.ts';
export { type AnyMessage, messageKey, type OfficeProjection, officeProjection } from './office-projection.ts';
export { CROSSING_LANES, type LaneItem, type OutboundLane, type OutboundLanes } from './outbound-lanes.ts';
export type {
  AgreementView,
  CopyState,
  DecisionView,
  FrameProof,
  HoldView,
  InboundMessageView,
  OutboundCopy,
  OutboundFrame,
  OutboundMessage,
  QuarantineView,
  ReceiptView,
  WithheldView,
} from './views.ts';
