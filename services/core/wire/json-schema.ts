import { DataCategory } from './__generated__/types.ts';
import { describeEnum, describeMessage } from './descriptors.ts';
import { labelsOf } from './labels.ts';
import { FREE_TEXT, TEXT_FORMATS } from './text-formats.ts';
import type { JsonObject, JsonValue } from './to-json.ts';
import type { FieldDescriptor, MessageDescriptor } from './types.ts';

type Schema = Record<string, JsonValue>;

const BASE64 = '^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/][AQgw]==|[A-Za-z0-9+/]{2}[AEIMQUYcgkosw048]=)?$';
const TIME = '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d{1,9})?(Z|[+-]\\d{2}:\\d{2})$';
const CATEGORY_NAMES = new Map<number, string>(Object.entries(DataCategory).map(([name, number]) => [number, name]));

function textSchema(field: FieldDescriptor, mustBeFilled: boolean): Schema {
  const format = TEXT_FORMATS[field.rule?.format ?? ''] ?? FREE_TEXT;
  const maxLength = field.rule?.maxLength ?? format.maxLength;
  return {
    type: 'string',
    ...(mustBeFilled ? { minLength: 1 } : {}),
    ...(maxLength === undefined ? {} : { maxLength }),
    pattern: format.pattern.source,
  };
}

function bytesSchema(field: FieldDescriptor, mustBeFilled: boolean): Schema {
  const most = field.rule?.maxLength;
  return {
    type: 'string',
    contentEncoding: 'base64',
    pattern: BASE64,
    ...(mustBeFilled ? { minLength: 4 } : {}),
    ...(most === undefined ? {} : { maxLength: Math.ceil(most / 3) * 4 }),
  };
}

function integerSchema(field: FieldDescriptor, least: number, most: number, mustBeFilled: boolean): Schema {
  const minimum = field.rule?.hasRange === true ? Math.max(least, field.rule.minimum ?? 0) : least;
  const maximum = field.rule?.hasRange === true ? Math.min(most, field.rule.maximum ?? 0) : most;
  return { type: 'integer', minimum: mustBeFilled && minimum === 0 ? 1 : minimum, maximum };
}

function wideIntegerSchema(field: FieldDescriptor, mustBeFilled: boolean): Schema {
  const least = field.kind === 'uint64' ? 0 : Number.MIN_SAFE_INTEGER;
  const digits = field.kind === 'uint64' ? '[1-9][0-9]{0,14}' : '-?[1-9][0-9]{0,14}';
  return {
    oneOf: [
      integerSchema(field, least, Number.MAX_SAFE_INTEGER, mustBeFilled),
      { type: 'string', pattern: mustBeFilled ? `^${digits}$` : `^(0|${digits})$` },
    ],
  };
}

function valueSchema(field: FieldDescriptor, mustBeFilled: boolean, refPrefix: string): Schema {
  switch (field.kind) {
    case 'string':
      return textSchema(field, mustBeFilled);
    case 'bytes':
      return bytesSchema(field, mustBeFilled);
    case 'bool':
      return { type: 'boolean' };
    case 'double':
      return {
        type: 'number',
        ...(field.rule?.hasRange === true
          ? { minimum: field.rule.minimum ?? 0, maximum: field.rule.maximum ?? 0 }
          : {}),
      };
    case 'int32':
      return integerSchema(field, -(2 ** 31), 2 ** 31 - 1, mustBeFilled);
    case 'uint32':
      return integerSchema(field, 0, 2 ** 32 - 1, mustBeFilled);
    case 'int64':
    case 'uint64':
      return wideIntegerSchema(field, mustBeFilled);
    case 'timestamp':
      return { type: 'string', format: 'date-time', pattern: TIME };
    default:
      return { $ref: `${refPrefix}${field.typeName}` };
  }
}

function fieldSchema(message: MessageDescriptor, field: FieldDescriptor, refPrefix: string): Schema {
  const { rule, comment, category } = field;
  const title = labelsOf('en').fields[message.name]?.[field.name];
  const notes = {
    ...(title === undefined ? {} : { title }),
    ...(comment === undefined ? {} : { description: comment }),
    ...(category === undefined ? {} : { 'x-data-category': CATEGORY_NAMES.get(category) ?? category }),
  };
  if (field.repeated !== true) return { ...valueSchema(field, rule?.required === true, refPrefix), ...notes };
  return {
    type: 'array',
    items: valueSchema(field, true, refPrefix),
    ...(rule?.required === true ? { minItems: 1 } : {}),
    maxItems: rule?.maxItems ?? 0,
    ...(rule?.unique === true ? { uniqueItems: true } : {}),
    ...notes,
  };
}

/** At most one member of each oneof. */
function oneofSchemas(message: MessageDescriptor): Schema[] {
  const names = new Set(message.fields.flatMap((field) => field.oneof ?? []));
  return [...names].map((name) => {
    const members = message.fields.filter((field) => field.oneof === name).map((field) => ({ required: [field.name] }));
    return { oneOf: [...members, { not: { anyOf: members } }] };
  });
}

function messageSchema(name: string, refPrefix: string): Schema {
  const message = describeMessage(name);
  const required = message.fields.filter((field) => field.rule?.required === true).map((field) => field.name);
  const dependent = message.fields.filter((field) => field.rule?.requiredWith !== undefined);
  const oneofs = oneofSchemas(message);
  return {
    type: 'object',
    title: name,
    ...(message.comment === undefined ? {} : { description: message.comment }),
    properties: Object.fromEntries(message.fields.map((field) => [field.name, fieldSchema(message, field, refPrefix)])),
    ...(required.length === 0 ? {} : { required }),
    ...(dependent.length === 0
      ? {}
      : {
          dependentRequired: Object.fromEntries(
            dependent.map((field) => [field.rule?.requiredWith ?? '', [field.name]]),
          ),
        }),
    ...(oneofs.length === 0 ? {} : { allOf: oneofs }),
    additionalProperties: false,
  };
}

function enumSchema(name: string): Schema {
  const { comment, values } = describeEnum(name);
  const told = values.slice(1);
  const labels = labelsOf('en').codes[name] ?? {};
  return {
    type: 'string',
    title: name,
    ...(comment === undefined ? {} : { description: comment }),
    enum: told.map((value) => value.name),
    'x-enum-labels': Object.fromEntries(told.map((value) => [value.name, labels[value.name] ?? value.name])),
  };
}

/**
 * JSON Schemas (2020-12, as OpenAPI 3.1 takes them) of these messages and of all that they refer to, by name; references
 * are `refPrefix` and the name, for instance `#/components/schemas/`. What they accept, `parseJson` accepts, but for what a
 * schema cannot say: that a date or time exists, and that a line hides nothing.
 */
export function jsonSchemasOf(names: readonly string[], refPrefix: string): Readonly<Record<string, JsonObject>> {
  const schemas: Record<string, Schema> = {};
  const add = (name: string, isCode: boolean): void => {
    if (schemas[name] !== undefined) return;
    schemas[name] = isCode ? enumSchema(name) : messageSchema(name, refPrefix);
    if (!isCode)
      for (const field of describeMessage(name).fields)
        if (field.typeName !== undefined) add(field.typeName, field.kind === 'enum');
  };
  for (const name of names) add(name, false);
  return schemas;
}

/** The JSON Schema (2020-12) of one message, with all that it refers to under `$defs`. */
export function jsonSchemaOf(name: string): JsonObject {
  const { [name]: schema, ...others } = jsonSchemasOf([name], '#/$defs/');
  return { $schema: 'https://json-schema.org/draft/2020-12/schema', ...schema, $defs: others };
}
