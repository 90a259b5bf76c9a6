/** A flash message that came and that nobody has opened. */
export interface Flash {
  readonly origin: string;
  readonly id: string;
  /** The office that handed it over. */
  readonly from: string;
  readonly at: string;
  readonly drill: boolean;
  /** What its line in the inbox says; null while that is not known, or where nothing of it may be read. */
  readonly headline: string | null;
  readonly language: string | null;
}

/** The flash message that an event tells of; undefined for every other event. */
export function flashOf(type: string, facts: Readonly<Record<string, unknown>>): Flash | undefined {
  if (type !== 'delivered' || facts['lane'] !== 'flash') return undefined;
  const { origin, envelopeId, peer, at, drill } = facts;
  if (typeof origin !== 'string' || typeof envelopeId !== 'string') return undefined;
  return {
    origin,
    id: envelopeId,
    from: String(peer ?? origin),
    at: String(at ?? ''),
    drill: drill === true,
    headline: null,
    language: null,
  };
}

/** Those that wait with those that came, each once with all that is known of it, without what was seen here; the newest first. */
export function foldFlashes(
  waiting: readonly Flash[],
  came: readonly Flash[],
  seen: ReadonlySet<string>,
): readonly Flash[] {
  const byId = new Map(waiting.map((flash) => [`${flash.origin}/${flash.id}`, flash]));
  for (const flash of came) {
    const key = `${flash.origin}/${flash.id}`;
    if (seen.has(flash.id)) continue;
    const known = byId.get(key);
    byId.set(key, flash.headline === null && known !== undefined ? known : flash);
  }
  return [...byId.values()].sort((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : 0));
}
