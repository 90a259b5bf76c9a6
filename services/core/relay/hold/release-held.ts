import { buildCrossing, type SignedReceiptBytes } from '../../envelope/index.ts';
import { type Digest, days, fromHex, later } from '../../foundation/index.ts';
import { type DecisionView, type LedgerEvent, messageKey } from '../../ledger/index.ts';
import { type Decision, HoldResolution, Outcome } from '../../wire/index.ts';
import type { Prepared, Round } from '../desk.ts';
import { RelayError } from '../errors.ts';
import { laneOf } from '../lanes.ts';
import type { RelayContext } from '../parts.ts';
import { sentReceipt } from '../receipts.ts';
import { assertStillAsked } from '../requests/index.ts';
import { readOwn, readReceived } from '../stored-messages.ts';
import type { HeldKey } from '../types.ts';
import { HoldError } from './errors.ts';
import { findReleasable, type Held } from './find-held.ts';
import { commitHeld, deliveryReceipt, placeOf, resolvedEvent } from './hold-records.ts';
import { nextStep, type ReleaseStep } from './two-persons.ts';
import type { Person, ReleaseRequest, ReleaseResult } from './types.ts';
import { type Passes, passesInward, passesOutward } from './what-passes.ts';

type HeldWay<Way extends Held['way']> = Extract<Held, { readonly way: Way }>;

/**
 * Lets a held crossing pass, or records the first of two approvals: decided anew when it is this work's turn, so that
 * what is compared with what was shown is what passes.
 * @throws RelayError RELAY_NOT_HELD, RELAY_RELEASE_REFUSED, RELAY_CONTENT_GONE; HoldError; RequestsError REQUESTS_CLOSED
 * for what is said of a request that ended meanwhile.
 */
export async function releaseHeld(
  context: RelayContext,
  key: HeldKey,
  person: Person,
  request: ReleaseRequest,
): Promise<ReleaseResult> {
  const held = findReleasable(context.projection, key, context.clock.now());
  return held.way === 'outbound'
    ? await releaseOutward(context, key, held, person, request)
    : await releaseInward(context, key, held, person, request);
}

async function releaseOutward(
  context: RelayContext,
  key: HeldKey,
  { message }: HeldWay<'outbound'>,
  person: Person,
  request: ReleaseRequest,
): Promise<ReleaseResult> {
  const own = await readOwn(context, message);
  return await commitHeld(context, key, (round) => {
    const held = findReleasable(context.projection, key, round.at) as HeldWay<'outbound'>;
    assertStillAsked(context, held.message, key.peer, round.at);
    const passes = passesOutward(context, own, held.state, person.name, round.at);
    const step = stepOf(passes, held, person, request);
    if (step.step === 'approve') return approved(context, key, passes, step.lapsed, person, request);
    const decided = passes.decide(step.approvedBy);
    assertReleased(decided.decision);
    const lane = laneOf(message);
    const crossing = buildCrossing(decided, lane, round.takeNumber(key.peer, lane), context.random);
    return {
      contents: [{ bytes: crossing.crossing, expiresAt: later(message.expiresMs, days(passes.retentionDays)) }],
      events: (refs) => [
        released(key, person, request, {
          crossing: {
            to: decided.to,
            scope: decided.scope,
            agreement: decided.agreement,
            decision: decided.decision,
            crossing: refs[0] ?? null,
            lane: crossing.lane,
            number: crossing.number,
            answerByMs: passes.answerByMs,
          },
        }),
      ],
      result: () => {
        context.recent.keep(fromHex(crossing.digest), crossing.bytes);
        context.wake(key.peer);
        return resultNow(context, key, 'released', passes.needed, []);
      },
    };
  });
}

async function releaseInward(
  context: RelayContext,
  key: HeldKey,
  { message }: HeldWay<'inbound'>,
  person: Person,
  request: ReleaseRequest,
): Promise<ReleaseResult> {
  const crossing = await readReceived(context, message);
  const receipt: SignedReceiptBytes = await deliveryReceipt(context, message);
  return await commitHeld(context, key, (round: Round) => {
    const held = findReleasable(context.projection, key, round.at) as HeldWay<'inbound'>;
    const passes = passesInward(context, crossing, held.message, person.name, round.at);
    const step = stepOf(passes, held, person, request);
    if (step.step === 'approve') return approved(context, key, passes, step.lapsed, person, request);
    const decision = passes.decide(step.approvedBy);
    assertReleased(decision);
    return {
      contents: [],
      events: () => [released(key, person, request, { decision }), sentReceipt(receipt, round)],
      result: () => {
        context.wake(key.peer);
        return resultNow(context, key, 'released', passes.needed, []);
      },
    };
  });
}

function stepOf(passes: Passes<unknown>, held: Held, person: Person, request: ReleaseRequest): ReleaseStep {
  if (passes.shown === null) throw refusedNow(passes.decision);
  const author = held.way === 'outbound' ? held.message.submittedBy : undefined;
  const step = nextStep(person, passes.shown, passes.needed, { author, approvals: held.state.approvals });
  if (request.shown !== passes.shown) throw new HoldError('HOLD_CHANGED_SINCE_SHOWN');
  return step;
}

function assertReleased(decision: Decision): void {
  if (decision.outcome !== Outcome.RELEASED) throw refusedNow(decision);
}

function refusedNow(decision: Decision): RelayError {
  return new RelayError('RELAY_RELEASE_REFUSED', { context: { policies: decision.policies.join(' ') } });
}

function released(
  key: HeldKey,
  person: Person,
  { reason, shown }: ReleaseRequest,
  more: Parameters<typeof resolvedEvent>[2],
): LedgerEvent {
  return resolvedEvent(key, HoldResolution.RELEASED, {
    by: person.name,
    role: person.role,
    reason,
    shown: fromHex(shown),
    ...more,
  });
}

function approved(
  context: RelayContext,
  key: HeldKey,
  { needed, shown }: Passes<unknown>,
  lapsed: readonly string[],
  { name: by, role }: Person,
  { reason }: ReleaseRequest,
): Prepared<ReleaseResult> {
  return {
    contents: [],
    events: () => [{ holdApproved: { ...placeOf(key), by, role, reason, shown: fromHex(shown as Digest) } }],
    result: () => resultNow(context, key, 'approved', needed, lapsed),
  };
}

function resultNow(
  { projection }: RelayContext,
  key: HeldKey,
  resolution: ReleaseResult['resolution'],
  releasesNeeded: number,
  lapsed: readonly string[],
): ReleaseResult {
  const name = messageKey(key.origin, key.id);
  const decision: DecisionView | undefined =
    key.direction === 'outbound'
      ? projection.outbound.get(name)?.copies.get(key.peer)?.decision
      : projection.inbound.get(name)?.decision;
  if (decision === undefined) throw new TypeError('a crossing that was decided is not in the projection');
  return { resolution, decision, releasesNeeded, lapsed };
}
