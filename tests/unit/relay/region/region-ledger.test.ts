import { afterEach, describe, expect, it } from 'vitest';
import { verifyLedger } from '../../../../services/core/ledger/index.ts';
import { eventually } from '../../../support/eventually.ts';
import { LA, TH } from '../../trust/fixtures.ts';
import { bulletin, EVERYTHING, type RegionOffice, type RegionScene, regionScene } from './region-scene.ts';

let scene: RegionScene;
afterEach(() => scene.close());

async function findings({ log, office, trust }: RegionOffice): Promise<unknown> {
  const report = await verifyLedger(
    log.entries.map((entry) => entry.bytes),
    { office, signatures: { keysForEvidence: trust.keysForEvidence }, witnessed: [] },
  );
  return report.findings;
}

describe('the ledgers of an office that told the region and of one that was told', () => {
  it('verify with the releases, receptions, subscriptions and withdrawals in them', async () => {
    scene = regionScene();
    const [th, la] = [await scene.office(TH), await scene.office(LA)];
    await la.relay.region.subscribe(EVERYTHING);
    const { id } = await th.relay.region.submit(bulletin());
    await eventually(() => expect(la.relay.region.find(id).state).toBe('current'));
    await th.relay.region.withdraw(id, 'officer-1');
    await eventually(() => expect(la.relay.region.find(id).state).toBe('withdrawn'));
    expect(await findings(th)).toEqual([]);
    expect(await findings(la)).toEqual([]);
  });
});
