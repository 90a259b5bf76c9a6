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
const QUARTER_MS = 15 * 60_000;
const LAST = Object.keys(RANKS).length;

/**
 * The order of every board: what is due first, and of what is due in the same quarter of an hour the more urgent first;
 * then by the minute, then the older. What has no deadline comes last.
 */
export function byDue(a: Due, b: Due): number {
  return (
    quarterOf(a.dueAt) - quarterOf(b.dueAt) ||
    rankOf(a) - rankOf(b) ||
    timeOf(a.dueAt) - timeOf(b.dueAt) ||
    timeOf(a.createdAt) - timeOf(b.createdAt)
  );
}

/** Whether its time is over at `now`. */
export function isOverdue(dueAt: string | null, now: number): boolean {
  return dueAt !== null && Date.parse(dueAt) < now;
}

function quarterOf(dueAt: string | null): number {
  return Math.floor(timeOf(dueAt) / QUARTER_MS);
}

// Two that have no deadline are equal, which the difference of two infinities would not say.
function timeOf(dueAt: string | null): number {
  return dueAt === null ? Number.MAX_SAFE_INTEGER : Date.parse(dueAt);
}

function rankOf({ precedence }: Due): number {
  return RANKS[precedence ?? ''] ?? LAST;
}
