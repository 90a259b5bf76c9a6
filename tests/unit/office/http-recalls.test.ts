import { describe, expect, it } from 'vitest';
import { type EnvelopeId, fromHex } from '../../../services/core/foundation/index.ts';
import {
  type RecallAnswerInput,
  RecallError,
  type RecallInput,
  type RecallView,
} from '../../../services/core/relay/index.ts';
import {
  ErasureCause,
  MessageKind,
  type MessageTerms,
  Outcome,
  RecallAction,
  RecallGround,
  RecallOutcome,
  RetentionGround,
} from '../../../services/core/wire/index.ts';
import { copyTo, fakeOffice, idOf, inbound, NOW, outbound, PEER, SELF } from './fake-office.ts';

const DIGEST = '07'.repeat(32);
const VIEW: RecallView = {
  direction: 'outbound',
  origin: SELF,
  id: idOf(2),
  target: { origin: SELF, id: idOf(1), digest: fromHex(DIGEST) },
  action: RecallAction.DELETE,
  ground: RecallGround.INCORRECT,
  createdMs: NOW,
  answerByMs: (NOW + 60_000) as RecallView['answerByMs'],
  holders: [
    { office: PEER, via: PEER, copy: 'delivered', recall: 'delivered', state: 'waiting', answer: null },
    {
      office: 'mm-tachileik' as never,
      via: PEER,
      copy: null,
      recall: null,
      state: 'partly',
      answer: {
        id: idOf(3),
        origin: 'mm-tachileik' as never,
        outcome: RecallOutcome.PARTLY,
        ground: RetentionGround.COPIED_ELSEWHERE,
        passedOn: [],
        atMs: NOW,
      },
    },
  ],
};
const RECEIVED: RecallView = {
  ...VIEW,
  direction: 'inbound',
  origin: PEER,
  id: idOf(12),
  target: { origin: PEER, id: idOf(11), digest: fromHex(DIGEST) },
  holders: [{ office: SELF, via: PEER, copy: null, recall: null, state: 'overdue', answer: null }],
};

function opened() {
  const asked: { recalls: RecallInput[]; answers: RecallAnswerInput[] } = { recalls: [], answers: [] };
  const said = (id: EnvelopeId) => ({
    id,
    origin: SELF,
    envelopeDigest: DIGEST as never,
    acceptedMs: NOW,
    emergency: false,
    repeated: false,
    recipients: [],
  });
  const office = fakeOffice({
    recalls: {
      recall: async (input) => {
        asked.recalls.push(input);
        if (input.id === idOf(9)) throw new RecallError('RECALL_NOT_ORIGINATOR');
        return said(idOf(2));
      },
      answer: async (input) => {
        asked.answers.push(input);
        if (input.outcome === RecallOutcome.REFUSED) throw new RecallError('RECALL_GROUND_UNFIT');
        return said(idOf(13));
      },
      list: () => [VIEW, RECEIVED],
      find: () => VIEW,
      sweep: async () => undefined,
    },
  });
  return { office, asked };
}

const ORDER = { message: idOf(1), action: 'RECALL_ACTION_DELETE', ground: 'RECALL_GROUND_INCORRECT' };

