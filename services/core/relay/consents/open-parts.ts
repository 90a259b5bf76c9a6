import { type DecidedCrossing, narrowCrossing } from '../../envelope/index.ts';
import { type EnvelopeId, fromHex, type OfficeId } from '../../foundation/index.ts';
import { type AddedCopy, type AnyMessage, messageKey, type OutboundMessage } from '../../ledger/index.ts';
import {
  CrossingOccasion,
  type DataCategory,
  MessageKind,
  Outcome,
  type PartRequestTerms,
  Purpose,
} from '../../wire/index.ts';
import { exportQuestion } from '../gate-questions.ts';
import { HoldError } from '../hold/index.ts';
import type { RelayContext } from '../parts.ts';
import { readOwn } from '../stored-messages.ts';
import { addCrossing, assertCurrent } from './add-crossing.ts';
import { type StillWithheld, stillWithheld } from './disclosed-to.ts';
import { ConsentsError } from './errors.ts';

/** Which request for parts is met, by whom and why. */
export interface OpeningInput {
  /** The request, and the office that asked where its id alone would name two. */
  readonly id: EnvelopeId;
  readonly holder: OfficeId | null;
  /** Empty: all that were asked for. */
  readonly categories: readonly DataCategory[];
  readonly by: string;
  readonly reason: string;
}

interface PartRequested {
  readonly request: AnyMessage;
  readonly terms: PartRequestTerms;
  readonly own: OutboundMessage;
}

function partRequest({ projection, self }: RelayContext, { id, holder }: OpeningInput): PartRequested {
  const request = projection
    .ofKind(MessageKind.PART_REQUEST)
    .find((message) => message.id === id && (holder === null || message.origin === holder));
  const terms = request?.terms?.partRequest ?? null;
  const target = terms?.target ?? null;
  if (request === undefined || terms === null || target === null) throw new ConsentsError('CONSENTS_UNKNOWN');
  const own = projection.outbound.get(messageKey(target.origin, target.id));
  if (request.direction === 'outbound' || own === undefined || target.origin !== self)
    throw new ConsentsError('CONSENTS_NOT_ORIGINATOR', { context: { id } });
  if (request.deliveredMs === null) throw new ConsentsError('CONSENTS_UNKNOWN');
  return { request, terms, own };
}

/** What the gate still withholds stays withheld: an opening that opens nothing is a refusal by these policies. */
function refusedWhereEmpty(decided: DecidedCrossing, asked: ReadonlySet<number>): DecidedCrossing {
  const { decision, disclosed } = decided;
  if (decision.outcome === Outcome.REFUSED || disclosed.length > 0) return decided;
  const policies = decision.withheld
    .filter(({ parts }) => parts.some((part) => asked.has(part)))
    .flatMap((entry) => entry.policies);
  return {
    ...decided,
    decision: {
      ...decision,
      outcome: Outcome.REFUSED,
      policies: [...new Set(policies)],
      reason: policies.length > 0 ? 'POLICY_FORBIDDEN' : 'POLICY_NOT_PERMITTED',
      withheld: [],
      releasedBy: '',
      approvedBy: '',
    },
  } as DecidedCrossing;
}

/** Parts that were asked for, are to be opened, and were withheld from that office until now. */
function toOpen(input: OpeningInput, { terms, own }: PartRequested, left: StillWithheld | null): ReadonlySet<number> {
  if (left === null) throw new ConsentsError('CONSENTS_NOT_HELD_THERE', { context: { id: own.id } });
  const categories = input.categories.length === 0 ? terms.categories : input.categories;
  if (!categories.every((category) => terms.categories.includes(category)))
    throw new ConsentsError('CONSENTS_TERMS_INVALID', { context: { field: 'categories' } });
  const asked = new Set([...left].flatMap(([part, category]) => (categories.includes(category) ? [part] : [])));
  if (asked.size === 0) throw new ConsentsError('CONSENTS_NOTHING_WITHHELD', { context: { id: own.id } });
  return asked;
}

/**
 * A named person of the origin opens parts to an office that asked: a second crossing of the same envelope, after the
 * export gate was asked about the whole message with these parts. Where the gate lets none of them pass, that is on
 * record and the copy says so.
 * @throws ConsentsError CONSENTS_UNKNOWN, CONSENTS_NOT_ORIGINATOR, CONSENTS_NOT_HELD_THERE, CONSENTS_TERMS_INVALID,
 * CONSENTS_NOTHING_WITHHELD, CONSENTS_MESSAGE_ENDED, CONSENTS_PERSON_NEEDED; HoldError HOLD_OWN_MESSAGE; RelayError
 * RELAY_CONTENT_GONE, RELAY_STOPPED.
 */
export async function openParts(context: RelayContext, input: OpeningInput): Promise<AddedCopy> {
  const { projection } = context;
  const requested = partRequest(context, input);
  const { request, own } = requested;
  const to = request.origin;
  const now = context.clock.now();
  assertCurrent(projection, own, now);
  const left = stillWithheld(projection, own, to);
  const asked = toOpen(input, requested, left);
  const { question, retentionDays } = exportQuestion(context, await readOwn(context, own), to, now, { opening: true });
  const first = context.gates().decideExport(question);
  // Who opens it is the person whom a rule may want to see it before it goes; the author never is.
  if (first.decision.outcome === Outcome.HELD && input.by === own.submittedBy) throw new HoldError('HOLD_OWN_MESSAGE');
  const gated =
    first.decision.outcome === Outcome.HELD
      ? context.gates().releaseExport(question, { by: input.by, shown: { withheld: [] } })
      : first;
  const decided = narrowCrossing(gated, ({ index }) => {
    if (asked.has(index)) return undefined;
    return left?.has(index) === true ? 'opening:not-asked' : 'opening:sent-before';
  });
  return await addCrossing(context, {
    message: own,
    decided: refusedWhereEmpty(decided, asked),
    kind: { supplement: true },
    occasion: CrossingOccasion.SUPPLEMENT,
    by: input.by,
    reason: input.reason,
    reliesOn: { origin: to, id: request.id, digest: fromHex(request.envelopeDigest) },
    purpose: Purpose.UNSPECIFIED,
    retentionDays,
    guard: (at) => {
      assertCurrent(projection, own, at);
      const still = stillWithheld(projection, own, to);
      if (![...asked].every((part) => still?.has(part) === true))
        throw new ConsentsError('CONSENTS_NOTHING_WITHHELD', { context: { id: own.id } });
    },
  });
}
