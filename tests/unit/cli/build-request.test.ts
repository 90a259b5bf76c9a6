import { describe, expect, it } from 'vitest';
import { buildAnswer, parseResult, parseText } from '../../../services/cli/answer/build-answer.ts';
import { buildRequest, buildStep, parseQuestion, readRequest } from '../../../services/cli/request/build-request.ts';
import { answerTable, renderRequest, requestTable, timeLeft } from '../../../services/cli/request/render-request.ts';

const code = (expected: string) => expect.objectContaining({ code: expected });

describe('buildRequest', () => {
  it('says what the options say, labels subjects by their place and fills in what is usual', () => {
    const request = buildRequest({
      to: ['la-houayxay'],
      class: 'urgent',
      crimeArea: 'drugs',
      question: ['vehicle S1,B: Has it crossed?', 'other'],
      accept: ['en', 'lo'],
      text: 'why',
      vehicle: ['registration=A 1'],
      vessel: ['label=B;name=Naga'],
      precedence: 'priority',
    });
    expect(request).toEqual({
      recipients: ['la-houayxay'],
      precedence: 'PRECEDENCE_PRIORITY',
      purpose: 'PURPOSE_INVESTIGATION',
      handling: 'HANDLING_CODE_H1',
      request: {
        terms: { responseClass: 'RESPONSE_CLASS_URGENT' },
        crimeArea: 'CRIME_AREA_DRUGS',
        lawfulBasis: 'LAWFUL_BASIS_AGREEMENT',
        languages: ['en', 'lo'],
        questions: [
          { questionType: 'QUESTION_TYPE_VEHICLE', about: ['S1', 'B'], text: 'Has it crossed?' },
          { questionType: 'QUESTION_TYPE_OTHER' },
        ],
        text: 'why',
        textLanguage: 'en',
        subjects: [
          { label: 'S1', role: 'SUBJECT_ROLE_MEANS', vehicle: { registration: 'A 1' } },
          { label: 'B', role: 'SUBJECT_ROLE_MEANS', vessel: { name: 'Naga' } },
        ],
      },
    });
  });

  it('needs recipients, a crime area and a question', () => {
    expect(() => buildRequest({ to: ['la-houayxay'], crimeArea: 'drugs' })).toThrow(code('CLI_USAGE'));
  });
});

describe('readRequest', () => {
  it('takes a file, with what the options say instead', () => {
    expect(readRequest('{"request":{}}', { drill: true })).toEqual({ request: {}, drill: true });
    expect(() => readRequest('[]', {})).toThrow(code('CLI_INPUT_INVALID'));
    expect(() => readRequest('{', {})).toThrow(code('CLI_INPUT_INVALID'));
  });
});

describe('parseQuestion', () => {
  it('refuses a type that is none, and what has no type', () => {
    expect(() => parseQuestion('car: x')).toThrow(code('CLI_USAGE'));
    expect(() => parseQuestion(': x')).toThrow(code('CLI_INPUT_INVALID'));
  });
});

describe('buildStep', () => {
  it('takes a ground by its word', () => {
    const step = buildStep('REQUEST_ACTION_REFUSE', { ground: 'national-security', text: 'no' });
    expect(step).toEqual({
      action: 'REQUEST_ACTION_REFUSE',
      ground: 'REFUSAL_GROUND_NATIONAL_SECURITY',
      text: 'no',
      textLanguage: 'en',
    });
    expect(() => buildStep('REQUEST_ACTION_REFUSE', { ground: 'because' })).toThrow(code('CLI_USAGE'));
  });
});

describe('buildAnswer', () => {
  const request = { id: 'x', origin: 'la-houayxay', content: { request: { crimeArea: 'CRIME_AREA_DRUGS' } } };

  it('takes the crime area from its request, and each question on its own', () => {
    expect(
      buildAnswer(request, { result: ['1=answered', '2=withheld:ongoing-investigation'], text: ['1 S1=Twice = 2'] }),
    ).toEqual({
      request: 'x',
      origin: 'la-houayxay',
      answer: {
        terms: {
          results: [
            { question: 1, outcome: 'ANSWER_OUTCOME_ANSWERED' },
            { question: 2, outcome: 'ANSWER_OUTCOME_WITHHELD', ground: 'REFUSAL_GROUND_ONGOING_INVESTIGATION' },
          ],
        },
        crimeArea: 'CRIME_AREA_DRUGS',
        texts: [{ question: 1, about: ['S1'], text: 'Twice = 2' }],
        language: 'en',
      },
    });
    expect(() => buildAnswer(request, {})).toThrow(code('CLI_USAGE'));
  });

  it('refuses results and texts that it does not understand', () => {
    expect(() => parseResult('answered')).toThrow(code('CLI_INPUT_INVALID'));
    expect(() => parseResult('1=soon')).toThrow(code('CLI_USAGE'));
    expect(() => parseText('Twice')).toThrow(code('CLI_INPUT_INVALID'));
  });
});

describe('what is shown of requests', () => {
  const life = {
    asking: 'th-chiang-khong',
    asked: 'la-houayxay',
    state: 'acknowledged',
    answerBy: '2026-03-01T16:00:00.000Z',
    secondsLeft: -3_700,
    assignee: 'desk\u001b[1m',
    results: [{ question: 1, outcome: 'ANSWER_OUTCOME_WITHHELD', ground: 'REFUSAL_GROUND_NATIONAL_SECURITY' }],
    facts: [
      {
        at: 't',
        origin: 'la-houayxay',
        what: 'step',
        action: 'REQUEST_ACTION_ACKNOWLEDGE',
        standing: 'counted',
        id: 'm',
      },
    ],
  };
  const item = { id: 'x', responseClass: 'RESPONSE_CLASS_URGENT', precedence: 'PRECEDENCE_FLASH', lives: [life] };

  it('says how much time is left, or how long it is over', () => {
    expect(timeLeft({ secondsLeft: 190_000 })).toBe('2 d 4 h');
    expect(timeLeft({ secondsLeft: 3_700 })).toBe('1 h 1 min');
    expect(timeLeft({ secondsLeft: -100 })).toBe('1 min over');
    expect(timeLeft({ secondsLeft: null, overdue: true })).toBe('closed late');
    expect(timeLeft({ secondsLeft: null })).toBe('-');
  });

  it('speaks in words and escapes what others wrote', () => {
    const shown = `${requestTable([item])}\n${renderRequest({ ...item, contentState: 'gone' })}`;
    expect(shown).toContain('urgent');
    expect(shown).toContain('question 1   withheld (national-security)');
    expect(shown).toContain('acknowledge');
    expect(shown).toContain('1 h 1 min over');
    expect(shown).not.toMatch(/[A-Z]+_[A-Z]+_/);
    expect(shown).not.toContain('\u001b');
  });

  it('shows an answer with what it says of each question', () => {
    const copies = [{ office: 'la-houayxay', state: 'delivered' }];
    const answer = { direction: 'outbound', copies, results: life.results, request: { id: 'x' } };
    expect(answerTable([answer])).toContain('1 withheld (national-security)');
  });
});
