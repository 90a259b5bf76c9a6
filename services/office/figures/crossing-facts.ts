import type { EpochMs } from '../../core/foundation/index.ts';
import {
  type AnyMessage,
  type CopyState,
  type DecisionView,
  type HoldView,
  messageKey,
  type OfficeProjection,
  type OutboundCopy,
  stateOfCopy,
  stateOfInbound,
  type TriageView,
} from '../../core/ledger/index.ts';
import {
  CrimeArea,
  CrossingOccasion,
  HoldResolution,
  MessageKind,
  Outcome,
  ReceiptKind,
} from '../../core/wire/index.ts';
import { codeName } from '../views/code-names.ts';
import { copyAsOf, inboundAsOf } from './as-of.ts';
import type { CrossingFact, CrossingOutcome, HoldState, TriageFact } from './types.ts';

/** What figures are made of. */
export type CountedProjection = Pick<OfficeProjection, 'outbound' | 'inbound' | 'added' | 'triage'>;

/** As it stood at which moment something is to be told that came on record at that time; undefined: as it stands. */
export type AsOf = (recordedMs: EpochMs) => EpochMs | undefined;

/** Said by nodes to serve what people said, so nobody's message. */
const OF_NODES: ReadonlySet<MessageKind> = new Set([MessageKind.OPERATION_GAP, MessageKind.ATTACHMENT_CHUNK]);

const OUTCOMES: Readonly<Record<CopyState, CrossingOutcome>> = {
  refused: 'refused',
  held: 'held',
  rejected: 'rejected',
  expired: 'expired',
  queued: 'under-way',
  sent: 'under-way',
  accepted: 'under-way',
  delivered: 'delivered',
  retrieved: 'opened',
  failed: 'failed',
};

const RESOLVED: ReadonlyMap<HoldResolution, HoldState> = new Map([
  [HoldResolution.RELEASED, 'released'],
  [HoldResolution.REJECTED, 'rejected'],
  [HoldResolution.EXPIRED, 'expired'],
]);

/** The facts of one message of this office: one for each office that it was for, and for each that it was passed on to. */
export function outboundFacts(
  projection: Pick<CountedProjection, 'outbound' | 'added'>,
  key: string,
  asOf?: AsOf,
): readonly CrossingFact[] {
  const message = projection.outbound.get(key);
  if (message === undefined) return [];
  return [...message.copies.values()].flatMap((copy) => sentFact(message, copy, message.acceptedMs, asOf));
}

/** The facts of one message that came in: what came, and each office that it was passed on to from here. */
export function inboundFacts(
  projection: Pick<CountedProjection, 'inbound' | 'triage'>,
  key: string,
  asOf?: AsOf,
): readonly CrossingFact[] {
  const found = projection.inbound.get(key);
  if (found === undefined || OF_NODES.has(found.kind)) return [];
  const moment = asOf?.(found.receivedMs);
  const message = moment === undefined ? found : inboundAsOf(found, moment);
  const opened = message.retrievals[0]?.atMs;
  return [
    {
      ...codesOf(message, message.decision),
      message: key,
      direction: 'inbound',
      peer: message.from,
      atMs: message.receivedMs,
      emergency: message.emergency,
      outcome: OUTCOMES[stateOfInbound(message)],
      hold: holdFact(message),
      toDeliverMs: null,
      toOpenMs: opened === undefined || message.deliveredMs === null ? null : lasted(message.deliveredMs, opened),
      triage: message.deliveredMs === null ? null : triageFact(projection.triage.of(key), message.deliveredMs),
    },
  ];
}

/** What was passed on of a message to offices that its origin did not name. */
export function onwardFacts(projection: CountedProjection, key: string, asOf?: AsOf): readonly CrossingFact[] {
  const message = projection.outbound.get(key) ?? projection.inbound.get(key);
  if (message === undefined) return [];
  return projection.added
    .of(key)
    .filter(({ occasion }) => occasion === CrossingOccasion.ONWARD)
    .flatMap((copy) => sentFact(message, copy, copy.addedMs, asOf));
}

