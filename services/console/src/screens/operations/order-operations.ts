import type { Summary } from './types.ts';

/** The groups of the list, in its order. */
export const GROUPS = ['live', 'proposed', 'suspended', 'closing', 'closed', 'ended'] as const;

/** The operations by how they stand; within a group those first in which something waits for this office, then the newest. */
export function groupOperations(
  items: readonly Summary[],
): readonly { readonly state: (typeof GROUPS)[number]; readonly items: readonly Summary[] }[] {
  return GROUPS.map((state) => ({
    state,
    items: items.filter((item) => item.state === state).sort(byNeed),
  })).filter((group) => group.items.length > 0);
}

/** Whether somebody here has to do something about it; posts that were not opened wait too, but nobody has to. */
export function needsAct({ waiting }: Pick<Summary, 'waiting'>): boolean {
  return waiting.sign || waiting.report || waiting.accept > 0 || waiting.finish > 0;
}

function byNeed(a: Summary, b: Summary): number {
  const need = Number(needsAct(b)) - Number(needsAct(a));
  return need === 0 ? Date.parse(lastAt(b)) - Date.parse(lastAt(a)) : need;
}

function lastAt({ lastPostAt, since }: Summary): string {
  return lastPostAt !== null && lastPostAt > since ? lastPostAt : since;
}