describe('POST /v1/recalls', () => {
  it('hands the order to the relay under the name of who asks', async () => {
    const { office: at, asked } = opened();
    at.put(outbound(1, [copyTo(PEER, Outcome.RELEASED)], { submittedBy: 'officer-1' }));
    const answer = await at.ask('POST', '/v1/recalls', {
      role: 'supervisor',
      body: { ...ORDER, text: 'wrong plate', textLanguage: 'en' },
    });
    expect(answer.status).toBe(201);
    expect(answer.headers['location']).toBe(`/v1/recalls/${idOf(2)}`);
    expect(asked.recalls).toMatchObject([
      { submittedBy: 'supervisor-1', id: idOf(1), action: RecallAction.DELETE, answerByMs: null, text: 'wrong plate' },
    ]);
  });

  it('lets an officer call back only what they submitted', async () => {
    const { office: at, asked } = opened();
    at.put(outbound(1, [copyTo(PEER, Outcome.RELEASED)], { submittedBy: 'somebody-else' }));
    expect(await at.ask('POST', '/v1/recalls', { role: 'officer', body: ORDER })).toMatchObject({
      status: 403,
      json: { code: 'OFFICE_ROLE_FORBIDDEN' },
    });
    at.put(outbound(1, [copyTo(PEER, Outcome.RELEASED)], { submittedBy: 'officer-1' }));
    expect(await at.ask('POST', '/v1/recalls', { role: 'officer', body: ORDER })).toMatchObject({ status: 201 });
    expect(asked.recalls).toHaveLength(1);
    for (const role of ['auditor', 'system', 'operator'] as const)
      expect(await at.ask('POST', '/v1/recalls', { role, body: ORDER })).toMatchObject({ status: 403 });
  });

  it('says by its code why it cannot be', async () => {
    const { office: at } = opened();
    expect(
      await at.ask('POST', '/v1/recalls', { role: 'supervisor', body: { ...ORDER, message: idOf(9) } }),
    ).toMatchObject({ status: 403, json: { code: 'RECALL_NOT_ORIGINATOR' } });
    expect(await at.ask('POST', '/v1/recalls', { role: 'supervisor', body: { message: idOf(1) } })).toMatchObject({
      status: 422,
    });
  });
});

describe('GET /v1/recalls', () => {
  it('shows where every copy is and who has not answered', async () => {
    const { office: at } = opened();
    const answer = await at.ask('GET', '/v1/recalls', { role: 'officer' });
    expect(answer.json).toMatchObject({
      items: [
        {
          id: idOf(2),
          state: 'open',
          message: { origin: SELF, id: idOf(1), digest: DIGEST },
          action: 'RECALL_ACTION_DELETE',
          holders: [
            { office: PEER, state: 'waiting', answer: null },
            {
              state: 'partly',
              answer: { outcome: 'RECALL_OUTCOME_PARTLY', ground: 'RETENTION_GROUND_COPIED_ELSEWHERE' },
            },
          ],
        },
        { id: idOf(12), state: 'overdue', direction: 'inbound' },
      ],
    });
    expect(answer.json.items.every((item: object) => !('about' in item))).toBe(true);
    const overdue = await at.ask('GET', '/v1/recalls?state=overdue', { role: 'officer' });
    expect(overdue.json).toMatchObject({ items: [{ id: idOf(12) }] });
    const ours = await at.ask('GET', '/v1/recalls?direction=outbound', { role: 'officer' });
    expect(ours.json).toMatchObject({ items: [{ id: idOf(2) }] });
  });

  it('says what the message is about, where it is here', async () => {
    const { office: at } = opened();
    at.put(outbound(1, [copyTo(PEER, Outcome.RELEASED)]));
    const { json } = await at.ask('GET', '/v1/recalls', { role: 'officer' });
    expect(json.items[0].about).toMatchObject({ headline: 'Fast boat' });
    expect(json.items[1].about).toBeUndefined();
  });
});

describe('GET /v1/recalls/{id}', () => {
  it('shows one, and knows no others', async () => {
    const { office: at } = opened();
    expect(await at.ask('GET', `/v1/recalls/${idOf(12)}`, { role: 'auditor' })).toMatchObject({
      status: 200,
      json: { origin: PEER },
    });
    expect(await at.ask('GET', `/v1/recalls/${idOf(50)}`, { role: 'auditor' })).toMatchObject({
      status: 404,
      json: { code: 'RECALL_UNKNOWN' },
    });
  });
});

