import { type HubId, isOfficeId, type OfficeId, parseHubId } from '../foundation/index.ts';
import { SubjectsError } from './errors.ts';

/** The account of an office's own streams and systems; no leaf connection is ever bound to it. */
export const OFFICE_ACCOUNT = 'OFFICE';

/** The server's system account. */
export const SYSTEM_ACCOUNT = 'SYS';

/** The ledger's stream. */
export const LEDGER_STREAM = 'LEDGER';

/** The stream of bodies that end with their retention. */
export const CONTENT_STREAM = 'CONTENT';

/** The account that a neighbour's (or a hub's) leaf connection is bound to. One per neighbour, never with JetStream. */
export function linkAccountOf(neighbour: OfficeId | HubId): string {
  return `LINK_${capitals(neighbour)}`;
}

/** The stream that keeps what one peer published until it is acknowledged. */
export function inboundStreamOf(peer: OfficeId): string {
  return `INBOUND_${capitals(peer)}`;
}

/** The prefix of every reply inbox of an office or a hub; no other office may subscribe below it. */
export function inboxPrefixOf(owner: OfficeId | HubId): string {
  return `_INBOX_${checked(owner)}`;
}

function checked(owner: OfficeId | HubId): OfficeId | HubId {
  if (isOfficeId(owner)) return owner;
  try {
    return parseHubId(owner);
  } catch (cause) {
    throw new SubjectsError('SUBJECTS_TOKEN_INVALID', { cause, context: { piece: 'owner' } });
  }
}

function capitals(owner: OfficeId | HubId): string {
  return checked(owner).replaceAll('-', '_').toUpperCase();
}
