import { listOf, recordIn, stringOf } from '../office-api/office-client.ts';
import { RegionError } from './errors.ts';
import type { SayStep } from './live-operation.ts';
import { officeAs } from './office-as.ts';
import type { RegionState } from './region-state.ts';
import { SAMPLE_BULLETINS, SAMPLE_SUBSCRIPTIONS } from './sample-bulletins.ts';
import { type WaitOptions, waitUntil } from './wait-until.ts';

/**
 * Three offices subscribe, and each has the bulletins of the other two.
 * @throws RegionError REGION_BULLETIN_LOST, REGION_STOPPED; CliError.
 */
export async function tellRegion(state: RegionState, wait: WaitOptions, say: SayStep): Promise<void> {
  for (const { office, wants } of SAMPLE_SUBSCRIPTIONS) {
    const supervisor = await officeAs(state, office, 'supervisor');
    const { items } = await supervisor.get('/v1/subscriptions');
    // Those of an earlier start go on.
    if (listOf(items).some(({ ended }) => ended !== true)) continue;
    await supervisor.post('/v1/subscriptions', wants);
  }
  say('Three subscriptions at hub-mekong; each office tells the region something:');
  for (const { from, readers, submission } of SAMPLE_BULLETINS) {
    const teller = await officeAs(state, from, 'supervisor');
    const id = stringOf((await teller.post('/v1/bulletins', submission))['id']);
    const arrived = await Promise.all(
      readers.map(async (reader) => {
        const client = await officeAs(state, reader, 'officer');
        return await waitUntil(async () => {
          const found = listOf((await client.get('/v1/bulletins'))['items']);
          return found.some((item) => stringOf(item['id']) === id) ? true : undefined;
        }, wait);
      }),
    );
    if (arrived.some((each) => each === undefined))
      throw wait.signal.aborted
        ? new RegionError('REGION_STOPPED')
        : new RegionError('REGION_BULLETIN_LOST', { context: { from, id } });
    const { headline } = recordIn(submission['bulletin']);
    say(`  ${from}: ${stringOf(headline)} (read by ${readers.join(' and ')})`);
  }
}
