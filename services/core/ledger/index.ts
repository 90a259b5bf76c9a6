export { LEDGER_ERRORS, LedgerError, type LedgerErrorCode } from './errors.ts';
export type {
  AppendedRecord,
  ContentBatchName,
  ContentBatchStore,
  ContentItem,
  ContentStore,
  EventName,
  EventsToAppend,
  HeadComparison,
  Ledger,
  LedgerEvent,
  LedgerLimits,
  LogEntry,
  LogStore,
  OpenLedgerOptions,
  ScrubFinding,
  ScrubReport,
} from './types.ts';
