import { isLiaisonError, rfc3339 } from '../../../core/foundation/index.ts';
import { messageKey } from '../../../core/ledger/index.ts';
import type { FeedEvent, FeedNext, FeedSubscription } from '../../../core/telemetry/index.ts';
import { OfficeError } from '../../errors.ts';
import type { Door } from '../door.ts';
import type { Asker } from '../route.ts';
import { guardedRoute } from '../route.ts';

const HEARTBEAT_MS = 15_000;
const EVENT_ID = /^[0-9]{1,16}$/;
const LAST_EVENT_ID = 'The id of the last event that was heard: what came after it is told first.';

/** `GET /v1/events`: what happens, as it happens. */
export const followEvents = guardedRoute({
  method: 'GET',
  path: '/v1/events',
  name: 'followEvents',
  action: 'follow-events',
  summary: 'Follow what happens',
  about:
    'Server-sent events: ids, offices, codes and sizes, no content. A client that was away sends the id of the last event it heard; an event `reset` says that events are gone which it has not heard, so that it must read its lists again. A comment comes every 15 seconds. A system hears of what it submitted itself.',
  headerParams: { 'last-event-id': { kind: 'text', pattern: EVENT_ID, about: LAST_EVENT_ID } },
  answers: {
    200: { about: 'Events until the client closes.', contentType: 'text/event-stream', schema: { type: 'string' } },
  },
  problems: { 503: 'As many listeners as there may be follow the events already.' },
  handle: (door, request) => {
    const after = readLastEventId(request.header('last-event-id'));
    const { signal } = request;
    const subscription = door.feed.subscribe(after);
    signal.addEventListener('abort', subscription.close, { once: true });
    return {
      status: 200,
      contentType: 'text/event-stream',
      headers: { 'x-accel-buffering': 'no' },
      stream: tell(door, request.asker, subscription, signal),
    };
  },
});

function readLastEventId(text: string | undefined): number | undefined {
  if (text === undefined || text === '') return undefined;
  if (EVENT_ID.test(text) && Number.isSafeInteger(Number(text))) return Number(text);
  throw new OfficeError('OFFICE_REQUEST_INVALID', {
    faults: [{ field: 'Last-Event-ID', reason: 'format-wrong', message: LAST_EVENT_ID }],
  });
}

async function* tell(door: Door, asker: Asker, first: FeedSubscription, signal: AbortSignal): AsyncIterable<string> {
  let subscription = first;
  // The first bytes: the client knows at once that it is connected.
  yield `: ${door.office}\n\n`;
  try {
    let next = subscription.next();
    while (!signal.aborted) {
      const heard = await orHeartbeat(next);
      if (!isStillGood(door, asker)) return;
      if (heard === undefined) {
        yield ': heartbeat\n\n';
        continue;
      }
      if (heard.kind === 'closed') return;
      if (heard.kind === 'lost') {
        subscription = door.feed.subscribe();
        signal.addEventListener('abort', subscription.close, { once: true });
        yield `id: ${door.feed.lastId()}\nevent: reset\ndata: {}\n\n`;
      } else {
        const text = heard.events
          .filter((event) => mayHear(door, asker, event))
          .map(eventText)
          .join('');
        if (text !== '') yield text;
      }
      next = subscription.next();
    }
  } finally {
    subscription.close();
  }
}

/** The next events, or `undefined` when none came for a while. */
async function orHeartbeat(next: Promise<FeedNext>): Promise<FeedNext | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const pause = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), HEARTBEAT_MS);
  });
  try {
    return await Promise.race([next, pause]);
  } finally {
    clearTimeout(timer);
  }
}

/**
 * A token that expired or was revoked since the stream began ends it, and so do other agencies: what may be heard was
 * decided when it began, and a client that follows anew hears what may be heard from then on.
 */
function isStillGood(door: Door, { principal }: Asker): boolean {
  try {
    return door.renew(principal).agencies?.join() === principal.agencies?.join();
  } catch (error) {
    if (isLiaisonError(error)) return false;
    throw error;
  }
}

function mayHear(door: Door, { reach, principal }: Asker, { event }: FeedEvent): boolean {
  if (reach === 'all') return true;
  if (!('envelopeId' in event)) return false;
  return door.relay.projection.outbound.get(messageKey(event.origin, event.envelopeId))?.submittedBy === principal.name;
}

function eventText({ id, atMs, event }: FeedEvent): string {
  const { type, ...facts } = event;
  return `id: ${id}\nevent: ${type}\ndata: ${JSON.stringify({ at: rfc3339(atMs), ...facts })}\n\n`;
}
