import { isLiaisonError, type OfficeId, type Scope } from '../foundation/index.ts';
import type { Neighbour } from './types.ts';

/** Keeps what each neighbour's server end takes in step with the channels that are open to it here. */
export interface ArrivalChannels {
  /** To be called often: asks the server only where something changed, or could not be said before. */
  readonly sweep: () => Promise<void>;
}

/** Nothing is known of what the server takes: the first sweep says it, whatever an earlier run left behind. */
export function arrivalChannels(
  neighbours: readonly Pick<Neighbour, 'office' | 'arrivals'>[],
  channelsOf: (office: OfficeId) => readonly Scope[],
): ArrivalChannels {
  const said = new Map<OfficeId, string>();

  const keep = async ({ office, arrivals }: Pick<Neighbour, 'office' | 'arrivals'>): Promise<void> => {
    const channels = [...new Set(channelsOf(office))].sort();
    const wanted = channels.join(' ');
    if (said.get(office) === wanted) return;
    try {
      await arrivals.setChannels(channels);
      said.set(office, wanted);
    } catch (cause) {
      // The server is away, and with it whoever sends: the next sweep says it.
      if (!isLiaisonError(cause)) throw cause;
    }
  };

  return { sweep: async () => void (await Promise.all(neighbours.map(keep))) };
}
