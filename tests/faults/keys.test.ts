import { copyFile, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { issueDirectory } from '../../services/cli/home/issue-directory.ts';
import { nationHome, officeHome } from '../../services/cli/home/paths.ts';
import { activateOfficeKey, prepareOfficeKeys } from '../../services/cli/home/rotate-office-keys.ts';
import { verifyOfficeInRegion } from '../../services/cli/ledger/verify-office.ts';
import { listOf, stringOf } from '../../services/cli/office-api/office-client.ts';
import { nationFolder } from '../../services/cli/region/provision-region.ts';
import { days, type KeyId, parseNationCode, systemClock } from '../../services/core/foundation/index.ts';
import { fileSigner } from '../../services/core/trust/index.ts';
import { eventually } from '../support/eventually.ts';
import type { TestOfficeNode, TestRegion } from '../support/region.ts';
import { submitUntilAccepted, vehicleAlert } from './alert-load.ts';
import {
  crash,
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

const NATION = parseNationCode('LA');

/** The next directory of LA, from the entries in its folder. */
async function issue(region: TestRegion, revoke: readonly KeyId[] = []): Promise<number> {
  const now = systemClock.now();
  const issued = await issueDirectory(nationFolder(region.home, NATION), {
    now,
    validFor: days(90),
    revoke: revoke.map((kid) => ({ kid, at: now, reason: 'stolen' })),
  });
  return issued.sequence;
}

async function bring(region: TestRegion, office: TestOfficeNode): Promise<void> {
  await copyFile(nationHome.directory(nationFolder(region.home, NATION)), officeHome.directory(office.home, NATION));
}

/** The office has that directory of LA in force. */
async function untilInForce(office: TestOfficeNode, sequence: number): Promise<void> {
  await eventually(
    async () => {
      const nations = listOf((await office.as('officer').get('/v1/directory'))['items']);
      expect(nations.find((each) => each['nation'] === NATION)).toMatchObject({
        directory: { sequence: String(sequence) },
      });
    },
    { withinMs: 20_000 },
  );
}

/**
 * Fresh keys beside the old ones: the office holds the new sealing key before anybody is told of it, and signs with the
 * new key once the directory names it.
 */
async function rotate(region: TestRegion): Promise<KeyId> {
  const la = region.office(LA);
  const prepared = await prepareOfficeKeys(la.home, days(1), systemClock.now());
  await crash(la);
  await untilReady(la);

  await expect(activateOfficeKey(la.home, systemClock.now())).rejects.toMatchObject({ code: 'CLI_INPUT_INVALID' });
  await copyFile(prepared.entry, join(nationHome.offices(nationFolder(region.home, NATION)), `${LA}.json`));
  const sequence = await issue(region);
  await bring(region, la);
  await untilInForce(la, sequence);
  // Over the link, by itself.
  await untilInForce(region.office(TH), sequence);

  expect(await activateOfficeKey(la.home, systemClock.now())).toBe(prepared.signing);
  await crash(la);
  await untilReady(la);
  return prepared.signing;
}

describe("an office's keys", () => {
  it('are rotated under load without loss; what a revoked key signed is refused from then on, whatever else stays', async () => {
    const region = await regionForTest({ pairs: [DIRECT], heartbeatSeconds: 1 });
    const [th, la] = [region.office(TH), region.office(LA)];
    const giveUpAt = performance.now() + 200_000;
    const first = (await fileSigner(await readFile(officeHome.signingKey(la.home), 'utf8'))).kid;

    const ids = { th: [] as string[], la: [] as string[] };
    let rotating = true;
    const load = async (way: 'th' | 'la'): Promise<void> => {
      const from = way === 'th' ? th : la;
      for (let number = 0; rotating; number++) {
        ids[way].push(
          await submitUntilAccepted(() => from.as('system'), vehicleAlert(number, way === 'th' ? LA : TH), giveUpAt),
        );
        await pause(100);
      }
    };
    const loads = Promise.all([load('th'), load('la')]);
    const second = await rotate(region);
    rotating = false;
    await loads;
    expect(second).not.toBe(first);
    expect(Math.min(ids.th.length, ids.la.length)).toBeGreaterThan(4);
    await untilDelivered(la, th, ids.la);
    await untilDelivered(th, la, ids.th);

    const stolen = await issue(region, [second]);
    await bring(region, th);
    await untilInForce(th, stolen);
    const refused = await submitUntilAccepted(
      () => la.as('system'),
      vehicleAlert(5_000, TH, 'PRECEDENCE_FLASH'),
      giveUpAt,
    );
    const unanswered = await submitUntilAccepted(
      () => th.as('system'),
      vehicleAlert(5_000, LA, 'PRECEDENCE_FLASH'),
      giveUpAt,
    );
    await eventually(async () => expect(await inboxIds(la)).toContain(unanswered), { withinMs: 30_000 });
    await eventually(
      async () => {
        const items = listOf((await th.as('auditor').get('/v1/quarantine'))['items']);
        expect(items.map((item) => stringOf(item['code']))).toContain('TRUST_KEY_REVOKED');
      },
      { withinMs: 30_000 },
    );
    await pause(3_000);
    expect([...(await inboxIds(th))].sort()).toEqual([...ids.la].sort());
    expect((await outboxStates(th)).get(unanswered), 'a receipt by a revoked key counts for nothing').not.toBe(
      'delivered',
    );
    expect((await outboxStates(la)).get(refused)).not.toBe('delivered');

    await rotate(region);
    const last = await submitUntilAccepted(() => la.as('system'), vehicleAlert(5_001, TH), giveUpAt);
    await eventually(async () => expect(await inboxIds(th)).toContain(last), { withinMs: 30_000 });
    await eventually(async () => expect((await outboxStates(la)).get(last)).toBe('delivered'), { withinMs: 30_000 });
    expect(await inboxIds(th)).not.toContain(refused);
    await expectLedgersVerify(region, TH);
    // What the office signed before it heard that its key was revoked stands in its own ledger, and counts for nothing.
    const { findings } = await verifyOfficeInRegion(region.state(), LA, systemClock.now());
    expect(
      findings.filter(
        ({ code, context }) => code !== 'LEDGER_SIGNATURE_INVALID' || context['code'] !== 'TRUST_KEY_REVOKED',
      ),
    ).toEqual([]);
    expect(findings.length).toBeGreaterThan(0);
  }, 300_000);
});
