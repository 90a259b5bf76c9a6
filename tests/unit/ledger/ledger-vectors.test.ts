import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseOfficeId } from '../../../services/core/foundation/index.ts';
import {
  LEDGER_FINDINGS,
  splitLedgerFile,
  verifyLedger,
  type WitnessedHead,
} from '../../../services/core/ledger/index.ts';
import { parseSigningPublicKey, TrustError } from '../../../services/core/trust/index.ts';
import { type Expected, ledgerVectors } from '../../vectors/ledgers/generator/generate.ts';

const folder = join(import.meta.dirname, '../../vectors/ledgers');
const generated = await ledgerVectors();

if (process.env['WRITE_VECTORS'] === '1') {
  for (const [name, bytes] of generated) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), bytes);
  }
}

const read = (name: string): Buffer => readFileSync(join(folder, name));
const defects = readdirSync(folder, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && entry.name !== 'generator')
  .map(({ name }) => name);
const keys = JSON.parse(read('keys.json').toString()) as Record<string, { crv: string; x: string }>;
const keysForEvidence = () => (claim: { kid: string; signer: string }) => {
  const key = keys[claim.signer];
  const parsed = key === undefined ? undefined : parseSigningPublicKey(key);
  if (parsed?.kid !== claim.kid) throw new TrustError('TRUST_KEY_UNKNOWN');
  return parsed;
};

describe('ledger vectors', () => {
  it('are what the committed generator makes, byte for byte', () => {
    const committed = defects
      .flatMap((name) => [`${name}/expected.json`, `${name}/ledger.bin`])
      .concat('keys.json')
      .sort();
    expect(committed).toEqual([...generated.keys()].sort());
    for (const [name, bytes] of generated) expect(read(name).equals(bytes), name).toBe(true);
  });

  it('have a defect for every finding', () => {
    const found = new Set(
      defects.map((name) => (JSON.parse(read(`${name}/expected.json`).toString()) as Expected).finding),
    );
    expect([...found].sort()).toEqual([...Object.keys(LEDGER_FINDINGS), null].sort());
  });

  it.each(defects)('%s: is found by its check alone', async (name) => {
    const expected = JSON.parse(read(`${name}/expected.json`).toString()) as Expected;
    const report = await verifyLedger(splitLedgerFile([read(`${name}/ledger.bin`)]), {
      office: parseOfficeId(expected.office),
      signatures: { keysForEvidence },
      witnessed: expected.witnessed as readonly WitnessedHead[],
    });
    expect([...new Set(report.findings.map(({ code }) => code))]).toEqual(
      expected.finding === null ? [] : [expected.finding],
    );
    expect(report.intact).toBe(report.findings.every(({ weight }) => weight === 'notice'));
    expect(report.counts.signatures).toBeGreaterThan(5);
  });
});
