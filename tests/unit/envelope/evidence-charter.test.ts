import { describe, expect, it } from 'vitest';
import { type Evidence, exportEvidence, readEvidence, verifyEvidence } from '../../../services/core/envelope/index.ts';
import { days, fromHex, fromUtf8, later } from '../../../services/core/foundation/index.ts';
import {
  type InstalledCharter,
  signDocument,
  type TrustStore,
  writeCharterText,
} from '../../../services/core/trust/index.ts';
import { charter } from '../../vectors/charters/generator/generate.ts';
import { NOON, type SigningKeyName, signerOf, signingKey } from '../../vectors/envelopes/generator/actors.ts';
import { crossingEvidence, protoFiles, store } from './evidence-fixtures.ts';

async function withCharter(
  ...signers: SigningKeyName[]
): Promise<{ readonly trust: TrustStore; readonly evidence: Evidence }> {
  const bytes = await signDocument('charter', writeCharterText(charter()), signers.map(signerOf));
  const trust = store.installCharter(bytes, NOON);
  const { document } = trust.charters.get('naga-2026') as InstalledCharter;
  const agreement = { id: 'naga-2026', version: 1, digest: fromHex(document.digest), article: 'charter' };
  return { trust, evidence: await crossingEvidence({ crossing: (made) => ({ ...made, agreement }) }) };
}

const failed = (evidence: Evidence, trust: TrustStore): unknown[] =>
  verifyEvidence(evidence, trust)
    .checks.filter(({ passed }) => !passed)
    .map(({ code }) => code);

describe('evidence of what was said in an operation', () => {
  it('rests on the charter that both offices signed', async () => {
    const { trust, evidence } = await withCharter('th-current', 'la-current');
    expect(failed(evidence, trust)).toEqual([]);
  });

  it('fails where one of them has not signed it, and without it', async () => {
    const { trust, evidence } = await withCharter('th-current');
    expect(failed(evidence, trust)).toEqual(['CHARTER_DIFFERS']);
    expect(failed(evidence, store)).toEqual(['CHARTER_DIFFERS', 'CHARTER_NOT_IN_FORCE']);
  });

  it('fails a week after the operation has ended, and before it began', async () => {
    const { trust, evidence } = await withCharter('th-current', 'la-current');
    const at = (ms: number): Evidence => ({ ...evidence, recordedMs: ms as Evidence['recordedMs'] });
    expect(failed(at(later(NOON, days(37)) - 1), trust)).toEqual([]);
    expect(failed(at(later(NOON, days(37))), trust)).toEqual(['CHARTER_NOT_IN_FORCE']);
  });

  it('holds the charter, so that a stranger needs one root key and nothing else', async () => {
    const { trust, evidence } = await withCharter('th-current', 'la-current');
    const files = exportEvidence({ evidence, store: trust, protoFiles, exportedAt: NOON });
    const names = files.map(({ name }) => name);
    expect(names).toContain('trust/charter-naga-2026/document.jws.json');
    const read = await readEvidence(files, signingKey('root-la').kid);
    expect(failed(read.evidence, read.store)).toEqual([]);
    const readme = fromUtf8(files.find(({ name }) => name === 'README.md')?.bytes ?? new Uint8Array());
    for (const key of ['th-current', 'la-current'] as const)
      expect(readme).toContain(`trust/charter-naga-2026/${signingKey(key).kid}.signature.bin`);
  });
});
