import type { FactSeen } from './request-steps.ts';

/** One thing that happened to a request, or will. */
export interface TimelineStep<Fact> {
  readonly at: string;
  readonly what: 'asked' | 'delivered' | 'fact' | 'time-limit' | 'expired';
  /** The office that did it; null for the clock. */
  readonly office: string | null;
  readonly fact?: Fact;
}

/** What the timeline reads of a life. */
export interface LifeTimes<Fact> {
  readonly asking: string;
  readonly asked: string;
  readonly state: string;
  readonly open: boolean;
  readonly answerBy: string;
  readonly deliveredAt: string | null;
  readonly closedAt: string | null;
  readonly facts: readonly Fact[];
}

/**
 * The life of a request by signed times: once everything has arrived it reads the same at both offices. The time limit
 * stands in its place among what happened.
 */
export function requestTimeline<Fact extends FactSeen & { readonly at: string }>(
  createdAt: string,
  life: LifeTimes<Fact>,
): readonly TimelineStep<Fact>[] {
  const steps: TimelineStep<Fact>[] = [{ at: createdAt, what: 'asked', office: life.asking }];
  if (life.deliveredAt !== null) steps.push({ at: life.deliveredAt, what: 'delivered', office: life.asked });
  for (const fact of life.facts) steps.push({ at: fact.at, what: 'fact', office: fact.origin, fact });
  const isPassed = life.closedAt === null || Date.parse(life.answerBy) <= Date.parse(life.closedAt);
  if (life.open || isPassed) steps.push({ at: life.answerBy, what: 'time-limit', office: null });
  if (life.state === 'expired' && life.closedAt !== null)
    steps.push({ at: life.closedAt, what: 'expired', office: null });
  // Equal times keep the order above: what was asked stands before what was said of it.
  return steps.sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
}
