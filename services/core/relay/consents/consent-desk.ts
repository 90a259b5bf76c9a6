import type { EpochMs } from '../../foundation/index.ts';
import { type AddedCopy, messageKey } from '../../ledger/index.ts';
import { CrossingOccasion } from '../../wire/index.ts';
import { endCopy, hasEnd } from '../end-copy.ts';
import type { RelayContext } from '../parts.ts';
import { recallsOf } from '../recall/recall-in-force.ts';
import type { Submissions } from '../submit-message.ts';
import type { SubmissionResult } from '../types.ts';
import { answerConsent, type ConsentAnswerInput } from './answer-consent.ts';
import { askConsent, type ConsentRequestInput } from './ask-consent.ts';
import { askToOpen, type PartRequestInput } from './ask-to-open.ts';
import { type ForwardInput, forward } from './forward.ts';
import { type OpeningInput, openParts } from './open-parts.ts';
import { msOf } from './standing.ts';

/** What an office may do with what others said, and lets others do with what it said: only with the originator's word. */
export interface ConsentDesk {
  /** Passes a received message on to a neighbour. @throws as `forward`. */
  readonly forward: (input: ForwardInput) => Promise<AddedCopy>;
  /** Asks the originator of a received message to let it go on. @throws as `askConsent`. */
  readonly ask: (input: ConsentRequestInput) => Promise<SubmissionResult>;
  /** Grants or refuses what was asked of this office. @throws as `answerConsent`. */
  readonly answer: (input: ConsentAnswerInput) => Promise<SubmissionResult>;
  /** Asks the origin of a received message for parts that it withheld. @throws as `askToOpen`. */
  readonly askToOpen: (input: PartRequestInput) => Promise<SubmissionResult>;
  /** Opens parts of a message of this office to one that asked. @throws as `openParts`. */
  readonly open: (input: OpeningInput) => Promise<AddedCopy>;
  /**
   * Ends what was passed on or opened and was not received in time, and what waits to leave when the consent that it
   * relies on has ended, by a signed negative receipt that stays here.
   */
  readonly sweep: () => Promise<void>;
}

/** The consent desk of this office. */
export function consentDesk(context: RelayContext, messages: Submissions): ConsentDesk {
  const { projection, clock, settings } = context;
  return {
    forward: (input) => forward(context, input),
    ask: (input) => askConsent(context, messages, input),
    answer: (input) => answerConsent(context, messages, input),
    askToOpen: (input) => askToOpen(context, messages, input),
    open: (input) => openParts(context, input),
    sweep: async () => {
      for (const copy of projection.added.open) {
        // The neighbour takes it until the tolerance after its expiry, by a clock that may be wrong by as much.
        const isOver = clock.now() > copy.expiresMs + 2 * settings.clockToleranceMs;
        if (isOver && !hasEnd(copy)) await endCopy(context, copy, copy, 'EXPIRED');
        else if (isInNoFrame(copy) && hasLostConsent(context, copy, clock.now()))
          await endCopy(context, copy, copy, 'CONSENT_ENDED', () => isInNoFrame(copy));
      }
    },
  };
}

function isInNoFrame({ framedMs }: AddedCopy): boolean {
  return framedMs === null;
}

/** Whether it goes on by a consent whose time is over or that was called back. */
function hasLostConsent({ projection }: RelayContext, { occasion, reliesOn }: AddedCopy, now: EpochMs): boolean {
  if (occasion !== CrossingOccasion.ONWARD || reliesOn === null) return false;
  const key = messageKey(reliesOn.origin, reliesOn.id);
  const notAfter = msOf(projection.inbound.get(key)?.terms?.consent?.notAfter ?? null);
  return (notAfter !== null && now >= notAfter) || recallsOf(projection, key).length > 0;
}
