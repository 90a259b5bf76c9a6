import { describe, expect, it } from 'vitest';
import en from '../../../../services/console/languages/en.json' with { type: 'json' };
import { reasonKey } from '../../../../services/console/src/messages/reason-key.ts';
import { GATE_REASONS } from '../../../../services/core/policy/reasons.ts';

describe('reasonKey', () => {
  it('has a sentence for everything that a gate gives as its reason', () => {
    for (const reason of Object.keys(GATE_REASONS)) expect(en.ui).toHaveProperty([reasonKey(reason) ?? reason]);
  });

  it('has none for other words', () => {
    expect(reasonKey('because')).toBeUndefined();
  });
});
