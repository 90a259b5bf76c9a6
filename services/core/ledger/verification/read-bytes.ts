import { type Digest, digestOf } from '../../foundation/index.ts';
import {
  type Codec,
  type FrameHeader,
  frameHeaderCodec,
  type Receipt,
  receiptCodec,
  WireError,
} from '../../wire/index.ts';

function read<T>(codec: Codec<T>, bytes: Uint8Array): T | undefined {
  try {
    return codec.decode(bytes);
  } catch (error) {
    if (error instanceof WireError) return undefined;
    throw error;
  }
}

/** A frame's header and the digest of its bytes; `undefined` when it cannot be read. */
export function readFrameHeader(bytes: Uint8Array): (FrameHeader & { readonly digest: Digest }) | undefined {
  const header = read(frameHeaderCodec, bytes);
  return header === undefined ? undefined : { ...header, digest: digestOf(bytes) };
}

/** A receipt; `undefined` when it cannot be read. */
export function readReceipt(bytes: Uint8Array | undefined): Receipt | undefined {
  return bytes === undefined ? undefined : read(receiptCodec, bytes);
}
