import {
  digestFromBytes,
  type EpochMs,
  fromHex,
  isLiaisonError,
  type NationCode,
  utf8,
} from '../../core/foundation/index.ts';
import {
  type BundleStore,
  baselineBundle,
  createBundleStore,
  type Gates,
  loadBundle,
  type PolicyBundle,
} from '../../core/policy/index.ts';
import type { TrustStore } from '../../core/trust/index.ts';
import { OfficeError } from '../errors.ts';
import { readBounded, stampOf } from './document-files.ts';
import { type DocumentFault, type DocumentLedger, recordDocument, recordedOf } from './document-record.ts';

/** Keeps the policy bundle of the office's nation in force; the last good one stays, and without one nothing crosses. */
export interface BundleKeeper {
  /** @throws OfficeError OFFICE_BUNDLE_UNUSABLE while there is none. */
  readonly gates: () => Gates;
  /** Whether the bundle's own dates let it decide at that moment. */
  readonly inForce: (now: EpochMs) => boolean;
  /** The bundles that decide, the baseline first. */
  readonly bundles: () => readonly PolicyBundle[];
  readonly faults: () => readonly DocumentFault[];
  /** Looks at the file: what is new and good is in force when it resolves; what is bad changes nothing. */
  readonly scan: () => Promise<void>;
}

const FILE = 'policy/bundle.json';

/** A keeper of the bundle in the file at `path`; nothing is in force yet. */
export function bundleKeeper(parts: {
  readonly nation: NationCode;
  readonly path: string;
  readonly trust: () => TrustStore;
  readonly archive: (digest: ReturnType<typeof digestFromBytes>, bytes: Uint8Array) => Promise<void>;
  readonly ledger: DocumentLedger;
}): BundleKeeper {
  const { nation, path, ledger } = parts;
  const baseline = baselineBundle();
  const before = recordedOf(ledger, 'policy-bundle', nation.toLowerCase());
  const store: BundleStore = createBundleStore({
    nation,
    baseline,
    ...(before === undefined ? {} : { newestBefore: { version: before.version, digest: fromHex(before.digest) } }),
  });
  let settled: { readonly stamp: string | undefined; readonly trust: TrustStore | undefined } = {
    stamp: 'not looked at',
    trust: undefined,
  };
  let fault: DocumentFault | undefined;

  const install = async (): Promise<void> => {
    const bytes = await readBounded(path);
    const document = await parts.trust().verifyPolicyBundle(bytes);
    const bundle = loadBundle(utf8(document.text));
    if (!store.install(bundle)) return;
    const name = {
      kind: 'policy-bundle',
      id: bundle.name,
      version: bundle.version,
      digest: digestFromBytes(bundle.digest),
    } as const;
    await parts.archive(name.digest, bytes);
    await recordDocument(ledger, name);
    ledger.installed(name);
  };

  return {
    gates: () => {
      const gates = store.gates();
      if (gates === undefined)
        throw new OfficeError('OFFICE_BUNDLE_UNUSABLE', { context: { reason: fault?.code ?? 'missing' } });
      return gates;
    },
    inForce: (now) => {
      const { validFrom = now, validUntil = Number.POSITIVE_INFINITY } = store.current() ?? { validUntil: 0 };
      return validFrom <= now && now < validUntil;
    },
    bundles: () => [baseline, ...[store.current()].filter((bundle) => bundle !== undefined)],
    faults: () => (fault === undefined ? [] : [fault]),
    scan: async () => {
      const trust = parts.trust();
      const stamp = await stampOf(path);
      // A bundle that was refused may verify once the nation's directory is there.
      if (settled.stamp === stamp && (fault === undefined || settled.trust === trust)) return;
      let code: string | undefined;
      try {
        await install();
      } catch (error) {
        if (isLiaisonError(error) && error.name === 'LedgerError') throw error;
        code = isLiaisonError(error) ? error.code : 'OFFICE_FILE_UNREADABLE';
      }
      if (code !== undefined && (settled.stamp !== stamp || fault?.code !== code)) ledger.refused({ file: FILE, code });
      fault = code === undefined ? undefined : { file: FILE, code };
      settled = { stamp, trust };
    },
  };
}
