import { nationOf, type OfficeId } from '../../foundation/index.ts';
import { HandlingCode, ProtectionStatus, type Subject } from '../../wire/index.ts';
import type { Holding } from './holdings.ts';

/**
 * States that must not learn that a message with these subjects is held: those from which somebody in it seeks
 * protection, where none is named those of the person's nationality. `everybody` where it is not known which these are.
 */
export function hiddenFrom(subjects: readonly Subject[]): readonly string[] | 'everybody' {
  const states = new Set<string>();
  for (const { person } of subjects) {
    if (person === null) continue;
    const seeksProtection =
      person.protectionStatus !== ProtectionStatus.UNSPECIFIED || person.protectionSoughtFrom.length > 0;
    if (!seeksProtection) continue;
    const from = person.protectionSoughtFrom.length > 0 ? person.protectionSoughtFrom : person.nationalities;
    if (from.length === 0) return 'everybody';
    for (const state of from) states.add(state.toUpperCase());
  }
  return [...states];
}

/**
 * Whether a neighbour may learn that this is held: not the state from which somebody in it seeks protection, and of what
 * a third office said (third-party rule) only what has no restriction on being passed on (H0, H1), its origin excepted.
 */
export function mayLearn({ hidden, origin, own, handling }: Holding, asker: OfficeId): boolean {
  if (hidden === 'everybody' || hidden.includes(nationOf(asker))) return false;
  return own || origin === asker || handling === HandlingCode.H0 || handling === HandlingCode.H1;
}
