import { describe, expect, it } from 'vitest';
import { answerBy } from '../../../services/core/relay/answer-by.ts';
import { ResponseClass, type Timestamp } from '../../../services/core/wire/index.ts';

const CREATED = Date.UTC(2026, 3, 1, 12);
const HOUR = 3_600_000;
const request = (responseClass: ResponseClass, answerByMs?: number) => ({
  request: {
    responseClass,
    questions: 1,
    answerBy: answerByMs === undefined ? null : ({ seconds: answerByMs / 1000, nanos: 0 } as Timestamp),
  },
});
const article = (hours: number) => ({ responseTimes: [{ responseClass: ResponseClass.URGENT, hours }] });

describe('answerBy', () => {
  it('gives each class its time limit', () => {
    const { URGENT, PROMPT, REGULAR } = ResponseClass;
    expect([URGENT, PROMPT, REGULAR].map((one) => (answerBy(request(one), CREATED, null) - CREATED) / HOUR)).toEqual([
      8, 72, 168,
    ]);
  });

  it('takes the tighter one where the article or the officer sets one, and never a later one', () => {
    const urgent = request(ResponseClass.URGENT);
    expect(answerBy(urgent, CREATED, article(4)) - CREATED).toBe(4 * HOUR);
    expect(answerBy(urgent, CREATED, article(100)) - CREATED).toBe(8 * HOUR);
    expect(answerBy(request(ResponseClass.PROMPT), CREATED, article(4)) - CREATED).toBe(72 * HOUR);
    expect(answerBy(request(ResponseClass.URGENT, CREATED + HOUR), CREATED, article(4)) - CREATED).toBe(HOUR);
    expect(answerBy(request(ResponseClass.URGENT, CREATED + 99 * HOUR), CREATED, null) - CREATED).toBe(8 * HOUR);
  });

  it('knows none for what is no request', () => {
    expect(answerBy(null, CREATED, null)).toBe(0);
    expect(answerBy({ step: null }, CREATED, null)).toBe(0);
  });
});
