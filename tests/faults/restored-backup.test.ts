import { cp, readFile, rm } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { serverHome } from '../../services/cli/home/paths.ts';
import { verifyOfficeInRegion } from '../../services/cli/ledger/verify-office.ts';
import { systemClock } from '../../services/core/foundation/index.ts';
import { eventually } from '../support/eventually.ts';
import type { TestOfficeNode } from '../support/region.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { submitUntilAccepted, vehicleAlert } from './alert-load.ts';
import {
  alarms,
  DIRECT,
  expectLedgersVerify,
  inboxIds,
  LA,
  outboxStates,
  pause,
  regionForTest,
  TH,
  untilDelivered,
  untilReady,
} from './fault-scene.ts';

async function whileDown(office: TestOfficeNode, work: (store: string) => Promise<void>): Promise<void> {
  const config = await readFile(serverHome.config(office.home), 'utf8');
  const store = /store_dir: "([^"]+)"/.exec(config)?.[1];
  if (store === undefined) throw new Error('no store_dir');
  await office.halt();
  await office.server.halt();
  await work(store);
  office.server.restart();
  office.restart();
  await untilReady(office);
}

describe('an office that was restored from an old backup', () => {
  it('is told by its neighbour that its history differs, raises the alarm on both sides, and its ledger no longer verifies', async () => {
    const backup = `${temporaryFolder()}/store`;
    const region = await regionForTest({ pairs: [DIRECT], heartbeatSeconds: 1 });
    const [th, la] = [region.office(TH), region.office(LA)];
    const giveUpAt = performance.now() + 120_000;
    const submit = (number: number) =>
      submitUntilAccepted(() => th.as('system'), vehicleAlert(number, LA, 'PRECEDENCE_ROUTINE'), giveUpAt);
    const ids = [await submit(0), await submit(1)];
    await untilDelivered(th, la, ids);
    await whileDown(th, (store) => cp(store, backup, { recursive: true }));
    ids.push(await submit(2), await submit(3));
    await untilDelivered(th, la, ids);
    // A neighbour puts a head on record every six heartbeats.
    await pause(8_000);
    expect(await alarms(th, 'RELAY_OWN_HISTORY_DIFFERS')).toBe(0);
    await expectLedgersVerify(region, TH, LA);

    await whileDown(th, async (store) => {
      await rm(store, { recursive: true });
      await cp(backup, store, { recursive: true });
    });
    await eventually(async () => expect(await alarms(th, 'RELAY_OWN_HISTORY_DIFFERS')).toBeGreaterThan(0), {
      withinMs: 30_000,
    });
    await eventually(async () => expect(await alarms(la, 'RELAY_PEER_HISTORY_DIFFERS')).toBeGreaterThan(0), {
      withinMs: 30_000,
    });
    const report = await verifyOfficeInRegion(region.state(), TH, systemClock.now());
    expect(report.findings.map(({ code }) => code).join(' ')).toMatch(/LEDGER_HEAD_(MISSING|DIFFERS)/);

    // Numbers that were used before are used again: nothing of it is believed on the other side, and nobody is told otherwise.
    const again = await submit(10);
    await eventually(
      async () => {
        const items = (await la.as('auditor').get('/v1/quarantine'))['items'] as readonly { readonly code: string }[];
        expect(items.map(({ code }) => code)).toContain('RELAY_FRAME_REPLAYED_ALTERED');
      },
      { withinMs: 30_000 },
    );
    expect(await inboxIds(la)).not.toContain(again);
    expect((await outboxStates(th)).get(again)).not.toBe('delivered');
  }, 240_000);
});
