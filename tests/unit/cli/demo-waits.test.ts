import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { startOperation } from '../../../services/cli/region/live-operation.ts';
import type { RegionState } from '../../../services/cli/region/region-state.ts';
import { tellRegion } from '../../../services/cli/region/tell-region.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

/** A region whose offices take everything, and where nothing ever arrives. */
async function deafRegion(): Promise<RegionState> {
  const folder = await temporaryFolder();
  const token = join(folder, 'token');
  await writeFile(token, 'token\n');
  const tokens = { officer: token, supervisor: token };
  const offices = ['th-chiang-khong', 'la-houayxay', 'mm-tachileik'].map((id) => [
    id,
    { http: 'http://127.0.0.1:9', tokens },
  ]);
  vi.stubGlobal('fetch', async () => new Response(JSON.stringify({ items: [], id: 'x' }), { status: 200 }));
  return { offices: Object.fromEntries(offices) } as unknown as RegionState;
}
const wait = (signal = new AbortController().signal) => ({ withinMs: 1, signal });

afterEach(() => vi.unstubAllGlobals());

describe('startOperation', () => {
  it('says which step did not happen, and that it was stopped', async () => {
    const state = await deafRegion();
    await expect(startOperation(state, wait(), () => undefined)).rejects.toMatchObject({
      code: 'REGION_OPERATION_LOST',
    });
    await expect(startOperation(state, wait(AbortSignal.abort()), () => undefined)).rejects.toMatchObject({
      code: 'REGION_STOPPED',
    });
  });
});

describe('tellRegion', () => {
  it('says which bulletin did not arrive, and that it was stopped', async () => {
    const state = await deafRegion();
    await expect(tellRegion(state, wait(), () => undefined)).rejects.toMatchObject({
      code: 'REGION_BULLETIN_LOST',
      context: { from: 'th-chiang-khong' },
    });
    await expect(tellRegion(state, wait(AbortSignal.abort()), () => undefined)).rejects.toMatchObject({
      code: 'REGION_STOPPED',
    });
  });
});
