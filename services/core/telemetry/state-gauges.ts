import type { Reading } from './series.ts';
import type { StateSource } from './state-source.ts';

type RegisterGauge = (name: string, help: string, labels: readonly string[], read: () => readonly Reading[]) => void;

/** Each gauge reads `source` when it is asked for, so none shows what was true earlier. */
export function registerState(gauge: RegisterGauge, source: StateSource, peerOf: (peer: string) => string): void {
  gauge('liaison_outbox_items', 'Items that wait to be sent or receipted', ['peer', 'lane'], () =>
    source.outbox().map(({ peer, lane, depth }) => [[peerOf(peer), lane], depth]),
  );
  gauge('liaison_outbox_oldest_age_seconds', 'Age of the oldest item that waits', ['peer', 'lane'], () =>
    source.outbox().map(({ peer, lane, oldestAgeMs }) => [[peerOf(peer), lane], oldestAgeMs / 1000]),
  );
  gauge('liaison_hold_queue_items', 'Crossings that wait for a named person', ['direction'], () =>
    source.holds().map(({ direction, depth }) => [[direction], depth]),
  );
  gauge('liaison_hold_queue_oldest_age_seconds', 'Age of the oldest held crossing', ['direction'], () =>
    source.holds().map(({ direction, oldestAgeMs }) => [[direction], oldestAgeMs / 1000]),
  );
  gauge('liaison_requests_open', 'Requests that wait for an answer', ['peer', 'side'], () =>
    source.requests().map(({ peer, side, open }) => [[peerOf(peer), side], open]),
  );
  gauge('liaison_requests_overdue', 'Requests past their time limit that wait for an answer', ['peer', 'side'], () =>
    source.requests().map(({ peer, side, overdue }) => [[peerOf(peer), side], overdue]),
  );
  gauge('liaison_recalls_unanswered', 'Answers to recalls that are still due', ['peer', 'direction'], () =>
    source.recalls().map(({ peer, direction, unanswered }) => [[peerOf(peer), direction], unanswered]),
  );
  gauge('liaison_recalls_overdue', 'Answers to recalls that are late', ['peer', 'direction'], () =>
    source.recalls().map(({ peer, direction, overdue }) => [[peerOf(peer), direction], overdue]),
  );
  gauge('liaison_reviews_open', 'Reviews of what went past the hold that are not closed', ['state'], () =>
    source.reviews().map(({ state, depth }) => [[state], depth]),
  );
  gauge('liaison_link_up', 'Whether the link to a neighbour is up', ['peer'], () =>
    source.links().map(({ peer, up }) => [[peerOf(peer)], up ? 1 : 0]),
  );
  gauge('liaison_link_round_trip_seconds', 'Round trip over the link', ['peer'], () =>
    source
      .links()
      .flatMap(({ peer, roundTripMs }): Reading[] =>
        roundTripMs === undefined ? [] : [[[peerOf(peer)], roundTripMs / 1000]],
      ),
  );
  gauge('liaison_ledger_head_number', 'Number of the last record on disk', [], () => [[[], source.ledgerHead()]]);
  gauge('liaison_ledger_open', 'Whether the ledger can be written', [], () => [[[], source.ledgerOpen() ? 1 : 0]]);
  gauge('liaison_event_subscribers', 'Listeners of the live events', [], () => [[[], source.subscribers()]]);
}
