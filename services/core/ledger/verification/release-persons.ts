import { toHex } from '../../foundation/index.ts';
import type { Decision, Direction, HoldApproved, HoldResolved, MessageAccepted } from '../../wire/index.ts';

/** What is remembered of a crossing while it is held. */
export interface HeldEntry {
  /** Of one that arrived; empty for one that is to leave. */
  readonly crossingDigest: string;
  readonly releasesNeeded: number;
  /** Who submitted it here; empty for one that arrived. */
  readonly author: string;
  /** The last one: whoever approved something else before has to look again. */
  approval: HoldApproved | null;
}

/** Names a held crossing. */
export function keyOf(direction: Direction, origin: string, envelopeId: string, peer: string): string {
  return `${direction}/${origin}/${envelopeId}/${peer}`;
}

/** A crossing that has come into the hold queue. */
export function heldEntry(decision: Decision, crossingDigest: string, author: string): HeldEntry {
  return { crossingDigest, releasesNeeded: decision.releasesNeeded, author, approval: null };
}

/** Whether as many persons released it as it takes: where two, of different names and roles, who were shown the same. */
export function isByEnough(event: HoldResolved, decision: Decision, { releasesNeeded, approval }: HeldEntry): boolean {
  if (releasesNeeded < 2 && decision.approvedBy === '') return true;
  return (
    approval !== null &&
    approval.by !== '' &&
    decision.approvedBy === approval.by &&
    event.by !== approval.by &&
    event.role !== approval.role &&
    event.shown.length > 0 &&
    toHex(event.shown) === toHex(approval.shown)
  );
}

/** Whether a crossing that its author let go by name may have gone past the hold: for a reason that is on record. */
export function isEmergency({ emergency, submittedBy }: MessageAccepted, { releasedBy }: Decision): boolean {
  return emergency !== '' && releasedBy === submittedBy;
}
