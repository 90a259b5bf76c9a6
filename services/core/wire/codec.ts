import protobuf from 'protobufjs';
import { contract } from './__generated__/contract.ts';
import { WireError } from './errors.ts';

/** What is needed to write a message: fields left out have their default. */
export type Init<T> = { readonly [K in keyof T]?: InitField<T[K]> };
type InitField<F> = F extends Uint8Array | string | number | boolean | null
  ? F
  : F extends readonly (infer Item)[]
    ? readonly InitField<Item>[]
    : F extends object
      ? Init<F>
      : F;

/** Bytes of one message type, both ways. */
export interface Codec<T> {
  /** The message's name in the contract, without package. */
  readonly name: string;
  /** Protobuf encoding of `value`; not canonical, so what was signed is kept as bytes. */
  readonly encode: (value: Init<T>) => Uint8Array;
  /**
   * The message in `bytes`; absent fields have their default, absent messages are null, unknown fields are dropped.
   * @throws WireError WIRE_MALFORMED, WIRE_TOO_LARGE (more than `maxBytes`, by default 4 MiB).
   */
  readonly decode: (bytes: Uint8Array, maxBytes?: number) => T;
}

const DEFAULT_MAX_BYTES = 4 * 1024 * 1024;

// 64-bit fields are read as plain numbers, which are exact up to 2^53; the alternative is an object per number.
protobuf.util.Long = undefined as unknown as typeof protobuf.util.Long;
protobuf.configure();

/** The contract as protobufjs reflection has it. */
export const contractRoot = protobuf.Root.fromJSON(contract).resolveAll();

/** The reflected message type of that name. @throws Error for a name that the contract does not have: a bug of ours. */
export function messageType(name: string): protobuf.Type {
  return contractRoot.lookupType(`liaison.v1.${name}`);
}

/** The codec of a message type of the contract. */
export function codecOf<T>(name: string): Codec<T> {
  const type = messageType(name);
  return {
    name,
    encode: (value) => new Uint8Array(type.encode(value as Record<string, unknown>).finish()),
    decode: (bytes, maxBytes = DEFAULT_MAX_BYTES) => {
      if (bytes.length > maxBytes) throw new WireError('WIRE_TOO_LARGE', { context: { type: name, bytes: bytes.length, maxBytes } });
      try {
        return type.decode(bytes) as unknown as T;
      } catch (cause) {
        throw new WireError('WIRE_MALFORMED', { context: { type: name, bytes: bytes.length }, cause });
      }
    },
  };
}
