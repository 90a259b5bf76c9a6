import { describe, expect, it } from 'vitest';
import type { EpochMs } from '../../../services/core/foundation/index.ts';
import { encodeBatch } from '../../../services/core/ledger/batch.ts';
import { LedgerError, type WitnessedHead } from '../../../services/core/ledger/index.ts';
import { TrustError, type TrustStore } from '../../../services/core/trust/index.ts';
import { type LedgerChecksParts, ledgerChecks } from '../../../services/office/check-ledger.ts';
import { eventually } from '../../support/eventually.ts';
import { OWN, PEER } from '../../vectors/ledgers/generator/keys.ts';
import { tellHistory } from '../../vectors/ledgers/generator/scenario.ts';

const history = await tellHistory();
const { records } = history;
const NOW = 1_772_000_000_000 as EpochMs;
const PATIENCE_MS = 5_000;

/** Every signature of the vectors is by keys that this store does not have: each is a finding, and none stops the check. */
const trust = {
  keysForEvidence: () => () => {
    throw new TrustError('TRUST_KEY_UNKNOWN');
  },
} as unknown as TrustStore;

function checksOf(batches: readonly Uint8Array[], more: Partial<LedgerChecksParts> = {}) {
  return ledgerChecks({
    office: OWN,
    clock: { now: () => NOW },
    head: () => history.head(),
    batches: async function* () {
      for (const bytes of batches) yield { bytes };
    },
    trust: () => trust,
    witnessed: () => [],
    ...more,
  });
}

const codesOf = (check: { readonly report: { readonly findings: readonly { readonly code: string }[] } | null }) =>
  (check.report?.findings ?? []).map(({ code }) => code).filter((code) => code !== 'LEDGER_SIGNATURE_INVALID');

describe('ledgerChecks', () => {
  it('has none before the first', () => {
    expect(checksOf([]).last()).toBeNull();
  });

  it('verifies every record, with signatures, and says who had it done', async () => {
    const checks = checksOf([encodeBatch(records)]);
    const check = await checks.check('auditor-1', PATIENCE_MS);
    expect(check).toMatchObject({
      state: 'done',
      by: 'auditor-1',
      startedMs: NOW,
      endedMs: NOW,
      records: records.length,
      of: records.length,
      failure: null,
      report: { signatures: 'checked', head: { number: records.length } },
    });
    expect(checks.last()).toEqual(check);
  });

  it('finds in slices what it finds in one piece', async () => {
    const damaged = [...records];
    damaged.splice(20, 1);
    const whole = await checksOf([encodeBatch(damaged)]).check('auditor-1', PATIENCE_MS);
    const single = await checksOf(damaged.map((record) => encodeBatch([record]))).check('auditor-1', PATIENCE_MS);
    expect(codesOf(whole)).toContain('LEDGER_NUMBER_GAP');
    expect(whole.report).toEqual(single.report);
  });

  it('finds a batch that cannot be read', async () => {
    const check = await checksOf([new Uint8Array([0xff, 0xff]), encodeBatch(records)]).check('auditor-1', PATIENCE_MS);
    expect(codesOf(check)).toContain('LEDGER_BATCH_MALFORMED');
  });

  it('compares with what neighbours have seen, as it was when the check began', async () => {
    const other: WitnessedHead = { by: PEER, chain: '', number: 3, digest: 'ab'.repeat(32) as WitnessedHead['digest'] };
    const check = await checksOf([encodeBatch(records)], { witnessed: () => [other] }).check('auditor-1', PATIENCE_MS);
    expect(codesOf(check)).toContain('LEDGER_HEAD_DIFFERS');
    expect(check.report?.intact).toBe(false);
  });

  it('runs one at a time: who asks meanwhile gets the one under way, and how far it is', async () => {
    let begun = 0;
    let go = (): void => undefined;
    const gate = new Promise<void>((resolve) => {
      go = resolve;
    });
    const checks = checksOf([], {
      batches: async function* () {
        begun++;
        yield { bytes: encodeBatch(records.slice(0, 5)) };
        await gate;
        yield { bytes: encodeBatch(records.slice(5)) };
      },
    });
    const [first, second] = await Promise.all([checks.check('auditor-1', 20), checks.check('auditor-2', 20)]);
    expect([first, second].map(({ state, by }) => [state, by])).toEqual([
      ['running', 'auditor-1'],
      ['running', 'auditor-1'],
    ]);
    await eventually(() => expect(checks.last()?.records).toBe(5));
    go();
    await eventually(() => expect(checks.last()?.state).toBe('done'));
    expect(begun).toBe(1);
    expect((await checks.check('auditor-2', PATIENCE_MS)).by).toBe('auditor-2');
  });

  it('says that the store could not be read, and can be asked again', async () => {
    let fails = true;
    const checks = checksOf([], {
      batches: async function* () {
        if (fails) throw new LedgerError('LEDGER_STORE_UNREADABLE');
        yield { bytes: encodeBatch(records) };
      },
    });
    expect(await checks.check('auditor-1', PATIENCE_MS)).toMatchObject({
      state: 'failed',
      failure: 'LEDGER_STORE_UNREADABLE',
      report: null,
    });
    fails = false;
    expect((await checks.check('auditor-1', PATIENCE_MS)).state).toBe('done');
  });
});
