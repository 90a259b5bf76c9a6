export { EVIDENCE_FORMAT, type EvidenceExport, exportEvidence } from './export-evidence.ts';
export { claimedRoot, type EvidenceFolder, readEvidence } from './read-evidence.ts';
export type { Evidence, EvidenceCheck, EvidenceFile, EvidenceReport } from './types.ts';
export { verifyEvidence } from './verify-evidence.ts';
export { openingFolder } from './write-readme.ts';
