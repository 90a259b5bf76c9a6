import { afterEach, describe, expect, it } from 'vitest';
import { DataCategory, HandlingCode, Purpose } from '../../../services/core/wire/index.ts';
import { eventually } from '../../support/eventually.ts';
import { bundleOf, permitAll } from '../policy/fixtures.ts';
import { answered, inInbox, reported } from '../relay/consents/scene.ts';
import { type ThreeOffices, threeOffices } from '../relay/three-offices.ts';
import { submission } from '../relay/two-offices.ts';
import { LA, MM, TH } from '../trust/fixtures.ts';
import { fakeOffice, idOf } from './fake-office.ts';

let at: ThreeOffices;
afterEach(() => at.close());

const open = () => fakeOffice({ real: { relay: at.th.relay, clock: at.th.clock } });
const asking = (message: string, more: object = {}) => ({
  message,
  recipient: MM,
  purpose: 'PURPOSE_INVESTIGATION',
  categories: ['DATA_CATEGORY_CORE', 'DATA_CATEGORY_TRANSPORT'],
  ...more,
});
const onward = (more: object = {}) => ({
  body: { recipient: MM, purpose: 'PURPOSE_INVESTIGATION', reason: 'same gang', ...more },
});

describe('the routes of the originator’s control', () => {
  it('ask, show the answer, and pass on what it lets go on', async () => {
    at = await threeOffices();
    const id = await reported(at);
    const office = open();
    const refused = await office.ask('POST', `/v1/messages/${id}/forward`, onward());
    expect(refused).toMatchObject({
      status: 201,
      json: { crossing: { outcome: 'refused', state: 'refused', policies: ['baseline.no-onward-without-consent'] } },
    });
    const asked = await office.ask('POST', '/v1/consents', { body: asking(id, { text: 'a', textLanguage: 'en' }) });
    expect(asked).toMatchObject({ status: 201, json: { recipients: [{ office: LA, outcome: 'released' }] } });
    const request = asked.json['id'] as never;
    await inInbox(at.la, TH, request);
    const consent = await answered(at, request);
    await eventually(async () =>
      expect((await office.ask('GET', `/v1/consents/${request}`)).json).toMatchObject({
        side: 'asking',
        state: 'granted',
        recipient: MM,
        answer: { id: consent, granted: true, categories: ['DATA_CATEGORY_CORE', 'DATA_CATEGORY_TRANSPORT'] },
      }),
    );
    const granted = await office.ask('GET', '/v1/consents?state=granted&side=asking');
    expect(granted.json['items']).toMatchObject([{ about: { crimeArea: expect.any(String) } }]);
    expect((await office.ask('GET', '/v1/consents?side=originator')).json['items']).toEqual([]);
    const passed = await office.ask('POST', `/v1/messages/${id}/forward?origin=${LA}`, onward());
    expect(passed.json).toMatchObject({
      crossing: { office: MM, occasion: 'onward', outcome: 'released', reliesOn: { id: consent }, why: 'same gang' },
    });
    await inInbox(at.mm, LA, id);
    const there = fakeOffice({ real: { relay: at.mm.relay, clock: at.mm.clock } });
    expect((await there.ask('GET', `/v1/messages/${id}`)).json).toMatchObject({
      origin: LA,
      from: TH,
      onward: { purpose: 'PURPOSE_INVESTIGATION', consent: { origin: LA, id: consent } },
    });
    expect((await office.ask('GET', `/v1/messages/${id}`)).json['added']).toHaveLength(2);
    expect(await office.ask('POST', `/v1/messages/${id}/forward`, onward())).toMatchObject({
      status: 409,
      json: { code: 'CONSENTS_PASSED_ON_ALREADY' },
    });
  });

  it('grant and refuse, by a supervisor and once', async () => {
    at = await threeOffices();
    const { id } = await at.th.relay.submit(submission({ recipients: [LA, MM], handling: HandlingCode.H2 }));
    await inInbox(at.la, TH, id);
    const said = { text: '', textLanguage: '', idempotencyKey: '', submissionDigest: '0'.repeat(64) as never };
    const ask = (categories: readonly DataCategory[]) =>
      at.mm.relay.consents.ask({
        ...said,
        submittedBy: 'officer-9',
        origin: TH,
        id,
        recipient: TH,
        purpose: Purpose.INVESTIGATION,
        untilMs: null,
        categories,
      });
    await inInbox(at.mm, TH, id);
    // mm has no other neighbour than the origin itself.
    await expect(ask([DataCategory.CORE])).rejects.toMatchObject({ code: 'CONSENTS_RECIPIENT_INVALID' });
    const office = open();
    expect(
      await office.ask('POST', `/v1/consents/${idOf(1)}/answer`, { role: 'supervisor', body: { granted: true } }),
    ).toMatchObject({ status: 404, json: { code: 'CONSENTS_UNKNOWN' } });
    expect(await office.ask('GET', `/v1/consents/${idOf(1)}`)).toMatchObject({ status: 404 });
    expect(await office.ask('POST', `/v1/consents/${idOf(1)}/answer`, { body: { granted: true } })).toMatchObject({
      status: 403,
    });
    const asked = await office.ask('POST', '/v1/consents', { body: asking(await reported(at)) });
    const own = await office.ask('POST', `/v1/consents/${asked.json['id']}/answer`, {
      role: 'supervisor',
      body: { granted: true },
    });
    expect(own).toMatchObject({ status: 403, json: { code: 'CONSENTS_NOT_ORIGINATOR' } });
  });

  it('say what is wrong with a request', async () => {
    at = await threeOffices();
    const office = open();
    const id = await reported(at);
    const refusals: readonly (readonly [object, number, string])[] = [
      [asking(id, { recipient: LA }), 422, 'CONSENTS_RECIPIENT_INVALID'],
      [asking(id, { until: '2020-01-01T00:00:00Z' }), 422, 'CONSENTS_TERMS_INVALID'],
      [asking(id, { categories: ['DATA_CATEGORY_TRANSPORT'] }), 422, 'CONSENTS_TERMS_INVALID'],
      [asking(idOf(1)), 404, 'RELAY_MESSAGE_UNKNOWN'],
    ];
    for (const [body, status, code] of refusals)
      expect(await office.ask('POST', '/v1/consents', { body })).toMatchObject({ status, json: { code } });
    expect(await office.ask('POST', '/v1/consents', { role: 'auditor', body: asking(id) })).toMatchObject({
      status: 403,
    });
    const same = asking(id, { idempotencyKey: 'once' });
    const first = await office.ask('POST', '/v1/consents', { body: same });
    expect(await office.ask('POST', '/v1/consents', { body: same })).toMatchObject({
      status: 201,
      json: { id: first.json['id'], repeated: true },
    });
    expect(await office.ask('POST', `/v1/messages/${id}/forward`, onward({ reason: '' }))).toMatchObject({
      status: 422,
    });
  });

  it('ask for withheld parts and open them', async () => {
    const law = (nation: string) =>
      bundleOf(
        nation,
        1,
        permitAll(nation),
        `@id("${nation}.unless-opened") @reason("For a test.") forbid (principal in Nation::"${nation.toUpperCase()}", action == Action::"disclose", resource) when { context.part.category == DataCategory::"transport" && !context.message.opening };`,
      );
    at = await threeOffices({ la: law('la'), th: law('th') });
    const office = open();
    const id = await reported(at, HandlingCode.H0);
    const wanted = { message: id, categories: ['DATA_CATEGORY_TRANSPORT'] };
    const asked = await office.ask('POST', '/v1/openings', { body: wanted });
    expect(asked.status).toBe(201);
    const request = asked.json['id'] as never;
    await inInbox(at.la, TH, request);
    await at.la.relay.consents.open({ id: request, holder: null, categories: [], by: 's', reason: 'r' });
    await eventually(async () =>
      expect((await office.ask('GET', `/v1/openings/${request}`)).json).toMatchObject({
        state: 'opened',
        opened: ['DATA_CATEGORY_TRANSPORT'],
        supplements: [{ outcome: 'released', opened: ['DATA_CATEGORY_TRANSPORT'] }],
      }),
    );
    expect((await office.ask('GET', '/v1/openings')).json['items']).toMatchObject([
      { about: { crimeArea: expect.any(String) } },
    ]);
    expect((await office.ask('GET', `/v1/messages/${id}`)).json).toMatchObject({ withheldParts: [] });
    expect(await office.ask('POST', '/v1/openings', { body: wanted })).toMatchObject({
      status: 409,
      json: { code: 'CONSENTS_NOTHING_WITHHELD' },
    });

    const { id: own } = await at.th.relay.submit(submission({ recipients: [LA] }));
    await inInbox(at.la, TH, own);
    const said = { text: '', textLanguage: '', idempotencyKey: '', submissionDigest: '0'.repeat(64) as never };
    const theirs = await at.la.relay.consents.askToOpen({
      ...said,
      submittedBy: 'o',
      origin: TH,
      id: own,
      categories: [DataCategory.TRANSPORT],
    });
    await inInbox(at.th, LA, theirs.id);
    const order = { reason: 'they need it' };
    expect(await office.ask('POST', `/v1/openings/${theirs.id}/open`, { body: order })).toMatchObject({ status: 403 });
    expect(
      await office.ask('POST', `/v1/openings/${theirs.id}/open`, { role: 'supervisor', body: order }),
    ).toMatchObject({
      status: 201,
      json: { crossing: { occasion: 'opening', outcome: 'released', by: 'supervisor-1' } },
    });
    await eventually(async () =>
      expect((await office.ask('GET', '/v1/openings?side=originator')).json).toMatchObject({
        items: [{ id: theirs.id, state: 'opened', copies: [{ office: LA, state: 'delivered' }] }],
      }),
    );
    expect(await office.ask('GET', `/v1/openings/${idOf(1)}`)).toMatchObject({ status: 404 });
  });
});
