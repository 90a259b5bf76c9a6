import type { AgencyId } from './types.ts';

/** An agency whose officers sit in the office, and what it is concerned with. */
export interface Agency {
  readonly id: AgencyId;
  /** For people, at most 80 characters. */
  readonly name: string;
  /** Crime areas by their names in the contract, `CRIME_AREA_DRUGS`; each once. */
  readonly crimeAreas: readonly string[];
}

/** Which agencies claim a crime area; what none claims concerns every officer. */
export type AgencyClaims = ReadonlyMap<string, ReadonlySet<AgencyId>>;

/** Whether `value` may name an agency. */
export function isAgencyId(value: unknown): value is AgencyId {
  return typeof value === 'string' && /^[a-z0-9][a-z0-9-]{0,31}$/.test(value);
}

/** What these agencies claim. */
export function claimsOf(agencies: Iterable<Agency>): AgencyClaims {
  const claims = new Map<string, Set<AgencyId>>();
  for (const { id, crimeAreas } of agencies) {
    for (const area of crimeAreas) claims.set(area, (claims.get(area) ?? new Set<AgencyId>()).add(id));
  }
  return claims;
}
