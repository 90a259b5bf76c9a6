import type { Digest, EnvelopeId, HubId, OfficeId } from '../foundation/index.ts';
import type {
  Lane,
  OperationAction,
  Outcome,
  Precedence,
  RecallOutcome,
  ReceiptKind,
  TriageAction,
} from '../wire/index.ts';
import type { OperationState } from './operations/index.ts';
import type { RequestChange, RequestDue } from './requests/index.ts';
import type { SearchWord } from './searches/index.ts';
import type { HeldKey, RecipientResult } from './types.ts';

/** What happened, for counters, logs and live events; ids, codes and offices only. */
export interface RelayEvents {
  readonly accepted: (event: {
    readonly id: EnvelopeId;
    readonly precedence: Precedence;
    readonly recipients: readonly RecipientResult[];
    readonly tookMs: number;
  }) => void;
  readonly resolved: (event: {
    readonly key: HeldKey;
    readonly resolution: 'released' | 'rejected' | 'expired';
    readonly by: string;
  }) => void;
  /** The review of a message that went past the hold: it is due, this office closed its own, or did not in time. */
  readonly review: (event: {
    readonly event: 'opened' | 'closed' | 'overdue';
    readonly origin: OfficeId;
    readonly id: EnvelopeId;
  }) => void;
  /** The first of two persons approved a release. */
  readonly approved: (event: { readonly key: HeldKey; readonly by: string }) => void;
  readonly framed: (event: {
    readonly to: OfficeId;
    readonly lane: Lane;
    readonly first: number;
    readonly last: number;
    readonly bytes: number;
  }) => void;
  readonly relayed: (event: {
    readonly to: OfficeId;
    readonly lane: Lane;
    readonly first: number;
    readonly last: number;
    readonly tookMs: number;
  }) => void;
  readonly relayFailed: (event: {
    readonly to: OfficeId;
    readonly lane: Lane;
    readonly code: string;
    readonly attempt: number;
  }) => void;
  readonly received: (event: {
    readonly from: OfficeId;
    readonly origin: OfficeId;
    readonly id: EnvelopeId;
    readonly precedence: Precedence;
    readonly outcome: Outcome;
    readonly tookMs: number;
  }) => void;
  /** One more crossing of a message, out: passed on, opened, or an earlier post; in: parts that were opened to this office. */
  readonly added: (event: {
    readonly direction: 'in' | 'out';
    readonly peer: OfficeId;
    readonly origin: OfficeId;
    readonly id: EnvelopeId;
    readonly occasion: 'onward' | 'opening' | 'history';
    readonly outcome: Outcome;
  }) => void;
  readonly failedCrossing: (event: { readonly from: OfficeId; readonly number: number; readonly code: string }) => void;
  readonly receipt: (event: {
    readonly direction: 'in' | 'out';
    readonly peer: OfficeId;
    readonly kind: ReceiptKind;
    readonly origin: OfficeId;
    readonly id: EnvelopeId;
  }) => void;
  /** A message was called back: by this office, or by another and the recall was let in. */
  readonly recalled: (event: {
    readonly direction: 'in' | 'out';
    /** Of the recall. */
    readonly origin: OfficeId;
    readonly id: EnvelopeId;
    readonly message: { readonly origin: OfficeId; readonly id: EnvelopeId };
  }) => void;
  /** A holder answered a recall: this office, or another to this one. */
  readonly recallAnswered: (event: {
    readonly direction: 'in' | 'out';
    /** Who answered. */
    readonly origin: OfficeId;
    /** Of the recall. */
    readonly id: EnvelopeId;
    readonly outcome: RecallOutcome;
  }) => void;
  /** The body of a message is off the disk before its time. */
  readonly erased: (event: { readonly origin: OfficeId; readonly id: EnvelopeId }) => void;
  readonly retrieved: (event: { readonly origin: OfficeId; readonly id: EnvelopeId }) => void;
  readonly quarantined: (event: {
    readonly from: OfficeId;
    readonly code: string;
    readonly digest: Digest;
    readonly bytes: number;
  }) => void;
  readonly gap: (event: { readonly from: OfficeId; readonly lane: Lane; readonly missing: number }) => void;
  readonly resent: (event: {
    readonly to: OfficeId;
    readonly lane: Lane;
    readonly first: number;
    readonly last: number;
  }) => void;
  readonly silence: (event: { readonly from: OfficeId; readonly silent: boolean }) => void;
  readonly documentArrived: (event: {
    readonly from: OfficeId;
    readonly installed: boolean;
    readonly code: string;
  }) => void;
  /** The life of a request to or from a neighbour changed. */
  readonly requestChanged: (event: RequestChange) => void;
  /** A time of a request has come that this office's officers must know of, whatever the line does. */
  readonly requestDue: (event: RequestDue) => void;
  /** A result of a search was given (in) or came in (out); the message is the search. */
  readonly searched: (event: {
    readonly direction: 'in' | 'out';
    readonly peer: OfficeId;
    readonly origin: OfficeId;
    readonly id: EnvelopeId;
    readonly word: SearchWord;
    readonly hits: number;
  }) => void;
  /** An operation is known here, or has come into another state. */
  readonly operationChanged: (event: {
    readonly id: string;
    readonly state: OperationState;
    readonly drill: boolean;
    readonly lead: OfficeId;
  }) => void;
  /** An act about an operation went out (`peer` is this office), or came in and counts. */
  readonly operationActed: (event: {
    readonly direction: 'in' | 'out';
    readonly peer: OfficeId;
    readonly id: string;
    readonly action: OperationAction;
  }) => void;
  /** What this office asks of a hub is another from now on. */
  readonly subscribed: (event: { readonly hub: HubId }) => void;
  /** A message was told the region, came from it and was let in, or was withdrawn by its office. */
  readonly region: (event: {
    readonly event: 'released' | 'received' | 'withdrawn';
    readonly origin: OfficeId;
    readonly id: EnvelopeId;
  }) => void;
  /** An officer of this office did something with a message. */
  readonly triaged: (event: {
    readonly origin: OfficeId;
    readonly id: EnvelopeId;
    readonly action: TriageAction;
  }) => void;
  readonly alarm: (event: { readonly code: string; readonly office: OfficeId | HubId }) => void;
}
