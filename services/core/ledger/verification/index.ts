export { type FindingEntry, type FindingWeight, LEDGER_FINDINGS, type LedgerFindingCode } from './findings.ts';
export { splitLedgerFile } from './ledger-file.ts';
export type {
  LedgerCounts,
  LedgerFinding,
  LedgerReport,
  SignatureCheck,
  VerifyLedgerOptions,
  WitnessedHead,
} from './types.ts';
export { verifyLedger } from './verify-ledger.ts';
export { witnessedHeads } from './witnessed-heads.ts';
