import { randomBytes } from 'node:crypto';
import {
  type Clock,
  type Digest,
  type DurationMs,
  days,
  type EpochMs,
  earlier,
  later,
  type NationCode,
  type OfficeId,
} from '../../../services/core/foundation/index.ts';
import type { LedgerEvent } from '../../../services/core/ledger/index.ts';
import {
  claimsOf,
  createNation,
  createOffice,
  draftAgreement,
  draftDirectory,
  fileSigner,
  parseAgreementText,
  parseDirectoryText,
  signDocument,
  writeAgreementText,
  writeDirectoryText,
} from '../../../services/core/trust/index.ts';
import { TrustLevel } from '../../../services/core/wire/index.ts';
import type {
  DocumentFile,
  DocumentFiles,
  TrustDocumentKind,
} from '../../../services/office/documents/document-files.ts';
import type {
  DocumentFault,
  DocumentLedger,
  DocumentName,
} from '../../../services/office/documents/document-record.ts';

export const START = Date.parse('2026-03-01T08:00:00.000Z') as EpochMs;

/** A nation with one office, and what it signs. */
export function testNation(code: string, office: string, clock: Clock) {
  const { nation, root } = createNation(code as NationCode, randomBytes);
  const signer = fileSigner(root.privateJwk);
  const validity = { from: earlier(clock.now(), days(1)), signingForMs: days(365), sealingForMs: days(365) };
  const made = createOffice(office as OfficeId, office, validity, randomBytes);
  return {
    nation,
    office: office as OfficeId,
    root,
    signer,
    made,
    /** The next directory after `previous`, or the first. */
    directory: async (
      previous?: Uint8Array,
      validForMs: DurationMs = days(30),
      offices = [made.entry],
    ): Promise<Uint8Array> => {
      const before = previous === undefined ? undefined : parseDirectoryText(claimsOf(previous).text);
      const text = writeDirectoryText(
        draftDirectory({ nation, root: root.publicKey, offices, issuedAt: clock.now(), validForMs }, before),
      );
      return Buffer.from(await signDocument('directory', text, [signer]));
    },
    bundle: async (text: string): Promise<Uint8Array> =>
      Buffer.from(await signDocument('policy-bundle', text, [signer])),
  };
}

export type TestNation = ReturnType<typeof testNation>;

/** An agreement of two nations, the next after `previous` or the first. */
export async function agreementOf(
  one: TestNation,
  other: TestNation,
  clock: Clock,
  previous?: Uint8Array,
): Promise<Uint8Array> {
  const before = previous === undefined ? undefined : parseAgreementText(claimsOf(previous).text);
  const draft = {
    id: 'mou-1',
    title: 'A memorandum',
    parties: [one, other].map(({ nation, root, office }) => ({ nation, root: root.publicKey, offices: [office] })),
    validFrom: earlier(clock.now(), days(1)),
    validUntil: later(clock.now(), days(100)),
    trustLevel: TrustLevel.PERSONS,
  };
  return Buffer.from(
    await signDocument('agreement', writeAgreementText(draftAgreement(draft, before)), [one.signer, other.signer]),
  );
}

const KIND_OF: Readonly<Record<string, TrustDocumentKind>> = {
  directories: 'directory',
  agreements: 'agreement',
  charters: 'charter',
};

/** A trust folder in memory. */
export function memoryFiles() {
  const folder = new Map<string, { bytes: Uint8Array; stamp: number }>();
  const archive = new Map<Digest, Uint8Array>();
  let stamps = 0;
  const reads: string[] = [];
  const files: DocumentFiles = {
    list: async () =>
      [...folder].sort().map(
        ([name, { bytes, stamp }]): DocumentFile => ({
          name,
          kind: KIND_OF[name.split('/')[0] ?? ''] ?? 'agreement',
          stamp: String(stamp),
          read: async () => {
            reads.push(name);
            return bytes;
          },
        }),
      ),
    keep: async (kind: TrustDocumentKind, id, bytes) => {
      const [name] = Object.entries(KIND_OF).find(([, known]) => known === kind) ?? ['agreements'];
      folder.set(`${name}/${id}.json`, { bytes, stamp: ++stamps });
    },
    archive: async (digest, bytes) => void archive.set(digest, bytes),
    archived: async () => [...archive.values()],
  };
  return {
    files,
    archive,
    reads,
    put: (name: string, bytes: Uint8Array) => void folder.set(name, { bytes, stamp: ++stamps }),
    remove: (name: string) => folder.delete(name),
    names: () => [...folder.keys()].sort(),
    bytesOf: (name: string) => folder.get(name)?.bytes,
  };
}

/** What the ledger and the alarms got of documents. */
export function memoryLedger(recorded: Map<string, { version: number; digest: string }> = new Map()) {
  const installed: DocumentName[] = [];
  const refused: DocumentFault[] = [];
  const order: string[] = [];
  let failure: unknown;
  const ledger: DocumentLedger = {
    recorded,
    record: async (event: LedgerEvent) => {
      if (failure !== undefined) throw failure;
      const { kind = 0, id = '', version = 0, digest = new Uint8Array() } = event.documentInstalled ?? {};
      order.push(`recorded ${id} ${version}`);
      recorded.set(`${kind}/${id}`, { version, digest: Buffer.from(digest).toString('hex') });
    },
    installed: (name) => {
      order.push(`installed ${name.id} ${name.version}`);
      installed.push(name);
    },
    refused: (fault) => void refused.push(fault),
  };
  return {
    ledger,
    recorded,
    installed,
    refused,
    order,
    failWith: (error: unknown) => {
      failure = error;
    },
  };
}

export function testClock() {
  const clock = { nowMs: START as number };
  return {
    clock: { now: () => clock.nowMs as EpochMs },
    move: (ms: number): void => {
      clock.nowMs += ms;
    },
  };
}
