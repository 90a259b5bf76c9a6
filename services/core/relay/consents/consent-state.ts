import type { EpochMs, OfficeId } from '../../foundation/index.ts';
import { type AnyMessage, messageKey, type OfficeProjection } from '../../ledger/index.ts';
import {
  type ConsentRequestTerms,
  type ConsentTerms,
  type DataCategory,
  MessageKind,
  type MessageRef,
  type Purpose,
  type RefusalGround,
} from '../../wire/index.ts';
import { recallsOf } from '../recall/recall-in-force.ts';
import { bySigned, msOf, standingWith } from './standing.ts';

/**
 * Where a request for consent stands: not delivered yet, never to be, open, granted for a time that is not over, over,
 * called back, refused, or without an answer in time, which is no.
 */
export const CONSENT_STATES = [
  'sending',
  'failed',
  'asked',
  'granted',
  'ended',
  'revoked',
  'refused',
  'lapsed',
] as const;

/** One of the states. */
export type ConsentState = (typeof CONSENT_STATES)[number];

/** What the originator said to it. */
export interface ConsentAnswerView {
  readonly message: AnyMessage;
  readonly granted: boolean;
  readonly notBefore: EpochMs | null;
  readonly notAfter: EpochMs | null;
  readonly categories: readonly DataCategory[];
  readonly ground: RefusalGround;
}

/** A request for consent and what became of it; the same at both offices once nothing is on its way. */
export interface ConsentView {
  readonly side: 'asking' | 'originator';
  readonly request: AnyMessage;
  readonly target: MessageRef;
  /** The office that asks to pass it on. */
  readonly holder: OfficeId;
  readonly originator: OfficeId;
  readonly recipient: OfficeId;
  readonly purpose: Purpose;
  readonly until: EpochMs;
  readonly categories: readonly DataCategory[];
  readonly state: ConsentState;
  /** The answer that counts, or that is on its way; null before. */
  readonly answer: ConsentAnswerView | null;
}

type Messages = Pick<OfficeProjection, 'about' | 'ofKind'>;

/** Answers to that request in the order in which they count, those that never arrived left out. */
export function answersTo(
  projection: Pick<Messages, 'about'>,
  request: Pick<AnyMessage, 'origin' | 'id'>,
  target: MessageRef,
): readonly { readonly message: AnyMessage; readonly terms: ConsentTerms }[] {
  return projection
    .about(messageKey(target.origin, target.id))
    .flatMap((message) => {
      const terms = message.kind === MessageKind.CONSENT ? (message.terms?.consent ?? null) : null;
      const isIts = terms?.request?.origin === request.origin && terms.request.id === request.id;
      return terms !== null && isIts && standingWith(message, request.origin as OfficeId) !== 'failed'
        ? [{ message, terms }]
        : [];
    })
    .sort((a, b) => bySigned(a.message, b.message));
}

function stateOf(
  projection: Messages,
  request: AnyMessage,
  terms: ConsentRequestTerms,
  originator: OfficeId,
  answer: { readonly message: AnyMessage; readonly terms: ConsentTerms } | undefined,
  now: EpochMs,
): ConsentState {
  const sent = standingWith(request, originator);
  if (sent !== 'delivered') return sent === 'failed' ? 'failed' : 'sending';
  if (answer === undefined) return now >= (msOf(terms.until) ?? 0) ? 'lapsed' : 'asked';
  if (!answer.terms.granted) return 'refused';
  if (recallsOf(projection, messageKey(answer.message.origin, answer.message.id)).length > 0) return 'revoked';
  return now >= (msOf(answer.terms.notAfter) ?? 0) ? 'ended' : 'granted';
}

/** That request for consent as it stands now; undefined for what is none, or did not come in. */
export function consentOf(
  projection: Messages,
  request: AnyMessage,
  now: EpochMs,
  consents: Pick<Messages, 'about'> = projection,
): ConsentView | undefined {
  const terms = request.terms?.consentRequest ?? null;
  if (terms === null || terms.target === null) return undefined;
  if (request.direction === 'inbound' && request.deliveredMs === null) return undefined;
  const originator = terms.target.origin as OfficeId;
  const answers = answersTo(consents, request, terms.target);
  const counted = answers.find(({ message }) => standingWith(message, request.origin) === 'delivered');
  const shown = counted ?? answers[0];
  return {
    side: request.direction === 'outbound' ? 'asking' : 'originator',
    request,
    target: terms.target,
    holder: request.origin,
    originator,
    recipient: terms.recipient as OfficeId,
    purpose: terms.purpose,
    until: msOf(terms.until) ?? (0 as EpochMs),
    categories: terms.categories,
    state: stateOf(projection, request, terms, originator, counted, now),
    answer:
      shown === undefined
        ? null
        : {
            message: shown.message,
            granted: shown.terms.granted,
            notBefore: msOf(shown.terms.notBefore),
            notAfter: msOf(shown.terms.notAfter),
            categories: shown.terms.categories,
            ground: shown.terms.ground,
          },
  };
}

/** Every request for consent, asked here or of this office, in the order in which they came on record. */
export function consentsOf(projection: Messages, now: EpochMs): readonly ConsentView[] {
  const consents = consentsAbout(projection);
  return projection
    .ofKind(MessageKind.CONSENT_REQUEST)
    .map((request) => consentOf(projection, request, now, consents))
    .filter((view) => view !== undefined);
}

/** Only the consents about a message, looked for once: a neighbour may ask about one message as often as it likes. */
function consentsAbout(projection: Messages): Pick<Messages, 'about'> {
  const found = new Map<string, readonly AnyMessage[]>();
  return {
    about: (message) => {
      const known = found.get(message) ?? projection.about(message).filter(({ kind }) => kind === MessageKind.CONSENT);
      found.set(message, known);
      return known;
    },
  };
}
