import type { LifeSeen, Side } from './request-board.ts';

/** What somebody can do to a request. */
export type RequestStep = 'acknowledge' | 'ask-clarification' | 'clarify' | 'answer' | 'refuse' | 'withdraw';

/** What was said of a request, as far as it decides what can still be said. */
export interface FactSeen {
  readonly origin: string;
  readonly standing: string;
  readonly what: string;
  readonly action?: string;
}

/** What a person's role lets them do. */
export interface StepRights {
  readonly takeSteps: boolean;
  readonly submit: boolean;
}

const ENDING = new Set(['REQUEST_ACTION_REFUSE', 'REQUEST_ACTION_WITHDRAW']);

/**
 * The steps that have a place now in the life of a request, for an office on that side and a person with those rights. A
 * refusal or withdrawal that is still under way ends it too: nobody says twice what may still arrive.
 */
export function possibleSteps(
  life: LifeSeen & { readonly facts?: readonly FactSeen[] },
  side: Side,
  rights: StepRights,
): readonly RequestStep[] {
  const self = side === 'asking' ? life.asking : life.asked;
  if (!life.open || (life.facts ?? []).some((fact) => isEndingUnderWay(fact, self))) return [];
  const steps: RequestStep[] = [];
  if (side === 'asked') {
    if (rights.takeSteps) steps.push('acknowledge');
    if (rights.submit) steps.push('answer');
    if (rights.takeSteps) {
      if (life.state !== 'clarification-asked') steps.push('ask-clarification');
      steps.push('refuse');
    }
    return steps;
  }
  // What has not left yet is released or rejected first.
  if (!rights.takeSteps || life.state === 'held') return [];
  if (life.state === 'clarification-asked') steps.push('clarify');
  return [...steps, 'withdraw'];
}

function isEndingUnderWay({ origin, standing, what, action }: FactSeen, self: string): boolean {
  return standing === 'under-way' && origin === self && what === 'step' && ENDING.has(action ?? '');
}