function sentFact(
  message: AnyMessage,
  found: OutboundCopy,
  atMs: EpochMs,
  asOf: AsOf | undefined,
): readonly CrossingFact[] {
  if (OF_NODES.has(message.kind)) return [];
  const moment = asOf?.(atMs);
  const copy = moment === undefined ? found : copyAsOf(found, moment);
  const heard = (kind: ReceiptKind): number | null => {
    const receipt = copy.receipts.find((one) => one.kind === kind);
    return receipt === undefined || copy.releasedMs === null ? null : lasted(copy.releasedMs, receipt.recordedMs);
  };
  return [
    {
      ...codesOf(message, copy.decision),
      message: messageKey(message.origin, message.id),
      direction: 'outbound',
      peer: copy.to,
      atMs,
      emergency: message.direction === 'outbound' && message.emergency !== '',
      outcome: OUTCOMES[stateOfCopy(copy)],
      hold: holdFact(copy),
      toDeliverMs: heard(ReceiptKind.DELIVERY),
      toOpenMs: heard(ReceiptKind.RETRIEVAL),
      triage: null,
    },
  ];
}

function codesOf(
  { kind, precedence, crimeArea, drill }: AnyMessage,
  decision: DecisionView,
): Pick<CrossingFact, 'kind' | 'precedence' | 'crimeArea' | 'drill' | 'refusedBy' | 'withheldBy' | 'withheld'> {
  const isRefused = decision.outcome === Outcome.REFUSED;
  const reasons = decision.policies.length > 0 ? decision.policies : [decision.reason].filter((code) => code !== '');
  return {
    kind: codeName('MessageKind', kind),
    precedence: codeName('Precedence', precedence),
    crimeArea: crimeArea === CrimeArea.UNSPECIFIED ? null : codeName('CrimeArea', crimeArea),
    drill,
    refusedBy: isRefused ? reasons : [],
    withheldBy: isRefused ? [] : [...new Set(decision.withheld.flatMap(({ policies }) => policies))],
    withheld: !isRefused && decision.withheld.length > 0,
  };
}

function holdFact({
  decision,
  hold,
}: {
  readonly decision: DecisionView;
  readonly hold: HoldView | null;
}): CrossingFact['hold'] {
  if (hold !== null) {
    const waitedMs = lasted(hold.decision.decidedMs, hold.atMs);
    return { state: RESOLVED.get(hold.resolution) ?? 'waiting', policies: hold.decision.policies, waitedMs };
  }
  return decision.outcome === Outcome.HELD ? { state: 'waiting', policies: decision.policies, waitedMs: null } : null;
}

function triageFact(triage: TriageView | undefined, deliveredMs: EpochMs): TriageFact {
  if (triage === undefined) return { state: 'untouched', outcome: null, toCloseMs: null };
  if (triage.closed === null) return { state: 'in-work', outcome: null, toCloseMs: null };
  return {
    state: 'closed',
    outcome: codeName('TriageOutcome', triage.closed.outcome),
    toCloseMs: lasted(deliveredMs, triage.closed.atMs),
  };
}

function lasted(fromMs: number, untilMs: number): number {
  return Math.max(0, untilMs - fromMs);
}

/** All facts about crossings of a ledger, a message at a time; with `asOf` as they stood at a moment. */
export function* crossingFacts(projection: CountedProjection, asOf?: AsOf): Generator<readonly CrossingFact[]> {
  for (const key of projection.outbound.keys())
    yield [...outboundFacts(projection, key, asOf), ...onwardFacts(projection, key, asOf)];
  for (const [key, { origin, id }] of projection.inbound)
    yield [...inboundFacts(projection, key, asOf), ...onwardFacts(projection, messageKey(origin, id), asOf)];
}
