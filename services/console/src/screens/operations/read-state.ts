import type { Entry } from './types.ts';

/** How far another member is with what this office said. */
export interface ReadSoFar {
  readonly office: string;
  /** The number of this office's last post up to which all were opened there; 0 for none. */
  readonly opened: number;
  /** Up to which all arrived there. */
  readonly received: number;
  /** Up to which it said itself, in posts of its own, that it has them. */
  readonly seen: number;
}

/**
 * Up to which post of `self` every other member has received, opened and seen them, from the readers of the entries that
 * are loaded, in the order of the transcript. A post that a member does not get stands in nobody's way.
 */
export function readSoFar(entries: readonly Entry[], self: string): readonly ReadSoFar[] {
  const own = entries.filter(({ office, id }) => office === self && id !== null);
  const offices = [...new Set(own.flatMap(({ readers }) => readers.map(({ office }) => office)))].sort();
  return offices.map((office) => {
    const places = own.flatMap(({ number, readers }) => {
      const reader = readers.find((one) => one.office === office);
      return reader === undefined ? [] : [{ number, reader }];
    });
    const upTo = (is: (reader: Entry['readers'][number]) => boolean): number => {
      let through = 0;
      for (const { number, reader } of places) {
        if (is(reader)) through = number;
        else if (isOnItsWay(reader.state)) break;
      }
      return through;
    };
    return {
      office,
      opened: upTo(({ openedAt }) => openedAt !== null),
      received: upTo(({ receivedAt }) => receivedAt !== null),
      seen: Math.max(0, ...places.filter(({ reader }) => reader.seen).map(({ number }) => number)),
    };
  });
}

function isOnItsWay(state: string | null): boolean {
  return state !== null && ['queued', 'sent', 'accepted', 'delivered', 'retrieved'].includes(state);
}
