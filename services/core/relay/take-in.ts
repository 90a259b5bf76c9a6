import { type DurationMs, isLiaisonError } from '../foundation/index.ts';
import { type OpenedFrame, openDocument, openFrame, receiveTransit } from '../envelope/index.ts';
import { Lane } from '../wire/index.ts';
import { RelayError } from './errors.ts';
import { lanePrecedence } from './lanes.ts';
import type { RelayContext } from './parts.ts';
import type { Quarantine } from './quarantine.ts';
import { takeCrossings } from './take-crossings.ts';
import { takeReceipts } from './take-receipts.ts';
import type { LinkStatusDesk } from './link-status.ts';
import type { Arrival, Neighbour } from './types.ts';

/** Takes what arrives from one neighbour: verified, decided and on disk before it is acknowledged, or put into quarantine. */
export interface Intake {
  readonly close: () => Promise<void>;
}

const ATTEMPTS = 5;
const RETRY_MS = 2_000 as DurationMs;

/** Starts to take in from one neighbour, one transit after the other. */
export function openIntake(context: RelayContext, neighbour: Neighbour, status: LinkStatusDesk, quarantine: Quarantine): Intake {
  let closed = false;

  const takeDocument = async (received: Parameters<typeof openDocument>[0]): Promise<void> => {
    const document = await openDocument(received, { self: context.self, unsealer: context.unsealer });
    try {
      await context.installDocument(document.kind, document.bytes);
      context.events.documentArrived({ from: neighbour.office, installed: true, code: '' });
    } catch (cause) {
      if (!isLiaisonError(cause)) throw cause;
      context.events.documentArrived({ from: neighbour.office, installed: false, code: cause.code });
      throw cause;
    }
  };

  const takeFrame = async (frame: OpenedFrame, arrival: Arrival): Promise<void> => {
    if (frame.from !== neighbour.office || lanePrecedence(frame.lane) !== arrival.precedence) throw new RelayError('RELAY_TRANSIT_MISPLACED');
    status.heard(frame);
    if (frame.carries === 'status') await status.take(frame);
    else if (frame.carries === 'receipts') await takeReceipts(context, frame);
    else await takeCrossings(context, frame);
    if (frame.lane !== Lane.STATUS) status.tookIn(frame);
  };

  const take = async (arrival: Arrival): Promise<void> => {
    const received = receiveTransit(arrival.bytes);
    if (received.transit === 'document') return await takeDocument(received);
    const now = context.clock.now();
    const frame = await openFrame(received, {
      self: context.self,
      unsealer: context.unsealer,
      keyOf: context.trust().keysForArrival(now),
      heads: context.heads,
      now,
    });
    await takeFrame(frame, arrival);
  };

  /** Whether the arrival may be forgotten; otherwise it comes again. */
  const handled = async (arrival: Arrival): Promise<boolean> => {
    try {
      await take(arrival);
      return true;
    } catch (cause) {
      if (context.desk.failed() || closed) return false;
      if (!isLiaisonError(cause)) context.onBug(cause);
      const passing = !isLiaisonError(cause) || cause.disposition === 'retry';
      if (passing && arrival.deliveries < ATTEMPTS) return false;
      const code = isLiaisonError(cause) ? cause.code : 'INTERNAL';
      if (isLiaisonError(cause) && cause.disposition === 'fatal') return false;
      await quarantine.put(neighbour.office, code, arrival.bytes);
      return true;
    }
  };

  const run = async (): Promise<void> => {
    while (!closed) {
      const arrival = await neighbour.arrivals.next();
      if (arrival === undefined) return;
      let done = false;
      try {
        done = await handled(arrival);
        if (done) await arrival.ack();
        else arrival.nak(RETRY_MS);
      } catch (cause) {
        // Not acknowledged, so it comes again; what was recorded is recognised then.
        if (!isLiaisonError(cause)) context.onBug(cause);
        if (!done) arrival.nak(RETRY_MS);
      }
    }
  };
  const running = run();

  return {
    close: async () => {
      closed = true;
      await Promise.race([running, new Promise((resolve) => setTimeout(resolve, 3000).unref())]);
    },
  };
}
