import { describe, expect, it } from 'vitest';
import en from '../../../../services/console/languages/en.json' with { type: 'json' };
import { FAULT_REASONS } from '../../../../services/console/src/forms/fault-text.ts';

describe('FAULT_REASONS', () => {
  it.each(FAULT_REASONS)('%s has words', (reason) => {
    const ui: Readonly<Record<string, string>> = en.ui;
    expect(ui[`fault.${reason}`]).toBeTruthy();
  });
});
