import fastify from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { digestOf, utf8 } from '../../../services/core/foundation/index.ts';
import { describeApi } from '../../../services/office/http/describe-api.ts';
import { OFFICE_ROUTES } from '../../../services/office/http/office-routes.ts';
import { eventually } from '../../support/eventually.ts';
import {
  LA,
  liveOperation,
  MM,
  OPERATION,
  type OperationOffices,
  operationOffices,
  TH,
  untilAgreed,
} from '../relay/operations/operation-offices.ts';
import { type FakeOffice, fakeOffice, idOf } from './fake-office.ts';

let offices: OperationOffices;
let lead: FakeOffice;
let member: FakeOffice;

beforeAll(async () => {
  offices = await operationOffices();
  lead = fakeOffice({ real: { relay: offices.th.relay, clock: offices.th.clock } });
  member = fakeOffice({ real: { relay: offices.la.relay, clock: offices.la.clock } });
  await liveOperation(offices);
});
afterAll(() => offices.close());

const at = (rest: string): string => `/v1/operations/${OPERATION}/${rest}`;
const post = (postType: string, terms: object = {}, more: object = {}, post: object = {}) => ({
  precedence: 'PRECEDENCE_ROUTINE',
  handling: 'HANDLING_CODE_H1',
  post: {
    terms: { postType, ...terms },
    crimeArea: 'CRIME_AREA_DRUGS',
    text: 'what is said',
    textLanguage: 'en',
    ...post,
  },
  ...more,
});
const due = new Date(Date.now() + 3_600_000).toISOString();

describe('/v1/operations/{id}/posts', () => {
  it('takes a post, answers it again under its key, and brings it to the members', async () => {
    const body = post('POST_TYPE_SITREP', {}, { idempotencyKey: 'sitrep-1' });
    const first = await lead.ask('POST', at('posts'), { body });
    expect([first.status, first.headers['location']]).toEqual([201, at(`posts/${TH}/${first.json.id}`)]);
    expect((await lead.ask('POST', at('posts'), { body })).json).toMatchObject({ id: first.json.id, repeated: true });
    await untilAgreed(offices, TH, LA, MM);
    const { status, json } = await member.ask('GET', at(`posts/${TH}/${first.json.id}`));
    expect(status).toBe(200);
    expect(json).toMatchObject({
      office: TH,
      number: 1,
      type: 'POST_TYPE_SITREP',
      state: 'here',
      contentState: 'present',
      content: { operationPost: { text: 'what is said' } },
    });
    expect((await member.ask('GET', at(`posts/${TH}/${first.json.id}`), { role: 'system' })).status).toBe(404);
    expect((await lead.ask('GET', at(`posts/${TH}/${first.json.id}`), { role: 'system' })).status).toBe(404);
    expect((await lead.ask('GET', at(`posts/${TH}/${idOf(9)}`))).status).toBe(404);
  });

  it('keeps posts, acts and notices out of the inbox and the outbox', async () => {
    const lists = await Promise.all(['/v1/inbox', '/v1/outbox'].map((url) => member.ask('GET', url)));
    const kinds = lists.flatMap(({ json }) => json.items.map(({ kind }: { kind: string }) => kind));
    expect(new Set(kinds)).toEqual(new Set(['MESSAGE_KIND_OPERATION_CHARTER']));
  });

  it('shows each member’s copy before anything is sent', async () => {
    const before = offices.th.relay.channel.posts(OPERATION).ordered.length;
    const { status, json } = await lead.ask('POST', at('preview'), { body: post('POST_TYPE_MESSAGE') });
    expect(status).toBe(200);
    expect(json.recipients).toMatchObject([{ office: LA, outcome: 'released' }, { office: MM }]);
    expect(json.copies).toMatchObject([{ office: LA, post: { text: 'what is said' } }, { office: MM }]);
    expect(offices.th.relay.channel.posts(OPERATION).ordered).toHaveLength(before);
  });

  it.each([
    ['an unknown operation', 'other', post('POST_TYPE_MESSAGE'), 404, 'CHANNEL_OPERATION_UNKNOWN', []],
    ['an exercise', OPERATION, post('POST_TYPE_MESSAGE', {}, { drill: true }), 422, 'CHANNEL_MODE_DIFFERS', ['drill']],
    [
      'more than the ceiling',
      OPERATION,
      post('POST_TYPE_MESSAGE', {}, { handling: 'HANDLING_CODE_H3', caveat: 'x' }),
      422,
      'CHANNEL_ABOVE_CEILING',
      ['handling'],
    ],
    [
      'a tasking of nobody',
      OPERATION,
      post('POST_TYPE_TASKING'),
      422,
      'CHANNEL_TERMS_INVALID',
      ['post.terms.assignees'],
    ],
    [
      'a tasking of a stranger',
      OPERATION,
      post('POST_TYPE_TASKING', { assignees: ['kh-poipet'] }),
      422,
      'CHANNEL_ASSIGNEE_UNKNOWN',
      ['post.terms.assignees'],
    ],
    [
      'an answer to nothing',
      OPERATION,
      post('POST_TYPE_MESSAGE', {}, { answers: idOf(9) }),
      422,
      'CHANNEL_TARGET_UNKNOWN',
      ['answers'],
    ],
    ['a sighting of nowhere', OPERATION, post('POST_TYPE_SIGHTING'), 422, 'OFFICE_REQUEST_INVALID', ['post.place']],
    ['no type', OPERATION, post('POST_TYPE_UNSPECIFIED'), 422, 'WIRE_JSON_INVALID', ['post.terms.postType']],
  ])('refuses %s', async (_, operation, body, status, code, fields) => {
    const refused = await lead.ask('POST', `/v1/operations/${operation}/posts`, { body });
    expect([refused.status, refused.json.code]).toEqual([status, code]);
    expect(refused.json.faults.map(({ field }: { field: string }) => field)).toEqual(fields);
  });

  it('refuses a member what is for the lead to say', async () => {
    const { status, json } = await member.ask('POST', at('posts'), { body: post('POST_TYPE_DECISION') });
    expect([status, json.code]).toEqual([403, 'CHANNEL_PAST_ROLE']);
  });
});

