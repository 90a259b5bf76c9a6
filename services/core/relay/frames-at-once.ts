import type { OfficeId } from '../foundation/index.ts';
import type { FrameAtOnce, LeavingItem } from './desk.ts';
import type { Outbox } from './outbox.ts';

/** Frames of what is about to go on record, lane by lane, where an outbox could send them at once. Never rejects. */
export async function framesAtOnce(
  items: readonly LeavingItem[],
  outboxTo: (office: OfficeId) => Outbox | undefined,
): Promise<readonly FrameAtOnce[]> {
  const byLane = new Map<string, LeavingItem[]>();
  for (const item of items) {
    const key = `${item.to}/${item.lane}`;
    const found = byLane.get(key);
    if (found === undefined) byLane.set(key, [item]);
    else found.push(item);
  }
  const made = [...byLane.values()].map((group) => {
    const { to, lane } = group[0] as LeavingItem;
    return outboxTo(to)?.frameAtOnce(lane, group);
  });
  return (await Promise.all(made)).filter((frame) => frame !== undefined);
}
