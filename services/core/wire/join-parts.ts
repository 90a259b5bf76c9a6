import { type Bodies, DataCategory } from './__generated__/types.ts';
import { type BodyKind, type BodyPart, MAX_PARTS } from './body-parts.ts';
import { bodyPlanOf, type ChildPlan, type ContainerPlan, type PartPlan } from './body-plan.ts';
import { BytesFaultError, WireError } from './errors.ts';
import { readBytes } from './read-bytes.ts';
import type { PlainMessage } from './reflection.ts';

/** One message of the body while parts are put into it. */
interface Place {
  readonly plan: ContainerPlan;
  readonly message: PlainMessage;
  /** One bit per category that was put in. */
  filled: number;
  /** By field name; a single message is the first of its list. */
  readonly inner: Map<string, Place[]>;
}

function invalid(fault: string, cause?: unknown): WireError {
  return new WireError('WIRE_PART_INVALID', { context: { fault }, cause });
}

function emptyPlace(plan: ContainerPlan): Place {
  return { plan, message: plan.make(), filled: 0, inner: new Map() };
}

/** The place at `index` of a field; entries before it that no part named are empty, so that indexes stay. */
function placeIn(place: Place, child: ChildPlan, index: number): Place {
  let list = place.inner.get(child.name);
  if (list === undefined) {
    if (
      child.oneof !== undefined &&
      place.plan.children.some((other) => other.oneof === child.oneof && place.inner.has(other.name))
    )
      throw invalid('oneof-ambiguous');
    list = [];
    place.inner.set(child.name, list);
    if (child.repeated) place.message[child.name] = [];
  }
  while (list.length <= index) {
    const added = emptyPlace(child.plan);
    list.push(added);
    if (child.repeated) (place.message[child.name] as PlainMessage[]).push(added.message);
    else place.message[child.name] = added.message;
  }
  return list[index] as Place;
}

function placeAt(body: Place, path: readonly number[]): Place {
  let place = body;
  for (let at = 0; at < path.length; at++) {
    const child = place.plan.childById.get(path[at] as number);
    if (child === undefined) throw invalid('path-unknown');
    let index = 0;
    if (child.repeated) {
      at++;
      index = path[at] ?? -1;
      if (!Number.isSafeInteger(index) || index < 0 || index >= child.maxItems) throw invalid('index-out-of-range');
    }
    place = placeIn(place, child, index);
  }
  return place;
}

function fill(place: Place, plan: PartPlan, value: Uint8Array): void {
  try {
    readBytes(plan.shape, value, (bytes) => plan.codec.decodeInto(place.message, bytes));
  } catch (cause) {
    throw cause instanceof BytesFaultError ? invalid(cause.fault, cause) : cause;
  }
}

function putIn(body: Place, part: BodyPart): void {
  const place = placeAt(body, part.path);
  const plan = place.plan.partByCategory.get(part.category);
  if (plan === undefined && part.category !== DataCategory.CORE) throw invalid('category-unknown');
  const bit = 1 << part.category;
  if ((place.filled & bit) !== 0) throw invalid('duplicate');
  place.filled |= bit;
  if (part.value.length > 0 && plan !== undefined) fill(place, plan, part.value);
  else if (part.value.length > 0) throw invalid('field-unknown');
  else if (part.category !== DataCategory.CORE) throw invalid('empty');
}

/**
 * The body that these parts make up, in whatever order and however few they are; what no part says has its default.
 * Each part held nothing but fields of the category it states, at a place that the contract has, once.
 * @throws WireError WIRE_PART_INVALID; the context's `fault` says why.
 */
export function joinParts<Kind extends BodyKind>(kind: Kind, parts: readonly BodyPart[]): Bodies[Kind] {
  const plan = bodyPlanOf(kind);
  if (plan === undefined) throw invalid('kind-unknown');
  if (parts.length > MAX_PARTS) throw invalid('too-many-parts');
  const body = emptyPlace(plan);
  for (const part of parts) putIn(body, part);
  return body.message as unknown as Bodies[Kind];
}
