import type { Timestamp } from './__generated__/types.ts';
import type { Codec, Init } from './codec.ts';
import { describeEnum, describeMessage, messageNameOfKind } from './descriptors.ts';
import { makerOf, type PlainMessage } from './reflection.ts';
import { timestampText } from './timestamps.ts';
import type { FieldDescriptor } from './types.ts';

/** What JSON.stringify writes as it stands. */
export type JsonValue =
  | string
  | number
  | boolean
  | null
  | readonly JsonValue[]
  | { readonly [name: string]: JsonValue };

/** A JSON object. */
export type JsonObject = { readonly [name: string]: JsonValue };

function codeName(typeName: string, number: number): JsonValue {
  return describeEnum(typeName).values.find((value) => value.number === number)?.name ?? number;
}

function valueToJson(field: FieldDescriptor, value: unknown): JsonValue {
  switch (field.kind) {
    case 'int64':
    case 'uint64':
      return String(value);
    case 'bytes':
      return Buffer.from(value as Uint8Array).toString('base64');
    case 'enum':
      return codeName(field.typeName ?? '', value as number);
    case 'timestamp':
      return timestampText(value as Timestamp);
    case 'message':
      return messageToJson(field.typeName ?? '', value as PlainMessage);
    default:
      return value as JsonValue;
  }
}

function isDefault(value: unknown, empty: unknown): boolean {
  if (value === undefined || value === empty) return true;
  return typeof value === 'object' && (value as { length?: number }).length === 0;
}

function messageToJson(name: string, message: PlainMessage): JsonObject {
  const json: Record<string, JsonValue> = {};
  const empty = makerOf(name)();
  for (const field of describeMessage(name).fields) {
    const value = message[field.name];
    if (isDefault(value, empty[field.name])) continue;
    json[field.name] =
      field.repeated === true
        ? (value as readonly unknown[]).map((entry) => valueToJson(field, entry))
        : valueToJson(field, value);
  }
  return json;
}

/**
 * The message by the JSON mapping of protobuf: defaults left out, codes by name (by number where the contract does not
 * have it), 64-bit numbers as digits in a text, bytes in base64, times by RFC 3339 in UTC. `parseJson` reads it again.
 */
export function toJson<T>(codec: Codec<T>, message: Init<T>): JsonObject {
  return messageToJson(codec.name, message as PlainMessage);
}

/** The body of a message of that kind in the JSON mapping, with the name of its type; undefined for a kind that the contract does not have. */
export function bodyToJson(
  kind: number,
  body: object,
): { readonly name: string; readonly json: JsonObject } | undefined {
  const name = messageNameOfKind(kind);
  return name === undefined ? undefined : { name, json: messageToJson(name, body as PlainMessage) };
}
