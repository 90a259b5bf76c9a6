export { EMPTY_HUB_LOG, extendHubLog, extendHubLogBy } from './hub-log.ts';
export { makeRegionItem, makeWithdrawal, type Withdrawal } from './make-region-item.ts';
export { isRegionKind, type RegionFacets, regionFacets } from './region-body.ts';
export {
  signHubHead,
  signRegionStatus,
  signSubscription,
  verifyHubHead,
  verifyRegionStatus,
  verifySubscription,
} from './signed-words.ts';
export { topicTokens } from './topic-tokens.ts';
export type {
  AdmittedRegionItem,
  DecidedRelease,
  MadeRegionItem,
  RegionContext,
  RegionMessage,
  RegionPlace,
  RegionTopic,
  RegionWithdrawal,
  VerifiedHubHead,
  VerifiedRegionItem,
  VerifiedRegionMessage,
  VerifiedRegionStatus,
  VerifiedSubscription,
} from './types.ts';
export { keepRegionItem, readRegionItem, verifyRegionItem } from './verify-region-item.ts';
