import { describe, expect, it } from 'vitest';
import { HoldError, ReviewError, type ReviewView } from '../../../services/core/relay/index.ts';
import { Outcome, ReviewFinding } from '../../../services/core/wire/index.ts';
import {
  copyTo,
  type FakeOffice,
  fakeOffice,
  goodSubmission,
  idOf,
  inbound,
  NAMES,
  NOW,
  outbound,
  PEER,
  SELF,
} from './fake-office.ts';

const DAY_MS = 86_400_000;

function review(number: number, more: Partial<ReviewView> = {}): ReviewView {
  return {
    message: outbound(number, [copyTo(PEER, Outcome.RELEASED)], { emergency: 'Boat is sinking' }),
    author: 'officer-1',
    reason: 'Boat is sinking',
    openedMs: NOW,
    dueMs: (NOW + DAY_MS) as ReviewView['dueMs'],
    state: 'open',
    own: null,
    others: [{ office: PEER, found: null }],
    ...more,
  };
}

const FOUND = { finding: ReviewFinding.JUSTIFIED, atMs: NOW, by: 'oversight-1', id: idOf(8) };
const REVIEWS: readonly ReviewView[] = [
  review(3, { state: 'overdue' }),
  review(2, { state: 'closed', own: FOUND, others: [{ office: PEER, found: { ...FOUND, by: '' } }] }),
  review(1, { author: 'officer-2' }),
  review(4, { message: inbound(4, { emergency: true }), author: '', reason: '' }),
];

const withReviews = (): FakeOffice => fakeOffice({ reviews: REVIEWS });
const closed = (body: unknown = { finding: 'REVIEW_FINDING_JUSTIFIED' }) => ({ role: 'oversight' as const, body });

describe('GET /v1/reviews', () => {
  it('lists them in the order of the desk, each with both findings', async () => {
    const { json } = await withReviews().ask('GET', '/v1/reviews', { role: 'oversight' });
    expect(json.items.map((item: { id: string }) => item.id)).toEqual([3, 2, 1, 4].map(idOf));
    expect(json.items[1]).toMatchObject({
      state: 'closed',
      author: 'officer-1',
      reason: 'Boat is sinking',
      dueAt: '2026-03-02T08:00:00.000Z',
      own: { finding: 'REVIEW_FINDING_JUSTIFIED', by: 'oversight-1', messageId: idOf(8) },
      others: [{ office: PEER, found: { finding: 'REVIEW_FINDING_JUSTIFIED', by: null } }],
      about: { crimeArea: null, headline: null },
    });
    expect(json.items[3]).toMatchObject({ origin: PEER, direction: 'inbound', author: null, reason: null, own: null });
  });

  it.each([
    ['state=overdue', [3]],
    ['state=open', [1, 4]],
    ['state=closed', [2]],
    ['direction=inbound', [4]],
    ['author=officer-2', [1]],
    ['author=officer-1&state=open', []],
  ])('lists only %s', async (query, numbers) => {
    const { json } = await withReviews().ask('GET', `/v1/reviews?${query}`, { role: 'auditor' });
    expect(json.items.map((item: { id: string }) => item.id)).toEqual(numbers.map(idOf));
  });

  it('refuses a state that there is not', async () => {
    expect((await withReviews().ask('GET', '/v1/reviews?state=done', { role: 'oversight' })).status).toBe(422);
  });
});

describe('GET /v1/reviews/{id}', () => {
  it('shows one, by its message', async () => {
    const { json } = await withReviews().ask('GET', `/v1/reviews/${idOf(2)}`, { role: 'supervisor' });
    expect(json).toMatchObject({ id: idOf(2), state: 'closed' });
  });

  it('names what went past no hold as unknown', async () => {
    const answer = await withReviews().ask('GET', `/v1/reviews/${idOf(9)}`, { role: 'oversight' });
    expect([answer.status, answer.json.code]).toEqual([404, 'REVIEW_UNKNOWN']);
  });

  it('asks which of two is meant, and is told by the origin', async () => {
    const both = fakeOffice({ reviews: [review(4), REVIEWS[3] as ReviewView] });
    expect((await both.ask('GET', `/v1/reviews/${idOf(4)}`, { role: 'oversight' })).json.code).toBe(
      'OFFICE_MESSAGE_AMBIGUOUS',
    );
    const named = await both.ask('GET', `/v1/reviews/${idOf(4)}?origin=${PEER}`, { role: 'oversight' });
    expect(named.json).toMatchObject({ origin: PEER });
  });
});

