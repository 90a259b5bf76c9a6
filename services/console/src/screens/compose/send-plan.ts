import type { PreviewRecipient } from './kinds.ts';

/** What a press would do, as far as the last preview tells. */
export interface SendPlan {
  readonly released: readonly string[];
  readonly held: readonly string[];
  readonly refused: readonly string[];
}

/** Sorts the recipients of a preview by what would become of their copies; with an emergency a held one goes at once. */
export function planOf(recipients: readonly PreviewRecipient[], isEmergency: boolean): SendPlan {
  const of = (wanted: (outcome: string) => boolean): readonly string[] =>
    recipients.filter(({ outcome }) => wanted(outcome)).map(({ office }) => office);
  return {
    released: of((outcome) => outcome === 'released' || (isEmergency && outcome === 'held')),
    held: isEmergency ? [] : of((outcome) => outcome === 'held'),
    // What this console does not know is treated as the worst.
    refused: of((outcome) => outcome !== 'released' && outcome !== 'held'),
  };
}

/** Whether two plans say the same: then what the person saw still holds. */
export function samePlan(one: SendPlan, other: SendPlan): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
