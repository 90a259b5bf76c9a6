import protobuf from 'protobufjs';
import { contract } from './__generated__/contract.ts';
import { makers } from './__generated__/makers.ts';
import type { FieldDescriptor } from './types.ts';

/** A message as protobufjs sees it. */
export type PlainMessage = Record<string, unknown>;

// 64-bit fields are read as plain numbers, which are exact up to 2^53 (readBytes refuses more); the alternative is an
// object per number.
protobuf.util.Long = undefined as unknown as typeof protobuf.util.Long;
protobuf.configure();

/** Makes a message of that name with every field at its default. @throws TypeError for a name that the contract does not have: a bug of ours. */
export function makerOf(name: string): () => PlainMessage {
  const maker = makers[name];
  if (maker === undefined) throw new TypeError(`the contract has no message ${name}`);
  return maker;
}

const contractRoot = protobuf.Root.fromJSON(contract);
const contractPackage = contractRoot.lookup('liaison.v1') as protobuf.Namespace;

/** Lets `type` decode into what `make` gives: plain objects that own every field, not defaults on a prototype. */
function decodeInto(type: protobuf.Type, make: () => PlainMessage): void {
  type.ctor = function Plain() {
    return make();
  } as unknown as typeof type.ctor;
}

for (const name of Object.keys(makers))
  decodeInto(
    contractRoot.lookupType(name === 'Timestamp' ? 'google.protobuf.Timestamp' : `liaison.v1.${name}`),
    makerOf(name),
  );

/** From this length on Node's own UTF-8 encoder is faster than a loop over characters. */
const LONG_STRING = 48;

/** Writes long strings natively, into memory that is not Node's shared pool. */
class NativeStringWriter extends protobuf.Writer {
  override string(value: string): protobuf.Writer {
    return value.length < LONG_STRING ? super.string(value) : this.bytes(Buffer.from(value, 'utf8'));
  }
}

/** Up to this length the whole input is copied once; beyond it each field is, so that no small one keeps it alive. */
const COPIED_WHOLE_BYTES = 2048;

/** Reads so that nothing it returns shares memory with the input. */
class CopyingReader extends protobuf.Reader {
  override bytes(): Uint8Array {
    return super.bytes().slice();
  }
}

// One writer for all messages, so that its memory is made once; what is larger than this is not kept.
const KEPT_BYTES = 64 * 1024;
let writer = new NativeStringWriter();

function encodeWith(type: protobuf.Type, message: object): Uint8Array {
  writer.pos = 0;
  const { buf, pos } = type.encode(message, writer);
  const bytes = buf.slice(0, pos);
  if (buf.length > KEPT_BYTES) writer = new NativeStringWriter();
  return bytes;
}

function readerOf(bytes: Uint8Array): protobuf.Reader {
  if (bytes.length <= COPIED_WHOLE_BYTES) return new protobuf.Reader(new Uint8Array(bytes));
  return new CopyingReader(
    bytes.constructor === Uint8Array ? bytes : new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength),
  );
}

/** Protobuf of one message type, unchecked: `decode` is for readBytes. */
export interface RawCodec {
  readonly encode: (message: object) => Uint8Array;
  readonly decode: (bytes: Uint8Array) => PlainMessage;
}

/** Protobuf of the message of that name. */
export function rawCodecOf(name: string): RawCodec {
  const type = contractPackage.lookupType(name);
  return {
    encode: (message) => encodeWith(type, message),
    decode: (bytes) => type.decode(readerOf(bytes)) as unknown as PlainMessage,
  };
}

/** Protobuf of some fields of a message: it reads and writes those and nothing else. */
export interface PartialCodec {
  readonly encode: (message: object) => Uint8Array;
  readonly decodeInto: (message: PlainMessage, bytes: Uint8Array) => void;
}

function protobufTypeOf(field: FieldDescriptor): string {
  if (field.kind === 'timestamp') return 'google.protobuf.Timestamp';
  return field.typeName === undefined ? field.kind : `liaison.v1.${field.typeName}`;
}

/** Protobuf of only `fields` of a message. */
export function partialCodecOf(name: string, fields: readonly FieldDescriptor[]): PartialCodec {
  const json = fields.map((field) => [
    field.name,
    { id: field.id, type: protobufTypeOf(field), ...(field.repeated === true ? { rule: 'repeated' } : {}) },
  ]);
  const type = protobuf.Type.fromJSON(name, { fields: Object.fromEntries(json) });
  contractPackage.add(type);
  contractRoot.resolveAll();
  let target: PlainMessage = {};
  decodeInto(type, () => target);
  return {
    encode: (message) => encodeWith(type, message),
    decodeInto: (message, bytes) => {
      target = message;
      type.decode(readerOf(bytes));
    },
  };
}
