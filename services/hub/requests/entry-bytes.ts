import { hubReplyCodec } from '../../core/wire/index.ts';
import type { HubLogEntry } from '../log/entry.ts';
import type { HubLog } from '../log/hub-log.ts';

/** Entries as they stand in a reply, each encoded once for all who get it. */
export interface EntryBytes {
  /** Undefined where its content is gone. */
  readonly of: (entry: HubLogEntry) => Promise<Uint8Array | undefined>;
  /** Forgets content that may have been withdrawn. */
  readonly forget: () => void;
}

const MAX_BYTES = 32 * 1024 * 1024;

/** The newest encodings, up to a bound; what is not among them is read from the store. */
export function entryBytes(log: HubLog): EntryBytes {
  const kept = new Map<number, Uint8Array>();
  let size = 0;
  const forgetOldest = (): void => {
    for (const [key, bytes] of kept) {
      if (size <= MAX_BYTES) return;
      kept.delete(key);
      size -= bytes.length;
    }
  };
  return {
    of: async (entry) => {
      const { sequence } = entry;
      const known = kept.get(sequence);
      if (known !== undefined) return known;
      const item = await log.read(entry);
      if (item === undefined) return undefined;
      // One field of a HubReply: encodings of several, one after the other, are the encoding of a reply with all of them.
      const bytes = hubReplyCodec.encode({ entries: [{ sequence, item }] });
      if (!kept.has(sequence)) size += bytes.length;
      kept.set(sequence, bytes);
      forgetOldest();
      return bytes;
    },
    forget: () => {
      kept.clear();
      size = 0;
    },
  };
}
