import { type OfficeId, rfc3339 } from '../../core/foundation/index.ts';
import {
  type InboundMessageView,
  type OutboundCopy,
  type OutboundMessage,
  stateOfCopy,
  stateOfInbound,
} from '../../core/ledger/index.ts';
import type { MessageContent } from '../../core/relay/index.ts';
import { codeName } from './code-names.ts';
import { contentJson } from './content-json.ts';
import { agreementJson, approvalJson, decisionJson, decisionSummary, receiptJson } from './decision-json.ts';
import { isUnread } from './line-counts.ts';
import { inboundTimeline, outboundTimeline } from './timeline.ts';

type Json = Readonly<Record<string, unknown>>;

/** Why a message is shown without what it says, or that it is shown with it. */
export type ContentState =
  | 'present'
  /** Its retention is over. */
  | 'gone'
  /** It was erased before that. */
  | 'erased'
  /** Its originator has called it back: only those who decide on it or audit read it. */
  | 'restricted'
  /** The import gate has not let it in. */
  | 'not-admitted'
  /** It is not as it was recorded, or cannot be read now. */
  | 'unreadable';

/** What a message says, as far as it can be shown. */
export interface ShownContent {
  readonly state: ContentState;
  readonly content: MessageContent | null;
}

function common(message: OutboundMessage | InboundMessageView): Json {
  return {
    id: message.id,
    direction: message.direction,
    origin: message.origin,
    kind: codeName('MessageKind', message.kind),
    precedence: codeName('Precedence', message.precedence),
    createdAt: rfc3339(message.createdMs),
    expiresAt: rfc3339(message.expiresMs),
    drill: message.drill,
    ...(message.emergency === '' || message.emergency === false ? {} : { emergency: true }),
    ...(message.supersedes === '' ? {} : { supersedes: message.supersedes }),
  };
}

/** A message of the inbox in short. */
export function inboxItem(message: InboundMessageView): Json {
  return {
    ...received(message),
    unread: isUnread(message),
    answerByAt: message.answerByMs === null ? null : rfc3339(message.answerByMs),
  };
}

function received(message: InboundMessageView): Json {
  return {
    ...common(message),
    from: message.from,
    receivedAt: rfc3339(message.receivedMs),
    deliveredAt: message.deliveredMs === null ? null : rfc3339(message.deliveredMs),
    state: stateOfInbound(message),
    ...decisionSummary(message.decision),
    agreement: agreementJson(message.agreement),
  };
}

/** A message of the outbox in short. */
export function outboxItem(message: OutboundMessage): Json {
  return {
    ...common(message),
    submittedBy: message.submittedBy,
    acceptedAt: rfc3339(message.acceptedMs),
    recipients: [...message.copies.values()].map((copy) => ({
      office: copy.to,
      state: stateOfCopy(copy),
      ...decisionSummary(copy.decision),
    })),
  };
}

/** Everything that is known of a message of this office. */
export function outboundDetail(message: OutboundMessage, shown: ShownContent): Json {
  return {
    ...common(message),
    submittedBy: message.submittedBy,
    acceptedAt: rfc3339(message.acceptedMs),
    envelopeDigest: message.envelopeDigest,
    record: message.record,
    ...shownJson(shown),
    recipients: [...message.copies.values()].map(copyDetail),
    receipts: message.receipts.map(receiptJson),
    timeline: outboundTimeline(message),
  };
}

/** Everything that is known of a message of another office. */
export function inboundDetail(message: InboundMessageView, self: OfficeId, shown: ShownContent): Json {
  return {
    ...received(message),
    scope: message.scope,
    envelopeDigest: message.envelopeDigest,
    crossingDigest: message.crossingDigest,
    lane: codeName('Lane', message.lane),
    number: message.number,
    record: message.record,
    ...shownJson(shown),
    decision: decisionJson(message.decision),
    hold: holdJson(message.hold, message.approvals),
    receipts: message.receipts.map(receiptJson),
    retrievals: message.retrievals.map(({ by, atMs }) => ({ by, at: rfc3339(atMs) })),
    timeline: inboundTimeline(message, self),
  };
}

function copyDetail(copy: OutboundCopy): Json {
  return {
    office: copy.to,
    scope: copy.scope,
    state: stateOfCopy(copy),
    ...decisionSummary(copy.decision),
    agreement: agreementJson(copy.agreement),
    decision: decisionJson(copy.decision),
    hold: holdJson(copy.hold, copy.approvals),
    lane: copy.number === 0 ? null : codeName('Lane', copy.lane),
    number: copy.number === 0 ? null : copy.number,
    receipts: copy.receipts.map(receiptJson),
  };
}

function holdJson(hold: OutboundCopy['hold'], approvals: OutboundCopy['approvals']): Json | null {
  if (hold === null) return null;
  const { resolution, by, role, reason, atMs, decision } = hold;
  return {
    resolution: codeName('HoldResolution', resolution),
    by,
    ...(role === '' ? {} : { role }),
    ...(approvals.length === 0 ? {} : { approvals: approvals.map(approvalJson) }),
    reason,
    at: rfc3339(atMs),
    decision: decisionJson(decision),
  };
}

function shownJson({ state, content }: ShownContent): Json {
  return { contentState: state, ...(content === null ? { content: null, withheldParts: [] } : contentJson(content)) };
}
