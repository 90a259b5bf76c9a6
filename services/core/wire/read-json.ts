import { lineFault } from '../foundation/index.ts';
import { describeEnum, describeField } from './descriptors.ts';
import { fieldAt, UNREADABLE } from './find-faults.ts';
import { type FaultList, type JsonFaultReason, shownName } from './json-faults.ts';
import { makerOf, type PlainMessage } from './reflection.ts';
import { TEXT_FORMATS } from './text-formats.ts';
import { timestampOf } from './timestamps.ts';
import type { FieldDescriptor, FieldKind } from './types.ts';

const UINT32_MAX = 2 ** 32 - 1;
const INT32_MAX = 2 ** 31 - 1;
const BOUNDS: Partial<Record<FieldKind, readonly [number, number]>> = {
  int32: [-INT32_MAX - 1, INT32_MAX],
  uint32: [0, UINT32_MAX],
  int64: [Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER],
  uint64: [0, Number.MAX_SAFE_INTEGER],
};

class Unreadable {
  readonly reason: JsonFaultReason;
  readonly message: string;

  constructor(reason: JsonFaultReason, message: string) {
    this.reason = reason;
    this.message = message;
  }
}

function wrongType(wanted: string): Unreadable {
  return new Unreadable('type-wrong', `must be ${wanted}`);
}

function readInteger(kind: FieldKind, value: unknown): unknown {
  const isText = typeof value === 'string' && (kind === 'int64' || kind === 'uint64');
  if (isText && !/^(0|-?[1-9][0-9]{0,15})$/.test(value))
    return new Unreadable('number-invalid', 'must be a whole number in decimal digits');
  if (!isText && typeof value !== 'number') return wrongType('a number');
  const number = Number(value);
  const [least, most] = BOUNDS[kind] ?? [0, 0];
  if (!Number.isInteger(number)) return new Unreadable('number-invalid', 'must be a whole number');
  if (number < least || number > most) return new Unreadable('out-of-range', `must be from ${least} to ${most}`);
  return number + 0;
}

function readBytes(value: unknown): unknown {
  if (typeof value !== 'string') return wrongType('a text in base64');
  const bytes = Buffer.from(value, 'base64');
  if (bytes.toString('base64') !== value)
    return new Unreadable('base64-invalid', 'must be base64 with padding (RFC 4648 section 4)');
  return new Uint8Array(bytes);
}

function readCode(typeName: string, value: unknown): unknown {
  if (typeof value !== 'string') return wrongType(`a text, the name of a code of ${typeName}`);
  const number = codeNumber(typeName, value);
  return number > 0 ? number : new Unreadable('code-unknown', `must be the name of a code of ${typeName}`);
}

function codeNumber(typeName: string, name: string): number {
  return describeEnum(typeName).values.find((value) => value.name === name)?.number ?? 0;
}

/** An empty text is one left out, but not where a text of that format cannot be empty. */
function readText(format: string | undefined, value: unknown): unknown {
  if (typeof value !== 'string') return wrongType('a text');
  const known = TEXT_FORMATS[format ?? ''];
  if (value === '' && known !== undefined && !known.pattern.test(''))
    return new Unreadable('format-wrong', `must be ${known.says}`);
  // What the pattern refuses is told with the other rules.
  return format === 'STRING_FORMAT_LINE' && known?.pattern.test(value) ? readLine(value) : value;
}

/**
 * JSON is what people and systems of this office write, and a line of theirs shows what it says. What a neighbour wrote
 * comes another way: it is not lost for what it hides, but shown with it.
 */
function readLine(line: string): unknown {
  const fault = lineFault(line);
  if (fault === undefined) return line;
  return fault.kind === 'hidden'
    ? new Unreadable('character-hidden', `must be without ${fault.character}, which nobody sees`)
    : new Unreadable('marks-piled', 'must not have more marks on one letter than any language writes');
}

function readScalar(field: FieldDescriptor, value: unknown): unknown {
  switch (field.kind) {
    case 'string':
      return readText(field.rule?.format, value);
    case 'bool':
      return typeof value === 'boolean' ? value : wrongType('true or false');
    case 'double':
      return typeof value === 'number' ? value + 0 : wrongType('a number');
    case 'bytes':
      return readBytes(value);
    case 'enum':
      return readCode(field.typeName ?? '', value);
    case 'timestamp':
      if (typeof value !== 'string') return wrongType('a text, a time such as 2026-01-31T09:30:00Z');
      return (
        timestampOf(value) ?? new Unreadable('time-invalid', 'must be a time with offset such as 2026-01-31T09:30:00Z')
      );
    default:
      return readInteger(field.kind, value);
  }
}

function readOne(at: string, field: FieldDescriptor, value: unknown, list: FaultList): unknown {
  if (field.kind === 'message') return readMessage(at, field.typeName ?? '', value, list);
  const read = readScalar(field, value);
  if (!(read instanceof Unreadable)) return read;
  list.add(at, read.reason, read.message);
  return UNREADABLE;
}

function readField(at: string, field: FieldDescriptor, value: unknown, list: FaultList): unknown {
  if (field.repeated !== true) return readOne(at, field, value, list);
  const most = field.rule?.maxItems ?? 0;
  if (!Array.isArray(value)) list.add(at, 'type-wrong', 'must be a list');
  else if (value.length > most) list.add(at, 'too-many', `must have at most ${most} entries`);
  else return value.map((entry, index) => readOne(`${at}[${index}]`, field, entry, list));
  return UNREADABLE;
}

/** A JSON value as a message of that type; faults go to `list`, and what cannot be read is UNREADABLE. */
export function readMessage(at: string, name: string, value: unknown, list: FaultList): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    list.add(at, 'type-wrong', 'must be an object');
    return UNREADABLE;
  }
  const message: PlainMessage = makerOf(name)();
  for (const [key, inner] of Object.entries(value)) {
    const field = describeField(name, key);
    if (field === undefined) list.add(fieldAt(at, shownName(key)), 'field-unknown', 'is no field of the contract');
    else message[field.name] = readField(fieldAt(at, field.name), field, inner, list);
  }
  return message;
}
