import { describe, expect, it } from 'vitest';
import { addedAnswer, renderConsent, renderOpening } from '../../../services/cli/consent/render-consent.ts';
import { ExitCode } from '../../../services/cli/exit-codes.ts';
import { renderMessage } from '../../../services/cli/message/render-message.ts';

const message = { origin: 'la-houayxay', id: 'm-1' };

describe('renderConsent', () => {
  it('says who may pass what on to whom, for what and when', () => {
    const text = renderConsent({
      id: 'c-1',
      holder: 'th-chiang-khong',
      message,
      recipient: 'mm-tachileik',
      purpose: 'PURPOSE_INVESTIGATION',
      categories: ['DATA_CATEGORY_CORE', 'DATA_CATEGORY_TRANSPORT'],
      until: 'T3',
      state: 'granted',
      answer: { id: 'a-1', granted: true, categories: ['DATA_CATEGORY_CORE'], notBefore: 'T1', notAfter: 'T2' },
    });
    for (const words of [
      'c-1 of th-chiang-khong',
      'm-1 of la-houayxay',
      'mm-tachileik, for investigation',
      'core, T1 to T2',
    ])
      expect(text).toContain(words);
  });

  it('says the ground of a refusal', () => {
    const answer = { id: 'a-1', granted: false, ground: 'REFUSAL_GROUND_MINOR_OFFENCE' };
    expect(renderConsent({ id: 'c-1', message, answer })).toContain('minor-offence');
  });
});

describe('renderOpening', () => {
  it('says what was asked for and what was opened', () => {
    const text = renderOpening({
      id: 'o-1',
      message,
      categories: ['DATA_CATEGORY_SOURCE'],
      opened: [],
      state: 'asked',
    });
    expect(text).toContain('source');
    expect(text).toContain('asked');
  });
});

describe('addedAnswer', () => {
  it('is a refusal with its policies where nothing goes', () => {
    const crossing = { office: 'mm-tachileik', outcome: 'refused', policies: ['baseline.no-onward-without-consent'] };
    expect(addedAnswer({ crossing }, 'It goes on to')).toMatchObject({
      exitCode: ExitCode.REFUSED,
      text: 'Nothing goes to mm-tachileik: baseline.no-onward-without-consent',
    });
  });

  it('names what is withheld', () => {
    const crossing = { office: 'mm-tachileik', outcome: 'released', withheld: ['DATA_CATEGORY_CONTACT'] };
    expect(addedAnswer({ crossing }, 'It goes on to').text).toBe('It goes on to mm-tachileik.\nWithheld: contact');
  });
});

describe('renderMessage of what went on', () => {
  it('says who said it, on what it came, and what became of it since', () => {
    const text = renderMessage({
      direction: 'inbound',
      id: 'm-1',
      origin: 'la-houayxay',
      from: 'th-chiang-khong',
      onward: { purpose: 'PURPOSE_INVESTIGATION', consent: { id: 'c-9' } },
      added: [{ occasion: 'onward', office: 'mm-tachileik', state: 'delivered' }],
      supplements: [{ receivedAt: 'T1', opened: ['DATA_CATEGORY_SOURCE'] }],
    });
    for (const words of [
      'la-houayxay; passed on for investigation, with consent c-9',
      'mm-tachileik: delivered',
      'T1: source',
    ])
      expect(text).toContain(words);
  });

  it('says that it went past the hold', () => {
    expect(renderMessage({ id: 'm-1', emergency: true })).toContain('went past the hold');
    expect(renderMessage({ id: 'm-1', emergency: false })).not.toContain('emergency');
  });
});
