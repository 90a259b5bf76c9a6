import type { AddedCopy } from '../../ledger/index.ts';
import { endCopy, hasEnd } from '../end-copy.ts';
import type { RelayContext } from '../parts.ts';
import type { Submissions } from '../submit-message.ts';
import { type ForwardInput, forward } from './forward.ts';

/** What an office may do with what others said, and lets others do with what it said: only with the originator's word. */
export interface ConsentDesk {
  /** Passes a received message on to a neighbour. @throws as `forward`. */
  readonly forward: (input: ForwardInput) => Promise<AddedCopy>;
  /** Ends what was passed on or opened and was not received in time, by a signed negative receipt that stays here. */
  readonly sweep: () => Promise<void>;
}

/** The consent desk of this office. */
export function consentDesk(context: RelayContext, _messages: Submissions): ConsentDesk {
  const { projection, clock, settings } = context;
  return {
    forward: (input) => forward(context, input),
    sweep: async () => {
      for (const copy of projection.added.open) {
        // The neighbour takes it until the tolerance after its expiry, by a clock that may be wrong by as much.
        const isOver = clock.now() > copy.expiresMs + 2 * settings.clockToleranceMs;
        if (isOver && !hasEnd(copy)) await endCopy(context, copy, copy, 'EXPIRED');
      }
    },
  };
}
