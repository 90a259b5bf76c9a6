import { describeMessage } from './descriptors.ts';
import { BytesFaultError, WireError } from './errors.ts';
import { maxBytesOf } from './max-bytes.ts';
import { type MessageShape, shapeOf } from './message-shape.ts';
import { readBytes } from './read-bytes.ts';
import { rawCodecOf } from './reflection.ts';

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
   * The message in `bytes` as a plain object that owns every field and shares no memory with `bytes`: absent fields
   * have their default, absent messages are null, unknown fields are dropped. Lists are within the contract's
   * `max_items`, 64-bit numbers within 2^53, no field stands twice and no oneof has two members.
   * @throws WireError WIRE_MALFORMED, WIRE_TOO_LARGE (more than `maxBytes`, by default the type's own bound).
   */
  readonly decode: (bytes: Uint8Array, maxBytes?: number) => T;
}

/** The codec of a message type of the contract. */
export function codecOf<T>(name: string): Codec<T> {
  const raw = rawCodecOf(name);
  const typeMaxBytes = maxBytesOf(name);
  let shape: MessageShape | undefined;
  return {
    name,
    encode: raw.encode,
    decode: (bytes, maxBytes = typeMaxBytes) => {
      if (bytes.length > maxBytes)
        throw new WireError('WIRE_TOO_LARGE', { context: { type: name, bytes: bytes.length, maxBytes } });
      shape ??= shapeOf(describeMessage(name).fields, false);
      try {
        return readBytes(shape, bytes, raw.decode) as T;
      } catch (cause) {
        if (!(cause instanceof BytesFaultError)) throw cause;
        throw new WireError('WIRE_MALFORMED', {
          context: { type: name, bytes: bytes.length, fault: cause.fault },
          cause,
        });
      }
    },
  };
}
