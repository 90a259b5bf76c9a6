import protobuf from 'protobufjs';
import { contract } from './__generated__/contract.ts';
import { messageDescriptors } from './__generated__/descriptors.ts';
import type { FieldDescriptor } from './types.ts';

// 64-bit fields are read as plain numbers, which are exact up to 2^53 (assertBytes refuses more); the alternative is an
// object per number.
protobuf.util.Long = undefined as unknown as typeof protobuf.util.Long;
protobuf.configure();

const NO_BYTES = new Uint8Array(0);
const NO_ITEMS: readonly never[] = Object.freeze([]);

const DEFAULTS = { bool: false, int32: 0, uint32: 0, int64: 0, uint64: 0, double: 0, string: '', bytes: NO_BYTES, enum: 0, timestamp: null, message: null };

/** The value of a field that is not on the wire. */
export function defaultOf(field: FieldDescriptor): unknown {
  return field.repeated === true ? NO_ITEMS : DEFAULTS[field.kind];
}

/** A fresh plain object with these fields at their defaults. */
export function messageMaker(fields: readonly FieldDescriptor[]): () => Record<string, unknown> {
  const template: Record<string, unknown> = Object.fromEntries(fields.map((field) => [field.name, defaultOf(field)]));
  return () => ({ ...template });
}

/**
 * Lets decoding make plain objects that own every field: protobufjs would leave defaults on a prototype, where a spread
 * loses them, and give an array for absent bytes.
 */
function makePlain(type: protobuf.Type, fields: readonly FieldDescriptor[]): protobuf.Type {
  const make = messageMaker(fields);
  type.ctor = function Plain() {
    return make();
  } as unknown as typeof type.ctor;
  return type;
}

const root = protobuf.Root.fromJSON(contract);
const contractPackage = root.lookup('liaison.v1') as protobuf.Namespace;
const types = new Map<string, protobuf.Type>();
for (const { name, fields } of messageDescriptors) types.set(name, makePlain(root.lookupType(`liaison.v1.${name}`), fields));
makePlain(root.lookupType('google.protobuf.Timestamp'), [
  { name: 'seconds', id: 1, kind: 'int64' },
  { name: 'nanos', id: 2, kind: 'int32' },
]);

/** The reflected message type of that name. @throws Error for a name that the contract does not have: a bug of ours. */
export function messageType(name: string): protobuf.Type {
  const type = types.get(name);
  if (type === undefined) throw new Error(`the contract has no message ${name}`);
  return type;
}

function protobufTypeOf(field: FieldDescriptor): string {
  if (field.kind === 'timestamp') return 'google.protobuf.Timestamp';
  return field.typeName === undefined ? field.kind : `liaison.v1.${field.typeName}`;
}

/** A message type that has only some of another's fields: it reads and writes those and nothing else. */
export function partialType(name: string, fields: readonly FieldDescriptor[]): protobuf.Type {
  const json = fields.map((field) => [field.name, { id: field.id, type: protobufTypeOf(field), ...(field.repeated === true ? { rule: 'repeated' } : {}) }]);
  const type = protobuf.Type.fromJSON(name, { edition: 'proto3', fields: Object.fromEntries(json) });
  contractPackage.add(type);
  root.resolveAll();
  return makePlain(type, fields);
}

/** Reads protobuf so that nothing it returns shares memory with the input. */
export class CopyingReader extends protobuf.Reader {
  constructor(bytes: Uint8Array) {
    super(new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  }

  override bytes(): Uint8Array {
    return super.bytes().slice();
  }
}
