import { type Clock, isLiaisonError } from '../../core/foundation/index.ts';
import type { TrustStore } from '../../core/trust/index.ts';
import type { DocumentFile, DocumentFiles, TrustDocumentKind } from './document-files.ts';
import {
  assertNotRolledBack,
  type DocumentFault,
  type DocumentLedger,
  type DocumentName,
  nameDocument,
  recordDocument,
  recordedOf,
} from './document-record.ts';

/** Keeps the directories, agreements and charters in force: from the folder and from neighbours, never back in version. */
export interface TrustKeeper {
  readonly store: () => TrustStore;
  /** Files that hold something that is not in force. */
  readonly faults: () => readonly DocumentFault[];
  /** Looks at the folder: what is new and good is in force when it resolves; what is bad changes nothing. */
  readonly scan: () => Promise<void>;
  /**
   * A document that a neighbour passed on is in force and kept when it resolves.
   *
   * @throws TrustError when it is not to be accepted; OfficeError OFFICE_DOCUMENT_ROLLBACK; the ledger's errors.
   */
  readonly receive: (kind: TrustDocumentKind, bytes: Uint8Array) => Promise<void>;
}

/** What came of a file when it was looked at. */
interface Looked {
  /** What it holds; `undefined` where that cannot be read. */
  readonly document: DocumentName | undefined;
  /** Why that is not in force. */
  readonly code: string | undefined;
}

interface Seen extends Looked {
  readonly stamp: string;
}

/** What was refused may be good later: when its date comes, or with an agreement that was missing. */
const RETRY_AFTER_MS = 60_000;

/** A keeper over a store without documents. */
export function trustKeeper(
  empty: TrustStore,
  files: DocumentFiles,
  ledger: DocumentLedger,
  clock: Clock,
): TrustKeeper {
  let store = empty;
  let seen = new Map<string, Seen>();
  let retryAtMs = 0;
  let queue: Promise<unknown> = Promise.resolve();

  const inTurn = <Result>(work: () => Promise<Result>): Promise<Result> => {
    const result = queue.then(work);
    queue = result.catch(() => undefined);
    return result;
  };

  const withDocument = async (name: DocumentName, bytes: Uint8Array): Promise<TrustStore> => {
    if (name.kind === 'directory') return await store.installDirectory(bytes, clock.now());
    if (name.kind === 'agreement') return await store.installAgreement(bytes, clock.now());
    // What was accepted before stays what it was: its keys may have ended since.
    const isKnown = recordedOf(ledger, 'charter', name.id) !== undefined;
    return store.installCharter(bytes, isKnown ? null : clock.now());
  };

  /** True where the document came into force just now. */
  const install = async (name: DocumentName, bytes: Uint8Array): Promise<boolean> => {
    assertNotRolledBack(ledger, name);
    const next = await withDocument(name, bytes);
    if (next === store) return false;
    await files.archive(name.digest, bytes);
    // On record before anything is decided by it.
    await recordDocument(ledger, name);
    store = next;
    ledger.installed(name);
    return true;
  };

  const look = async (file: DocumentFile): Promise<Looked & { readonly changed: boolean }> => {
    let document: DocumentName | undefined;
    try {
      const bytes = await file.read();
      document = nameDocument(file.kind, bytes);
      return { document, changed: await install(document, bytes), code: undefined };
    } catch (error) {
      if (isLiaisonError(error) && error.name === 'LedgerError') throw error;
      return { document, changed: false, code: isLiaisonError(error) ? error.code : 'OFFICE_FILE_UNREADABLE' };
    }
  };

  const scan = async (): Promise<void> => {
    const listed = await files.list();
    const retry = clock.now() >= retryAtMs;
    if (retry) retryAtMs = clock.now() + RETRY_AFTER_MS;
    const looked = new Map(
      [...seen].filter(([file, { stamp }]) => listed.some((each) => each.name === file && each.stamp === stamp)),
    );
    let open = listed.filter(({ name }) => !looked.has(name) || (retry && looked.get(name)?.code !== undefined));
    while (open.length > 0) {
      let changed = false;
      for (const file of open) {
        const found = await look(file);
        looked.set(file.name, { stamp: file.stamp, document: found.document, code: found.code });
        changed ||= found.changed;
      }
      // One document may be what another waits for: with something new in force, what was refused is looked at again.
      open = changed ? listed.filter(({ name }) => looked.get(name)?.code !== undefined) : [];
    }
    const before = seen;
    seen = looked;
    for (const fault of faultsIn(seen)) {
      const known = before.get(fault.file);
      if (known?.stamp !== seen.get(fault.file)?.stamp || known?.code !== fault.code) ledger.refused(fault);
    }
  };

  return {
    store: () => store,
    faults: () => faultsIn(seen),
    scan: () => inTurn(scan),
    receive: (kind, bytes) =>
      inTurn(async () => {
        const name = nameDocument(kind, bytes);
        if (!(await install(name, bytes))) return;
        // A charter grows by its members' signatures.
        const whole = kind === 'charter' ? store.charters.get(name.id)?.document.bytes : undefined;
        await files.keep(kind, name.id, whole ?? bytes);
        retryAtMs = 0;
      }),
  };
}

/** The files that hold something that is not in force, but for those beside which a newer version lies. */
function faultsIn(seen: ReadonlyMap<string, Looked>): readonly DocumentFault[] {
  const good = [...seen.values()].flatMap(({ document, code }) =>
    document === undefined || code !== undefined ? [] : document,
  );
  const isSuperseded = (old: DocumentName): boolean =>
    good.some(({ kind, id, version }) => kind === old.kind && id === old.id && version > old.version);
  return [...seen].flatMap(([file, { document, code }]) =>
    code === undefined || (document !== undefined && isSuperseded(document)) ? [] : { file, code },
  );
}
