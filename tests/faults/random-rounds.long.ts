import { describe, expect, it } from 'vitest';
import { type OfficeId, parseHubId, parseOfficeId } from '../../services/core/foundation/index.ts';
import type { LineState } from '../support/fault-proxy.ts';
import type { TestOfficeNode, TestProcess } from '../support/region.ts';
import { submitUntilAccepted, vehicleAlert } from './alert-load.ts';
import {
  DIRECT,
  expectLedgersVerify,
  LA,
  pause,
  regionForTest,
  seededRandom,
  TH,
  untilDelivered,
  untilReady,
} from './fault-scene.ts';

const MAE_SAI = parseOfficeId('th-mae-sai');
const TACHILEIK = parseOfficeId('mm-tachileik');
const HUB = parseHubId('hub-mekong');
const MINUTES = Number(process.env['LIAISON_FAULT_MINUTES'] ?? '10');
const SETTLING_MS = 600_000;
const LINES: readonly (readonly [string, string])[] = [
  [LA, TH],
  [MAE_SAI, HUB],
  [TACHILEIK, HUB],
];
const WAYS: readonly (readonly [OfficeId, OfficeId])[] = [
  [TH, LA],
  [LA, TH],
  [MAE_SAI, TACHILEIK],
  [TACHILEIK, MAE_SAI],
];

describe('a region', () => {
  it(
    `delivers everything exactly once over ${MINUTES} minutes of kills, freezes and spoiled lines, drawn from a seed`,
    async () => {
      const random = seededRandom();
      const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)] as T;
      const region = await regionForTest({
        pairs: [DIRECT, { offices: [MAE_SAI, TACHILEIK], hub: HUB }],
        heartbeatSeconds: 1,
      });
      const offices = [TH, LA, MAE_SAI, TACHILEIK].map(region.office);
      const hub = region.hub(HUB);
      const processes: readonly TestProcess[] = [...offices, hub, ...offices.map(({ server }) => server), hub.server];
      const endAt = performance.now() + MINUTES * 60_000;
      const giveUpAt = endAt + SETTLING_MS;

      const sent = new Map(WAYS.map(([from]) => [from, new Set<string>()]));
      const load = async ([from, to]: readonly [OfficeId, OfficeId]): Promise<void> => {
        for (let number = 0; performance.now() < endAt; number++) {
          const system = (): ReturnType<TestOfficeNode['as']> => region.office(from).as('system');
          sent.get(from)?.add(await submitUntilAccepted(system, vehicleAlert(number, to), giveUpAt));
          await pause(60);
        }
      };
      const loads = Promise.all(WAYS.map(load));

      let killed = 0;
      const faults: readonly (() => Promise<void>)[] = [
        async () => {
          const some = processes.filter(() => random() < 0.3);
          killed += some.length;
          await Promise.all(some.map((process) => process.kill9()));
          await pause(random() * 3_000);
          for (const process of some) process.restart();
        },
        async () => {
          const process = pick(processes);
          killed++;
          await process.kill9();
          process.restart();
        },
        async () => {
          const process = pick(processes);
          process.freeze();
          await pause(random() * 15_000);
          process.thaw();
        },
        async () => {
          const line = region.line(...pick(LINES));
          line.set(
            pick<LineState>([
              { line: 'cut' },
              { line: 'blackhole' },
              { line: 'delay', oneWayMs: 600 },
              { line: 'rate', bytesPerSecond: 20_000 },
            ]),
          );
          await pause(random() * 30_000);
          line.set({ line: 'pass' });
        },
      ];
      while (performance.now() < endAt) {
        await pick(faults)();
        await pause(random() * 8_000);
      }
      await loads;
      await Promise.all(offices.map((office) => untilReady(office)));
      for (const [from, to] of WAYS)
        await untilDelivered(region.office(from), region.office(to), sent.get(from) ?? [], SETTLING_MS);
      await expectLedgersVerify(region, TH, LA, MAE_SAI, TACHILEIK);
      const total = [...sent.values()].reduce((sum, ids) => sum + ids.size, 0);
      expect(total).toBeGreaterThan(0);
      console.log(`${total} alerts, ${killed} kills`);
    },
    MINUTES * 60_000 + 2 * SETTLING_MS,
  );
});
