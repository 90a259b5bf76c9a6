import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { verifyEnvelope } from '../../../services/cli/envelope/verify-envelope.ts';
import { type EvidenceFile, exportEvidence } from '../../../services/core/envelope/index.ts';
import { NOON } from '../../vectors/envelopes/generator/actors.ts';
import { crossingEvidence, store, underAgreement } from '../envelope/evidence-fixtures.ts';

const evidence = await crossingEvidence(await underAgreement());
const exported = (of = evidence, openings = 0) =>
  exportEvidence({ evidence: of, store, protoFiles: [], exportedAt: NOON, openings });
const opened = (files: readonly EvidenceFile[]) => files.map((file) => ({ ...file, name: `opening-001/${file.name}` }));

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'liaison-evidence-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function verified(files: readonly EvidenceFile[]) {
  for (const { name, bytes } of files) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), bytes);
  }
  return verifyEnvelope({ args: [folder], options: { kind: 'crossing' }, context: { cwd: folder } } as never);
}

describe('blo envelope verify of a folder', () => {
  it('checks parts that were opened later with it', async () => {
    const answer = await verified([...exported(evidence, 1), ...opened(exported())]);
    expect(answer.exitCode).toBe(0);
    expect(answer.text).toMatch(/ok +opening-001: it is of the same envelope/u);
    expect(answer.text).toMatch(/ok +opening-001: the origin signed the envelope/u);
  });

  it('refuses an opened part that was changed', async () => {
    const changed = opened(exported()).map((file) =>
      file.name.includes('/parts/') ? { ...file, bytes: Uint8Array.of(...file.bytes, 0) } : file,
    );
    await expect(verified([...exported(evidence, 1), ...changed])).rejects.toMatchObject({ code: 'CLI_INPUT_INVALID' });
  });

  it('fails where an opening is of another envelope', async () => {
    const other = await crossingEvidence({ ...(await underAgreement()), header: { caseReference: 'OTHER-1' } });
    const answer = await verified([...exported(evidence, 1), ...opened(exported(other))]);
    expect(answer.exitCode).toBe(1);
    expect(answer.text).toMatch(/FAILED +opening-001: it is of the same envelope/u);
  });

  it('names the folders of opened parts in its README', () => {
    const readme = (openings: number) =>
      new TextDecoder().decode(exported(evidence, openings).find(({ name }) => name === 'README.md')?.bytes);
    expect(readme(2)).toContain('cmp origin/item.bin opening-002/origin/item.bin');
    expect(readme(0)).not.toContain('opening-');
  });
});
