import { type EpochMs, type OfficeId, toHex } from '../../../foundation/index.ts';
import { PostType, TaskingState } from '../../../wire/index.ts';
import { timeOf } from './fold-posts.ts';
import type { KnownPost, OperationPosts } from './types.ts';

/** Where a tasking stands with one office. */
export const TASKING_WORDS = ['open', 'accepted', 'declined', 'done'] as const;

/** One of them. */
export type TaskingWord = (typeof TASKING_WORDS)[number];

/** A tasking with one of the offices that it is for. */
export interface TaskingPart {
  readonly office: OfficeId;
  readonly state: TaskingWord;
  /** The office's newest answer, and when it was given by that office's clock; null before. */
  readonly answer: KnownPost | null;
  /** Neither done nor declined, and its time has come. */
  readonly overdue: boolean;
}

/** A tasking of the lead as it stands now. */
export interface TaskingView {
  readonly post: KnownPost;
  readonly dueMs: EpochMs | null;
  /** In the order in which the lead names them. */
  readonly parts: readonly TaskingPart[];
  /** At least one office has neither done nor declined it. */
  readonly open: boolean;
}

const WORD_OF: Readonly<Record<TaskingState, TaskingWord>> = {
  [TaskingState.UNSPECIFIED]: 'open',
  [TaskingState.ACCEPTED]: 'accepted',
  [TaskingState.DECLINED]: 'declined',
  [TaskingState.DONE]: 'done',
};

/** Whether officers here have it. */
export function isRead(post: KnownPost): boolean {
  return post.message !== null && (post.message.direction === 'outbound' || post.message.deliveredMs !== null);
}

/**
 * Taskings that are here with what the tasked offices said of them, in the order of the transcript. The newest answer of
 * an office counts, by that office's own numbers; an answer of an office that was not tasked counts for nothing.
 */
export function foldTaskings({ ordered }: Pick<OperationPosts, 'ordered'>, now: EpochMs): readonly TaskingView[] {
  const here = ordered.filter(isRead);
  const answers = here.filter(({ terms }) => terms?.postType === PostType.TASKING_ANSWER);
  return here
    .filter(({ terms }) => terms?.postType === PostType.TASKING)
    .map((post) => {
      const dueMs = post.terms?.due ? timeOf(post.terms.due) : null;
      const parts = (post.terms?.assignees ?? []).map((office): TaskingPart => {
        const answer = answers.findLast((candidate) => candidate.office === office && answersPost(candidate, post));
        const state = WORD_OF[answer?.terms?.tasking ?? TaskingState.UNSPECIFIED];
        const isEnded = state === 'done' || state === 'declined';
        return {
          office: office as OfficeId,
          state,
          answer: answer ?? null,
          overdue: !isEnded && dueMs !== null && now > dueMs,
        };
      });
      return { post, dueMs, parts, open: parts.some(({ state }) => state === 'open' || state === 'accepted') };
    });
}

/** Whether the one post answers exactly the other. */
export function answersPost({ terms }: KnownPost, { office, id, digest }: KnownPost): boolean {
  const target = terms?.target ?? null;
  return target !== null && target.origin === office && target.id === id && toHex(target.digest) === digest;
}
