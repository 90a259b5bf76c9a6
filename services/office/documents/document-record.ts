import { type Digest, digestOf, fromHex, utf8 } from '../../core/foundation/index.ts';
import type { LedgerEvent } from '../../core/ledger/index.ts';
import { claimsOf, parseAgreementText, parseCharterText, parseDirectoryText } from '../../core/trust/index.ts';
import { DocumentKind } from '../../core/wire/index.ts';
import { OfficeError } from '../errors.ts';
import type { TrustDocumentKind } from './document-files.ts';

/** A document by what the ledger knows it by. */
export interface DocumentName {
  readonly kind: TrustDocumentKind | 'policy-bundle';
  /** A nation for its directory, an agreement's id, a charter's, a bundle's name. */
  readonly id: string;
  readonly version: number;
  /** SHA-256 of the signed text. */
  readonly digest: Digest;
}

/** A document that is not in force, and why. */
export interface DocumentFault {
  /** Relative to the office's home. */
  readonly file: string;
  readonly code: string;
}

/** What becomes of documents outside the process's memory. */
export interface DocumentLedger {
  /** The newest of each that was ever in force, as the ledger has it. */
  readonly recorded: ReadonlyMap<string, { readonly version: number; readonly digest: string }>;
  /** It is on record when it resolves. */
  readonly record: (event: LedgerEvent) => Promise<void>;
  readonly installed: (name: DocumentName) => void;
  readonly refused: (fault: DocumentFault) => void;
}

const KINDS: Readonly<Record<DocumentName['kind'], DocumentKind>> = {
  directory: DocumentKind.DIRECTORY,
  agreement: DocumentKind.AGREEMENT,
  charter: DocumentKind.CHARTER,
  'policy-bundle': DocumentKind.POLICY_BUNDLE,
};

/** What the ledger has of that document: the newest version that was in force. */
export function recordedOf(
  { recorded }: DocumentLedger,
  kind: DocumentName['kind'],
  id: string,
): { readonly version: number; readonly digest: string } | undefined {
  return recorded.get(`${KINDS[kind]}/${id}`);
}

/** What a directory, agreement or charter says it is; nothing is verified. @throws TrustError TRUST_DOCUMENT_*. */
export function nameDocument(kind: TrustDocumentKind, bytes: Uint8Array): DocumentName {
  const { text } = claimsOf(bytes);
  const digest = digestOf(utf8(text));
  if (kind === 'directory') {
    const { nation, sequence } = parseDirectoryText(text);
    return { kind, id: nation, version: sequence, digest };
  }
  if (kind === 'charter') return { kind, id: parseCharterText(text).id, version: 1, digest };
  const { id, version } = parseAgreementText(text);
  return { kind, id, version, digest };
}

/** The document is not older than what the ledger says was in force, nor another one of that version. @throws OfficeError OFFICE_DOCUMENT_ROLLBACK. */
export function assertNotRolledBack(ledger: DocumentLedger, { kind, id, version, digest }: DocumentName): void {
  const before = recordedOf(ledger, kind, id);
  if (before === undefined || version > before.version || (version === before.version && digest === before.digest))
    return;
  throw new OfficeError('OFFICE_DOCUMENT_ROLLBACK', { context: { kind, id, version, recorded: before.version } });
}

/** It is on record that the document came into force; once for each. */
export async function recordDocument(
  ledger: DocumentLedger,
  { kind, id, version, digest }: DocumentName,
): Promise<void> {
  const before = recordedOf(ledger, kind, id);
  if (before?.version === version && before.digest === digest) return;
  await ledger.record({ documentInstalled: { kind: KINDS[kind], id, version, digest: fromHex(digest) } });
}
