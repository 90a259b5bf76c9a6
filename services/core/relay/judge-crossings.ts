import {
  EnvelopeError,
  keepReceivedCrossing,
  type UnverifiedCrossing,
  type VerifiedCrossing,
  verifyCrossing,
} from '../envelope/index.ts';
import { days, type EpochMs, isLiaisonError, later, sha256 } from '../foundation/index.ts';
import { type ContentItem, messageKey } from '../ledger/index.ts';
import {
  type DataCategory,
  type Decision,
  findFaults,
  MessageKind,
  messageNameOfKind,
  Outcome,
  termsOf,
} from '../wire/index.ts';
import { answerBy } from './answer-by.ts';
import { assertInPlace } from './arrival-rules.ts';
import { judgeSupplement } from './consents/judge-supplement.ts';
import type { OnwardStanding } from './consents/onward-standing.ts';
import { RelayError } from './errors.ts';
import { importQuestion } from './gate-questions.ts';
import { assertPieceInPlace } from './operations/attachments/index.ts';
import type { RelayContext } from './parts.ts';
import { MAX_KEPT_BYTES } from './quarantine.ts';
import { assertNotRecalled } from './recall/index.ts';
import { mayFollow, mayVerifyLater } from './waits.ts';

/** What was decided about a crossing that verifies. */
export interface DecidedArrival {
  readonly crossing: VerifiedCrossing;
  readonly decision: Decision;
  /** What is kept of it: nothing of what was refused, and no part that the import gate does not accept. */
  readonly content: ContentItem | null;
  /** Of a request: when it is to be answered; 0 for everything else. */
  readonly answerByMs: number;
  /** For a message that another office passed on. */
  readonly onward: OnwardStanding | null;
  /** For parts of a message that is here already: the kinds of data that they opened. */
  readonly opened: readonly DataCategory[] | null;
}

/** Why a crossing counts for nothing. */
export interface FailedArrival {
  /** The code of the check that it failed. */
  readonly failure: string;
  /** It should not have come: the original is kept for people to look at. */
  readonly keep: boolean;
}

/** A crossing with what was found and decided about it. */
export interface JudgedCrossing {
  readonly item: UnverifiedCrossing;
  /** SHA-256 of the encoded Crossing. */
  readonly digest: Uint8Array;
  readonly outcome: DecidedArrival | FailedArrival;
}

/**
 * Verifies and decides these crossings, at least the first: one that has no place yet may be about one before it that is
 * not on record yet, so it is judged anew, with those after it, once that is.
 * @throws the error of one that may verify later, where `patient`; RelayError RELAY_REFERENCE_AWAITED where it is about
 * something that is not here and numbers of its lane are still to come.
 */
export async function judgeCrossings(
  context: RelayContext,
  items: readonly UnverifiedCrossing[],
  now: EpochMs,
  patient: boolean,
  hasGap: boolean,
): Promise<readonly JudgedCrossing[]> {
  const keyOf = context.trust().keysForArrival(now);
  const here = new Map<string, string>();
  const openedHere = new Set<string>();
  const judged: JudgedCrossing[] = [];
  for (const item of items) {
    const digest = sha256(item.bytes);
    let isNew = false;
    try {
      const crossing = verifyCrossing(item, { keyOf, heads: context.heads, now });
      assertWithinContract(crossing);
      if (crossing.crossing.supplement) {
        assertNotRecalled(context, crossing);
        const decided = await judgeSupplement(context, item, crossing, openedHere, now);
        judged.push({ item, digest, outcome: { crossing, answerByMs: 0, onward: null, ...decided } });
        continue;
      }
      assertNew(context, crossing, here);
      isNew = true;
      // What it takes the place of goes on record first, so that no two come before each other.
      if (judged.length > 0 && here.has(messageKey(crossing.origin, crossing.header.supersedes))) break;
      // So does a post before the next one: each has to fit the history of its sender as it is then.
      if (judged.length > 0 && crossing.kind === MessageKind.OPERATION_POST) break;
      assertInPlace(context, crossing);
      if (crossing.kind === MessageKind.ATTACHMENT_CHUNK) await assertPieceInPlace(context, crossing);
      judged.push({ item, digest, outcome: decide(context, item, crossing, now) });
    } catch (cause) {
      if (!isLiaisonError(cause)) throw cause;
      if (isNew && judged.length > 0) break;
      if (hasGap && mayFollow(cause)) throw new RelayError('RELAY_REFERENCE_AWAITED', { cause });
      if (patient && mayVerifyLater(cause)) throw cause;
      judged.push({ item, digest, outcome: { failure: cause.code, keep: cause.disposition === 'quarantine' } });
    }
  }
  return judged;
}

/** What came of the body keeps to the contract's lengths, forms and ranges, as what is submitted here does. @throws RelayError RELAY_BODY_INVALID. */
function assertWithinContract({ kind, body, origin, envelopeId: id }: VerifiedCrossing): void {
  const name = messageNameOfKind(kind);
  const [fault] = name === undefined ? [] : findFaults(name, body as object, false);
  if (name === undefined || fault !== undefined)
    throw new RelayError('RELAY_BODY_INVALID', { context: { origin, id, fault: fault?.reason ?? 'kind' } });
}

/** One envelope is one message, whatever numbers it comes under. @throws EnvelopeError ENVELOPE_ID_REUSED; RelayError RELAY_ENVELOPE_REPEATED. */
function assertNew(
  context: RelayContext,
  { origin, envelopeId: id, envelopeDigest }: VerifiedCrossing,
  here: Map<string, string>,
): void {
  const key = messageKey(origin, id);
  const known = context.projection.inbound.get(key)?.envelopeDigest ?? here.get(key);
  if (known === envelopeDigest) throw new RelayError('RELAY_ENVELOPE_REPEATED', { context: { origin, id } });
  if (known !== undefined) throw new EnvelopeError('ENVELOPE_ID_REUSED', { context: { origin, id } });
  here.set(key, envelopeDigest);
}

function decide(
  context: RelayContext,
  item: UnverifiedCrossing,
  crossing: VerifiedCrossing,
  now: EpochMs,
): DecidedArrival {
  const asked = importQuestion(context, crossing, now);
  const { decision, disclosed } = context.gates().decideImport(asked.question);
  const answerByMs = answerBy(termsOf(crossing.kind, crossing.body), crossing.header.createdMs, asked.article);
  const { onward } = asked;
  if (decision.outcome === Outcome.REFUSED)
    return { crossing, decision, content: null, answerByMs, onward, opened: null };
  const accepted = new Set(disclosed);
  const bytes = keepReceivedCrossing(
    item,
    crossing.parts.filter((part) => accepted.has(part.index)),
  );
  if (bytes.length > MAX_KEPT_BYTES)
    throw new RelayError('RELAY_CROSSING_TOO_LARGE', { context: { origin: crossing.origin, id: crossing.envelopeId } });
  // How long an expiry may be away is for this office to say, not for its neighbour.
  const endsMs = Math.max(
    now,
    Math.min(crossing.header.expiresMs, later(now, context.settings.maxExpiryMs)),
  ) as EpochMs;
  const content = { bytes, expiresAt: later(endsMs, days(asked.retentionDays)) };
  return { crossing, decision, content, answerByMs, onward, opened: null };
}
