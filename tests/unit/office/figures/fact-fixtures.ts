import type { EpochMs } from '../../../../services/core/foundation/index.ts';
import type { CrossingFact } from '../../../../services/office/figures/types.ts';
import { PEER } from '../fake-office.ts';

/** A moment of UTC. */
export const at = (text: string): EpochMs => Date.parse(text) as EpochMs;

/** A crossing that was opened after a minute. */
export function fact(more: Partial<CrossingFact> = {}): CrossingFact {
  return {
    message: 'th-chiang-khong/1',
    direction: 'outbound',
    peer: PEER,
    kind: 'MESSAGE_KIND_ALERT',
    precedence: 'PRECEDENCE_ROUTINE',
    crimeArea: 'CRIME_AREA_DRUGS',
    drill: false,
    emergency: false,
    atMs: at('2026-03-04T08:00:00Z'),
    outcome: 'opened',
    refusedBy: [],
    withheldBy: [],
    withheld: false,
    hold: null,
    toDeliverMs: 1_000,
    toOpenMs: 60_000,
    triage: null,
    ...more,
  };
}
