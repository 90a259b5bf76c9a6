import { isLiaisonError } from '../core/foundation/index.ts';
import type { ContentStore } from '../core/ledger/index.ts';
import type { BusinessEvents, Logger } from '../core/telemetry/index.ts';
import { type Poll, poll } from './poll.ts';

const EVERY_MS = 600_000;

/** Takes bodies off the disk when their retention is over: at once, and then six times an hour; a failure raises an alarm. */
export function endRetentionRegularly(parts: {
  readonly content: Pick<ContentStore, 'removeEnded'>;
  readonly business: Pick<BusinessEvents, 'alarm'>;
  readonly log: Logger;
  readonly quietly: (work: () => Promise<void>) => () => Promise<void>;
}): Poll {
  let closed = false;
  const sweep = parts.quietly(async () => {
    try {
      const count = await parts.content.removeEnded();
      if (count > 0) parts.log.info({ count }, 'content was removed, its retention is over');
    } catch (error) {
      if (!isLiaisonError(error)) throw error;
      if (!closed) parts.business.alarm({ code: error.code });
    }
  });
  const first = sweep();
  const later = poll(EVERY_MS, sweep);
  return {
    close: async () => {
      closed = true;
      await first;
      await later.close();
    },
  };
}
