import { expect } from 'vitest';
import { listOf, stringOf } from '../../services/cli/office-api/office-client.ts';
import { claimedRoot, type EvidenceFile, readEvidence, verifyEvidence } from '../../services/core/envelope/index.ts';
import type { TestOfficeNode } from './region.ts';

/** What a stranger finds who has the evidence of a message and nothing else of ours. */
export async function verifiesOffline(office: TestOfficeNode, id: string, origin: string): Promise<boolean> {
  const exported = await office.as('auditor').get(`/v1/messages/${id}/evidence`, { origin });
  const files = listOf(exported['files']).map(
    (file): EvidenceFile => ({ name: stringOf(file['name']), bytes: Buffer.from(stringOf(file['bytes']), 'base64') }),
  );
  const { evidence, store } = await readEvidence(files, claimedRoot(files));
  const report = verifyEvidence(evidence, store);
  expect(report.checks.filter(({ passed }) => !passed)).toEqual([]);
  return report.verified;
}
