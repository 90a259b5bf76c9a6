import { describe, expect, it } from 'vitest';
import { baselineBundle, createGates } from '../../../services/core/policy/index.ts';
import { bundleOf, permitAll } from './fixtures.ts';

describe('gates.reasonOf', () => {
  const gates = createGates({ baseline: baselineBundle(), nation: bundleOf('th', 1, permitAll('th')) });

  it('gives the sentence of a policy of either bundle in force', () => {
    expect(gates.reasonOf('th.permit-all')).toBe('Everything may pass.');
    expect(gates.reasonOf('baseline.agreement-in-force')).toContain('agreement');
  });

  it('knows no policy of another bundle, and no article', () => {
    for (const name of ['la.permit-all', 'agreement:mou#4', 'constructor', ''])
      expect(gates.reasonOf(name)).toBeUndefined();
  });
});
