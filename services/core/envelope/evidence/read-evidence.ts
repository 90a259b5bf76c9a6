import { type EpochMs, fromUtf8, type KeyId, parseNationCode } from '../../foundation/index.ts';
import { evidenceStore, parseSigningPublicKey, type SigningPublicKey, type TrustStore } from '../../trust/index.ts';
import type { PublicKey } from '../../wire/index.ts';
import { EnvelopeError } from '../errors.ts';
import { EVIDENCE_FORMAT } from './export-evidence.ts';
import type { Evidence, EvidenceFile } from './types.ts';

/** What a manifest says, as far as it is needed to verify the folder. */
interface Manifest {
  readonly format: string;
  readonly kind: 'crossing' | 'message';
  readonly record: string;
  readonly recorded: string;
  readonly exportedBy: string;
  readonly root?: PublicKey;
  readonly receipts: readonly { readonly file: string; readonly recorded: string }[];
  readonly documents: readonly { readonly file: string; readonly kind: string }[];
}

function malformed(fault: string, cause?: unknown): EnvelopeError {
  return new EnvelopeError('ENVELOPE_EVIDENCE_MALFORMED', { context: { fault }, cause });
}

function timeOf(text: string): EpochMs {
  const ms = Date.parse(text);
  if (!Number.isSafeInteger(ms) || ms <= 0) throw malformed('time');
  return ms as EpochMs;
}

function parseManifest(bytes: Uint8Array): Manifest {
  let value: Partial<Manifest> | null;
  try {
    value = JSON.parse(fromUtf8(bytes)) as Partial<Manifest> | null;
  } catch (cause) {
    throw malformed('manifest', cause);
  }
  const isKnown = value?.format === EVIDENCE_FORMAT && (value.kind === 'crossing' || value.kind === 'message');
  if (!isKnown || !Array.isArray(value?.receipts) || !Array.isArray(value?.documents)) throw malformed('manifest');
  return value as Manifest;
}

/** A folder of evidence, read. */
export interface EvidenceFolder {
  readonly evidence: Evidence;
  /** A store that trusts `root` and what the folder's documents prove on its strength. */
  readonly store: TrustStore;
}

function storeFrom(
  { documents, exportedBy }: Manifest,
  root: SigningPublicKey | KeyId,
  read: (name: string) => Uint8Array,
): Promise<TrustStore> {
  const ofKind = (wanted: string) => documents.filter(({ kind }) => kind === wanted).map(({ file }) => read(file));
  return evidenceStore({
    nation: parseNationCode(exportedBy),
    root,
    agreements: ofKind('agreement'),
    directories: ofKind('directory'),
    charters: ofKind('charter'),
  });
}

/**
 * The evidence in a folder that `exportEvidence` wrote, and the trust that it rests on: `root` is the root
 * key of the nation that exported it, or its thumbprint, known from elsewhere. The documents are verified; the evidence is not.
 * @throws EnvelopeError ENVELOPE_EVIDENCE_MALFORMED; TrustError when a document does not verify.
 */
export async function readEvidence(
  files: readonly EvidenceFile[],
  root: SigningPublicKey | KeyId,
): Promise<EvidenceFolder> {
  const byName = new Map(files.map(({ name, bytes }) => [name, bytes]));
  const read = (name: string): Uint8Array => {
    const bytes = byName.get(name);
    if (bytes === undefined) throw malformed('file-missing');
    return bytes;
  };
  const manifest = parseManifest(read('manifest.json'));
  const recordedMs = timeOf(manifest.recorded);
  const receipts = manifest.receipts.map(({ file, recorded }) => ({ bytes: read(file), recordedMs: timeOf(recorded) }));
  const evidence: Evidence = { kind: manifest.kind, record: read(manifest.record), recordedMs, receipts };
  return { evidence, store: await storeFrom(manifest, root, read) };
}

/**
 * The root key that a folder claims for the nation that exported it: to be compared with what is known from elsewhere.
 * @throws EnvelopeError ENVELOPE_EVIDENCE_MALFORMED; TrustError TRUST_KEY_INVALID.
 */
export function claimedRoot(files: readonly EvidenceFile[]): SigningPublicKey {
  const bytes = files.find(({ name }) => name === 'manifest.json')?.bytes;
  if (bytes === undefined) throw malformed('file-missing');
  const { root } = parseManifest(bytes);
  if (typeof root?.x !== 'string' || typeof root.crv !== 'string') throw malformed('manifest');
  return parseSigningPublicKey(root);
}
