import { type OpenedFrame, openDocument, openFrame, receiveTransit } from '../envelope/index.ts';
import { type DurationMs, isLiaisonError } from '../foundation/index.ts';
import { LedgerError } from '../ledger/index.ts';
import { DocumentKind, Lane } from '../wire/index.ts';
import { RelayError } from './errors.ts';
import { lanePrecedence } from './lanes.ts';
import type { LinkStatusDesk } from './link-status.ts';
import type { RelayContext } from './parts.ts';
import type { Quarantine } from './quarantine.ts';
import { takeCrossings } from './take-crossings.ts';
import { takeReceipts } from './take-receipts.ts';
import type { Arrival, Neighbour } from './types.ts';
import { mayVerifyLater } from './waits.ts';

/** Takes what arrives from one neighbour: verified, decided and on disk before it is acknowledged, or put into quarantine. */
export interface Intake {
  readonly close: () => Promise<void>;
}

/** How often something is tried that may verify later, or that a bug of ours keeps from being taken in. */
const ATTEMPTS = 5;
const RETRY_MS = 2_000;
const LONGEST_RETRY_MS = 30_000;

function retryDelay(deliveries: number): DurationMs {
  return Math.min(LONGEST_RETRY_MS, RETRY_MS * Math.max(1, deliveries)) as DurationMs;
}

/** Starts to take in from one neighbour, one transit after the other. */
export function openIntake(
  context: RelayContext,
  neighbour: Neighbour,
  status: LinkStatusDesk,
  quarantine: Quarantine,
): Intake {
  const acknowledging = new Set<Promise<void>>();
  let closed = false;
  let stopWaiting: () => void = () => undefined;

  const takeDocument = async (received: Parameters<typeof openDocument>[0]): Promise<void> => {
    const document = await openDocument(received, { self: context.self, unsealer: context.unsealer });
    // A charter comes with its proposal, through the gates, and no other way.
    if (document.kind === DocumentKind.CHARTER) throw new RelayError('RELAY_TRANSIT_MISPLACED');
    try {
      await context.installDocument(document.kind, document.bytes);
    } catch (cause) {
      if (isLiaisonError(cause))
        context.events.documentArrived({ from: neighbour.office, installed: false, code: cause.code });
      throw cause;
    }
    context.events.documentArrived({ from: neighbour.office, installed: true, code: '' });
  };

  const takeFrame = async (frame: OpenedFrame, arrival: Arrival): Promise<void> => {
    if (frame.from !== neighbour.office || lanePrecedence(frame.lane) !== arrival.precedence)
      throw new RelayError('RELAY_TRANSIT_MISPLACED');
    const patient = arrival.deliveries < ATTEMPTS;
    if (frame.carries === 'status') return await status.take(frame);
    status.heard(frame);
    if (frame.carries === 'receipts') await takeReceipts(context, quarantine, frame, patient);
    else await takeCrossings(context, quarantine, frame, patient);
    if (frame.lane !== Lane.STATUS) status.tookIn(frame);
  };

  const take = async (arrival: Arrival): Promise<void> => {
    const received = receiveTransit(arrival.bytes);
    if (received.transit === 'document') return await takeDocument(received);
    const now = context.clock.now();
    const keyOf = context.trust().keysForArrival(now);
    const frame = await openFrame(received, {
      self: context.self,
      unsealer: context.unsealer,
      drillUnsealer: context.drillUnsealer,
      keyOf,
      heads: context.heads,
      now,
    });
    await takeFrame(frame, arrival);
  };

  /** Whether it is to come again: nothing was decided about it. What is our own fault is never held against a neighbour. */
  const comesAgain = (cause: unknown, { deliveries }: Arrival): boolean => {
    if (!isLiaisonError(cause)) {
      context.onBug(cause);
      return deliveries < ATTEMPTS;
    }
    const isOurs = cause.disposition === 'fatal' || cause instanceof LedgerError;
    if (isOurs && cause.disposition !== 'retry' && deliveries <= 1)
      context.events.alarm({ code: cause.code, office: context.self });
    return isOurs || cause.disposition === 'retry' || (mayVerifyLater(cause) && deliveries < ATTEMPTS);
  };

  /** Whether the arrival may be forgotten; otherwise it comes again. */
  const handled = async (arrival: Arrival): Promise<boolean> => {
    try {
      await take(arrival);
      return true;
    } catch (cause) {
      if (context.desk.failed() || closed || comesAgain(cause, arrival)) return false;
      await quarantine.put(neighbour.office, isLiaisonError(cause) ? cause.code : 'INTERNAL', arrival.bytes);
      return true;
    }
  };

  /** The next one need not wait for it. */
  const acknowledge = (arrival: Arrival): void => {
    const done = arrival
      .ack()
      .catch((cause: unknown) => {
        // Not acknowledged, so it comes again; what was recorded is recognised then.
        if (!isLiaisonError(cause)) context.onBug(cause);
      })
      .finally(() => acknowledging.delete(done));
    acknowledging.add(done);
  };

  const answer = async (arrival: Arrival): Promise<void> => {
    try {
      if (await handled(arrival)) return acknowledge(arrival);
    } catch (cause) {
      if (!isLiaisonError(cause)) context.onBug(cause);
    }
    arrival.nak(retryDelay(arrival.deliveries));
  };

  /** What is handed out after the end goes back untouched. */
  const next = (): Promise<Arrival | undefined> =>
    new Promise((resolve, reject) => {
      stopWaiting = () => resolve(undefined);
      neighbour.arrivals.next().then((arrival) => {
        if (closed) arrival?.nak(0 as DurationMs);
        else resolve(arrival);
      }, reject);
    });

  const run = async (): Promise<void> => {
    while (!closed && !context.desk.failed()) {
      const arrival = await next();
      if (arrival === undefined) return;
      await answer(arrival);
    }
  };
  const running = run().catch(context.onBug);

  return {
    close: async () => {
      closed = true;
      stopWaiting();
      const ended = running.then(() => Promise.all(acknowledging));
      await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, 3000).unref())]);
    },
  };
}
