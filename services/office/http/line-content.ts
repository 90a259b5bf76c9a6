import { type EnvelopeId, isLiaisonError, type OfficeId } from '../../core/foundation/index.ts';
import { type AnyMessage, messageKey } from '../../core/ledger/index.ts';
import { codeName, crimeAreaName } from '../views/code-names.ts';
import type { MadeOfContents } from '../views/message-facts.ts';
import type { ContentState } from '../views/message-json.ts';
import { standingJson } from '../views/standing-json.ts';
import { triageJson } from '../views/triage-json.ts';
import type { Door } from './door.ts';
import { isReadable } from './read-content.ts';
import type { Asker } from './route.ts';

type Json = Readonly<Record<string, unknown>>;

/** What a line of a list has besides what its direction brings: what it says at first, and how it stands here. */
export async function lineJson(door: Door, asker: Asker, message: AnyMessage): Promise<Json> {
  const { projection } = door.relay;
  const { state, facts } = await shownOf(door, asker, message, door.facts);
  return {
    crimeArea: crimeAreaName(message.crimeArea),
    contentState: state,
    headline: facts?.headline ?? null,
    language: facts?.language ?? null,
    purpose: facts === null ? null : codeName('Purpose', facts.purpose),
    handling: facts === null ? null : codeName('HandlingCode', facts.handling),
    caseReference: facts === null || facts.caseReference === '' ? null : facts.caseReference,
    triage: triageJson(projection.triage.of(messageKey(message.origin, message.id))),
    ...standingJson(projection, message),
  };
}

/** The least that tells one line from another: what it is about, as far as the asker may read it. */
export async function headlineJson(door: Door, asker: Asker, message: AnyMessage): Promise<Json> {
  const { facts } = await shownOf(door, asker, message, door.facts);
  return {
    crimeArea: crimeAreaName(message.crimeArea),
    headline: facts?.headline ?? null,
    headlineLanguage: facts?.language ?? null,
  };
}

/** What the message that something else names is about, as `about`; nothing of a message that is not here. */
export async function aboutJson(
  door: Door,
  asker: Asker,
  { origin, id }: { readonly origin: string; readonly id: string },
): Promise<Json> {
  const { outbound, inbound } = door.relay.projection;
  const key = messageKey(origin as OfficeId, id as EnvelopeId);
  const message = outbound.get(key) ?? inbound.get(key);
  return message === undefined ? {} : { about: await headlineJson(door, asker, message) };
}

/** What was made of a message's content, or why it cannot be shown; as `readContent`. */
export async function shownOf<Made>(
  door: Door,
  asker: Asker,
  message: AnyMessage,
  made: MadeOfContents<Made>,
): Promise<{ readonly state: ContentState; readonly facts: Made | null }> {
  if (message.direction === 'inbound' && message.deliveredMs === null) return { state: 'not-admitted', facts: null };
  if (message.erased !== null) return { state: 'erased', facts: null };
  if (!isReadable(door, asker, message)) return { state: 'restricted', facts: null };
  try {
    const facts = await made.of(message, () => door.relay.read(message.origin, message.id));
    return { state: 'present', facts };
  } catch (error) {
    if (!isLiaisonError(error)) throw error;
    return { state: error.code === 'RELAY_CONTENT_GONE' ? 'gone' : 'unreadable', facts: null };
  }
}
