import { messageDescriptors } from './__generated__/descriptors.ts';
import type { DataCategory } from './__generated__/types.ts';
import { describeMessage } from './descriptors.ts';
import { type MessageShape, shapeOf } from './message-shape.ts';
import { makerOf, type PartialCodec, type PlainMessage, partialCodecOf } from './reflection.ts';
import type { FieldDescriptor } from './types.ts';

/** The fields of one category of one message type: what makes up a part. */
export interface PartPlan {
  readonly category: DataCategory;
  readonly names: readonly string[];
  /** Reads and writes these fields and no other. */
  readonly codec: PartialCodec;
  readonly shape: MessageShape;
}

/** A field that is walked into. */
export interface ChildPlan {
  readonly id: number;
  readonly name: string;
  readonly repeated: boolean;
  readonly maxItems: number;
  readonly oneof: string | undefined;
  readonly plan: ContainerPlan;
}

/** How one message type of a body is taken apart and put together. */
export interface ContainerPlan {
  readonly name: string;
  readonly make: () => PlainMessage;
  /** By category, ascending. */
  readonly parts: readonly PartPlan[];
  readonly partByCategory: ReadonlyMap<number, PartPlan>;
  /** By field number, ascending. */
  readonly children: readonly ChildPlan[];
  readonly childById: ReadonlyMap<number, ChildPlan>;
}

function isChild(field: FieldDescriptor): boolean {
  return field.kind === 'message' && describeMessage(field.typeName ?? '').container === true;
}

function partPlan(name: string, category: number, fields: readonly FieldDescriptor[]): PartPlan {
  return {
    category: category as DataCategory,
    names: fields.map((field) => field.name),
    codec: partialCodecOf(`${name}_${category}`, fields),
    shape: shapeOf(fields, true),
  };
}

function containerPlan(name: string, known: Map<string, ContainerPlan>): ContainerPlan {
  const found = known.get(name);
  if (found !== undefined) return found;
  const { fields } = describeMessage(name);
  const leaves = fields.filter((field) => !isChild(field));
  const categories = [...new Set(leaves.map((field) => field.category ?? 0))].sort((a, b) => a - b);
  const parts = categories.map((category) =>
    partPlan(
      name,
      category,
      leaves.filter((field) => field.category === category),
    ),
  );
  const children = fields.filter(isChild).map((field) => ({
    id: field.id,
    name: field.name,
    repeated: field.repeated === true,
    maxItems: field.rule?.maxItems ?? 0,
    oneof: field.oneof,
    plan: containerPlan(field.typeName ?? '', known),
  }));
  const plan: ContainerPlan = {
    name,
    make: makerOf(name),
    parts,
    partByCategory: new Map(parts.map((part) => [part.category, part])),
    children,
    childById: new Map(children.map((child) => [child.id, child])),
  };
  known.set(name, plan);
  return plan;
}

const containers = new Map<string, ContainerPlan>();
const bodies = new Map(
  messageDescriptors
    .filter((message) => message.body !== undefined)
    .map((message) => [message.body, containerPlan(message.name, containers)]),
);

/** The plan of the body of that kind of message; undefined for a kind that the contract does not have. */
export function bodyPlanOf(kind: number): ContainerPlan | undefined {
  return bodies.get(kind);
}
