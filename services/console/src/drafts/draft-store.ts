import type { Draft } from './draft.ts';

const DATABASE = 'liaison-drafts';
const STORE = 'drafts';
const BY_OWNER = 'owner';

/** What became of a try to keep a draft: kept, no room on the device, or a browser that keeps nothing. */
export type Kept = 'kept' | 'full' | 'unavailable';

/** Whose drafts were deleted: what is still typed on a page that is about to go away does not bring them back. */
const dropped = new Set<string>();
/** What keeps the drafts that are open now. */
const beingWritten = new Set<() => Promise<void>>();

/** Has `keep` called before drafts are counted, until the returned function is called. */
export function whileOpen(keep: () => Promise<void>): () => void {
  beingWritten.add(keep);
  return () => void beingWritten.delete(keep);
}

/** Keeps what is open as it stands now. */
export async function keepOpenDrafts(): Promise<void> {
  await Promise.all([...beingWritten].map((keep) => keep()));
}

/** Keeps the draft on this device in place of what was kept of it before. */
export async function keepDraft(draft: Draft): Promise<Kept> {
  if (dropped.has(draft.owner)) return 'kept';
  try {
    await within('readwrite', (store) => store.put(draft));
    return 'kept';
  } catch (cause) {
    return cause instanceof DOMException && cause.name === 'QuotaExceededError' ? 'full' : 'unavailable';
  }
}

/** The draft of that id, where it is this owner's. */
export async function findDraft(owner: string, id: string): Promise<Draft | undefined> {
  const found = await within('readonly', (store) => store.get(id) as IDBRequest<Draft | undefined>).catch(
    () => undefined,
  );
  return found?.owner === owner ? found : undefined;
}

/** All drafts of that owner; none where this browser keeps nothing. */
export async function draftsOf(owner: string): Promise<readonly Draft[]> {
  return await within('readonly', (store) => store.index(BY_OWNER).getAll(owner) as IDBRequest<Draft[]>).catch(
    () => [],
  );
}

/** Takes it away from this device. */
export async function dropDraft(id: string): Promise<void> {
  await within('readwrite', (store) => store.delete(id)).catch(() => undefined);
}

/** Takes all drafts of that owner away from this device, and keeps none of theirs any more until the page is loaded anew. */
export async function dropDraftsOf(owner: string): Promise<void> {
  dropped.add(owner);
  for (const { id } of await draftsOf(owner)) await dropDraft(id);
}

let opened: Promise<IDBDatabase> | undefined;

function open(): Promise<IDBDatabase> {
  opened ??= new Promise<IDBDatabase>((resolve, reject) => {
    const request = indexedDB.open(DATABASE, 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore(STORE, { keyPath: 'id' }).createIndex(BY_OWNER, 'owner');
    };
    request.onsuccess = () => {
      // Another tab may need a newer form of it: this one opens it again.
      request.result.onversionchange = () => {
        request.result.close();
        opened = undefined;
      };
      resolve(request.result);
    };
    request.onerror = () => reject(request.error);
  }).catch((cause: unknown) => {
    opened = undefined;
    throw cause;
  });
  return opened;
}

/** Does one thing with the store; resolves once it is on disk. */
async function within<T>(mode: IDBTransactionMode, act: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  const database = await open();
  return await new Promise<T>((resolve, reject) => {
    const transaction = database.transaction(STORE, mode);
    const request = act(transaction.objectStore(STORE));
    transaction.oncomplete = () => resolve(request.result);
    transaction.onabort = () => reject(transaction.error ?? request.error);
    transaction.onerror = () => reject(transaction.error ?? request.error);
  });
}
