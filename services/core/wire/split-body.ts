import { type Bodies, DataCategory } from './__generated__/types.ts';
import { type BodyKind, type BodyPart, MAX_PARTS } from './body-parts.ts';
import { type BodyMessage, bodyPlanOf, type ChildPlan, type ContainerPlan, type PartPlan } from './body-plan.ts';
import type { Init } from './codec.ts';
import { WireError } from './errors.ts';

const NOTHING = new Uint8Array(0);

function isPresent(value: unknown): boolean {
  if (value === undefined || value === null || value === '' || value === 0 || value === false) return false;
  return typeof value !== 'object' || (value as { length?: number }).length !== 0;
}

function encodePart(plan: PartPlan, message: BodyMessage): Uint8Array {
  for (const name of plan.names) if (isPresent(message[name])) return new Uint8Array(plan.type.encode(message).finish());
  return NOTHING;
}

function childrenOf(child: ChildPlan, message: BodyMessage): readonly BodyMessage[] {
  const value = message[child.name];
  if (value === undefined || value === null) return [];
  return child.repeated ? (value as readonly BodyMessage[]) : [value as BodyMessage];
}

function splitInto(parts: BodyPart[], plan: ContainerPlan, message: BodyMessage, path: readonly number[]): void {
  const before = parts.length;
  for (const part of plan.parts) {
    const value = encodePart(part, message);
    if (value.length > 0) parts.push({ path, category: part.category, value });
  }
  for (const child of plan.children) {
    childrenOf(child, message).forEach((inner, index) => {
      splitInto(parts, child.plan, inner, child.repeated ? [...path, child.id, index] : [...path, child.id]);
    });
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
  splitInto(parts, plan, body as BodyMessage, []);
  if (parts.length > MAX_PARTS) throw new WireError('WIRE_PART_INVALID', { context: { fault: 'too-many-parts' } });
  return parts;
}
