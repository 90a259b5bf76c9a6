import type { EpochMs, OfficeId } from '../../foundation/index.ts';
import {
  type AnyMessage,
  type InboundMessageView,
  type OfficeProjection,
  type OutboundCopy,
  type OutboundMessage,
  stateOfCopy,
} from '../../ledger/index.ts';
import { foldLife, type RequestStart } from './fold-life.ts';
import { deliveryTime, hasArrived, requestFacts } from './request-facts.ts';
import type { RequestLife, RequestState } from './types.ts';

/** What counts: what has arrived, or also what this office has said and may still arrive. */
export type LifeReading = 'arrived' | 'said';

/** The other office of a request, where this office was asked. */
export function askerOf(request: InboundMessageView): OfficeId {
  return request.origin;
}

/**
 * The lives of a request of either direction at `now`: one for each office that it went to, or the one of this office.
 * Read as `said`, what is on its way counts too: nobody says twice what may still arrive.
 */
export function livesOf(
  projection: Pick<OfficeProjection, 'about'>,
  self: OfficeId,
  request: AnyMessage,
  now: EpochMs,
  reading: LifeReading = 'arrived',
): readonly RequestLife[] {
  if (request.direction === 'inbound')
    return [lifeWith(projection, request, askerOf(request), startAsked(request, self), now, reading)];
  return [...request.copies.values()].map((copy) =>
    lifeWith(projection, request, copy.to, startAsking(request, copy), now, reading),
  );
}

function lifeWith(
  projection: Pick<OfficeProjection, 'about'>,
  request: AnyMessage,
  peer: OfficeId,
  start: RequestStart,
  now: EpochMs,
  reading: LifeReading,
): RequestLife {
  const facts = requestFacts(projection, request, peer);
  if (reading === 'arrived') return foldLife(start, facts, now);
  const said = facts.map((fact) =>
    fact.standing === 'under-way' && fact.origin !== peer ? { ...fact, standing: 'counted' as const } : fact,
  );
  return foldLife(start, said, now);
}

function startAsking(request: OutboundMessage, copy: OutboundCopy): RequestStart {
  return {
    ...common(request, copy.answerByMs),
    asked: copy.to,
    state: stateOfSending(copy),
    delivered: hasArrived(copy),
    deliveredMs: deliveryTime(copy.receipts),
  };
}

function startAsked(request: InboundMessageView, self: OfficeId): RequestStart {
  return {
    ...common(request, request.answerByMs),
    asked: self,
    state: 'delivered',
    delivered: request.deliveredMs !== null,
    deliveredMs: deliveryTime(request.receipts),
  };
}

function common(
  request: AnyMessage,
  answerByMs: EpochMs | null,
): Pick<RequestStart, 'origin' | 'id' | 'drill' | 'createdMs' | 'answerByMs' | 'expiresMs' | 'questions'> {
  const { origin, id, drill, createdMs, expiresMs } = request;
  const questions = request.terms?.request?.questions ?? 0;
  return { origin, id, drill, createdMs, expiresMs, answerByMs: answerByMs ?? expiresMs, questions };
}

/** Where a copy of a request is that nobody has signed for. */
function stateOfSending(copy: OutboundCopy): RequestState {
  switch (stateOfCopy(copy)) {
    case 'refused':
      return 'refused-by-gate';
    case 'held':
      return 'held';
    case 'rejected':
      return 'rejected';
    case 'expired':
    case 'failed':
      return 'failed';
    case 'delivered':
    case 'retrieved':
      return 'delivered';
    default:
      return 'submitted';
  }
}