describe('POST /v1/reviews/{id}/close', () => {
  it('is done in the name of the token, and says which message tells the others', async () => {
    const office = withReviews();
    const body = { finding: 'REVIEW_FINDING_NOT_JUSTIFIED', text: 'Nobody was in danger', textLanguage: 'en' };
    const answer = await office.ask('POST', `/v1/reviews/${idOf(1)}/close`, closed(body));
    expect([answer.status, answer.json]).toMatchObject([200, { id: idOf(1), origin: SELF, messageId: idOf(77) }]);
    expect(office.asked.closed).toEqual([
      {
        origin: SELF,
        id: idOf(1),
        by: NAMES.oversight,
        finding: ReviewFinding.NOT_JUSTIFIED,
        text: 'Nobody was in danger',
        textLanguage: 'en',
      },
    ]);
  });

  it.each([
    ['no finding', {}, 'finding'],
    ['a finding that there is not', { finding: 'REVIEW_FINDING_FINE' }, 'finding'],
    ['a text without its language', { finding: 'REVIEW_FINDING_JUSTIFIED', text: 'x' }, 'textLanguage'],
    ['more than there is', { finding: 'REVIEW_FINDING_JUSTIFIED', by: 'me' }, 'by'],
  ])('refuses %s', async (_, body, field) => {
    const office = withReviews();
    const answer = await office.ask('POST', `/v1/reviews/${idOf(1)}/close`, closed(body));
    expect([answer.status, answer.json.faults[0].field]).toEqual([422, field]);
    expect(office.asked.closed).toEqual([]);
  });

  it.each([
    ['REVIEW_OWN_MESSAGE', 403],
    ['REVIEW_CLOSED', 409],
  ] as const)('passes %s on as %i', async (code, status) => {
    const office = withReviews();
    office.failWith(new ReviewError(code));
    const answer = await office.ask('POST', `/v1/reviews/${idOf(1)}/close`, closed());
    expect([answer.status, answer.json.code]).toEqual([status, code]);
  });
});

describe('POST /v1/alerts with an emergency', () => {
  const emergency = { reason: 'Boat is sinking' };
  const urgent = () => goodSubmission({ purpose: 'PURPOSE_LIFE_SAFETY', emergency });

  it.each(['officer', 'supervisor'] as const)('is taken from an %s, with the reason', async (role) => {
    const office = fakeOffice();
    const answer = await office.ask('POST', '/v1/alerts', { role, body: urgent() });
    expect([answer.status, answer.json.emergency]).toEqual([201, true]);
    expect(office.asked.submitted).toMatchObject([{ emergency: 'Boat is sinking', submittedBy: NAMES[role] }]);
  });

  it('is not taken from a system, which may submit everything else', async () => {
    const office = fakeOffice();
    const answer = await office.ask('POST', '/v1/alerts', { role: 'system', body: urgent() });
    expect([answer.status, answer.json.code]).toEqual([403, 'OFFICE_ROLE_FORBIDDEN']);
    expect(office.asked.submitted).toEqual([]);
    expect((await office.ask('POST', '/v1/alerts', { role: 'system', body: goodSubmission() })).status).toBe(201);
  });

  it.each([
    ['without a reason', {}],
    ['with an empty one', { reason: '' }],
    ['with two lines', { reason: 'a\nb' }],
  ])('is not taken %s', async (_, given) => {
    const body = goodSubmission({ purpose: 'PURPOSE_LIFE_SAFETY', emergency: given });
    expect((await fakeOffice().ask('POST', '/v1/alerts', { body })).status).toBe(422);
  });

  it('names the field that is at fault, or the reviews that are open', async () => {
    const office = fakeOffice();
    office.failWith(new HoldError('HOLD_EMERGENCY_PURPOSE', { context: { field: 'purpose' } }));
    const wrong = await office.ask('POST', '/v1/alerts', { body: urgent() });
    expect([wrong.status, wrong.json.faults[0].field]).toEqual([422, 'purpose']);
    office.failWith(new HoldError('HOLD_REVIEWS_OPEN', { context: { reviews: `${idOf(1)} ${idOf(2)}` } }));
    const blocked = await office.ask('POST', '/v1/alerts', { body: urgent() });
    expect([blocked.status, blocked.json.code]).toEqual([409, 'HOLD_REVIEWS_OPEN']);
    expect(blocked.json.detail).toContain(`${idOf(1)} ${idOf(2)}`);
  });
});
