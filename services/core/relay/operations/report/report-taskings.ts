import { type EpochMs, rfc3339, toHex } from '../../../foundation/index.ts';
import { PostType, TaskingState } from '../../../wire/index.ts';
import type { StatedPost } from './after-action-report.ts';
import { wordOf } from './code-words.ts';
import type { ReportedAssignment, ReportedTasking } from './types.ts';

/** Every tasking with what became of it at each office that it was for, by the times that were signed. */
export function reportTaskings(stated: readonly StatedPost[]): readonly ReportedTasking[] {
  const answers = stated.filter(({ fact }) => fact.postType === PostType.TASKING_ANSWER);
  return stated
    .filter(({ fact }) => fact.postType === PostType.TASKING)
    .map(({ office, fact }) => {
      const digest = toHex(fact.digest);
      const own = answers.filter((answer) => toHex(answer.fact.target) === digest);
      return {
        office,
        number: fact.number,
        digest,
        at: rfc3339(fact.createdMs as EpochMs),
        dueAt: fact.dueMs === 0 ? null : rfc3339(fact.dueMs as EpochMs),
        assignments: fact.assignees.map((assignee) =>
          assignmentOf(
            assignee,
            fact,
            own.filter((answer) => answer.office === assignee),
          ),
        ),
      };
    });
}

function assignmentOf(
  office: string,
  { createdMs, dueMs }: StatedPost['fact'],
  answers: readonly StatedPost[],
): ReportedAssignment {
  const timeOf = (state: TaskingState): number | null =>
    answers.find(({ fact }) => fact.tasking === state)?.fact.createdMs ?? null;
  const done = timeOf(TaskingState.DONE);
  // Whoever did it at once has taken it on.
  const accepted = timeOf(TaskingState.ACCEPTED) ?? done;
  const text = (ms: number | null): string | null => (ms === null ? null : rfc3339(ms as EpochMs));
  const after = (ms: number | null): number | null => (ms === null ? null : Math.max(0, ms - createdMs));
  return {
    office,
    state: wordOf('TaskingState', answers.at(-1)?.fact.tasking ?? TaskingState.UNSPECIFIED),
    acceptedAt: text(accepted),
    acceptedAfterMs: after(accepted),
    doneAt: text(done),
    doneAfterMs: after(done),
    late: dueMs !== 0 && done !== null && done > dueMs,
  };
}
