import { type Fault, OfficeError } from '../errors.ts';
import type { JsonSchema } from './route.ts';

/** What one field of a body may be; the reader and the API description are both made of it. */
export type FieldSpec = (
  | { readonly kind: 'text'; readonly pattern: RegExp }
  | { readonly kind: 'texts'; readonly pattern: RegExp; readonly most: number }
  | { readonly kind: 'object' }
) & { readonly about: string; readonly optional?: true };

/** The fields that a body has, by name. */
export type ObjectSpec = Readonly<Record<string, FieldSpec>>;

type Value<Spec extends FieldSpec> = Spec extends { readonly kind: 'text' }
  ? string
  : Spec extends { readonly kind: 'texts' }
    ? readonly string[]
    : Readonly<Record<string, unknown>>;

/** The fields that were read. */
export type ObjectValues<Specs extends ObjectSpec> = {
  readonly [Name in keyof Specs]: Specs[Name] extends { readonly optional: true }
    ? Value<Specs[Name]> | undefined
    : Value<Specs[Name]>;
};

/** A body of exactly these fields. @throws OfficeError OFFICE_REQUEST_MALFORMED, OFFICE_REQUEST_INVALID with all faults. */
export function readObject<const Specs extends ObjectSpec>(specs: Specs, body: Uint8Array): ObjectValues<Specs> {
  const given = parse(body);
  const faults: Fault[] = Object.keys(given)
    .filter((field) => !Object.hasOwn(specs, field))
    .map((field) => ({ field, reason: 'field-unknown', message: 'there is no such field' }));
  for (const [field, spec] of Object.entries(specs)) {
    const value = Object.hasOwn(given, field) ? given[field] : undefined;
    if (value === undefined && spec.optional !== true)
      faults.push({ field, reason: 'required', message: 'is required' });
    if (value !== undefined && !isOf(spec, value)) faults.push({ field, reason: 'format-wrong', message: spec.about });
  }
  if (faults.length > 0) throw new OfficeError('OFFICE_REQUEST_INVALID', { faults });
  return given as ObjectValues<Specs>;
}

/** The JSON Schema of such a body. */
export function objectSchema(specs: ObjectSpec): JsonSchema {
  return {
    type: 'object',
    required: Object.keys(specs).filter((name) => specs[name]?.optional !== true),
    additionalProperties: false,
    properties: Object.fromEntries(Object.entries(specs).map(([name, spec]) => [name, fieldSchema(spec)])),
  };
}

function fieldSchema(spec: FieldSpec): JsonSchema {
  if (spec.kind === 'object') return { type: 'object', description: spec.about };
  const text = { type: 'string', pattern: spec.pattern.source };
  if (spec.kind === 'text') return { ...text, description: spec.about };
  return { type: 'array', items: text, maxItems: spec.most, description: spec.about };
}

function isOf(spec: FieldSpec, value: unknown): boolean {
  switch (spec.kind) {
    case 'text':
      return typeof value === 'string' && spec.pattern.test(value);
    case 'texts':
      return (
        Array.isArray(value) &&
        value.length <= spec.most &&
        value.every((item) => typeof item === 'string' && spec.pattern.test(item))
      );
    case 'object':
      return typeof value === 'object' && value !== null && !Array.isArray(value);
  }
}

function parse(body: Uint8Array): Readonly<Record<string, unknown>> {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch {
    throw new OfficeError('OFFICE_REQUEST_MALFORMED', {
      faults: [{ field: '', reason: 'not-json', message: 'must be JSON in UTF-8' }],
    });
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  throw new OfficeError('OFFICE_REQUEST_INVALID', {
    faults: [{ field: '', reason: 'type-wrong', message: 'must be an object' }],
  });
}
