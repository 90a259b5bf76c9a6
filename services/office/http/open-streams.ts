import type { FastifyReply } from 'fastify';
import { OfficeError } from '../errors.ts';
import type { Asker } from './route.ts';

/** One request's claim to be answered by a live stream. */
export interface StreamTicket {
  /** The signal that ends the stream; counts it from then on. @throws OfficeError OFFICE_STREAMS_EXHAUSTED. */
  readonly open: () => AbortSignal;
  readonly end: () => void;
}

/** Keeps count of live streams, so that they end with their client, with the node, and are not too many. */
export function openStreams(maxPerToken: number): {
  readonly prepare: (asker: Asker | null, reply: FastifyReply) => StreamTicket;
  readonly endAll: () => void;
} {
  const open = new Map<AbortController, string>();
  return {
    prepare: (asker, reply) => {
      let controller: AbortController | undefined;
      const end = (): void => {
        if (controller === undefined) return;
        open.delete(controller);
        controller.abort();
      };
      return {
        open: () => {
          if (controller !== undefined) return controller.signal;
          const token = asker?.principal.id ?? '';
          if ([...open.values()].filter((other) => other === token).length >= maxPerToken)
            throw new OfficeError('OFFICE_STREAMS_EXHAUSTED', { context: { retryAfterSeconds: 5 } });
          controller = new AbortController();
          open.set(controller, token);
          reply.raw.once('close', end);
          return controller.signal;
        },
        end,
      };
    },
    endAll: () => {
      for (const controller of [...open.keys()]) controller.abort();
      open.clear();
    },
  };
}
