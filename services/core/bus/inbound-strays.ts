import { isLiaisonError, type OfficeId } from '../foundation/index.ts';
import { inboundStreamOf, parseCrossSubject } from '../subjects/index.ts';
import { askServer } from './ask-server.ts';
import { readStream } from './read-stream.ts';
import type { BusConnection } from './types.ts';

/**
 * The inbound stream holds nothing under a subject that none of its consumers takes; the number of messages removed.
 *
 * A server shows, and stores, a message that came over a leaf connection under whatever subject follows an `@` in a
 * reply subject of the form `$JS.ACK.…` (tried on nats-server 2.15.1). A peer could so fill its own inbound stream
 * with what is never taken. Each message is looked at and deleted by itself: a stray subject may hold wildcards, so it
 * must not become a filter.
 *
 * @throws BusError as for any request to the office's own server.
 */
export async function removeStrays(connection: BusConnection, office: OfficeId, peer: OfficeId): Promise<number> {
  const stream = inboundStreamOf(peer);
  const isOurs = (subject: string): boolean => isFromPeer(subject, office, peer);
  if ((await storedSubjects(connection, stream)).every(isOurs)) return 0;
  let removed = 0;
  for await (const { seq, subject } of readStream(connection, stream, 1)) {
    if (isOurs(subject)) continue;
    await askServer(connection, ({ jsm }) => jsm.streams.deleteMessage(stream, seq, false));
    removed += 1;
  }
  return removed;
}

async function storedSubjects(connection: BusConnection, stream: string): Promise<readonly string[]> {
  const info = await askServer(connection, ({ jsm }) => jsm.streams.info(stream, { subjects_filter: '>' }));
  return Object.keys(info.state.subjects ?? {});
}

function isFromPeer(subject: string, office: OfficeId, peer: OfficeId): boolean {
  try {
    const { from, to } = parseCrossSubject(subject);
    return from === peer && to === office;
  } catch (error) {
    if (!isLiaisonError(error)) throw error;
    return false;
  }
}
