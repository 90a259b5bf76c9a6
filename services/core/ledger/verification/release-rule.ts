import { toHex } from '../../foundation/index.ts';
import {
  type CrossingDecided,
  Direction,
  type HoldApproved,
  HoldResolution,
  type HoldResolved,
  type Lane,
  Outcome,
} from '../../wire/index.ts';
import { CROSSING_LANES } from '../projections/index.ts';
import type { Arrivals } from './arrivals.ts';
import type { OutboundNumbers } from './outbound-numbers.ts';
import { type HeldEntry, heldEntry, isByEnough, isEmergency, keyOf } from './release-persons.ts';
import type { Rule, RuleContext } from './types.ts';

/**
 * What a gate did not release got no number; what it released got the next; and what was held left the queue once, by
 * the decision of named persons, as many as it takes; past the hold only with a reason, in its author's name. Remembers
 * the crossings that are held.
 */
export function releaseRule(office: string, numbers: OutboundNumbers, arrivals: Arrivals): Rule {
  const held = new Map<string, HeldEntry>();

  const released = ({ find, count }: RuleContext, decided: CrossingDecided, envelopeId: string): void => {
    const { to, lane, number, crossing } = decided;
    const context = { to, lane, number, envelopeId };
    if (number === 0 || crossing === null || !(CROSSING_LANES as readonly Lane[]).includes(lane)) {
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

  const approved = (context: RuleContext, event: HoldApproved): void => {
    const { direction, origin, envelopeId, peer, by } = event;
    const facts = { origin, envelopeId, peer };
    const entry = held.get(keyOf(direction, origin, envelopeId, peer));
    if (entry === undefined) context.find('LEDGER_HOLD_UNKNOWN', facts);
    else if (by !== '' && by === entry.author) context.find('LEDGER_RELEASE_BY_AUTHOR', facts);
    if (entry !== undefined) entry.approval = event;
  };

  const resolved = (context: RuleContext, event: HoldResolved): void => {
    const { direction, origin, envelopeId, peer, resolution, by } = event;
    const key = keyOf(direction, origin, envelopeId, peer);
    const facts = { origin, envelopeId, peer };
    const entry = held.get(key);
    if (entry === undefined) context.find('LEDGER_HOLD_UNKNOWN', facts);
    held.delete(key);
    if (resolution !== HoldResolution.RELEASED) return;
    const decision = direction === Direction.OUTBOUND ? event.crossing?.decision : event.decision;
    if (decision?.outcome !== Outcome.RELEASED) {
      context.find('LEDGER_RELEASE_UNDECIDED', facts);
      return;
    }
    if (by === '' || decision.releasedBy !== by) context.find('LEDGER_RELEASE_UNNAMED', facts);
    if (entry !== undefined) {
      if (by !== '' && by === entry.author) context.find('LEDGER_RELEASE_BY_AUTHOR', facts);
      if (!isByEnough(event, decision, entry)) context.find('LEDGER_RELEASE_UNAPPROVED', facts);
    }
    if (direction === Direction.INBOUND) {
      if (entry !== undefined) arrivals.admit(entry.crossingDigest);
    } else if (event.crossing !== null) released(context, event.crossing, envelopeId);
  };

  return (context) => {
    const { messageAccepted, crossingReceived, holdResolved, holdApproved, crossingAdded } = context.record;
    if (messageAccepted !== null) {
      context.count('messages');
      for (const decided of messageAccepted.crossings) {
        decidedOnce(context, decided, messageAccepted.envelopeId);
        const { decision, to } = decided;
        if (decision === null) continue;
        if (decision.releasedBy !== '' && !isEmergency(messageAccepted, decision))
          context.find('LEDGER_EMERGENCY_UNFOUNDED', { to, envelopeId: messageAccepted.envelopeId });
        if (decision.outcome === Outcome.HELD)
          held.set(
            keyOf(Direction.OUTBOUND, office, messageAccepted.envelopeId, to),
            heldEntry(decision, '', messageAccepted.submittedBy),
          );
      }
    } else if (crossingReceived?.decision?.outcome === Outcome.HELD) {
      const { origin, envelopeId, from, crossingDigest, decision } = crossingReceived;
      held.set(keyOf(Direction.INBOUND, origin, envelopeId, from), heldEntry(decision, toHex(crossingDigest), ''));
    } else if (holdApproved !== null) approved(context, holdApproved);
    else if (holdResolved !== null) resolved(context, holdResolved);
    else if (crossingAdded !== null) {
      const { origin, envelopeId, by, crossing } = crossingAdded;
      if (by === '') context.find('LEDGER_RELEASE_UNNAMED', { origin, envelopeId });
      if (crossing !== null) decidedOnce(context, crossing, envelopeId);
    }
  };
}
