import { equalBytes } from '../trust/index.ts';
import { type Codec, type Init, WireError } from '../wire/index.ts';
import { EnvelopeError, type EnvelopeErrorCode } from './errors.ts';

/**
 * The message in `bytes`, which are its one encoding: fields in the order of their numbers, none that the contract does
 * not have. So what a signature does not cover cannot be re-encoded unnoticed, and nothing travels that no gate sees.
 * @throws EnvelopeError with that code.
 */
export function decodeExact<T>(codec: Codec<T>, bytes: Uint8Array, code: EnvelopeErrorCode): T {
  let message: T;
  try {
    message = codec.decode(bytes);
  } catch (cause) {
    if (!(cause instanceof WireError)) throw cause;
    throw new EnvelopeError(code, { context: { type: codec.name, fault: 'encoding' }, cause });
  }
  if (!equalBytes(codec.encode(message as Init<T>), bytes)) {
    throw new EnvelopeError(code, { context: { type: codec.name, fault: 'encoding-not-exact' } });
  }
  return message;
}
