import { describe, expect, it } from 'vitest';
import {
  type LedgerReport,
  verifyLedger,
  type WitnessedHead,
  witnessedHeads,
} from '../../../services/core/ledger/index.ts';
import { Precedence } from '../../../services/core/wire/index.ts';
import { eventually } from '../../support/eventually.ts';
import { submission, type TestRelay, twoOffices } from '../relay/two-offices.ts';

const batchesOf = (office: TestRelay): readonly Uint8Array[] => office.log.entries.map(({ bytes }) => bytes);

async function headsSeen(office: TestRelay, witness: TestRelay): Promise<readonly WitnessedHead[]> {
  const witnessed: WitnessedHead[] = [];
  for await (const head of witnessedHeads(batchesOf(witness), { witness: witness.office, of: office.office }))
    witnessed.push(head);
  expect(witnessed.length).toBeGreaterThan(0);
  return witnessed;
}

async function verifyAgainst(office: TestRelay, witness: TestRelay): Promise<LedgerReport> {
  const witnessed = await headsSeen(office, witness);
  return verifyLedger(batchesOf(office), { office: office.office, signatures: 'not checked', witnessed });
}

describe('verifyLedger over what two relays wrote', () => {
  it('finds nothing wrong with either ledger, over a line that loses, repeats and delays, and over a restart', async () => {
    const offices = await twoOffices();
    const { th, la, thToLa, laToTh } = offices;
    const faults = ['pass', 'lose', 'twice', 'late', 'lose-ack', 'corrupt'] as const;
    let turn = 0;
    const next = (): (typeof faults)[number] => faults[turn++ % faults.length] ?? 'pass';
    thToLa.decide = next;
    laToTh.decide = next;
    for (let round = 0; round < 8; round++) {
      if (round === 4) await offices.restart(la);
      await Promise.all(
        [Precedence.FLASH, Precedence.ROUTINE].map((precedence) => th.relay.submit(submission({ precedence }))),
      );
    }
    await eventually(
      () =>
        expect([...la.projection.inbound.values()].filter(({ deliveredMs }) => deliveredMs !== null)).toHaveLength(16),
      { withinMs: 40_000 },
    );
    // Each has something signed of the other on record before both stop.
    await eventually(() => headsSeen(th, la), { withinMs: 10_000 });
    await eventually(() => headsSeen(la, th), { withinMs: 10_000 });
    await offices.close();
    const reports = [await verifyAgainst(th, la), await verifyAgainst(la, th)];
    expect(reports.map(({ findings }) => findings)).toEqual([[], []]);
    expect(reports.map(({ counts }) => [counts.messages, counts.arrivals])).toEqual([
      [16, 0],
      [0, 16],
    ]);
  }, 60_000);
});
