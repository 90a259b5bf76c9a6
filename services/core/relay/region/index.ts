export { REGION_ERRORS, RegionError, type RegionErrorCode } from './errors.ts';
export { REGION_FINDINGS, type RegionFinding, type RegionFindingCode } from './findings.ts';
export { regionDesk } from './region-desk.ts';
export { followsToRegion } from './releases.ts';
export { REGION_SETTINGS, type RegionSettings } from './settings.ts';
export type {
  HubPort,
  HubStanding,
  RegionDesk,
  RegionMessage,
  RegionStanding,
  RegionState,
  RegionSubmissionResult,
  SubscribeInput,
  SubscriptionStanding,
  TopicTokens,
} from './types.ts';
