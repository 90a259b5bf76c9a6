import type { Schemas } from '../../api/index.ts';

/** A message of this office, with every copy of it. */
export type OwnMessage = Schemas['OwnMessage'];
/** A message of another office. */
export type ReceivedMessage = Schemas['ReceivedMessage'];
/** Either. */
export type Message = OwnMessage | ReceivedMessage;

/** What is appended to the addresses of one message: two offices may have used one id. */
export function originQuery({ origin }: { readonly origin: string }): string {
  return `?origin=${encodeURIComponent(origin)}`;
}
