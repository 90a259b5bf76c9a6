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
   * The bundle is in force when it returns true; false where it was already. Never goes back in version, also not to
   * what an earlier run had in force if that was installed first.
   * @throws PolicyError POLICY_BUNDLE_FOREIGN, POLICY_BUNDLE_ROLLBACK, POLICY_BUNDLE_FORK
   */
  readonly install: (bundle: PolicyBundle) => boolean;
}

/** A store without a bundle of the nation yet. */
export function createBundleStore({ nation, baseline }: { readonly nation: NationCode; readonly baseline: PolicyBundle }): BundleStore {
  let current: PolicyBundle | undefined;
  let gates: Gates | undefined;
  return {
    nation,
    current: () => current,
    gates: () => gates,
    install: (bundle) => {
      const context = { bundle: bundle.name, version: bundle.version };
      if (bundle.nation !== nation) throw new PolicyError('POLICY_BUNDLE_FOREIGN', { context });
      if (current !== undefined && bundle.version < current.version) throw new PolicyError('POLICY_BUNDLE_ROLLBACK', { context });
      if (current !== undefined && bundle.version === current.version) {
        if (!sameBytes(bundle.digest, current.digest)) throw new PolicyError('POLICY_BUNDLE_FORK', { context });
        return false;
      }
      gates = createGates({ baseline, nation: bundle });
      current = bundle;
      return true;
    },
  };
}
