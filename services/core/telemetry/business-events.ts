import type { EventFeed, FeedEvent } from './event-feed.ts';
import { type LogFields, safeFields } from './log-fields.ts';
import type { Logger } from './loggers.ts';
import type { Metrics } from './metrics.ts';
import type { DirectedCopy, EventFactsByType, EventType, OfficeEvent } from './office-event.ts';

type Tell<Type extends EventType> = (facts: EventFactsByType[Type]) => FeedEvent;

/** One function per thing that happens: each writes metric, log line and feed together, so that none says what the others do not. */
export interface BusinessEvents {
  readonly accepted: Tell<'accepted'>;
  readonly submissionRejected: Tell<'submission-rejected'>;
  readonly decided: Tell<'decided'>;
  readonly held: Tell<'held'>;
  /** The first of two persons approved the release of a held crossing. */
  readonly approved: Tell<'hold-approved'>;
  /** A message went past a hold, so that oversight reviews it. */
  readonly reviewOpened: Tell<'review-opened'>;
  readonly reviewClosed: Tell<'review-closed'>;
  /** This office did not close its review in time. */
  readonly reviewOverdue: Tell<'review-overdue'>;
  /** The result of a search was given, or came in. */
  readonly searchAnswered: Tell<'search-answered'>;
  /** A named person let a held crossing go. */
  readonly released: Tell<'released'>;
  readonly rejected: Tell<'rejected'>;
  /** A crossing ended by its expiry, from the hold queue or not. */
  readonly expired: (facts: DirectedCopy, wasHeld: boolean) => FeedEvent;
  readonly framed: Tell<'framed'>;
  readonly relayed: Tell<'relayed'>;
  readonly frameReceived: Tell<'frame-received'>;
  readonly received: Tell<'received'>;
  readonly admitted: Tell<'admitted'>;
  readonly delivered: Tell<'delivered'>;
  readonly retrieved: Tell<'retrieved'>;
  readonly receipt: Tell<'receipt'>;
  readonly duplicate: Tell<'duplicate'>;
  readonly quarantined: Tell<'quarantined'>;
  /** The life of a request came to another state. */
  readonly requestChanged: Tell<'request-changed'>;
  /** The time limit of a request comes near or has passed. */
  readonly requestDue: Tell<'request-due'>;
  /** A message was called back, by this office or another. */
  readonly recalled: Tell<'recalled'>;
  readonly recallAnswered: Tell<'recall-answered'>;
  /** A message was passed on, or parts of it were opened; or a gate did not let that pass. */
  readonly crossingAdded: Tell<'crossing-added'>;
  /** An operation is known here, or came into another state. */
  readonly operationChanged: Tell<'operation-changed'>;
  /** An act about an operation was said here, or came in and counts. */
  readonly operationActed: Tell<'operation-acted'>;
  /** A message was told the region, came from it, or was withdrawn from it. */
  readonly region: Tell<'region-message'>;
  /** The body of a message is off the disk before its time. */
  readonly erased: Tell<'erased'>;
  /** An officer of this office did something with a message. */
  readonly triaged: Tell<'message-triaged'>;
  /** A neighbour that had been silent is heard again. */
  readonly linkHeard: (peer: EventFactsByType['link-heard']['peer']) => FeedEvent;
  readonly subscriptionChanged: Tell<'subscription-changed'>;
  /** The people of the office or their agencies are others. */
  readonly officersChanged: () => FeedEvent;
  readonly linkUp: (peer: EventFactsByType['link-up']['peer']) => FeedEvent;
  readonly linkDown: (peer: EventFactsByType['link-down']['peer']) => FeedEvent;
  readonly documentInstalled: Tell<'document-installed'>;
  readonly alarm: Tell<'alarm'>;
}

/** What business events are written to. */
export interface BusinessEventsOptions {
  readonly log: Logger;
  readonly metrics: Metrics;
  readonly feed: EventFeed;
}

