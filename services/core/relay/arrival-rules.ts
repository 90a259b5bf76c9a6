import type { VerifiedCrossing } from '../envelope/index.ts';
import { channelOf } from '../foundation/index.ts';
import { hasTerms, MessageKind, type MessageTerms, termsOf } from '../wire/index.ts';
import { assertConsentInPlace, assertConsentRequestInPlace, assertPartRequestInPlace } from './consents/index.ts';
import { RelayError } from './errors.ts';
import { assertGapInPlace, assertPostInPlace } from './operations/channel/index.ts';
import { assertActInPlace, assertCharterInPlace } from './operations/index.ts';
import type { RelayContext } from './parts.ts';
import { assertNotRecalled, assertRecallAnswerInPlace, assertRecallInPlace } from './recall/index.ts';
import { assertAnswerInPlace, assertRequestInPlace, assertStepInPlace } from './requests/index.ts';
import { assertReviewInPlace } from './review/index.ts';
import { assertResultInPlace, assertSearchInPlace } from './searches/index.ts';
import { assertVersionInPlace } from './versions.ts';

/** What must hold of a message of some kind when it arrives, beyond its signatures and policy. @throws RelayError. */
export type ArrivalRule = (context: RelayContext, crossing: VerifiedCrossing, terms: MessageTerms) => void;

const RULES: Readonly<Partial<Record<MessageKind, ArrivalRule>>> = {
  [MessageKind.REQUEST]: assertRequestInPlace,
  [MessageKind.REQUEST_STEP]: assertStepInPlace,
  [MessageKind.ANSWER]: assertAnswerInPlace,
  [MessageKind.REVIEW]: assertReviewInPlace,
  [MessageKind.SEARCH]: assertSearchInPlace,
  [MessageKind.SEARCH_RESULT]: assertResultInPlace,
  [MessageKind.CONSENT_REQUEST]: assertConsentRequestInPlace,
  [MessageKind.CONSENT]: assertConsentInPlace,
  [MessageKind.PART_REQUEST]: assertPartRequestInPlace,
  [MessageKind.RECALL]: assertRecallInPlace,
  [MessageKind.RECALL_ANSWER]: assertRecallAnswerInPlace,
  [MessageKind.OPERATION_CHARTER]: assertCharterInPlace,
  [MessageKind.OPERATION_ACT]: assertActInPlace,
  [MessageKind.OPERATION_POST]: assertPostInPlace,
  [MessageKind.OPERATION_GAP]: assertGapInPlace,
};

/** What is said in the channel of a joint operation, and nowhere else; nothing else is said there. */
const CHANNEL_KINDS: ReadonlySet<MessageKind> = new Set([
  MessageKind.OPERATION_POST,
  MessageKind.OPERATION_GAP,
  MessageKind.ATTACHMENT_CHUNK,
]);

/**
 * The message has a place here: its terms came with it, and whoever sent it may say this about what it is about.
 * @throws RelayError RELAY_DRILL_KEY_MISSING, RELAY_TERMS_MISSING, RELAY_KIND_MISPLACED, RELAY_UPDATE_MISPLACED, RELAY_UPDATE_CIRCULAR; RecallError RECALL_RECALLED_ALREADY, and those of the kind's own rule.
 */
export function assertInPlace(context: RelayContext, crossing: VerifiedCrossing): void {
  const { kind, origin, envelopeId: id } = crossing;
  const isInChannel = channelOf(crossing.scope) !== undefined;
  if (kind === MessageKind.LOOKOUT || CHANNEL_KINDS.has(kind) !== isInChannel)
    throw new RelayError('RELAY_KIND_MISPLACED', { context: { origin, id } });
  // It could not say a word in it, and its node would not answer for ever.
  if (crossing.header.drill && context.drillSigner === null)
    throw new RelayError('RELAY_DRILL_KEY_MISSING', { context: { origin, id } });
  assertNotRecalled(context, crossing);
  assertVersionInPlace(context, crossing);
  if (!hasTerms(kind)) return;
  const terms = termsOf(kind, crossing.body);
  if (terms === null) throw new RelayError('RELAY_TERMS_MISSING', { context: { origin, id } });
  RULES[kind]?.(context, crossing, terms as MessageTerms);
}
