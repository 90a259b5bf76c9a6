import { hubReplyCodec, regionItemCodec } from '../../core/wire/index.ts';
import type { HubLogEntry } from '../log/entry.ts';
import type { HubLog } from '../log/hub-log.ts';
import type { Share } from './who-gets.ts';

/** Entries as they stand in a reply, each encoded once for all who get it. */
export interface EntryBytes {
  readonly of: (entry: HubLogEntry, share: Exclude<Share, 'nothing'>) => Promise<Uint8Array>;
  /** Forgets content that may have been withdrawn. */
  readonly forget: () => void;
}

const MAX_BYTES = 32 * 1024 * 1024;

/** The newest encodings, up to a bound; what is not among them is read from the store. */
export function entryBytes(log: HubLog): EntryBytes {
  const kept = new Map<string, Uint8Array>();
  let size = 0;
  const forgetOldest = (): void => {
    for (const [key, bytes] of kept) {
      if (size <= MAX_BYTES) return;
      kept.delete(key);
      size -= bytes.length;
    }
  };
  return {
    of: async (entry, share) => {
      const key = `${share}/${entry.sequence}`;
      const known = kept.get(key);
      if (known !== undefined) return known;
      const item = await log.read(entry);
      const said = share === 'whole' ? item : headerOf(item);
      // One field of a HubReply: encodings of several, one after the other, are the encoding of a reply with all of them.
      const bytes = hubReplyCodec.encode({ entries: [{ sequence: entry.sequence, item: said }] });
      if (!kept.has(key)) size += bytes.length;
      kept.set(key, bytes);
      forgetOldest();
      return bytes;
    },
    forget: () => {
      kept.clear();
      size = 0;
    },
  };
}

function headerOf(item: Uint8Array): Uint8Array {
  const { header, proof } = regionItemCodec.decode(item);
  return regionItemCodec.encode({ header, proof });
}