describe('POST /v1/recalls/{id}/answer', () => {
  const DONE = { outcome: 'RECALL_OUTCOME_DONE' };
  it("is a person's act: of a supervisor or of oversight", async () => {
    const { office: at, asked } = opened();
    const path = `/v1/recalls/${idOf(12)}/answer`;
    expect(await at.ask('POST', path, { role: 'supervisor', body: DONE })).toMatchObject({ status: 201 });
    expect(await at.ask('POST', path, { role: 'oversight', body: DONE })).toMatchObject({ status: 201 });
    for (const role of ['officer', 'auditor', 'system', 'operator'] as const)
      expect(await at.ask('POST', path, { role, body: DONE })).toMatchObject({ status: 403 });
    expect(asked.answers).toMatchObject([
      { answeredBy: 'supervisor-1', origin: PEER, id: idOf(12), outcome: RecallOutcome.DONE },
      { answeredBy: 'oversight-1' },
    ]);
  });

  it('says which field is wrong', async () => {
    const { office: at } = opened();
    expect(
      await at.ask('POST', `/v1/recalls/${idOf(12)}/answer`, {
        role: 'supervisor',
        body: { outcome: 'RECALL_OUTCOME_REFUSED' },
      }),
    ).toMatchObject({ status: 422, json: { code: 'RECALL_GROUND_UNFIT', faults: [{ field: 'ground' }] } });
  });
});

describe('a message that was called back', () => {
  const terms = {
    recall: {
      target: { origin: PEER, id: idOf(11), digest: fromHex(DIGEST) },
      action: RecallAction.RESTRICT,
      ground: RecallGround.UNLAWFUL,
      answerBy: { seconds: 1, nanos: 0 },
    },
  } as unknown as MessageTerms;

  it('is marked in lists, and read only by those who decide on it or audit', async () => {
    const { office: at } = opened();
    at.put(inbound(11));
    at.put(inbound(12, { kind: MessageKind.RECALL, terms }));
    const list = await at.ask('GET', '/v1/inbox?include=content', { role: 'officer' });
    expect(list.json).toMatchObject({
      items: expect.arrayContaining([
        expect.objectContaining({
          id: idOf(11),
          recalled: expect.objectContaining({ id: idOf(12), action: 'RECALL_ACTION_RESTRICT' }),
          contentState: 'restricted',
          content: null,
        }),
      ]),
    });
    const states = await Promise.all(
      (['officer', 'supervisor', 'oversight', 'auditor'] as const).map(
        async (role) => (await at.ask('GET', `/v1/messages/${idOf(11)}`, { role })).json['contentState'],
      ),
    );
    expect(states).toEqual(['restricted', 'present', 'present', 'present']);
  });

  it('says until when its body is kept, unless it was erased', async () => {
    const { office: at } = opened();
    const kept = inbound(11);
    if (kept.content === null) throw new TypeError('the fixture has content');
    const content = { ...kept.content, day: '20270220' };
    at.put({ ...kept, content });
    const path = `/v1/messages/${idOf(11)}`;
    expect((await at.ask('GET', path, { role: 'officer' })).json['keptUntil']).toBe('2027-02-20');
    const erased = {
      origin: PEER,
      id: idOf(11),
      cause: ErasureCause.RECALL,
      orderedBy: null,
      by: 'supervisor-1',
      atMs: NOW,
      record: 9,
      contents: [],
    };
    at.put({ ...kept, content, erased });
    expect((await at.ask('GET', path, { role: 'officer' })).json).not.toHaveProperty('keptUntil');
  });

  it('says that its body was erased', async () => {
    const { office: at } = opened();
    const erased = {
      origin: PEER,
      id: idOf(11),
      cause: ErasureCause.RECALL,
      orderedBy: null,
      by: 'supervisor-1',
      atMs: NOW,
      record: 9,
      contents: [],
    };
    at.put(inbound(11, { erased }));
    expect((await at.ask('GET', `/v1/messages/${idOf(11)}`, { role: 'auditor' })).json).toMatchObject({
      contentState: 'erased',
      content: null,
      erased: { by: 'supervisor-1' },
    });
  });

  it('shows all versions beside each other', async () => {
    const { office: at } = opened();
    at.put(inbound(11));
    at.put(inbound(14, { supersedes: idOf(11) }));
    expect((await at.ask('GET', `/v1/messages/${idOf(11)}`, { role: 'officer' })).json).toMatchObject({
      supersededBy: idOf(14),
      versions: [{ id: idOf(11) }, { id: idOf(14) }],
    });
    at.put(inbound(15, { supersedes: idOf(99) }));
    expect((await at.ask('GET', `/v1/messages/${idOf(15)}`, { role: 'officer' })).json).toMatchObject({
      supersedes: idOf(99),
      earlierVersionUnknown: true,
    });
  });
});
