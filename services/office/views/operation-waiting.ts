import { type EpochMs, type OfficeId, rfc3339 } from '../../core/foundation/index.ts';
import type { OperationPosts, OperationView, TaskingView } from '../../core/relay/index.ts';

/** What a list says of an operation besides where it stands. */
export interface OperationStory {
  readonly posts: Pick<OperationPosts, 'ordered'>;
  readonly taskings: readonly TaskingView[];
}

/**
 * What waits for this office in an operation: the charter, its taskings, posts that nobody here has opened, the report.
 * Counts and times only.
 */
export function operationWaiting(
  view: OperationView,
  office: OfficeId,
  { posts, taskings }: OperationStory,
): Readonly<Record<string, unknown>> {
  const own = view.members.get(office);
  const isAhead = ['proposed', 'live', 'suspended'].includes(view.state);
  const mine = taskings.flatMap(({ parts, dueMs }) =>
    parts.filter((part) => part.office === office).map(({ state }) => ({ state, dueMs })),
  );
  const undone = view.closedMs === null ? mine.filter(({ state }) => state === 'open' || state === 'accepted') : [];
  const due = undone.flatMap(({ dueMs }) => (dueMs === null ? [] : [dueMs]));
  return {
    sign: isAhead && own?.state === 'invited',
    accept: undone.filter(({ state }) => state === 'open').length,
    finish: undone.filter(({ state }) => state === 'accepted').length,
    due: due.length === 0 ? null : rfc3339(Math.min(...due) as EpochMs),
    unread: posts.ordered.filter(isUnread).length,
    report: view.state === 'closed' && own?.state === 'joined' && !view.reportSignatures.has(office),
  };
}

function isUnread({ message }: OperationStory['posts']['ordered'][number]): boolean {
  return message?.direction === 'inbound' && message.deliveredMs !== null && message.retrievals.length === 0;
}
