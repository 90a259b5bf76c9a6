import { rfc3339, toHex } from '../../core/foundation/index.ts';
import {
  type AddedCopy,
  type AnyMessage,
  messageKey,
  type OfficeProjection,
  type SupplementView,
  stateOfCopy,
} from '../../core/ledger/index.ts';
import { type ConsentView, type OpeningView, occasionWord } from '../../core/relay/index.ts';
import type { MessageRef } from '../../core/wire/index.ts';
import { codeName } from './code-names.ts';
import { agreementJson, categoryNames, decisionSummary, receiptJson } from './decision-json.ts';

type Json = Readonly<Record<string, unknown>>;

function refJson({ origin, id, digest }: MessageRef): Json {
  return { origin, id, digest: toHex(Uint8Array.from(digest)) };
}

/** A request for consent and what became of it. */
export function consentJson(view: ConsentView): Json {
  const { answer } = view;
  return {
    id: view.request.id,
    side: view.side,
    state: view.state,
    message: refJson(view.target),
    holder: view.holder,
    originator: view.originator,
    recipient: view.recipient,
    purpose: codeName('Purpose', view.purpose),
    until: rfc3339(view.until),
    categories: categoryNames(view.categories),
    askedAt: rfc3339(view.request.createdMs),
    answer:
      answer === null
        ? null
        : {
            id: answer.message.id,
            granted: answer.granted,
            ...(answer.ground === 0 ? {} : { ground: codeName('RefusalGround', answer.ground) }),
            ...(answer.notBefore === null ? {} : { notBefore: rfc3339(answer.notBefore) }),
            ...(answer.notAfter === null ? {} : { notAfter: rfc3339(answer.notAfter) }),
            categories: categoryNames(answer.categories),
            answeredAt: rfc3339(answer.message.createdMs),
          },
  };
}

/** A crossing that was added to a message: who decided it, what the gate said, and where it stands. */
export function addedJson(copy: AddedCopy): Json {
  return {
    office: copy.to,
    occasion: occasionWord(copy.occasion),
    state: stateOfCopy(copy),
    ...decisionSummary(copy.decision),
    agreement: agreementJson(copy.agreement),
    by: copy.by,
    why: copy.reason,
    ...(copy.purpose === 0 ? {} : { purpose: codeName('Purpose', copy.purpose) }),
    ...(copy.reliesOn === null ? {} : { reliesOn: refJson(copy.reliesOn) }),
    decidedAt: rfc3339(copy.addedMs),
    receipts: copy.receipts.map(receiptJson),
  };
}

function supplementJson({ receivedMs, opened, decision }: SupplementView): Json {
  return { receivedAt: rfc3339(receivedMs), opened: categoryNames(opened), ...decisionSummary(decision) };
}

/** A request for parts that were withheld and what was opened. */
export function openingJson(view: OpeningView): Json {
  return {
    id: view.request.id,
    side: view.side,
    state: view.state,
    message: refJson(view.target),
    holder: view.holder,
    categories: categoryNames(view.categories),
    opened: categoryNames(view.opened),
    askedAt: rfc3339(view.request.createdMs),
    expiresAt: rfc3339(view.request.expiresMs),
    copies: view.copies.map(addedJson),
    supplements: view.supplements.map(supplementJson),
  };
}

/** What went on or was opened of a message since, and on what it came where its origin did not send it itself. */
export function controlDetail(projection: OfficeProjection, message: AnyMessage): Json {
  const added = projection.added.of(messageKey(message.origin, message.id));
  const onward = message.direction === 'inbound' ? message.onward : null;
  const supplements = message.direction === 'inbound' ? message.supplements : [];
  return {
    ...(added.length === 0 ? {} : { added: added.map(addedJson) }),
    ...(supplements.length === 0 ? {} : { supplements: supplements.map(supplementJson) }),
    ...(onward === null
      ? {}
      : {
          onward: {
            purpose: codeName('Purpose', onward.purpose),
            consent: onward.consent === null ? null : refJson(onward.consent),
          },
        }),
  };
}
