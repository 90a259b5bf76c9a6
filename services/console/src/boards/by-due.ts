/** What a board sorts by. */
export interface Due {
  /** When it is due; null where nothing is. */
  readonly dueAt: string | null;
  readonly precedence?: string;
  readonly createdAt: string;
}

const RANKS: Readonly<Record<string, number>> = {
  PRECEDENCE_FLASH: 0,
  PRECEDENCE_IMMEDIATE: 1,
  PRECEDENCE_PRIORITY: 2,
  PRECEDENCE_ROUTINE: 3,
};
const LAST = Object.keys(RANKS).length;

/** The order of every board: what is due first, then the more urgent, then the older; what has no deadline comes last. */
export function byDue(a: Due, b: Due): number {
  return (
    timeOf(a.dueAt) - timeOf(b.dueAt) || rankOf(a) - rankOf(b) || Date.parse(a.createdAt) - Date.parse(b.createdAt) || 0
  );
}

/** Whether its time is over at `now`. */
export function isOverdue(dueAt: string | null, now: number): boolean {
  return dueAt !== null && Date.parse(dueAt) < now;
}

// Two that have no deadline are equal, which the difference of two infinities would not say.
function timeOf(dueAt: string | null): number {
  return dueAt === null ? Number.MAX_SAFE_INTEGER : Date.parse(dueAt);
}

function rankOf({ precedence }: Due): number {
  return RANKS[precedence ?? ''] ?? LAST;
}
