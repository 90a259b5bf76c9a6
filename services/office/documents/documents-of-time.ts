import {
  digestOf,
  type EpochMs,
  isLiaisonError,
  type KeyId,
  type NationCode,
  utf8,
} from '../../core/foundation/index.ts';
import {
  claimsOf,
  evidenceStore,
  parseAgreementText,
  parseDirectoryText,
  type TrustStore,
} from '../../core/trust/index.ts';
import type { Timestamp } from '../../core/wire/index.ts';

/** Which documents are asked for. */
export interface DocumentsOfTime {
  readonly nation: NationCode;
  readonly root: KeyId;
  readonly recordedMs: EpochMs;
  /** Digests of the agreements and charters that were relied on: these very texts, whatever came later. */
  readonly agreements: readonly string[];
}

interface Candidate {
  readonly id: string;
  readonly version: number;
  readonly bytes: Uint8Array;
  /** Relied on by digest: taken before any other version. */
  readonly exact: boolean;
}

/**
 * The trust in what was in force at that time, out of all documents that ever were: for each nation the newest
 * directory that was issued by then, and the very agreements that were relied on. `undefined` where they do not make up
 * a whole.
 */
export async function documentsOfTime(
  asked: DocumentsOfTime,
  archived: readonly Uint8Array[],
): Promise<TrustStore | undefined> {
  const directories: Candidate[] = [];
  const agreements: Candidate[] = [];
  const charters: Uint8Array[] = [];
  for (const bytes of archived) {
    try {
      const { kind, text } = claimsOf(bytes);
      if (kind === 'directory') {
        const { nation, sequence, issued } = parseDirectoryText(text);
        if (msOf(issued) <= asked.recordedMs) directories.push({ id: nation, version: sequence, bytes, exact: false });
      } else if (kind === 'agreement') {
        const { id, version, validFrom } = parseAgreementText(text);
        const exact = asked.agreements.includes(digestOf(utf8(text)));
        if (exact || msOf(validFrom) <= asked.recordedMs) agreements.push({ id, version, bytes, exact });
      } else if (kind === 'charter' && asked.agreements.includes(digestOf(utf8(text)))) charters.push(bytes);
    } catch (error) {
      if (!isLiaisonError(error)) throw error;
    }
  }
  try {
    const { nation, root } = asked;
    const documents = { agreements: newestOf(agreements), directories: newestOf(directories), charters };
    return await evidenceStore({ nation, root, ...documents });
  } catch (error) {
    if (!isLiaisonError(error)) throw error;
    return undefined;
  }
}

function newestOf(candidates: readonly Candidate[]): readonly Uint8Array[] {
  const newest = new Map<string, Candidate>();
  for (const candidate of candidates) {
    const known = newest.get(candidate.id);
    const better =
      known === undefined || (candidate.exact !== known.exact ? candidate.exact : candidate.version > known.version);
    if (better) newest.set(candidate.id, candidate);
  }
  return [...newest.values()].map(({ bytes }) => bytes);
}

function msOf(time: Timestamp | null): number {
  return time === null ? Number.POSITIVE_INFINITY : time.seconds * 1000;
}
