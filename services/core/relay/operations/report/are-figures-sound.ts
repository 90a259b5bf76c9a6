import type { OfficeId } from '../../../foundation/index.ts';
import type { OperationFigures } from '../../../wire/index.ts';

/** The last millisecond that a date of four digits can name. */
const LAST_MS = 253_402_300_799_999;
/** More than anybody posts, and so little that no sum of them is inexact. */
const MOST = 1_000_000_000;

/** What a member states can be reported whatever it is: times are dates, counts can be added, and only members are named. */
export function areFiguresSound(figures: OperationFigures, members: ReadonlyMap<OfficeId, unknown>): boolean {
  const { posts, outcomes, withheld, deliveries, facts } = figures;
  const isMember = (office: string): boolean => members.has(office as OfficeId);
  const total = posts.reduce((sum, { count }) => sum + count, 0);
  return (
    isCounted(posts.map(({ postType, count }) => [postType, [count]])) &&
    isCounted(outcomes.map(({ outcome, count }) => [outcome, [count]])) &&
    isCounted(withheld.map(({ member, whole, parts }) => [member, [whole, parts]])) &&
    isCounted(deliveries.map(({ member, delivered, opened }) => [member, [delivered, opened]])) &&
    [...withheld, ...deliveries].every(({ member }) => isMember(member)) &&
    deliveries.every((times) =>
      [times.medianDeliveryMs, times.longestDeliveryMs, times.medianOpeningMs].every((ms) => ms <= LAST_MS),
    ) &&
    facts.length <= total &&
    facts.every(
      ({ number, createdMs, dueMs, digest, target, assignees }, index) =>
        number > (facts[index - 1]?.number ?? 0) &&
        number <= MOST &&
        createdMs <= LAST_MS &&
        dueMs <= LAST_MS &&
        digest.length === 32 &&
        (target.length === 0 || target.length === 32) &&
        assignees.every(isMember),
    )
  );
}

/** Each named once, with counts that can be added. */
function isCounted(entries: readonly (readonly [string | number, readonly number[]])[]): boolean {
  return (
    new Set(entries.map(([name]) => name)).size === entries.length &&
    entries.every(([, counts]) => counts.every((count) => count <= MOST))
  );
}
