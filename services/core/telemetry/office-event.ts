import type { Digest, EnvelopeId, HubId, OfficeId } from '../foundation/index.ts';
import type { Label } from './labels.ts';

/** One message, by its origin and id. */
export interface MessageName {
  readonly origin: OfficeId;
  readonly envelopeId: EnvelopeId;
}

/** One copy of a message, by the office on the other side of the border. */
export interface CopyName extends MessageName {
  readonly peer: OfficeId;
}

/** A copy that goes one way or the other. */
export interface DirectedCopy extends CopyName {
  readonly direction: Label<'direction'>;
}

interface FrameFacts {
  readonly peer: OfficeId;
  readonly lane: Label<'lane'>;
  readonly first: number;
  readonly last: number;
  readonly bytes: number;
}

/** What a message is about, in ids: which lists have to be looked at again because of it. */
export interface MatterFacts {
  readonly messageKind: Label<'messageKind'>;
  /** The message that it is about: the request of an answer, the message of a recall, of a consent, of a review. */
  readonly aboutOrigin?: string;
  readonly aboutId?: string;
  /** The earlier version that it takes the place of, by the same origin. */
  readonly supersedes?: string;
  /** The operation that it is said in. */
  readonly operation?: string;
}

interface ArrivedCopy extends CopyName, MatterFacts {
  readonly lane: Label<'lane'>;
  readonly drill: boolean;
}

/**
 * What has to be given for an event, by its type: ids, sizes and codes. A list shows what the ledger has, and every
 * change of it is told here, so that a screen looks again at what changed and at nothing else:
 *
 * | event                                                    | lists and screens that it touches                        |
 * | -------------------------------------------------------- | -------------------------------------------------------- |
 * | `accepted`                                               | outbox; by `messageKind` as `delivered`                  |
 * | `submission-rejected`                                    | figures                                                  |
 * | `decided`, `received`, `admitted`, `frame-received`      | none; what follows from them does                        |
 * | `delivered`                                              | inbox; the message it `supersedes`; by `messageKind`:    |
 * |   `request`, `request-step`, `answer`                    | requests, the request `about…`                           |
 * |   `lookout`, `search`, `search-result`                   | lookouts, hits                                           |
 * |   `recall`, `recall-answer`                              | recalls, the message `about…`                            |
 * |   `consent-request`, `consent`, `part-request`           | consents, openings, the message `about…`                 |
 * |   `review`                                               | reviews                                                  |
 * |   `operation-charter`, `operation-act`                   | operations, the one in `operation`                       |
 * |   `operation-post`, `operation-gap`, `attachment-chunk`  | transcript, taskings, roster, files of `operation`       |
 * |   `bulletin`                                             | bulletins, map                                           |
 * | `held`, `hold-approved`, `released`, `rejected`, `expired` | held; outbox (outbound), inbox (inbound); the message  |
 * | `framed`, `relayed`                                      | links; the outbox's state of copies to `peer`            |
 * | `receipt`                                                | outbox (inbound receipt), inbox (outbound); the message  |
 * | `retrieved`                                              | inbox: no longer unread; the message                     |
 * | `message-triaged`                                        | inbox, outbox, find; the message                         |
 * | `request-changed`, `request-due`                         | requests, the request                                    |
 * | `search-answered`                                        | hits, the search                                         |
 * | `recalled`, `recall-answered`                            | recalls; inbox and outbox; the message `about…`          |
 * | `crossing-added`                                         | consents, openings; the message                          |
 * | `review-opened`, `review-closed`, `review-overdue`       | reviews; the message                                     |
 * | `operation-changed`, `operation-acted`                   | operations, the one in `operation` with roster, report   |
 * | `region-message`                                         | bulletins, map; outbox; the message                      |
 * | `subscription-changed`                                   | subscriptions, region                                    |
 * | `erased`                                                 | the message, its line in inbox and outbox                |
 * | `link-up`, `link-down`, `link-heard`                     | links, status                                            |
 * | `quarantined`, `duplicate`                               | quarantine                                               |
 * | `document-installed`                                     | directory, agreements, policies; status                  |
 * | `officers-changed`                                       | officers; everything, since other things may be seen     |
 * | `alarm`                                                  | status, links where it has a `peer`                      |
 *
 * A message is named by `origin` and `envelopeId`, the office on the other side of a copy by `peer`; an event has its
 * time as `at`. Nobody is told of a message that they may not see.
 */
