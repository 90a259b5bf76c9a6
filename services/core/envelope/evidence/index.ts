export { EVIDENCE_FORMAT, type EvidenceExport, exportEvidence } from './export-evidence.ts';
export { claimedRoot, type EvidenceFolder, readEvidence } from './read-evidence.ts';
export { verifyEvidence } from './verify-evidence.ts';
