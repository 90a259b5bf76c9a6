import { afterEach, describe, expect, it } from 'vitest';
import { verifyOfficeInRegion } from '../../services/cli/ledger/verify-office.ts';
import { type JsonRecord, listOf, stringOf } from '../../services/cli/office-api/office-client.ts';
import { parseOfficeId, systemClock } from '../../services/core/foundation/index.ts';
import { eventually } from '../support/eventually.ts';
import { startRegion, type TestProcess, type TestRegion } from '../support/region.ts';
import { everythingIn, submitUntilAccepted, vehicleAlert } from './alert-load.ts';

const TH = parseOfficeId('th-chiang-khong');
const LA = parseOfficeId('la-houayxay');
const ALERTS = 1_000;
const CUT_MS = 60_000;

let region: TestRegion | undefined;
afterEach(async () => {
  await region?.close();
  region = undefined;
});

async function crash(process: TestProcess): Promise<void> {
  await process.kill9();
  process.restart();
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** State of the one copy of each message of an outbox, by message id. */
function statesOf(outbox: readonly JsonRecord[]): Map<string, string> {
  return new Map(outbox.map((item) => [stringOf(item['id']), stringOf(listOf(item['recipients'])[0]?.['state'])]));
}

describe('a border pair', () => {
  it('delivers each of 1,000 alerts exactly once, flash first, though every process is killed and the link is cut for a minute', async () => {
    region = await startRegion({ pairs: [{ accepts: TH, dials: LA }], heartbeatSeconds: 1 });
    const th = region.office(TH);
    const la = region.office(LA);
    const line = region.line(LA, TH);
    const giveUpAt = performance.now() + 240_000;

    const ids = new Set<string>();
    let next = 0;
    const submitters = Array.from({ length: 8 }, async () => {
      while (next < ALERTS - 100)
        ids.add(await submitUntilAccepted(() => th.as('system'), vehicleAlert(next++, LA), giveUpAt));
    });

    for (const process of [th, la, th.server, la.server]) {
      await pause(1_500);
      await crash(process);
    }
    await Promise.all(submitters);

    line.set({ line: 'cut' });
    const cutAt = performance.now();
    const routine: string[] = [];
    const flash: string[] = [];
    for (let number = ALERTS - 100; number < ALERTS; number++) {
      const isFlash = number >= ALERTS - 20;
      const id = await submitUntilAccepted(
        () => th.as('system'),
        vehicleAlert(number, LA, isFlash ? 'PRECEDENCE_FLASH' : 'PRECEDENCE_ROUTINE'),
        giveUpAt,
      );
      ids.add(id);
      (isFlash ? flash : routine).push(id);
    }
    expect(ids.size).toBe(ALERTS);
    await pause(Math.max(0, CUT_MS - (performance.now() - cutAt)));
    line.set({ line: 'pass' });

    const inbox = await eventually(
      async () => {
        const items = await everythingIn(la.as('officer'), '/v1/inbox');
        expect(items.length).toBeGreaterThanOrEqual(ALERTS);
        return items;
      },
      { withinMs: 120_000, everyMs: 500 },
    );
    expect(inbox.map((item) => stringOf(item['id'])).sort()).toEqual([...ids].sort());

    // The inbox lists the newest first; what was under way when the line was cut may still have come before.
    const arrival = new Map(inbox.map((item, index) => [stringOf(item['id']), inbox.length - index]));
    const lastFlash = Math.max(...flash.map((id) => arrival.get(id) ?? 0));
    const routineBefore = routine.filter((id) => (arrival.get(id) ?? 0) < lastFlash);
    expect(routineBefore.length, 'routine alerts of the cut that came before its flash alerts').toBeLessThanOrEqual(2);

    await eventually(
      async () => {
        const states = statesOf(await everythingIn(th.as('officer'), '/v1/outbox'));
        expect([...states.values()].filter((state) => state !== 'delivered')).toEqual([]);
        expect(states.size).toBe(ALERTS);
      },
      { withinMs: 60_000, everyMs: 500 },
    );
    for (const office of [TH, LA]) {
      const report = await verifyOfficeInRegion(region.state(), office, systemClock.now());
      expect(report.findings, `findings in the ledger of ${office}`).toEqual([]);
    }
  }, 360_000);
});
