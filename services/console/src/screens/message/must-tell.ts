/** What of a message decides whether its sender is told that it was opened. */
interface Openable {
  readonly direction: 'inbound' | 'outbound';
  readonly contentState: string;
  readonly recalled?: unknown;
  readonly retrievals?: readonly { readonly by: string }[];
}

/**
 * Whether opening it says so: a received message whose content is shown, by somebody who may and whose opening is not on
 * record yet. Who only oversees leaves no trace at the sender, since nobody works with the message then.
 */
export function mustTell(message: Openable, me: string, mayRetrieve: boolean): boolean {
  return (
    mayRetrieve &&
    message.direction === 'inbound' &&
    message.contentState === 'present' &&
    message.recalled === undefined &&
    !(message.retrievals ?? []).some(({ by }) => by === me)
  );
}