/** The business events of one office node. Every message that passes is logged at `debug`, what an operator must see above it. */
export function createBusinessEvents({ log, metrics, feed }: BusinessEventsOptions): BusinessEvents {
  // What is not a field of the log is not told either: the feed has no more room for content than the log has.
  const tell = <Type extends EventType>(type: Type, facts: EventFactsByType[Type]): FeedEvent =>
    feed.publish({ type, ...safeFields(facts as LogFields) } as unknown as OfficeEvent);
  return {
    accepted: (facts) => {
      metrics.submission('accepted');
      log.debug(facts, 'message accepted');
      return tell('accepted', facts);
    },
    submissionRejected: (facts) => {
      metrics.submission('rejected');
      log.info(facts, 'submission rejected');
      return tell('submission-rejected', facts);
    },
    decided: (facts) => {
      metrics.decision(facts.gate, facts.outcome);
      log.debug(facts, 'gate decided');
      return tell('decided', facts);
    },
    held: (facts) => {
      log.info(facts, 'crossing held');
      return tell('held', facts);
    },
    approved: (facts) => {
      log.info(facts, 'release of a held crossing approved');
      return tell('hold-approved', facts);
    },
    reviewOpened: (facts) => {
      metrics.review('opened');
      log.warn(facts, 'message went past a hold, review opened');
      return tell('review-opened', facts);
    },
    reviewClosed: (facts) => {
      metrics.review('closed');
      log.info(facts, 'review closed');
      return tell('review-closed', facts);
    },
    reviewOverdue: (facts) => {
      metrics.review('overdue');
      log.warn(facts, 'review is overdue');
      return tell('review-overdue', facts);
    },
    searchAnswered: (facts) => {
      metrics.search(facts.direction, facts.peer, facts.searchOutcome);
      log.info(facts, 'search answered');
      return tell('search-answered', facts);
    },
    released: (facts) => {
      metrics.holdResolved(facts.direction, 'released');
      log.info(facts, 'held crossing released');
      return tell('released', facts);
    },
    rejected: (facts) => {
      metrics.holdResolved(facts.direction, 'rejected');
      log.info(facts, 'held crossing rejected');
      return tell('rejected', facts);
    },
    expired: (facts, wasHeld) => {
      if (wasHeld) metrics.holdResolved(facts.direction, 'expired');
      metrics.expired(facts.direction);
      log.info(facts, 'crossing expired');
      return tell('expired', facts);
    },
    framed: (facts) => {
      const items = facts.last - facts.first + 1;
      metrics.frame('outbound', facts.lane, facts.peer, items, facts.bytes);
      if (facts.lane !== 'receipts') metrics.crossings('outbound', facts.lane, facts.peer, items);
      log.debug(facts, 'frame made');
      return tell('framed', facts);
    },
    relayed: (facts) => {
      log.debug(facts, 'frame relayed');
      return tell('relayed', facts);
    },
    frameReceived: (facts) => {
      metrics.frame('inbound', facts.lane, facts.peer, facts.last - facts.first + 1, facts.bytes);
      log.debug(facts, 'frame received');
      return tell('frame-received', facts);
    },
    received: (facts) => {
      metrics.crossings('inbound', facts.lane, facts.peer);
      log.debug(facts, 'crossing received');
      return tell('received', facts);
    },
    admitted: (facts) => {
      log.debug(facts, 'crossing admitted');
      return tell('admitted', facts);
    },
    delivered: (facts) => {
      log.debug(facts, 'message delivered');
      return tell('delivered', facts);
    },
    retrieved: (facts) => {
      metrics.retrieved();
      log.debug(facts, 'message retrieved');
      return tell('retrieved', facts);
    },
    receipt: (facts) => {
      metrics.receipt(facts.direction, facts.receiptKind);
      log.debug(facts, 'receipt recorded');
      return tell('receipt', facts);
    },
    duplicate: (facts) => {
      metrics.duplicate(facts.peer);
      log.debug(facts, 'duplicate recognised');
      return tell('duplicate', facts);
    },
    quarantined: (facts) => {
      metrics.quarantined(facts.peer, facts.code);
      log.warn(facts, 'quarantined');
      return tell('quarantined', facts);
    },
    requestChanged: (facts) => {
      metrics.requestChanged(facts.peer, facts.requestSide, facts.requestState);
      log.debug(facts, 'request changed');
      return tell('request-changed', facts);
    },
    requestDue: (facts) => {
      log.info(facts, 'time limit of a request');
      return tell('request-due', facts);
    },
    recalled: (facts) => {
      metrics.recalled(facts.direction);
      log.info(facts, 'message recalled');
      return tell('recalled', facts);
    },
    recallAnswered: (facts) => {
      log.info(facts, 'recall answered');
      return tell('recall-answered', facts);
    },
    crossingAdded: (facts) => {
      metrics.crossingAdded(facts.direction, facts.occasion, facts.outcome);
      log.info(facts, 'crossing added');
      return tell('crossing-added', facts);
    },
    operationChanged: (facts) => {
      metrics.operationChanged(facts.operationState, facts.drill);
      log.info(facts, 'operation changed');
      return tell('operation-changed', facts);
    },
    region: (facts) => {
      metrics.region(facts.regionEvent);
      log.info(facts, 'message of the region');
      return tell('region-message', facts);
    },
    operationActed: (facts) => {
      metrics.operationActed(facts.direction, facts.operationAction);
      log.info(facts, 'act about an operation');
      return tell('operation-acted', facts);
    },
    erased: (facts) => {
      metrics.erased();
      log.info(facts, 'body erased');
      return tell('erased', facts);
    },
    triaged: (facts) => {
      log.debug(facts, 'message triaged');
      return tell('message-triaged', facts);
    },
    linkHeard: (peer) => {
      log.info({ peer }, 'neighbour is heard again');
      return tell('link-heard', { peer });
    },
    subscriptionChanged: (facts) => {
      log.info(facts, 'subscription changed');
      return tell('subscription-changed', facts);
    },
    officersChanged: () => {
      log.info({}, 'people of the office changed');
      return tell('officers-changed', {});
    },
    linkUp: (peer) => {
      metrics.linkChange(peer, true);
      log.info({ peer, up: true }, 'link up');
      return tell('link-up', { peer });
    },
    linkDown: (peer) => {
      metrics.linkChange(peer, false);
      log.warn({ peer, up: false }, 'link down');
      return tell('link-down', { peer });
    },
    documentInstalled: (facts) => {
      metrics.documentInstalled(facts.documentKind);
      log.info(facts, 'document installed');
      return tell('document-installed', facts);
    },
    alarm: (facts) => {
      metrics.alarm(facts.code);
      log.error(facts, 'alarm');
      return tell('alarm', facts);
    },
  };
}
