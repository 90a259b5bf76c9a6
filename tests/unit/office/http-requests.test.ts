import { fastify } from 'fastify';
import { afterEach, describe, expect, it } from 'vitest';
import { RefusalGround, RequestAction } from '../../../services/core/wire/index.ts';
import { describeApi } from '../../../services/office/http/describe-api.ts';
import { OFFICE_ROUTES } from '../../../services/office/http/office-routes.ts';
import { eventually } from '../../support/eventually.ts';
import { answerInput, requestInput, requestOffices, stepInput } from '../relay/request-fixtures.ts';
import type { TwoOffices } from '../relay/two-offices.ts';
import { type FakeOffice, fakeOffice, NAMES } from './fake-office.ts';

// The doors of both offices over their real relays, in memory. The fake office is th; la is asked through its relay.
const LA = 'la-houayxay';
const HOUR = 3_600_000;
let pair: TwoOffices;
let office: FakeOffice;
afterEach(async () => {
  await pair?.close();
});

async function open(): Promise<void> {
  pair = await requestOffices();
  office = fakeOffice({ real: { relay: pair.th.relay, clock: pair.th.clock } });
}

const submission = (more: object = {}, request: object = {}) => ({
  recipients: [LA],
  precedence: 'PRECEDENCE_ROUTINE',
  purpose: 'PURPOSE_INVESTIGATION',
  handling: 'HANDLING_CODE_H1',
  caseReference: 'CASE-1',
  ...more,
  request: {
    terms: { responseClass: 'RESPONSE_CLASS_URGENT' },
    crimeArea: 'CRIME_AREA_STOLEN_VEHICLES',
    lawfulBasis: 'LAWFUL_BASIS_AGREEMENT',
    languages: ['en', 'lo'],
    questions: [{ questionType: 'QUESTION_TYPE_VEHICLE', about: ['V1'], text: 'Has it crossed?' }],
    headline: 'A pickup',
    subjects: [{ label: 'V1', role: 'SUBJECT_ROLE_OBJECT', vehicle: { vehicleType: 'VEHICLE_TYPE_PICKUP' } }],
    ...request,
  },
});

async function asked(more: object = {}, role: 'officer' | 'system' = 'officer'): Promise<string> {
  const { status, json } = await office.ask('POST', '/v1/requests', { role, body: submission(more) });
  expect([status, json.code]).toEqual([201, undefined]);
  await eventually(async () =>
    expect((await office.ask('GET', `/v1/requests/${json.id}`)).json.lives[0].state).toBe('delivered'),
  );
  return json.id;
}

const lives = async (id: string) => (await office.ask('GET', `/v1/requests/${id}`)).json.lives;
const ids = async (url: string, role: 'officer' | 'system' = 'officer') =>
  (await office.ask('GET', url, { role })).json.items.map((item: { id: string }) => item.id);

/** la asks th, and th has it. */
async function askedOfUs(): Promise<string> {
  const { id } = await pair.la.relay.requests.submit(requestInput({ recipients: ['th-chiang-khong' as never] }));
  await eventually(async () => expect(await ids('/v1/requests?side=asked')).toContain(id));
  return id;
}

