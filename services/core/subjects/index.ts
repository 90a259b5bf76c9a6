export {
  type CrossParts,
  type CrossSubject,
  crossFilter,
  crossLaneFilter,
  crossSubject,
  parseCrossSubject,
} from './cross-subject.ts';
export { SUBJECTS_ERRORS, SubjectsError, type SubjectsErrorCode } from './errors.ts';
export {
  HUB_ACCOUNT,
  HUB_CONTENT_FILTER,
  HUB_CONTENT_STREAM,
  HUB_DIRECTORY_FILTER,
  HUB_DIRECTORY_STREAM,
  HUB_LOG_STREAM,
  HUB_LOG_SUBJECT,
  HUB_REQUEST_FILTER,
  HUB_SUBSCRIPTION_FILTER,
  HUB_SUBSCRIPTION_STREAM,
  type HubRequestSubject,
  hubContentSubject,
  hubDirectorySubject,
  hubRequestSubject,
  hubSubscriptionSubject,
  parseHubRequestSubject,
  REGION_FILTER,
  regionOutFilter,
} from './hub-subjects.ts';
export {
  CONTENT_STREAM,
  inboundStreamOf,
  inboxPrefixOf,
  LEDGER_STREAM,
  linkAccountOf,
  OFFICE_ACCOUNT,
  SYSTEM_ACCOUNT,
} from './names.ts';
export {
  CONTENT_FILTER,
  type ContentParts,
  type ContentSubject,
  contentSubject,
  LEDGER_SUBJECT,
  parseContentSubject,
} from './office-subjects.ts';
export { isPrecedence, PRECEDENCES, type Precedence, parsePrecedence } from './precedence.ts';
export {
  parseRegionSubject,
  type RegionParts,
  type RegionSubject,
  regionFilter,
  regionSubject,
} from './region-subject.ts';
export {
  channelScope,
  drillScope,
  operationScope,
  type ParsedScope,
  parseScope,
} from './scope.ts';
