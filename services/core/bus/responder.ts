import type { Closable } from '../foundation/index.ts';
import { askServer } from './ask-server.ts';
import { asBusError } from './library-errors.ts';
import type { BusConnection, ReceivedRequest } from './types.ts';

/**
 * Hands every request under the filter to `take`, until closed. What `take` answers goes back to whoever asked and to
 * nobody else; a request without a place to answer to is not handed on. @throws BusError when the server does not let it.
 */
export async function openResponder(
  connection: BusConnection,
  filter: string,
  take: (request: ReceivedRequest) => void,
): Promise<Closable> {
  const subscription = await askServer(connection, async ({ nats }) => {
    const made = nats.subscribe(filter, {
      callback: (error, message) => {
        if (error !== null || message.reply === undefined || message.reply === '') return;
        take({
          subject: message.subject,
          bytes: new Uint8Array(message.data),
          answer: (bytes) => {
            try {
              message.respond(bytes);
            } catch (cause) {
              // A connection that is closing has nobody to answer to.
              const known = asBusError(cause);
              if (known === cause) throw cause;
            }
          },
        });
      },
    });
    await nats.flush();
    return made;
  });
  return { close: async () => subscription.unsubscribe() };
}
