import { describe, expect, it } from 'vitest';
import { parseHubId, parseOfficeId } from '../../services/core/foundation/index.ts';
import { submitUntilAccepted, vehicleAlert } from './alert-load.ts';
import {
  crash,
  expectLedgersVerify,
  pause,
  regionForTest,
  seededRandom,
  shuffled,
  untilDelivered,
  untilReady,
} from './fault-scene.ts';

const MAE_SAI = parseOfficeId('th-mae-sai');
const TACHILEIK = parseOfficeId('mm-tachileik');
const HUB = parseHubId('hub-mekong');
const EACH_WAY = 150;
const SPOILED_MS = 3_000;

describe('a border pair behind a hub', () => {
  it('delivers 300 alerts exactly once, both ways, though hub, offices and servers are killed and both lines are spoiled', async () => {
    const random = seededRandom();
    const region = await regionForTest({
      pairs: [{ offices: [MAE_SAI, TACHILEIK], hub: HUB }],
      heartbeatSeconds: 1,
    });
    const [th, mm, hub] = [region.office(MAE_SAI), region.office(TACHILEIK), region.hub(HUB)];
    const giveUpAt = performance.now() + 180_000;
    const sent = { th: new Set<string>(), mm: new Set<string>() };

    let faultsLeft = 8;
    const load = async (way: 'th' | 'mm'): Promise<void> => {
      const [from, to] = way === 'th' ? [th, TACHILEIK] : [mm, MAE_SAI];
      for (let number = 0; number < EACH_WAY; number++) {
        // The load lasts as long as the faults do.
        if (faultsLeft > 0) await pause(100);
        sent[way].add(await submitUntilAccepted(() => from.as('system'), vehicleAlert(number, to), giveUpAt));
      }
    };
    const loads = Promise.all([load('th'), load('mm')]);
    const faults: readonly (() => Promise<void>)[] = [
      ...[hub, hub.server, th, th.server, mm, mm.server].map((process) => () => crash(process)),
      ...(['cut', 'blackhole'] as const).map((line, at) => async () => {
        const spoiled = region.line(at === 0 ? MAE_SAI : TACHILEIK, HUB);
        spoiled.set({ line });
        await pause(SPOILED_MS);
        spoiled.set({ line: 'pass' });
      }),
    ];
    for (const fault of shuffled(faults, random)) {
      await pause(500 + random() * 1_000);
      await fault();
      faultsLeft--;
    }
    await loads;
    expect([sent.th.size, sent.mm.size]).toEqual([EACH_WAY, EACH_WAY]);
    await Promise.all([untilReady(th), untilReady(mm)]);
    await untilDelivered(th, mm, sent.th);
    await untilDelivered(mm, th, sent.mm);
    await expectLedgersVerify(region, MAE_SAI, TACHILEIK);
  }, 300_000);
});
