import { toHex } from '../../foundation/index.ts';
import { type CrossingDecided, Direction, HoldResolution, type HoldResolved, Lane, Outcome } from '../../wire/index.ts';
import type { Arrivals } from './arrivals.ts';
import type { OutboundNumbers } from './outbound-numbers.ts';
import type { Rule, RuleContext } from './types.ts';

const CROSSING_LANES: readonly Lane[] = [Lane.FLASH, Lane.IMMEDIATE, Lane.PRIORITY, Lane.ROUTINE];

/**
 * What a gate did not release got no number; what it released got the next; and what was held left the queue once,
 * by the decision of a named person. Remembers the crossings that are held.
 */
export function releaseRule(office: string, numbers: OutboundNumbers, arrivals: Arrivals): Rule {
  /** Held crossings; for those that arrived, the digest of the crossing. */
  const held = new Map<string, string>();

  const released = ({ find, count }: RuleContext, decided: CrossingDecided, envelopeId: string): void => {
    const { to, lane, number, crossing } = decided;
    const context = { to, lane, number, envelopeId };
    if (number === 0 || crossing === null || !CROSSING_LANES.includes(lane)) {
      find('LEDGER_RELEASE_WITHOUT_NUMBER', context);
      return;
    }
    count('releases');
    if (!numbers.letGo(to, lane, number, toHex(crossing.digest))) find('LEDGER_LANE_NUMBER_GAP', context);
  };

  const decidedOnce = (context: RuleContext, decided: CrossingDecided, envelopeId: string): void => {
    const { to, number, crossing, decision } = decided;
    if (decision?.outcome === Outcome.RELEASED) released(context, decided, envelopeId);
    else if (number !== 0 || crossing !== null)
      context.find('LEDGER_NUMBER_WITHOUT_RELEASE', { to, number, envelopeId });
  };

  const resolved = (context: RuleContext, event: HoldResolved): void => {
    const { direction, origin, envelopeId, peer, resolution, by } = event;
    const key = `${direction}/${origin}/${envelopeId}/${peer}`;
    const facts = { origin, envelopeId, peer };
    const crossingDigest = held.get(key);
    if (crossingDigest === undefined) context.find('LEDGER_HOLD_UNKNOWN', facts);
    held.delete(key);
    if (resolution !== HoldResolution.RELEASED) return;
    const decision = direction === Direction.OUTBOUND ? event.crossing?.decision : event.decision;
    if (decision?.outcome !== Outcome.RELEASED) {
      context.find('LEDGER_RELEASE_UNDECIDED', facts);
      return;
    }
    if (by === '' || decision.releasedBy !== by) context.find('LEDGER_RELEASE_UNNAMED', facts);
    if (direction === Direction.INBOUND) {
      if (crossingDigest !== undefined) arrivals.admit(crossingDigest);
    } else if (event.crossing !== null) released(context, event.crossing, envelopeId);
  };

  return (context) => {
    const { messageAccepted, crossingReceived, holdResolved, crossingAdded } = context.record;
    if (messageAccepted !== null) {
      context.count('messages');
      for (const decided of messageAccepted.crossings) {
        decidedOnce(context, decided, messageAccepted.envelopeId);
        if (decided.decision?.outcome === Outcome.HELD)
          held.set(`${Direction.OUTBOUND}/${office}/${messageAccepted.envelopeId}/${decided.to}`, '');
      }
    } else if (crossingReceived?.decision?.outcome === Outcome.HELD) {
      const { origin, envelopeId, from, crossingDigest } = crossingReceived;
      held.set(`${Direction.INBOUND}/${origin}/${envelopeId}/${from}`, toHex(crossingDigest));
    } else if (holdResolved !== null) resolved(context, holdResolved);
    else if (crossingAdded !== null) {
      const { origin, envelopeId, by, crossing } = crossingAdded;
      if (by === '') context.find('LEDGER_RELEASE_UNNAMED', { origin, envelopeId });
      if (crossing !== null) decidedOnce(context, crossing, envelopeId);
    }
  };
}
