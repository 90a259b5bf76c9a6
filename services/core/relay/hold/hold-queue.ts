import type { RelayContext } from '../parts.ts';
import type { HeldKey } from '../types.ts';
import { endHeld, type HoldEnd } from './end-held.ts';
import { releaseHeld } from './release-held.ts';
import { showHeld } from './show-held.ts';
import type { HoldQueue } from './types.ts';

/** The hold queue of this office, both directions. */
export function holdQueue(context: RelayContext): HoldQueue {
  const end = async (key: HeldKey, how: HoldEnd, by: string, reason: string): Promise<void> => {
    await endHeld(context, key, how, by, reason);
    context.events.resolved({ key, resolution: how === 'EXPIRED' ? 'expired' : 'rejected', by });
  };
  return {
    show: (key) => showHeld(context, key),
    release: async (key, person, request) => {
      const result = await releaseHeld(context, key, person, request);
      if (result.resolution === 'released') context.events.resolved({ key, resolution: 'released', by: person.name });
      else context.events.approved({ key, by: person.name });
      return result;
    },
    reject: (key, by, reason) => end(key, 'REJECTED', by, reason),
    expire: (key) => end(key, 'EXPIRED', '', ''),
    recall: (key, by) => end(key, 'RECALLED', by, 'RECALLED'),
  };
}
