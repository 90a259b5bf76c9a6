import { readFile, writeFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { parseDocument } from 'yaml';
import { officeHome } from '../../services/cli/home/paths.ts';
import { stringOf } from '../../services/cli/office-api/office-client.ts';
import { vehicleAlert } from './alert-load.ts';
import {
  ask,
  DIRECT,
  expectLedgersVerify,
  inboxIds,
  LA,
  outboxStates,
  regionForTest,
  TH,
  untilDelivered,
  untilReady,
} from './fault-scene.ts';
import { expectClosedFor, submitUntilRefused } from './without-room.ts';

const MIB = 1024 * 1024;

async function setLedgerBytes(home: string, bytes: number): Promise<void> {
  const file = officeHome.config(home);
  const config = parseDocument(await readFile(file, 'utf8'));
  config.setIn(['limits', 'ledgerBytes'], bytes);
  await writeFile(file, String(config));
}

describe('an office without room', () => {
  it('accepts nothing while its ledger is full and says why; with more room it goes on and has lost nothing', async () => {
    const region = await regionForTest({
      pairs: [DIRECT],
      heartbeatSeconds: 1,
      prepare: (homeOf) => setLedgerBytes(homeOf(TH), MIB),
    });
    const [th, la] = [region.office(TH), region.office(LA)];
    const { accepted, refused } = await submitUntilRefused(th, 0, 5_000);
    for (const problem of refused.values())
      expect(problem, 'the first refusals').toMatchObject({
        status: 503,
        code: expect.stringMatching(/^(RELAY|LEDGER)_/),
      });
    expect(accepted.size).toBeGreaterThan(20);

    const codes = await expectClosedFor(th, 4_000, 9_000);
    expect([...codes].join(' ')).toMatch(/LEDGER_|WRITE_PROBE_FAILED/);
    expect(
      (await inboxIds(la)).filter((id) => !accepted.has(id)),
      'what came across and was never accepted',
    ).toEqual([]);

    await th.halt();
    await setLedgerBytes(th.home, 128 * MIB);
    th.restart();
    await untilReady(th);
    expect([...(await outboxStates(th)).keys()].sort(), 'what is on record is what was accepted').toEqual(
      [...accepted].sort(),
    );
    for (const number of [...refused.keys(), 9_000]) {
      const answer = await ask(th, 'system', '/v1/alerts', vehicleAlert(number, LA));
      expect(answer.status).toBe(201);
      accepted.add(stringOf(answer.json['id']));
    }
    await untilDelivered(th, la, accepted);
    await expectLedgersVerify(region, TH, LA);
  }, 240_000);
});