describe('/v1/operations/{id}/transcript, taskings, roster, log', () => {
  it('show what is to be done, who has read what, and one digest that a stranger can compute', async () => {
    const tasked = await lead.ask('POST', at('posts'), { body: post('POST_TYPE_TASKING', { assignees: [LA], due }) });
    await untilAgreed(offices, TH, LA, MM);
    const answered = await member.ask('POST', at('posts'), {
      body: post('POST_TYPE_TASKING_ANSWER', { tasking: 'TASKING_STATE_ACCEPTED' }, { answers: tasked.json.id }),
    });
    expect(answered.status).toBe(201);
    await member.ask('POST', `/v1/messages/${tasked.json.id}/retrieved?origin=${TH}`, { body: {} });
    await untilAgreed(offices, TH, LA, MM);
    const { json: taskings } = await lead.ask('GET', at(`taskings?office=${LA}&open=true`));
    expect(taskings.items).toMatchObject([{ open: true, parts: [{ office: LA, state: 'accepted', overdue: false }] }]);
    expect((await lead.ask('GET', at('taskings?open=false'))).json.items).toEqual([]);

    await eventually(async () => {
      const { json } = await lead.ask('GET', at('transcript?include=content'));
      const entry = json.entries.find(({ id }: { id: string }) => id === tasked.json.id);
      expect(entry.readers).toMatchObject([{ office: LA, state: 'retrieved', seen: true }, { office: MM }]);
      expect(json.complete).toBe(true);
      const lines = await member.ask('GET', at('transcript?format=lines'));
      expect(digestOf(utf8(lines.text))).toBe(json.digest);
    });
    expect((await lead.ask('GET', at('transcript?newest=1'))).json.entries).toHaveLength(1);
    const { json: roster } = await member.ask('GET', at('roster'));
    expect(roster.items).toMatchObject([
      { office: TH, role: 'OPERATION_ROLE_LEAD', state: 'joined' },
      { office: LA },
      { office: MM },
    ]);
    const { json: log } = await member.ask('GET', at('log'));
    expect(log.items.map(({ what }: { what: string }) => what)).toEqual(expect.arrayContaining(['act', 'post']));
    for (const rest of ['transcript', 'taskings', 'roster', 'log'])
      expect((await lead.ask('GET', `/v1/operations/other/${rest}`)).json.code).toBe('CHANNEL_OPERATION_UNKNOWN');
  });

  it('are as the description says', async () => {
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
    const own = offices.th.relay.channel.posts(OPERATION).of(TH)[0]?.id ?? '';
    const asked = new Map([
      ['/v1/operations/{id}/transcript', at('transcript?include=content')],
      ['/v1/operations/{id}/taskings', at('taskings')],
      ['/v1/operations/{id}/roster', at('roster')],
      ['/v1/operations/{id}/log', at('log')],
      ['/v1/operations/{id}/posts/{origin}/{envelopeId}', at(`posts/${TH}/${own}`)],
    ]);
    const urlOf = (path: string): string => path.replaceAll(/[{}]/g, '_');
    for (const path of asked.keys()) {
      const schema = description.paths[path]?.['get']?.responses['200']?.content['application/json']?.schema;
      const absolute = JSON.parse(JSON.stringify(schema).replaceAll('"#/components', '"api#/components'));
      validator.post(urlOf(path), { schema: { body: absolute }, handler: async () => 'valid' });
    }
    await validator.ready();
    for (const [path, url] of asked) {
      const { json } = await lead.ask('GET', url);
      const checked = await validator.inject({ method: 'POST', url: urlOf(path), payload: json });
      expect([url, checked.body]).toEqual([url, 'valid']);
    }
    await validator.close();
  });
});
