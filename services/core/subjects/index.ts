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
  isDrillScope,
  isOperationId,
  operationScope,
  type ParsedScope,
  parseScope,
} from './scope.ts';
