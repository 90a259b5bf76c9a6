import type { AgencyClaims } from './agencies.ts';
import type { AgencyId, Principal } from './types.ts';

/** What decides who of an office sees a message. */
export interface Compartment {
  /** By its name in the contract, `CRIME_AREA_DRUGS`; null where the message has none. */
  readonly crimeArea: string | null;
  /** Its precedence is flash. */
  readonly flash: boolean;
  /** Who of this office submitted it; null for what a neighbour said. */
  readonly submittedBy: string | null;
  /** Who of this office has it now. */
  readonly assignee: string | null;
  /** Agencies whose officers alone see it; none where it is not restricted. */
  readonly restrictedTo: readonly string[];
}

/**
 * Whether the compartments of an office let somebody see a message; what their role allows is decided elsewhere.
 *
 * An officer sees what concerns one of their agencies or none at all, or what was restricted to one of theirs. Flash
 * concerns everybody, and nobody loses sight of what they said themselves or were given. No compartment concerns tokens,
 * supervisors, oversight and auditors.
 */
export function maySee({ agencies, name }: Principal, message: Compartment, claims: AgencyClaims): boolean {
  if (agencies === null || message.flash) return true;
  if (message.submittedBy === name || message.assignee === name) return true;
  const isTheirs = (agency: string): boolean => agencies.includes(agency as AgencyId);
  if (message.restrictedTo.length > 0) return message.restrictedTo.some(isTheirs);
  const claimants = message.crimeArea === null ? undefined : claims.get(message.crimeArea);
  return claimants === undefined || agencies.some((agency) => claimants.has(agency));
}
