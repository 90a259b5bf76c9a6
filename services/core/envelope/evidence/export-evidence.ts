import { digestOf, type EpochMs, type KeyId, rfc3339, utf8 } from '../../foundation/index.ts';
import type { SigningPublicKey, TrustStore } from '../../trust/index.ts';
import { envelopeCodec } from '../../wire/index.ts';
import {
  contentFiles,
  documentFiles,
  itemFiles,
  keyFiles,
  listedKey,
  signerOf,
  type VouchingDocument,
  vouchingDocuments,
} from './list-files.ts';
import { type OpenEvidence, openEvidence } from './open-evidence.ts';
import type { Evidence, EvidenceFile } from './types.ts';
import { writeReadme } from './write-readme.ts';

/** The name and version of the folder's form. */
export const EVIDENCE_FORMAT = 'liaison-evidence-1';

/** What is exported, for whom to check with which documents. */
export interface EvidenceExport {
  readonly evidence: Evidence;
  /** Holds the directories and the agreement that vouch for the keys. */
  readonly store: TrustStore;
  /** The contract: files named `liaison/v1/<name>.proto`, and those of google that it imports, `google/protobuf/<name>.proto`. */
  readonly protoFiles: readonly EvidenceFile[];
  readonly exportedAt: EpochMs;
  /** How many folders `opening-001` and on stand beside the files: parts of the same envelope that came later. */
  readonly openings?: number;
}

function titleOf({ envelope, crossing }: OpenEvidence): string {
  const header = envelopeCodec.decode(envelope.envelope).header;
  const said = `envelope ${header?.id ?? '?'} of ${header?.origin ?? '?'}`;
  return crossing === null ? said : `${said}, as it went from ${crossing.message.from} to ${crossing.message.to}`;
}

function recordFiles({ record, receipts }: Evidence): readonly EvidenceFile[] {
  return [
    { name: 'record.bin', bytes: record },
    ...receipts.map(({ bytes }, index) => ({ name: receiptName(index), bytes })),
  ];
}

function receiptName(index: number): string {
  return `receipt-${String(index + 1).padStart(3, '0')}/signed-receipt.bin`;
}

/** The root key of the nation that exports, as its own directory or an agreement has it. */
function ownRoot({ nation, directories, agreements }: TrustStore): SigningPublicKey | undefined {
  const agreement = [...agreements.values()].find(({ parties }) => parties.has(nation));
  return directories.get(nation)?.root ?? agreement?.parties.get(nation);
}

function manifest(options: EvidenceExport, title: string, documents: readonly VouchingDocument[]): EvidenceFile {
  const { evidence, store, exportedAt } = options;
  const content = {
    format: EVIDENCE_FORMAT,
    title,
    kind: evidence.kind,
    record: 'record.bin',
    recorded: rfc3339(evidence.recordedMs),
    exported: rfc3339(exportedAt),
    exportedBy: store.nation,
    root: ownRoot(store)?.key,
    receipts: evidence.receipts.map(({ recordedMs }, index) => ({
      file: receiptName(index),
      recorded: rfc3339(recordedMs),
    })),
    documents: documents.map(({ name, document }) => ({
      file: `trust/${name}/document.jws.json`,
      kind: document.kind,
      digest: document.digest,
    })),
  };
  return { name: 'manifest.json', bytes: utf8(`${JSON.stringify(content, null, 2)}\n`) };
}

function checksums(files: readonly EvidenceFile[]): EvidenceFile {
  return { name: 'SHA256SUMS', bytes: utf8(files.map(({ name, bytes }) => `${digestOf(bytes)}  ${name}\n`).join('')) };
}

function usedKeys(keys: readonly (SigningPublicKey | undefined)[]): readonly SigningPublicKey[] {
  const byId = new Map<KeyId, SigningPublicKey>();
  for (const key of keys) if (key !== undefined) byId.set(key.kid, key);
  return [...byId.values()];
}

/**
 * The files of an evidence folder, by which a stranger can check everything that `verifyEvidence` checks with openssl,
 * sha256sum, protoc and Python, and none of our software: exact signed bytes, public keys, documents, parts, a manifest
 * and a README. No private key, no part that the record does not hold. Nothing is verified on the way.
 * @throws EnvelopeError ENVELOPE_EVIDENCE_MALFORMED.
 */
export function exportEvidence(options: EvidenceExport): readonly EvidenceFile[] {
  const { evidence, store, protoFiles, openings = 0 } = options;
  const open = openEvidence(evidence);
  const items = open.signed.map((item) => ({ item, signer: signerOf(item) }));
  const documents = vouchingDocuments(
    open,
    store,
    items.map(({ signer }) => signer),
  );
  const keys = usedKeys([
    ...items.map(({ signer }) => listedKey(store, signer)),
    ...documents.flatMap(({ roots }) => roots),
  ]);
  const title = titleOf(open);
  const files = [
    ...recordFiles(evidence),
    ...items.flatMap(({ item }) => itemFiles(item)),
    ...contentFiles(open),
    ...keys.flatMap(keyFiles),
    ...documents.flatMap(({ name, document }) => documentFiles(name, document)),
    ...protoFiles.map(({ name, bytes }) => ({ name: `proto/${name}`, bytes })),
    manifest(options, title, documents),
    writeReadme({ open, items, documents, title, recordedMs: evidence.recordedMs, openings }),
  ];
  return [...files, checksums(files)];
}