describe('POST /v1/requests', () => {
  it('answers where the request can be read, and shows its life with the clock of its time limit', async () => {
    await open();
    const answer = await office.ask('POST', '/v1/requests', { body: submission() });
    expect(answer.status).toBe(201);
    expect(answer.headers['location']).toBe(`/v1/requests/${answer.json.id}`);
    await eventually(async () => expect((await lives(answer.json.id))[0].state).toBe('delivered'));
    const [life] = await lives(answer.json.id);
    expect(life).toMatchObject({ asking: 'th-chiang-khong', asked: LA, open: true, overdue: false, facts: [] });
    expect(life.secondsLeft).toBeGreaterThan((8 * HOUR) / 1000 - 60);
    pair.skip(9 * HOUR);
    expect((await lives(answer.json.id))[0]).toMatchObject({ overdue: true, secondsLeft: expect.any(Number) });
    expect((await lives(answer.json.id))[0].secondsLeft).toBeLessThan(0);
  });

  it('answers again under its key as the first time', async () => {
    await open();
    const first = await office.ask('POST', '/v1/requests', { body: submission(), headers: { 'idempotency-key': 'k' } });
    const again = await office.ask('POST', '/v1/requests', { body: submission({ idempotencyKey: 'k' }) });
    expect(again.json).toMatchObject({ id: first.json.id, repeated: true });
    const other = await office.ask('POST', '/v1/requests', { body: submission({ drill: true, idempotencyKey: 'k' }) });
    expect([other.status, other.json.code]).toEqual([409, 'RELAY_IDEMPOTENCY_CONFLICT']);
  });

  it.each([
    [
      'a time limit that has passed',
      {},
      { terms: { responseClass: 'RESPONSE_CLASS_URGENT', answerBy: '2020-01-01T00:00:00Z' } },
      'REQUESTS_DEADLINE_INVALID',
      'request.terms.answerBy',
    ],
    [
      'a subject that is not there',
      {},
      { questions: [{ questionType: 'QUESTION_TYPE_OTHER', about: ['X'] }] },
      'REQUESTS_SUBJECT_UNKNOWN',
      'request.questions[0].about[0]',
    ],
    ['no neighbour', { recipients: ['vn-lao-bao'] }, {}, 'OFFICE_REQUEST_INVALID', 'recipients[0]'],
    ['no questions', {}, { questions: [] }, 'WIRE_JSON_INVALID', 'request.questions'],
    [
      'two subjects of one label',
      {},
      { subjects: [1, 2].map(() => ({ label: 'V1', role: 'SUBJECT_ROLE_OBJECT', vehicle: {} })) },
      'OFFICE_REQUEST_INVALID',
      'request.subjects[1].label',
    ],
  ])('refuses %s and names the field', async (_, more, request, code, field) => {
    await open();
    const { status, json } = await office.ask('POST', '/v1/requests', { body: submission(more, request) });
    expect([status, json.code]).toEqual([422, code]);
    expect(json.faults.map((fault: { field: string }) => fault.field)).toContain(field);
    expect(await ids('/v1/requests')).toEqual([]);
  });
});

describe('POST /v1/requests/preview', () => {
  it('shows each copy and keeps nothing', async () => {
    await open();
    const { status, json } = await office.ask('POST', '/v1/requests/preview', { body: submission() });
    expect(status).toBe(200);
    expect(json.copies[0]).toMatchObject({ office: LA, request: { headline: 'A pickup', terms: { questions: 1 } } });
    expect(json.recipients[0].agreement).toMatchObject({ version: 1, article: expect.any(String) });
    expect(json.recipients[0].why.length).toBeGreaterThan(0);
    expect(await ids('/v1/requests')).toEqual([]);
  });
});

describe('GET /v1/requests', () => {
  it('filters by side, state, office and what is open or overdue, page by page', async () => {
    await open();
    const first = await asked();
    const second = await asked();
    const theirs = await askedOfUs();
    expect(await ids('/v1/requests')).toEqual([theirs, second, first]);
    expect(await ids('/v1/requests?side=asking')).toEqual([second, first]);
    expect(await ids('/v1/requests?side=asked')).toEqual([theirs]);
    expect(await ids(`/v1/requests?office=${LA}&limit=200`)).toEqual([theirs, second, first]);
    expect(await ids('/v1/requests?office=mm-tachileik')).toEqual([]);
    const page = (await office.ask('GET', '/v1/requests?limit=2')).json;
    expect(await ids(`/v1/requests?limit=2&cursor=${page.next}`)).toEqual([first]);
    await office.ask('POST', `/v1/requests/${first}/steps`, { body: { action: 'REQUEST_ACTION_WITHDRAW' } });
    await eventually(async () => expect(await ids('/v1/requests?state=withdrawn')).toEqual([first]));
    expect(await ids('/v1/requests?open=false')).toEqual([first]);
    expect(await ids('/v1/requests?overdue=true')).toEqual([]);
    pair.skip(9 * HOUR);
    expect(await ids('/v1/requests?overdue=true')).toEqual([theirs, second]);
    const [shown] = (await office.ask('GET', '/v1/requests?include=content&limit=1')).json.items;
    expect(shown).toMatchObject({ contentState: 'present', content: { request: { headline: 'A pickup' } } });
  });

  it('gives them by what is due, page by page, with how many lives are open, and only those of the asker', async () => {
    await open();
    const late = await asked();
    pair.skip(2 * HOUR);
    const urgent = await asked({ precedence: 'PRECEDENCE_FLASH' });
    const later = await asked();
    const bySystem = await asked({}, 'system');
    const due = '/v1/requests?open=true&order=deadline';
    expect(await ids(due)).toEqual([late, urgent, later, bySystem]);
    const page = (await office.ask('GET', `${due}&limit=3`)).json;
    expect(page).toMatchObject({ openLives: 4, items: { length: 3 } });
    expect(await ids(`${due}&limit=3&cursor=${page.next}`)).toEqual([bySystem]);
    expect((await office.ask('GET', `/v1/requests?cursor=${page.next}`)).json.code).toBe('OFFICE_REQUEST_INVALID');
    expect(await ids(`${due}&mine=true`)).toEqual([late, urgent, later]);
    await office.ask('POST', `/v1/requests/${late}/steps`, { body: { action: 'REQUEST_ACTION_WITHDRAW' } });
    await eventually(async () => expect(await ids(due)).toEqual([urgent, later, bySystem]));
  });

  it('shows a system its own requests only', async () => {
    await open();
    await asked();
    const own = await asked({}, 'system');
    const theirs = await askedOfUs();
    expect(await ids('/v1/requests', 'system')).toEqual([own]);
    expect((await office.ask('GET', `/v1/requests/${theirs}`, { role: 'system' })).status).toBe(404);
    expect((await office.ask('GET', '/v1/requests/figures', { role: 'system' })).json.items).toEqual([]);
    expect((await office.ask('GET', '/v1/requests/figures')).json.items).toMatchObject([
      { office: LA, side: 'asked', open: 1 },
      { office: LA, side: 'asking', open: 2, toAnswer: { count: 0 } },
    ]);
  });
});

