import { describe, expect, it } from 'vitest';
import type { NationCode } from '../../../services/core/foundation/index.ts';
import { baselineBundle } from '../../../services/core/policy/bundle.ts';
import { createBundleStore } from '../../../services/core/policy/bundle-store.ts';
import { bundleOf, permitAll } from './fixtures.ts';

const nation = 'TH' as NationCode;
const baseline = baselineBundle();
const first = bundleOf('th', 1, permitAll('th'));
const second = bundleOf('th', 2, permitAll('th'));
const secondFork = bundleOf('th', 2, permitAll('th').replace('Everything', 'Nothing'));

describe('createBundleStore', () => {
  it('has no gates before the first bundle', () => {
    const store = createBundleStore({ nation, baseline });
    expect([store.current(), store.gates()]).toEqual([undefined, undefined]);
  });

  it('goes on with a newer bundle, and says when there was nothing to do', () => {
    const store = createBundleStore({ nation, baseline });
    expect(store.install(first)).toBe(true);
    const gates = store.gates();
    expect(store.install(first)).toBe(false);
    expect(store.gates()).toBe(gates);
    expect(store.install(second)).toBe(true);
    expect(store.gates()?.bundles.map(({ name, version }) => `${name} ${version}`)).toEqual(['baseline 1', 'th 2']);
  });

  it.each([
    ['an older one', first, 'POLICY_BUNDLE_ROLLBACK'],
    ['another one of the same version', secondFork, 'POLICY_BUNDLE_FORK'],
    ["another nation's", bundleOf('la', 9, permitAll('la')), 'POLICY_BUNDLE_FOREIGN'],
    ['the baseline', baseline, 'POLICY_BUNDLE_FOREIGN'],
  ])('refuses %s and stays with what it has', (_, bundle, code) => {
    const store = createBundleStore({ nation, baseline });
    store.install(second);
    const gates = store.gates();
    expect(() => store.install(bundle)).toThrow(expect.objectContaining({ code }));
    expect([store.current(), store.gates()]).toEqual([second, gates]);
  });

  it('does not go back behind what an earlier run had in force', () => {
    const start = () => createBundleStore({ nation, baseline, newestBefore: { version: 2, digest: second.digest } });
    expect(() => start().install(first)).toThrow(expect.objectContaining({ code: 'POLICY_BUNDLE_ROLLBACK' }));
    expect(() => start().install(secondFork)).toThrow(expect.objectContaining({ code: 'POLICY_BUNDLE_FORK' }));
    const store = start();
    expect(store.gates()).toBeUndefined();
    expect(store.install(second)).toBe(true);
    expect(store.gates()).toBeDefined();
  });
});
