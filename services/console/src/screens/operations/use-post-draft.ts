import { useEffect, useState } from 'preact/hooks';
import { session } from '../../api/index.ts';
import { newDraft } from './compose-post.tsx';
import { keep, readKept } from './kept-draft.ts';
import { isWorthKeeping, type PostDraft } from './post-draft.ts';
import type { Charter, Operation } from './types.ts';

/** What this officer writes in that operation, as it was left on this device. */
export function usePostDraft(
  operation: Operation,
  charter: Charter | undefined,
): readonly [PostDraft, (change: (before: PostDraft) => PostDraft) => void, isKept: boolean] {
  const place = { office: session().office, officer: session().officer.name, operation: operation.id };
  const [draft, setDraft] = useState(() => readKept(localStorage, place) ?? newDraft(operation, charter));
  const [isKept, setIsKept] = useState(true);
  useEffect(() => {
    // Before the charter was here nobody knew what its operation is about.
    if (charter !== undefined) setDraft((before) => (isWorthKeeping(before) ? before : newDraft(operation, charter)));
  }, [charter === undefined]);
  return [
    draft,
    (change) =>
      setDraft((before) => {
        const after = change(before);
        setIsKept(keep(localStorage, place, isWorthKeeping(after) ? after : undefined));
        return after;
      }),
    isKept,
  ];
}