describe('POST /v1/requests/{id}/steps', () => {
  it('takes a step under the name of the token', async () => {
    await open();
    const theirs = await askedOfUs();
    const body = { action: 'REQUEST_ACTION_ACKNOWLEDGE', assignee: 'desk-4' };
    const { status, json } = await office.ask('POST', `/v1/requests/${theirs}/steps`, { body, role: 'supervisor' });
    expect(status).toBe(201);
    await eventually(async () => expect((await lives(theirs))[0]).toMatchObject({ assignee: 'desk-4' }));
    const [life] = await lives(theirs);
    expect(life.facts).toMatchObject([{ id: json.id, standing: 'counted', action: 'REQUEST_ACTION_ACKNOWLEDGE' }]);
    expect((await office.ask('GET', `/v1/messages/${json.id}`)).json.submittedBy).toBe(NAMES.supervisor);
  });

  it.each([
    [
      'an acknowledgement of nobody',
      { action: 'REQUEST_ACTION_ACKNOWLEDGE' },
      422,
      'REQUESTS_ASSIGNEE_MISSING',
      'assignee',
    ],
    ['a refusal without a ground', { action: 'REQUEST_ACTION_REFUSE' }, 422, 'REQUESTS_GROUND_MISSING', 'ground'],
    ['a question without words', { action: 'REQUEST_ACTION_ASK_CLARIFICATION' }, 422, 'REQUESTS_TEXT_MISSING', 'text'],
    ['a withdrawal of what others ask', { action: 'REQUEST_ACTION_WITHDRAW' }, 409, 'REQUESTS_NOT_OURS', undefined],
    ['a notice in the place of the node', { action: 'REQUEST_ACTION_OVERDUE' }, 409, 'REQUESTS_NOT_OURS', undefined],
  ])('refuses %s', async (_, body, status, code, field) => {
    await open();
    const theirs = await askedOfUs();
    const answer = await office.ask('POST', `/v1/requests/${theirs}/steps`, { body });
    expect([answer.status, answer.json.code, answer.json.faults[0]?.field]).toEqual([status, code, field]);
  });

  it('knows no request of another kind, or of nobody', async () => {
    await open();
    const own = await asked();
    const { id } = await pair.th.relay.requests.step(stepInput(own as never, RequestAction.WITHDRAW));
    for (const unknown of [id, '019a0000-0000-7000-8000-000000000009']) {
      const body = { action: 'REQUEST_ACTION_WITHDRAW' };
      expect((await office.ask('POST', `/v1/requests/${unknown}/steps`, { body })).status).toBe(404);
    }
  });
});

