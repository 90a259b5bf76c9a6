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
} from './document-record.ts';

/** Keeps the directories and agreements in force: from the folder and from neighbours, never back in version. */
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

interface Seen {
  readonly stamp: string;
  /** Why what it holds is not in force. */
  readonly code: string | undefined;
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

  /** True where the document came into force just now. */
  const install = async (name: DocumentName, bytes: Uint8Array): Promise<boolean> => {
    assertNotRolledBack(ledger, name);
    const next = await (name.kind === 'directory'
      ? store.installDirectory(bytes, clock.now())
      : store.installAgreement(bytes, clock.now()));
    if (next === store) return false;
    await files.archive(name.digest, bytes);
    // On record before anything is decided by it.
    await recordDocument(ledger, name);
    store = next;
    ledger.installed(name);
    return true;
  };

  const isSuperseded = ({ kind, id, version }: DocumentName): boolean => {
    const installed =
      kind === 'directory' ? versionOfDirectory(store, id) : store.agreements.get(id)?.agreement.version;
    return installed !== undefined && version < installed;
  };

  /** What is wrong with the file now; `undefined` where it is in force, or older than what is. */
  const attempt = async (
    file: DocumentFile,
  ): Promise<{ readonly changed: boolean; readonly code: string | undefined }> => {
    let name: DocumentName | undefined;
    try {
      const bytes = await file.read();
      name = nameDocument(file.kind, bytes);
      return { changed: await install(name, bytes), code: undefined };
    } catch (error) {
      if (isLiaisonError(error) && error.name === 'LedgerError') throw error;
      if (name !== undefined && isSuperseded(name)) return { changed: false, code: undefined };
      return { changed: false, code: isLiaisonError(error) ? error.code : 'OFFICE_FILE_UNREADABLE' };
    }
  };

  const scan = async (): Promise<void> => {
    const listed = await files.list();
    const retry = clock.now() >= retryAtMs;
    if (retry) retryAtMs = clock.now() + RETRY_AFTER_MS;
    const tried = new Map<string, string | undefined>();
    const codeOf = ({ name, stamp }: DocumentFile): string | undefined => {
      const before = seen.get(name);
      return tried.has(name) ? tried.get(name) : before?.stamp === stamp ? before.code : undefined;
    };
    let open = listed.filter(
      (file) => seen.get(file.name)?.stamp !== file.stamp || (retry && codeOf(file) !== undefined),
    );
    while (open.length > 0) {
      let changed = false;
      for (const file of open) {
        const attempted = await attempt(file);
        tried.set(file.name, attempted.code);
        changed ||= attempted.changed;
      }
      // One document may be what another waits for: with something new in force, what was refused is looked at again.
      open = changed ? listed.filter((file) => codeOf(file) !== undefined) : [];
    }
    const after = new Map(listed.map((file) => [file.name, { stamp: file.stamp, code: codeOf(file) }]));
    for (const [file, { stamp, code }] of after) {
      const before = seen.get(file);
      if (code !== undefined && (before?.stamp !== stamp || before.code !== code)) ledger.refused({ file, code });
    }
    seen = after;
  };

  return {
    store: () => store,
    faults: () => [...seen].flatMap(([file, { code }]) => (code === undefined ? [] : { file, code })),
    scan: () => inTurn(scan),
    receive: (kind, bytes) =>
      inTurn(async () => {
        const name = nameDocument(kind, bytes);
        if (!(await install(name, bytes))) return;
        await files.keep(kind, name.id, bytes);
        retryAtMs = 0;
      }),
  };
}

function versionOfDirectory(store: TrustStore, nation: string): number | undefined {
  return [...store.directories.values()].find((installed) => installed.nation === nation)?.directory.sequence;
}
