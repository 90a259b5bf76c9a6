import { expect } from 'vitest';
import { stringOf } from '../../services/cli/office-api/office-client.ts';
import { eventually } from '../support/eventually.ts';
import { everythingIn, submitUntilAccepted, vehicleAlert } from './alert-load.ts';
import { crash, DIRECT, expectLedgersVerify, LA, outboxStates, pause, regionForTest, TH } from './fault-scene.ts';

/** How many alerts there are in all, and how long the link is cut for the last of them. */
export interface AlertStorm {
  readonly alerts: number;
  readonly cutMs: number;
}

const DURING_THE_CUT = 100;
const FLASH_OF_THEM = 20;
/** Of those that were on the line as it was cut, some may have come before. */
const MOST_BEFORE_FLASH = 2;

/**
 * Alerts go from one office of a pair to the other while every process of both is killed, the last of them while the link
 * is cut: each arrives exactly once, what is flash first, and both ledgers verify.
 */
export async function deliverThroughStorm({ alerts, cutMs }: AlertStorm): Promise<void> {
  const region = await regionForTest({ pairs: [DIRECT], heartbeatSeconds: 1 });
  const [th, la, line] = [region.office(TH), region.office(LA), region.line(LA, TH)] as const;
  const giveUpAt = performance.now() + 180_000 + cutMs;

  const ids = new Set<string>();
  let next = 0;
  let killsLeft = 4;
  const submitters = Array.from({ length: 8 }, async () => {
    while (next < alerts - DURING_THE_CUT) {
      const number = next++;
      // The load lasts as long as the kills do.
      if (killsLeft > 0) await pause(100);
      ids.add(await submitUntilAccepted(() => th.as('system'), vehicleAlert(number, LA), giveUpAt));
    }
  });
  for (const process of [th, la, th.server, la.server]) {
    await pause(1_500);
    await crash(process);
    killsLeft--;
  }
  await Promise.all(submitters);

  line.set({ line: 'cut' });
  const cutAt = performance.now();
  const routine: string[] = [];
  const flash: string[] = [];
  for (let number = next; number < alerts; number++) {
    const isFlash = number >= alerts - FLASH_OF_THEM;
    const id = await submitUntilAccepted(
      () => th.as('system'),
      vehicleAlert(number, LA, isFlash ? 'PRECEDENCE_FLASH' : 'PRECEDENCE_ROUTINE'),
      giveUpAt,
    );
    ids.add(id);
    (isFlash ? flash : routine).push(id);
  }
  await pause(Math.max(0, cutMs - (performance.now() - cutAt)));
  line.set({ line: 'pass' });

  const inbox = await eventually(
    async () => {
      const items = await everythingIn(la.as('officer'), '/v1/inbox');
      expect(items.length).toBeGreaterThanOrEqual(alerts);
      return items;
    },
    { withinMs: 120_000, everyMs: 500 },
  );
  expect(inbox.map((item) => stringOf(item['id'])).sort()).toEqual([...ids].sort());

  // The inbox lists the newest first.
  const arrival = new Map(inbox.map((item, index) => [stringOf(item['id']), inbox.length - index]));
  const lastFlash = Math.max(...flash.map((id) => arrival.get(id) ?? 0));
  const routineBefore = routine.filter((id) => (arrival.get(id) ?? 0) < lastFlash);
  expect(flash).toHaveLength(FLASH_OF_THEM);
  expect(routineBefore.length, 'routine alerts of the cut that came before its flash alerts').toBeLessThanOrEqual(
    MOST_BEFORE_FLASH,
  );

  await eventually(
    async () => {
      const states = await outboxStates(th);
      expect([...states.values()].filter((state) => state !== 'delivered')).toEqual([]);
      expect(states.size).toBe(alerts);
    },
    { withinMs: 60_000, everyMs: 500 },
  );
  await expectLedgersVerify(region, TH, LA);
}
