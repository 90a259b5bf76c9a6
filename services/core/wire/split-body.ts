import { type Bodies, DataCategory } from './__generated__/types.ts';
import { type BodyKind, type BodyPart, MAX_PARTS } from './body-parts.ts';
import { bodyPlanOf, type ContainerPlan, type PartPlan } from './body-plan.ts';
import type { Init } from './codec.ts';
import { WireError } from './errors.ts';
import type { PlainMessage } from './reflection.ts';

const NOTHING = new Uint8Array(0);

function isPresent(value: unknown): boolean {
  if (value === undefined || value === null || value === '' || value === 0 || value === false) return false;
  return typeof value !== 'object' || (value as { length?: number }).length !== 0;
}

function encodePart(plan: PartPlan, message: PlainMessage): Uint8Array {
  for (const name of plan.names) if (isPresent(message[name])) return plan.codec.encode(message);
  return NOTHING;
}

function splitInto(parts: BodyPart[], plan: ContainerPlan, message: PlainMessage, path: readonly number[]): void {
  const before = parts.length;
  for (const part of plan.parts) {
    const value = encodePart(part, message);
    if (value.length > 0) parts.push({ path, category: part.category, value });
  }
  for (const child of plan.children) {
    const inner = message[child.name];
    if (inner === undefined || inner === null) continue;
    if (!child.repeated) {
      splitInto(parts, child.plan, inner as PlainMessage, [...path, child.id]);
      continue;
    }
    const list = inner as readonly PlainMessage[];
    for (let index = 0; index < list.length; index++)
      splitInto(parts, child.plan, list[index] as PlainMessage, [...path, child.id, index]);
  }
  // Without it a message that is there but says nothing would be lost, and with it the index of those after it.
  if (parts.length === before) parts.push({ path, category: DataCategory.CORE, value: NOTHING });
}

/**
 * The parts of a body: each value holds fields of its own data category only, and `joinParts` of them all is the body
 * again. Order: a message's own parts by category, then the messages within it by field number and index.
 * @throws WireError WIRE_PART_INVALID for a body that comes to more than MAX_PARTS.
 */
export function splitBody<Kind extends BodyKind>(kind: Kind, body: Init<Bodies[Kind]>): BodyPart[] {
  const plan = bodyPlanOf(kind);
  if (plan === undefined) throw new WireError('WIRE_PART_INVALID', { context: { fault: 'kind-unknown' } });
  const parts: BodyPart[] = [];
  splitInto(parts, plan, body as PlainMessage, []);
  if (parts.length > MAX_PARTS) throw new WireError('WIRE_PART_INVALID', { context: { fault: 'too-many-parts' } });
  return parts;
}
