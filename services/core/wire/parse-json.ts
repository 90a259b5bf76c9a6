import type { Codec } from './codec.ts';
import { JsonFaultsError } from './errors.ts';
import { checkRules, UNREADABLE } from './find-faults.ts';
import { FaultList } from './json-faults.ts';
import { readMessage } from './read-json.ts';
import { findRepeatedKeys } from './repeated-keys.ts';

/**
 * A message from a JSON value by the JSON mapping of protobuf, strictly: field names in lowerCamelCase, codes by their
 * full name, 64-bit numbers as number or digits, bytes in base64, times by RFC 3339; no unknown field or code, no null,
 * no conversion of types; and every rule of the contract holds.
 * @throws JsonFaultsError WIRE_JSON_INVALID with all faults at once.
 */
export function parseJson<T>(codec: Codec<T>, value: unknown): T {
  const list = new FaultList();
  const message = readMessage('', codec.name, value, list);
  if (message !== UNREADABLE) checkRules('', codec.name, message as object, true, list);
  if (list.faults.length > 0) throw new JsonFaultsError('WIRE_JSON_INVALID', codec.name, list.faults);
  return message as T;
}

function refuse(codec: Codec<unknown>, reason: 'not-json' | 'too-large', message: string): JsonFaultsError {
  return new JsonFaultsError('WIRE_JSON_INVALID', codec.name, [{ field: '', reason, message }]);
}

/**
 * As parseJson, from the text itself as UTF-8: at most `maxBytes`, valid Unicode, and no object names a field twice, so
 * that no two readers of the same text can see different documents.
 * @throws JsonFaultsError WIRE_JSON_INVALID.
 */
export function parseJsonText<T>(codec: Codec<T>, bytes: Uint8Array, maxBytes: number): T {
  if (bytes.length > maxBytes) throw refuse(codec, 'too-large', `must have at most ${maxBytes} bytes`);
  let text: string;
  let value: unknown;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    value = JSON.parse(text);
  } catch {
    throw refuse(codec, 'not-json', 'must be JSON in UTF-8');
  }
  const list = new FaultList();
  findRepeatedKeys(text, list);
  if (list.faults.length > 0) throw new JsonFaultsError('WIRE_JSON_INVALID', codec.name, list.faults);
  return parseJson(codec, value);
}
