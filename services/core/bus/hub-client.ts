import type { Msg } from 'nats';
import type { DurationMs, HubId, OfficeId } from '../foundation/index.ts';
import { hubRequestSubject, regionSubject } from '../subjects/index.ts';
import { assertFits, request } from './ask-server.ts';
import { BusError } from './errors.ts';
import { parseHubAnswer } from './hub-answer.ts';
import type { BusConnection, HubClient } from './types.ts';

const MAX_REPLY_BYTES = 2 * 1024 * 1024;

/**
 * An office's way to a hub over its link. `connection` is signed in with the publisher's key of the hub's account; it is
 * shared with whatever else goes over that link and is not closed with this.
 */
export function openHubClient(
  connection: BusConnection,
  { hub, office }: { readonly hub: HubId; readonly office: OfficeId },
): HubClient {
  const asked = hubRequestSubject(office);
  return {
    hub,
    publish: async ({ corridor, crimeArea }, item, timeoutMs) => {
      assertFits(connection, item);
      const subject = regionSubject({ corridor, crimeArea, from: office });
      parseHubAnswer((await request(connection, subject, item, { timeoutMs })).data);
    },
    request: async (bytes, timeoutMs: DurationMs) => {
      assertFits(connection, bytes);
      return replyBytes(await request(connection, asked, bytes, { timeoutMs }));
    },
  };
}

function replyBytes({ data }: Msg): Uint8Array {
  if (data.length > MAX_REPLY_BYTES) throw new BusError('BUS_ANSWER_INVALID');
  return new Uint8Array(data);
}
