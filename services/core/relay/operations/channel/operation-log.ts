import type { EpochMs, OfficeId } from '../../../foundation/index.ts';
import type { OperationActView, OperationView } from '../types.ts';
import type { KnownPost, OperationPosts } from './types.ts';

/** One line of an operation's log: an act, a post, or a post that its sender keeps back. */
export interface LogEntry {
  /** By the clock of whoever said it. */
  readonly atMs: EpochMs;
  readonly office: OfficeId;
  readonly act: OperationActView | null;
  readonly post: KnownPost | null;
}

/** Everything that happened in an operation, in the order of its signed times; ties by office, and acts first. */
export function operationLog(view: OperationView, { ordered }: Pick<OperationPosts, 'ordered'>): readonly LogEntry[] {
  const entries: LogEntry[] = [
    ...view.acts.map((act) => ({ atMs: act.createdMs, office: act.origin, act, post: null })),
    ...ordered.map((post) => ({ atMs: post.createdMs, office: post.office, act: null, post })),
  ];
  return entries.sort(
    (a, b) =>
      a.atMs - b.atMs ||
      (a.office === b.office ? 0 : a.office < b.office ? -1 : 1) ||
      Number(a.act === null) - Number(b.act === null) ||
      (a.act?.number ?? 0) - (b.act?.number ?? 0) ||
      (a.post?.number ?? 0) - (b.post?.number ?? 0),
  );
}
