import { readText } from '../home/files.ts';
import { listOf, officeClient, stringOf } from '../office-api/office-client.ts';
import { RegionError } from './errors.ts';
import type { RegionState } from './region-state.ts';
import { type WaitOptions, waitUntil } from './wait-until.ts';

/** Every office has heard every neighbour: keys, agreements and both directions of each link work. @throws RegionError REGION_NOT_READY, REGION_STOPPED. */
export async function waitForLinks(state: RegionState, wait: WaitOptions): Promise<void> {
  await Promise.all(
    Object.entries(state.offices).map(async ([id, { http, tokens }]) => {
      const office = officeClient({ url: http, token: (await readText(tokens.operator)).trim() });
      let waitingFor = '';
      const linked = await waitUntil(async () => {
        const missing = listOf((await office.get('/v1/links'))['items']).filter(
          (link) => link['up'] !== true || link['heardAt'] === null,
        );
        waitingFor = missing.map((link) => stringOf(link['office'])).join(' ');
        return missing.length === 0 ? true : undefined;
      }, wait);
      if (linked === true) return;
      if (wait.signal.aborted) throw new RegionError('REGION_STOPPED');
      throw new RegionError('REGION_NOT_READY', { context: { link: `${id} to ${waitingFor}` } });
    }),
  );
}
