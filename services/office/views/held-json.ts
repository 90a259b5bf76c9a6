import { type EpochMs, rfc3339 } from '../../core/foundation/index.ts';
import {
  type InboundMessageView,
  messageKey,
  type OfficeProjection,
  type OutboundCopy,
  type OutboundMessage,
} from '../../core/ledger/index.ts';
import type { HeldKey } from '../../core/relay/index.ts';
import { Outcome } from '../../core/wire/index.ts';
import { codeName } from './code-names.ts';
import { agreementJson, approvalJson, decisionJson, decisionSummary } from './decision-json.ts';

/** A crossing that waits for a named person. */
export type HeldCrossing =
  | { readonly key: HeldKey; readonly message: OutboundMessage; readonly copy: OutboundCopy }
  | { readonly key: HeldKey; readonly message: InboundMessageView; readonly copy: null };

/** Everything that waits for a release, the most urgent first and among equals the oldest. */
export function heldCrossings(
  projection: Pick<OfficeProjection, 'outbound' | 'inbound' | 'open'>,
): readonly HeldCrossing[] {
  const held: HeldCrossing[] = [];
  for (const name of projection.open) {
    const outbound = projection.outbound.get(name);
    const inbound = projection.inbound.get(name);
    if (outbound !== undefined)
      for (const copy of outbound.copies.values()) if (isHeld(copy)) held.push(outboundHeld(outbound, copy));
    if (inbound !== undefined && isHeld(inbound)) held.push(inboundHeld(inbound));
  }
  return held.sort((a, b) => a.message.precedence - b.message.precedence || a.message.record - b.message.record);
}

/** The held crossing of that key; `undefined` when it is not held, or no longer. */
export function findHeld(
  projection: Pick<OfficeProjection, 'outbound' | 'inbound'>,
  key: HeldKey,
): HeldCrossing | undefined {
  const name = messageKey(key.origin, key.id);
  if (key.direction === 'outbound') {
    const message = projection.outbound.get(name);
    const copy = message?.copies.get(key.peer);
    return message !== undefined && copy !== undefined && isHeld(copy) ? { key, message, copy } : undefined;
  }
  const message = projection.inbound.get(name);
  return message !== undefined && message.from === key.peer && isHeld(message)
    ? { key, message, copy: null }
    : undefined;
}

/** Who submitted it here; `undefined` for what came from another office. */
export function authorOf(held: HeldCrossing): string | undefined {
  return held.copy === null ? undefined : held.message.submittedBy;
}

/** What a list of held crossings is made with. */
export interface HeldView {
  readonly now: EpochMs;
  /** The sentence of a policy that is in force; `undefined` where there is none of that name. */
  readonly reasonOf: (policy: string) => string | undefined;
}

/** A held crossing as it is listed, with what holds it and what becomes of it; what it says is read with its id. */
export function heldJson(held: HeldCrossing, id: string, view: HeldView): Readonly<Record<string, unknown>> {
  const { key, message } = held;
  const heldMs = held.copy === null ? held.message.receivedMs : held.message.acceptedMs;
  const approvals = held.copy === null ? held.message.approvals : held.copy.approvals;
  const decision = held.copy === null ? held.message.decision : held.copy.decision;
  const agreement = held.copy === null ? held.message.agreement : held.copy.agreement;
  return {
    id,
    direction: key.direction,
    messageId: key.id,
    origin: key.origin,
    peer: key.peer,
    kind: codeName('MessageKind', message.kind),
    precedence: codeName('Precedence', message.precedence),
    createdAt: rfc3339(message.createdMs),
    expiresAt: rfc3339(message.expiresMs),
    heldAt: rfc3339(heldMs),
    ageSeconds: Math.max(0, Math.floor((view.now - heldMs) / 1000)),
    deadline: { at: rfc3339(message.expiresMs), outcome: 'expires-without-release' },
    drill: message.drill,
    emergency: message.emergency !== '' && message.emergency !== false,
    submittedBy: authorOf(held) ?? null,
    ...decisionSummary(decision),
    why: decision.policies.map((policy) => ({ policy, reason: view.reasonOf(policy) ?? null })),
    releasesNeeded: Math.max(1, decision.releasesNeeded),
    approvals: approvals.map(approvalJson),
    decision: decisionJson(decision),
    agreement: agreementJson(agreement),
  };
}

function isHeld(copy: { readonly decision: OutboundCopy['decision']; readonly hold: OutboundCopy['hold'] }): boolean {
  return copy.decision.outcome === Outcome.HELD && copy.hold === null;
}

function outboundHeld(message: OutboundMessage, copy: OutboundCopy): HeldCrossing {
  return { key: { direction: 'outbound', origin: message.origin, id: message.id, peer: copy.to }, message, copy };
}

function inboundHeld(message: InboundMessageView): HeldCrossing {
  return {
    key: { direction: 'inbound', origin: message.origin, id: message.id, peer: message.from },
    message,
    copy: null,
  };
}
