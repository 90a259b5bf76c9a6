import { describe, expect, it } from 'vitest';
import { RelayError } from '../../../services/core/relay/index.ts';
import { copyTo, fakeOffice, goodSubmission, idOf, NAMES, NOW, outbound, PEER } from './fake-office.ts';

const THREE = [PEER, 'la-boten', 'kh-poipet'];

describe('POST /v1/alerts', () => {
  it('answers with the id, where it is, and what was decided for each recipient', async () => {
    const office = fakeOffice();
    const answer = await office.ask('POST', '/v1/alerts', { body: goodSubmission({ recipients: THREE }) });
    expect(answer.status).toBe(201);
    expect(answer.headers['location']).toBe(`/v1/messages/${idOf(1)}`);
    expect(answer.json).toMatchObject({ id: idOf(1), acceptedAt: '2026-03-01T08:00:00.000Z', repeated: false });
    expect(answer.json.recipients).toEqual(
      ['released', 'held', 'refused'].map((outcome, index) => ({
        office: THREE[index],
        outcome,
        withheld: ['DATA_CATEGORY_BIOMETRIC'],
        policies: ['baseline.release'],
      })),
    );
  });

  it('needs recipients unless it takes the place of an earlier alert, which has them', async () => {
    const office = fakeOffice();
    const none = await office.ask('POST', '/v1/alerts', { body: goodSubmission({ recipients: [] }) });
    expect(none).toMatchObject({ status: 422, json: { faults: [{ field: 'recipients', reason: 'required' }] } });
    const { alert, ...rest } = goodSubmission({ recipients: undefined });
    for (const messageType of ['MESSAGE_TYPE_UPDATE', 'MESSAGE_TYPE_CANCEL', 'MESSAGE_TYPE_CORRECTION']) {
      const body = { ...rest, supersedes: idOf(7), alert: { ...(alert as object), messageType } };
      expect(await office.ask('POST', '/v1/alerts', { body }), messageType).toMatchObject({ status: 201 });
    }
    const bare = { ...rest, supersedes: idOf(7), alert };
    expect(await office.ask('POST', '/v1/alerts', { body: bare })).toMatchObject({
      status: 422,
      json: { faults: [{ field: 'supersedes', reason: 'not-allowed' }] },
    });
    office.failWith(new RelayError('RELAY_AUDIENCE_DIFFERS', { context: { missing: PEER, surplus: '' } }));
    const other = {
      ...rest,
      recipients: [PEER],
      supersedes: idOf(7),
      alert: { ...(alert as object), messageType: 'MESSAGE_TYPE_UPDATE' },
    };
    expect(await office.ask('POST', '/v1/alerts', { body: other })).toMatchObject({
      status: 422,
      json: { faults: [{ field: 'recipients', reason: 'audience-differs' }], detail: expect.stringContaining(PEER) },
    });
    office.failWith(new RelayError('RELAY_UPDATE_BRANCHES', { context: { newest: idOf(8) } }));
    expect(await office.ask('POST', '/v1/alerts', { body: other })).toMatchObject({
      status: 409,
      json: { detail: expect.stringContaining(idOf(8)) },
    });
  });

  it("lets a system change its own alerts and nobody else's", async () => {
    const office = fakeOffice();
    office.put(outbound(7, [copyTo(PEER, 1)], { submittedBy: NAMES.officer }));
    office.put(outbound(8, [copyTo(PEER, 1)], { submittedBy: NAMES.system }));
    const { alert, ...rest } = goodSubmission();
    const cancel = (number: number) => ({
      ...rest,
      supersedes: idOf(number),
      alert: { ...(alert as object), messageType: 'MESSAGE_TYPE_CANCEL' },
    });
    const by = (role: 'system' | 'officer', number: number) =>
      office.ask('POST', '/v1/alerts', { role, body: cancel(number) });
    expect((await by('system', 7)).json).toMatchObject({ code: 'RELAY_REFERENCE_UNKNOWN' });
    expect((await by('system', 8)).status).toBe(201);
    expect((await by('officer', 8)).status).toBe(201);
  });

  it('hands the submission over as it was, in the name of the token', async () => {
    const office = fakeOffice();
    const expires = '2026-03-02T08:00:00.5Z';
    await office.ask('POST', '/v1/alerts', {
      role: 'system',
      body: goodSubmission({ expires, drill: true, caseReference: 'C-1', handling: 'HANDLING_CODE_H3', caveat: 'x' }),
    });
    expect(office.asked.submitted[0]).toMatchObject({
      submittedBy: NAMES.system,
      recipients: [PEER],
      precedence: 1,
      purpose: 3,
      handling: 4,
      caveat: 'x',
      caseReference: 'C-1',
      expiresMs: NOW + 86_400_500,
      drill: true,
      idempotencyKey: '',
      body: { messageType: 1, narrative: 'Left the pier at dusk.' },
    });
  });

  it('leaves the expiry open where none is given', async () => {
    const office = fakeOffice();
    await office.ask('POST', '/v1/alerts', { body: goodSubmission() });
    expect(office.asked.submitted[0]?.expiresMs).toBeNull();
  });
});