describe('/v1/answers', () => {
  const answering = (request: string, more: object = {}, answer: object = {}) => ({
    request,
    ...more,
    answer: {
      terms: { results: [{ question: 1, outcome: 'ANSWER_OUTCOME_ANSWERED' }] },
      crimeArea: 'CRIME_AREA_STOLEN_VEHICLES',
      texts: [{ question: 1, text: 'Twice.' }],
      language: 'en',
      ...answer,
    },
  });

  it('previews, takes and lists an answer; a second whole one is refused', async () => {
    await open();
    const theirs = await askedOfUs();
    const preview = await office.ask('POST', '/v1/answers/preview', { body: answering(theirs) });
    expect(preview.json.copies[0]).toMatchObject({ office: LA, answer: { texts: [{ text: 'Twice.' }] } });
    const { status, json } = await office.ask('POST', '/v1/answers', { body: answering(theirs), role: 'system' });
    expect(status).toBe(201);
    await eventually(async () => expect((await lives(theirs))[0]).toMatchObject({ state: 'answered' }));
    const again = await office.ask('POST', '/v1/answers', { body: answering(theirs) });
    expect([again.status, again.json.code]).toEqual([409, 'REQUESTS_CLOSED']);
    expect((await office.ask('GET', '/v1/answers')).json.items).toMatchObject([
      { id: json.id, request: { origin: LA, id: theirs }, copies: [{ office: LA, state: 'delivered' }] },
    ]);
    expect(await ids('/v1/answers?side=asking')).toEqual([]);
    expect(await ids(`/v1/answers?side=asked&request=${theirs}&office=${LA}`)).toEqual([json.id]);
    expect(await ids('/v1/answers', 'system')).toEqual([json.id]);
  });

  it('shows what was answered to us', async () => {
    await open();
    const own = await asked();
    const { id } = await pair.la.relay.requests.answer(answerInput(own as never));
    await eventually(async () => expect(await ids('/v1/answers?include=content')).toEqual([id]));
    expect(await ids('/v1/answers', 'system')).toEqual([]);
  });

  it.each([
    [
      'to a question that was not asked',
      {},
      { terms: { results: [{ question: 2, outcome: 'ANSWER_OUTCOME_ANSWERED' }] } },
      'REQUESTS_QUESTION_INVALID',
      'answer.terms.results[0].question',
    ],
    [
      'that withholds without a ground',
      {},
      { terms: { results: [{ question: 1, outcome: 'ANSWER_OUTCOME_WITHHELD' }] } },
      'REQUESTS_GROUND_MISSING',
      'answer.terms.results[0].ground',
    ],
    ['that may be handled more freely', { handling: 'HANDLING_CODE_H0' }, {}, 'REQUESTS_HANDLING_LOWERED', 'handling'],
    [
      'about a subject that is not there',
      {},
      { texts: [{ question: 1, about: ['X'] }] },
      'REQUESTS_SUBJECT_UNKNOWN',
      'answer.texts[0].about[0]',
    ],
  ])('refuses an answer %s', async (_, more, answer, code, field) => {
    await open();
    const theirs = await askedOfUs();
    const { status, json } = await office.ask('POST', '/v1/answers', { body: answering(theirs, more, answer) });
    expect([status, json.code]).toEqual([422, code]);
    expect(json.faults.map((fault: { field: string }) => fault.field)).toEqual([field]);
  });

  it('refuses to answer what this office asks itself', async () => {
    await open();
    const { status, json } = await office.ask('POST', '/v1/answers', { body: answering(await asked()) });
    expect([status, json.code]).toEqual([409, 'REQUESTS_NOT_OURS']);
  });
});

describe('what is answered about requests', () => {
  it('is as the description says', async () => {
    await open();
    const own = await asked();
    await askedOfUs();
    await pair.la.relay.requests.step(stepInput(own as never, RequestAction.ACKNOWLEDGE));
    await pair.la.relay.requests.answer(answerInput(own as never, [2 as never]));
    await pair.la.relay.requests.step(
      stepInput(own as never, RequestAction.REFUSE, { ground: RefusalGround.MINOR_OFFENCE }),
    );
    await eventually(async () => expect((await lives(own))[0].facts).toHaveLength(3));
    const description = describeApi(OFFICE_ROUTES, '0.1.0') as {
      components: object;
      paths: Record<
        string,
        Record<string, { responses: Record<string, { content: Record<string, { schema: object }> }> }>
      >;
    };
    const validator = fastify({
      ajv: { customOptions: { coerceTypes: false, removeAdditional: false, allErrors: true, strict: false } },
    });
    validator.addSchema({ $id: 'api', components: description.components });
    const asksFor = (url: string) => url.split('?')[0]?.replace(own, '{id}') ?? '';
    const urls = [
      '/v1/requests?include=content',
      '/v1/requests/figures',
      '/v1/answers?include=content',
      `/v1/requests/${own}`,
    ];
    for (const url of urls) {
      const schema = description.paths[asksFor(url)]?.['get']?.responses['200']?.content['application/json']?.schema;
      const absolute = JSON.parse(JSON.stringify(schema).replaceAll('"#/components', '"api#/components'));
      validator.post(asksFor(url).replaceAll(/[{}]/g, '_'), {
        schema: { body: absolute },
        handler: async () => 'valid',
      });
    }
    await validator.ready();
    for (const url of urls) {
      const { json } = await office.ask('GET', url);
      const checked = await validator.inject({
        method: 'POST',
        url: asksFor(url).replaceAll(/[{}]/g, '_'),
        payload: json,
      });
      expect([url, checked.body]).toEqual([url, 'valid']);
    }
    await validator.close();
  });
});
