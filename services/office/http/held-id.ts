import { isLiaisonError, parseEnvelopeId, parseOfficeId } from '../../core/foundation/index.ts';
import type { HeldKey } from '../../core/relay/index.ts';

/** The id of a held crossing in addresses; `<direction>.<origin>.<envelope id>.<peer>`, opaque to clients. */
export function formatHeldId(key: HeldKey): string {
  return `${key.direction}.${key.origin}.${key.id}.${key.peer}`;
}

/** The held crossing that an id names, whether it is held or not; `undefined` for a text that is no such id. */
export function parseHeldId(text: string): HeldKey | undefined {
  const [direction, origin, id, peer, ...more] = text.split('.');
  if ((direction !== 'outbound' && direction !== 'inbound') || more.length > 0) return undefined;
  try {
    return { direction, origin: parseOfficeId(origin), id: parseEnvelopeId(id), peer: parseOfficeId(peer) };
  } catch (error) {
    if (isLiaisonError(error)) return undefined;
    throw error;
  }
}