describe('the idempotency key', () => {
  const submit = async (body: Record<string, unknown>, headers: Record<string, string> = {}) => {
    const office = fakeOffice();
    const answer = await office.ask('POST', '/v1/alerts', { body, headers });
    return { answer, input: office.asked.submitted[0] };
  };

  it.each([
    ['in the body', { idempotencyKey: 'k-1' }, {}],
    ['in the header', {}, { 'idempotency-key': 'k-1' }],
    ['in the header in quotes', {}, { 'idempotency-key': '"k-1"' }],
    ['in both', { idempotencyKey: 'k-1' }, { 'idempotency-key': 'k-1' }],
  ])('counts %s', async (_, body, headers) => {
    expect((await submit(goodSubmission(body), headers)).input?.idempotencyKey).toBe('k-1');
  });

  it.each([
    ['differs from the header', { idempotencyKey: 'k-2' }, { 'idempotency-key': 'k-1' }, 'idempotencyKey not-allowed'],
    ['is no reference', {}, { 'idempotency-key': 'a b' }, 'Idempotency-Key format-wrong'],
    ['is too long', {}, { 'idempotency-key': 'a'.repeat(65) }, 'Idempotency-Key format-wrong'],
  ])('is refused where it %s', async (_, body, headers, fault) => {
    const { answer, input } = await submit(goodSubmission(body), headers);
    expect(answer.status).toBe(422);
    expect(
      answer.json.faults.map((entry: { field: string; reason: string }) => `${entry.field} ${entry.reason}`),
    ).toEqual([fault]);
    expect(input).toBeUndefined();
  });

  it('goes with one digest for one content, in whatever order and wherever the key stands', async () => {
    const one = await submit(goodSubmission({ caveat: 'x', caseReference: 'y' }), { 'idempotency-key': 'k-1' });
    const other = await submit({ ...goodSubmission({ caseReference: 'y', caveat: 'x' }), idempotencyKey: 'k-1' });
    expect(other.input?.submissionDigest).toBe(one.input?.submissionDigest);
  });

  it('goes with another digest for other content', async () => {
    const one = await submit(goodSubmission({ idempotencyKey: 'k-1' }));
    const other = await submit(goodSubmission({ idempotencyKey: 'k-1', drill: true }));
    expect(other.input?.submissionDigest).not.toBe(one.input?.submissionDigest);
  });
});

describe('a submission that was answered before', () => {
  it('is answered as the first time, says so, and is counted', async () => {
    const office = fakeOffice();
    const answer = await office.ask('POST', '/v1/alerts', { body: goodSubmission({ idempotencyKey: 'used-before' }) });
    expect([answer.status, answer.json.repeated, office.observed.repeated]).toEqual([201, true, 1]);
    await office.ask('POST', '/v1/alerts', { body: goodSubmission() });
    expect(office.observed.repeated).toBe(1);
  });
});

describe('POST /v1/preview', () => {
  it('shows what would be decided and each copy, and submits nothing', async () => {
    const office = fakeOffice();
    const answer = await office.ask('POST', '/v1/preview', { body: goodSubmission() });
    expect(answer.status).toBe(200);
    expect(answer.json.recipients).toEqual([
      {
        office: PEER,
        outcome: 'released',
        withheld: ['DATA_CATEGORY_BIOMETRIC'],
        policies: ['baseline.release'],
        withheldParts: [
          expect.objectContaining({ category: 'DATA_CATEGORY_BIOMETRIC', policies: ['th.no-biometrics'] }),
        ],
        why: [
          { policy: 'baseline.release', reason: expect.anything() },
          { policy: 'th.no-biometrics', reason: null },
        ],
        agreement: { id: 'th-la-2026', version: 1, article: '3' },
      },
    ]);
    expect(answer.json.copies).toEqual([
      {
        office: PEER,
        alert: expect.objectContaining({
          headline: 'as the recipient reads it',
          messageType: 'MESSAGE_TYPE_ALERT',
          crimeArea: 'CRIME_AREA_DRUGS',
        }),
      },
    ]);
    expect(office.asked.submitted).toEqual([]);
  });

  it('refuses what a submission would refuse', async () => {
    const answer = await fakeOffice().ask('POST', '/v1/preview', {
      body: goodSubmission({ recipients: ['la-nowhere'] }),
    });
    expect(answer.json.faults[0]).toMatchObject({ field: 'recipients[0]', reason: 'office-unknown' });
  });
});
