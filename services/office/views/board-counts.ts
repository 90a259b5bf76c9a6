import type { EpochMs } from '../../core/foundation/index.ts';
import { type InboundMessageView, messageKey } from '../../core/ledger/index.ts';
import { consentsOf, openingsOf, type Relay } from '../../core/relay/index.ts';
import { MessageKind } from '../../core/wire/index.ts';
import { heldCrossings } from './held-json.ts';
import { isClosed, isUnread } from './line-counts.ts';

/** How much waits for the people of an office, by the boards on which it stands. */
export interface BoardCounts {
  /** Delivered messages that nobody here has opened or closed. */
  readonly unread: number;
  /** Crossings that wait for a release. */
  readonly held: number;
  /** Requests in which this office has the next word. */
  readonly requests: number;
  /** Requests to this office that are open past their time limit. */
  readonly requestsOverdue: number;
  /** Recalls that this office has not answered. */
  readonly recalls: number;
  /** Requests for consent that this office has not answered. */
  readonly consents: number;
  /** Requests for withheld parts of which this office has opened nothing. */
  readonly openings: number;
  /** Own reviews of what went past the hold that are open. */
  readonly reviews: number;
}

/** The counts of everything that this relay shows: what compartments keep from somebody is not counted for them. */
export function boardCounts(
  { projection, requests, recalls, reviews }: Pick<Relay, 'projection' | 'requests' | 'recalls' | 'reviews'>,
  inbox: readonly InboundMessageView[],
  now: EpochMs,
): BoardCounts {
  const lives = projection
    .ofKind(MessageKind.REQUEST)
    .filter((request) => request.direction === 'outbound' || request.deliveredMs !== null)
    .flatMap((request) => {
      const { side, lives: ofIt } = requests.listed(request);
      return ofIt.filter(({ open, delivered }) => open && delivered).map((life) => ({ side, life }));
    });
  const isAsked = ({ side, state }: { readonly side: string; readonly state: string }): boolean =>
    side === 'originator' && state === 'asked';
  return {
    unread: inbox.filter(
      (message) => isUnread(message) && !isClosed(projection.triage.of(messageKey(message.origin, message.id))),
    ).length,
    held: heldCrossings(projection).length,
    // Who is asked has the next word, unless they asked back.
    requests: lives.filter(({ side, life }) => (life.state === 'clarification-asked') === (side === 'asking')).length,
    requestsOverdue: lives.filter(({ side, life }) => side === 'asked' && life.overdue).length,
    recalls: recalls.list().filter(({ direction, holders: [own] }) => direction === 'inbound' && isOwed(own?.state))
      .length,
    consents: consentsOf(projection, now).filter(isAsked).length,
    openings: openingsOf(projection, now).filter(isAsked).length,
    reviews: reviews.list().filter(({ state }) => state !== 'closed').length,
  };
}

function isOwed(state: string | undefined): boolean {
  return state === 'waiting' || state === 'overdue';
}
