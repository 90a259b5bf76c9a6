import { describe, expect, it } from 'vitest';
import { type LimitedMessage, limitsOf } from '../../../../services/console/src/messages/limits.ts';

const message: LimitedMessage = { origin: 'la-huay-xai', expiresAt: '2026-11-23T00:00:00Z' };
const keys = (more: Partial<LimitedMessage>) => limitsOf({ ...message, ...more }).map(({ key }) => key);

describe('limitsOf', () => {
  it('has a sentence for each handling code', () => {
    expect(keys({ handling: 'HANDLING_CODE_H0' })[0]).toBe('limits.h0');
    expect(keys({ handling: 'HANDLING_CODE_H2' })[0]).toBe('limits.h2');
  });

  it('sends the reader of an unknown code to the caveat', () => {
    expect(keys({ handling: '9' })[0]).toBe('limits.h3');
  });

  it('names purpose, agreement, validity and how long it is kept', () => {
    const agreement = { id: 'mou-la-th', version: 1, article: '4' };
    expect(keys({ purpose: 'PURPOSE_DETECTION', agreement })).toEqual([
      'limits.purpose',
      'limits.agreement',
      'limits.validUntil',
    ]);
    expect(keys({ agreement: null, keptUntil: '2027-02-20' })).toEqual(['limits.validUntil', 'limits.keptUntil']);
  });

  it('says whether what was passed on came with a consent', () => {
    const onward = { purpose: 'PURPOSE_DETECTION', consent: null };
    expect(keys({ onward })[0]).toBe('limits.onward');
    expect(keys({ onward: { ...onward, consent: {} } })[0]).toBe('limits.onwardWithConsent');
  });
});
