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

interface ArrivedCopy extends CopyName {
  readonly lane: Label<'lane'>;
  readonly drill: boolean;
}

/** What has to be given for an event, by its type: ids, sizes and codes. */
export interface EventFactsByType {
  readonly accepted: MessageName & {
    readonly messageKind: Label<'messageKind'>;
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
  readonly recalled: MessageName & { readonly direction: Label<'direction'> };
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
  /** An act about an operation: of this office where it is outbound, of `peer` where it is inbound. */
  /** A message was told the region, came from it, or was withdrawn from it by its office. */
  readonly 'region-message': MessageName & { readonly regionEvent: Label<'regionEvent'> };
  readonly 'operation-acted': {
    readonly operation: string;
    readonly direction: Label<'direction'>;
    readonly peer: OfficeId;
    readonly operationAction: Label<'operationAction'>;
  };
  readonly erased: MessageName;
  /** An officer of this office did something with it. */
  readonly 'message-triaged': MessageName & { readonly triageAction: Label<'triageAction'> };
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