export interface EventFactsByType {
  readonly accepted: MessageName &
    MatterFacts & {
      readonly drill: boolean;
      readonly count: number;
    };
  readonly 'submission-rejected': { readonly code: string };
  readonly decided: CopyName & { readonly gate: Label<'gate'>; readonly outcome: Label<'outcome'> };
  readonly held: DirectedCopy;
  readonly 'hold-approved': DirectedCopy;
  readonly 'review-opened': MessageName;
  readonly 'review-closed': MessageName;
  readonly 'review-overdue': MessageName;
  /** The search: of this office where it is outbound; `count` are the subjects with a hit. */
  readonly 'search-answered': DirectedCopy & {
    readonly searchOutcome: Label<'searchOutcome'>;
    readonly count: number;
  };
  readonly released: DirectedCopy;
  readonly rejected: DirectedCopy;
  readonly expired: DirectedCopy;
  readonly framed: FrameFacts;
  readonly relayed: { readonly peer: OfficeId; readonly lane: Label<'lane'>; readonly last: number };
  readonly 'frame-received': FrameFacts;
  readonly received: CopyName & { readonly lane: Label<'lane'>; readonly number: number };
  readonly admitted: ArrivedCopy;
  readonly delivered: ArrivedCopy;
  readonly retrieved: MessageName;
  readonly receipt: DirectedCopy & { readonly receiptKind: Label<'receiptKind'> };
  readonly duplicate: { readonly peer: OfficeId };
  readonly quarantined: {
    readonly peer: OfficeId;
    readonly code: string;
    readonly digest: Digest;
    readonly bytes: number;
  };
  readonly 'request-changed': CopyName & {
    readonly requestSide: Label<'requestSide'>;
    readonly requestState: Label<'requestState'>;
    readonly drill: boolean;
  };
  readonly 'request-due': CopyName & {
    readonly requestSide: Label<'requestSide'>;
    readonly requestDue: Label<'requestDue'>;
  };
  /** Of the recall, not of what is called back. */
  readonly recalled: MessageName & {
    readonly direction: Label<'direction'>;
    /** What is called back. */
    readonly aboutOrigin: string;
    readonly aboutId: string;
  };
  /** The office that answered, and the recall. */
  readonly 'recall-answered': MessageName & {
    readonly direction: Label<'direction'>;
    readonly recallOutcome: Label<'recallOutcome'>;
  };
  /** One more crossing of a message, as this office's gate decided: outbound it was passed on or opened, inbound parts were opened to this office. */
  readonly 'crossing-added': DirectedCopy & {
    readonly occasion: Label<'occasion'>;
    readonly outcome: Label<'outcome'>;
  };
  /** An operation is known here, or came into another state. */
  readonly 'operation-changed': {
    readonly operation: string;
    readonly operationState: Label<'operationState'>;
    readonly drill: boolean;
    /** The lead office. */
    readonly origin: OfficeId;
  };
  /** A message was told the region, came from it, or was withdrawn from it by its office. */
  readonly 'region-message': MessageName & { readonly regionEvent: Label<'regionEvent'> };
  /** An act about an operation: of this office where it is outbound, of `peer` where it is inbound. */
  readonly 'operation-acted': {
    readonly operation: string;
    readonly direction: Label<'direction'>;
    readonly peer: OfficeId;
    readonly operationAction: Label<'operationAction'>;
  };
  readonly erased: MessageName;
  /** An officer of this office did something with it. */
  readonly 'message-triaged': MessageName & { readonly triageAction: Label<'triageAction'> };
  /** Signed words come from a neighbour again that had been silent; that it is silent is an alarm. */
  readonly 'link-heard': { readonly peer: OfficeId };
  /** What this office asks of a hub is another. */
  readonly 'subscription-changed': { readonly peer: HubId };
  /** The people of the office or their agencies are others: who may do and see what, and who can be given a message. */
  readonly 'officers-changed': Readonly<Record<never, never>>;
  readonly 'link-up': { readonly peer: OfficeId | HubId };
  readonly 'link-down': { readonly peer: OfficeId | HubId };
  readonly 'document-installed': {
    readonly documentKind: Label<'documentKind'>;
    readonly documentId: string;
    readonly version: number;
  };
  readonly alarm: { readonly code: string; readonly peer?: OfficeId | HubId };
}

/** The kinds of things that happen. */
export type EventType = keyof EventFactsByType;

/** Something that happened at an office: what the live feed tells and nothing more. */
export type OfficeEvent = { readonly [Type in EventType]: { readonly type: Type } & EventFactsByType[Type] }[EventType];
