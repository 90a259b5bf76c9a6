import { type NationCode, sameBytes } from '../foundation/index.ts';
import { PolicyError } from './errors.ts';
import { createGates } from './gates.ts';
import type { Gates, PolicyBundle } from './types.ts';

/** Holds the bundle in force and the gates over it. What it refuses changes nothing: the last good bundle stays. */
export interface BundleStore {
  readonly nation: NationCode;
  /** The nation's bundle in force; undefined before the first. */
  readonly current: () => PolicyBundle | undefined;
  /** The gates as they are now; undefined while there is no bundle, and then nothing may cross. */
  readonly gates: () => Gates | undefined;
  /**
   * The bundle is in force when it returns true; false where it was already. Never goes back in version.
   * @throws PolicyError POLICY_BUNDLE_FOREIGN, POLICY_BUNDLE_ROLLBACK, POLICY_BUNDLE_FORK
   */
  readonly install: (bundle: PolicyBundle) => boolean;
}

/** What a store starts with. */
export interface BundleStoreSettings {
  readonly nation: NationCode;
  readonly baseline: PolicyBundle;
  /** The newest bundle that was in force in an earlier run, as the ledger has it: none that is older comes back. */
  readonly newestBefore?: { readonly version: number; readonly digest: Uint8Array };
}

/** A store without a bundle of the nation yet. */
export function createBundleStore({ nation, baseline, newestBefore }: BundleStoreSettings): BundleStore {
  let current: PolicyBundle | undefined;
  let gates: Gates | undefined;
  return {
    nation,
    current: () => current,
    gates: () => gates,
    install: (bundle) => {
      const context = { bundle: bundle.name, version: bundle.version };
      if (bundle.nation !== nation) throw new PolicyError('POLICY_BUNDLE_FOREIGN', { context });
      const newest = current ?? newestBefore;
      if (newest !== undefined && bundle.version < newest.version)
        throw new PolicyError('POLICY_BUNDLE_ROLLBACK', { context });
      if (newest !== undefined && bundle.version === newest.version) {
        if (!sameBytes(bundle.digest, newest.digest)) throw new PolicyError('POLICY_BUNDLE_FORK', { context });
        if (current !== undefined) return false;
      }
      gates = createGates({ baseline, nation: bundle });
      current = bundle;
      return true;
    },
  };
}
