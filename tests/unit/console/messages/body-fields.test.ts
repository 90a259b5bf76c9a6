import { describe, expect, it } from 'vitest';
import { bodyOf, givenFields } from '../../../../services/console/src/messages/body-fields.ts';

const names = (type: string, json: Readonly<Record<string, unknown>>) =>
  givenFields(type, json).map(({ field }) => field.name);

describe('bodyOf', () => {
  it('finds the body beside the header, with the name of its type', () => {
    const content = { officer: 'duty', purpose: 'PURPOSE_DETECTION', requestStep: { terms: {} } };
    expect(bodyOf(content)).toEqual({ type: 'RequestStep', body: { terms: {} } });
  });

  it('finds none where nothing was disclosed', () => {
    expect(bodyOf({ officer: 'duty', purpose: 'PURPOSE_DETECTION' })).toBeUndefined();
  });
});

describe('givenFields', () => {
  it('has what is there in the order of the contract', () => {
    expect(names('Alert', { headline: 'h', crimeArea: 'CRIME_AREA_DRUGS', subjects: [] })).toEqual([
      'crimeArea',
      'headline',
    ]);
  });

  it('says the language of a text with the text', () => {
    const [given] = givenFields('Alert', { narrative: 'ข้อความ', narrativeLanguage: 'th' });
    expect([given?.field.name, given?.language]).toEqual(['narrative', 'th']);
  });

  it('shows a language alone where the text was withheld', () => {
    expect(names('Alert', { narrativeLanguage: 'th' })).toEqual(['narrativeLanguage']);
  });

  it('shows a field that the console does not know, last', () => {
    const given = givenFields('Alert', { novelty: '<b>x</b>', crimeArea: 'CRIME_AREA_DRUGS', counts: [1] });
    expect(given.map(({ field }) => [field.name, field.kind, field.list])).toEqual([
      ['crimeArea', 'enum', undefined],
      ['novelty', 'string', undefined],
      ['counts', 'number', true],
    ]);
  });

  it('passes the language of a message on to what it holds', () => {
    expect(givenFields('AnswerText', { text: 'x' }, 'lo')[0]?.language).toBe('lo');
  });
});
