import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { charterCodec, OperationAction, OperationRole, toJson } from '../../../services/core/wire/index.ts';
import { eventually } from '../../support/eventually.ts';
import { act, charterOf, viewAt } from '../relay/operations/charters.ts';
import { LA } from '../relay/operations/operation-offices.ts';
import { type ThreeOffices, threeOffices } from '../relay/three-offices.ts';
import { type FakeOffice, fakeOffice } from './fake-office.ts';

let offices: ThreeOffices;
let lead: FakeOffice;
let member: FakeOffice;

beforeAll(async () => {
  offices = await threeOffices({ joint: true });
  lead = fakeOffice({ real: { relay: offices.th.relay, clock: offices.th.clock } });
  member = fakeOffice({ real: { relay: offices.la.relay, clock: offices.la.clock, office: LA } });
});

afterAll(() => offices.close());

const bodyOf = (init: Parameters<typeof charterOf>[0] = {}, more: object = {}) => ({
  charter: toJson(charterCodec, charterOf(init)),
  ...more,
});
const asSupervisor = (body: unknown) => ({ role: 'supervisor' as const, body });
const officer = { role: 'officer' as const };

describe('/v1/operations', () => {
  it('proposes an operation, which the others then have', async () => {
    const answered = await lead.ask('POST', '/v1/operations', asSupervisor(bodyOf()));
    expect([answered.status, answered.headers['location']]).toEqual([201, '/v1/operations/op-naga']);
    await eventually(() => expect(viewAt(offices.la)?.state).toBe('proposed'));
    const { json } = await member.ask('GET', '/v1/operations?state=proposed', officer);
    expect(json.items).toMatchObject([{ id: 'op-naga', drill: false, lead: 'th-chiang-khong', state: 'proposed' }]);
    expect((await member.ask('GET', '/v1/operations?state=live', officer)).json.items).toEqual([]);
  });

  it('says what waits for the office that asks', async () => {
    const waiting = { sign: true, accept: 0, finish: 0, due: null, unread: 0, report: false };
    const { json } = await member.ask('GET', '/v1/operations/op-naga', officer);
    expect(json).toMatchObject({ posts: 0, lastPostAt: null, waiting });
    const own = await lead.ask('GET', '/v1/operations', officer);
    expect(own.json.items[0].waiting).toEqual({ ...waiting, sign: false });
  });

  it('shows members with duty contacts, the charter in plain words, and every act', async () => {
    const signed = await member.ask(
      'POST',
      '/v1/operations/op-naga/acts',
      asSupervisor({ action: 'OPERATION_ACTION_SIGN' }),
    );
    expect(signed.status).toBe(201);
    await eventually(() => expect(viewAt(offices.th)?.state).toBe('live'));
    const { status, json } = await lead.ask('GET', '/v1/operations/op-naga', officer);
    expect(status).toBe(200);
    expect(json.members[0]).toMatchObject({
      role: 'OPERATION_ROLE_LEAD',
      state: 'joined',
      signed: true,
      dutyContact: 'Duty desk',
    });
    expect(json.members[2]).toMatchObject({ state: 'invited', signed: false });
    expect(json.charter.words[0]).toBe('Naga (op-naga)');
    expect(json.acts.map(({ action }: { action: string }) => action)).toContain('OPERATION_ACTION_OPEN');
  });

  it('hands out the charter with all signatures', async () => {
    const { status, json } = await member.ask('GET', '/v1/operations/op-naga/charter', officer);
    expect([status, json.signatures.length]).toEqual([200, 2]);
    const said = JSON.parse(Buffer.from(json.payload, 'base64url').toString()) as { id: string };
    expect(said.id).toBe('op-naga');
  });

  it.each([
    ['a code that the contract does not have', { charter: { id: 'x' } }, 422, 'WIRE_JSON_INVALID'],
    ['an operation that is known', bodyOf(), 409, 'OPERATIONS_KNOWN'],
    [
      'two leads',
      bodyOf({ id: 'two', members: charterOf().members.map((one) => ({ ...one, role: OperationRole.LEAD })) }),
      422,
      'TRUST_CHARTER_MEMBERS_INVALID',
    ],
    [
      'what the agreement does not allow',
      bodyOf({ id: 'two', retentionDays: 3650 }),
      422,
      'TRUST_CHARTER_BEYOND_AGREEMENT',
    ],
    [
      'an agreement that is not in force',
      bodyOf({ id: 'two', agreement: 'none' }),
      409,
      'TRUST_CHARTER_AGREEMENT_MISSING',
    ],
    [
      'an operation whose time has passed',
      bodyOf({ id: 'two', starts: { seconds: 1, nanos: 0 }, ends: { seconds: 2, nanos: 0 } }),
      409,
      'TRUST_CHARTER_EXPIRED',
    ],
    ['a document that is none', bodyOf({ id: 'two' }, { document: 'none' }), 422, 'TRUST_DOCUMENT_MALFORMED'],
  ])('refuses to propose %s', async (_, body, status, code) => {
    const answered = await lead.ask('POST', '/v1/operations', asSupervisor(body));
    expect([answered.status, answered.json.code]).toEqual([status, code]);
  });

  it('names each field in which a charter goes beyond its agreement', async () => {
    const { json } = await lead.ask('POST', '/v1/operations', asSupervisor(bodyOf({ id: 'two', retentionDays: 3650 })));
    expect(json.faults).toMatchObject([{ field: 'charter.retentionDays', reason: 'out-of-range' }]);
  });

  it('refuses to propose for another lead', async () => {
    const answered = await member.ask('POST', '/v1/operations', asSupervisor(bodyOf({ id: 'two' })));
    expect([answered.status, answered.json.code]).toEqual([403, 'OPERATIONS_NOT_LEAD']);
  });

  it.each([
    ['of an operation that nobody knows', 'none', { action: 'OPERATION_ACTION_CLOSE' }, 404, 'OPERATIONS_UNKNOWN'],
    ['that is the lead’s', 'op-naga', { action: 'OPERATION_ACTION_CLOSE' }, 403, 'OPERATIONS_NOT_LEAD'],
    ['that is the node’s', 'op-naga', { action: 'OPERATION_ACTION_OPEN' }, 422, 'OPERATIONS_OF_NODE'],
    ['that was done', 'op-naga', { action: 'OPERATION_ACTION_SIGN' }, 409, 'OPERATIONS_STATE_WRONG'],
    ['that is none', 'op-naga', {}, 422, 'WIRE_JSON_INVALID'],
  ])('refuses an act %s', async (_, id, body, status, code) => {
    const answered = await member.ask('POST', `/v1/operations/${id}/acts`, asSupervisor(body));
    expect([answered.status, answered.json.code]).toEqual([status, code]);
  });

  it('says the same once under one key, and refuses another under it', async () => {
    const ask = (body: object) =>
      lead.ask('POST', '/v1/operations/op-naga/acts', {
        role: 'supervisor',
        body,
        headers: { 'idempotency-key': 'k1' },
      });
    const first = await ask({ action: 'OPERATION_ACTION_SUSPEND' });
    const second = await ask({ action: 'OPERATION_ACTION_SUSPEND' });
    expect([first.json.repeated, second.json.repeated]).toEqual([false, true]);
    expect(second.json.id).toBe(first.json.id);
    expect((await ask({ action: 'OPERATION_ACTION_CLOSE' })).json.code).toBe('RELAY_IDEMPOTENCY_CONFLICT');
    await act(offices.th, OperationAction.RESUME);
  });

  it('knows no operation of another id', async () => {
    for (const path of ['/v1/operations/none', '/v1/operations/none/charter'])
      expect((await lead.ask('GET', path, officer)).status).toBe(404);
  });
});
