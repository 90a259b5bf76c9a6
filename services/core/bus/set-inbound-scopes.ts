import { type OfficeId, pairScope, type Scope } from '../foundation/index.ts';
import { inboundStreamOf } from '../subjects/index.ts';
import { askServer } from './ask-server.ts';
import { inboundSubjects } from './stream-settings.ts';
import type { BusConnection } from './types.ts';

/**
 * From now on the peer's inbound stream takes what is published in the pair's own scope and in these channels, and
 * nothing else: whatever the server would let through besides has no taker, and its sender no acknowledgement. What is
 * stored already stays. Setting the same again changes nothing.
 *
 * @throws BusError BUS_REQUEST_REFUSED when the stream is missing, BUS_TIMEOUT, BUS_NO_RESPONDERS, BUS_CLOSED.
 */
export async function setInboundScopes(
  connection: BusConnection,
  { office, peer }: { readonly office: OfficeId; readonly peer: OfficeId },
  channels: readonly Scope[],
): Promise<void> {
  const subjects = inboundSubjects(office, peer, [pairScope(office, peer), ...channels]);
  await askServer(connection, ({ jsm }) => jsm.streams.update(inboundStreamOf(peer), { subjects }));
}
