import { describe, expect, it } from 'vitest';
import { fakeOffice, goodSubmission, idOf, NOW, OTHER, PEER, SELF } from './fake-office.ts';

const office = fakeOffice();
const post = (body: unknown, headers: Record<string, string> = {}) =>
  office.ask('POST', '/v1/alerts', { body, headers });
const faultsOf = (answer: { json: { faults: { field: string; reason: string }[] } }): string[] =>
  answer.json.faults.map(({ field, reason }) => `${field} ${reason}`);

describe('POST /v1/alerts with a body that is not what the contract says', () => {
  it.each([
    ['no body at all', '', 400, 'OFFICE_REQUEST_MALFORMED'],
    ['half an object', '{"recipients":', 400, 'OFFICE_REQUEST_MALFORMED'],
    ['text that is not UTF-8', new Uint8Array([0x7b, 0x22, 0xff, 0x22, 0x7d]), 400, 'OFFICE_REQUEST_MALFORMED'],
    ['a list', '[]', 422, 'WIRE_JSON_INVALID'],
    ['null', 'null', 422, 'WIRE_JSON_INVALID'],
  ])('refuses %s', async (_, body, status, code) => {
    const answer = await post(body);
    expect(answer.status).toBe(status);
    expect(answer.json.code).toBe(code);
    expect(answer.headers['content-type']).toContain('application/problem+json');
  });

  it.each([
    ['an unknown field', goodSubmission({ precedance: 'x' }), 'precedance field-unknown'],
    [
      'an unknown field of a subject',
      goodSubmission({}, { subjects: [{ label: 'P1', role: 'SUBJECT_ROLE_SUSPECT', person: { caveats: 'x' } }] }),
      'alert.subjects[0].person.caveats field-unknown',
    ],
    ['an unknown code', goodSubmission({ precedence: 'PRECEDENCE_SLOW' }), 'precedence code-unknown'],
    ['a code in short', goodSubmission({ precedence: 'flash' }), 'precedence code-unknown'],
    ['the unspecified code', goodSubmission({ precedence: 'PRECEDENCE_UNSPECIFIED' }), 'precedence code-unknown'],
    ['a code as a number', goodSubmission({ precedence: 1 }), 'precedence type-wrong'],
    ['a number for a text', goodSubmission({ caseReference: 7 }), 'caseReference type-wrong'],
    ['a text for a flag', goodSubmission({ drill: 'true' }), 'drill type-wrong'],
    ['null', goodSubmission({ caveat: null }), 'caveat type-wrong'],
    ['no recipients', goodSubmission({ recipients: [] }), 'recipients required'],
    ['a recipient twice', goodSubmission({ recipients: [PEER, PEER] }), 'recipients[1] entry-repeated'],
    ['a recipient that is no office id', goodSubmission({ recipients: ['Bangkok'] }), 'recipients[0] format-wrong'],
    [
      'a narrative without its language',
      goodSubmission({}, { narrativeLanguage: undefined }),
      'alert.narrativeLanguage required',
    ],
    ['a day that does not exist', goodSubmission({ expires: '2026-02-30T00:00:00Z' }), 'expires time-invalid'],
    ['a time without offset', goodSubmission({ expires: '2026-03-02T00:00:00' }), 'expires time-invalid'],
    [
      'a birthday on 30 February',
      goodSubmission(
        {},
        { subjects: [{ role: 'SUBJECT_ROLE_SUSPECT', person: { dateOfBirth: { year: 1990, month: 2, day: 30 } } }] },
      ),
      'alert.subjects[0].person.dateOfBirth date-invalid',
    ],
  ])('refuses %s and names it', async (_, body, fault) => {
    const answer = await post(body);
    expect(answer.status).toBe(422);
    expect(faultsOf(answer)).toContain(fault);
  });

  it('refuses a field that stands twice', async () => {
    const text = JSON.stringify(goodSubmission()).replace('{', '{"handling":"HANDLING_CODE_H2",');
    const answer = await post(text);
    expect(answer.status).toBe(422);
    expect(faultsOf(answer)).toContain('handling field-repeated');
  });

  it('names all faults at once, and repeats nothing of what was written', async () => {
    const answer = await post(goodSubmission({ precedence: 'SECRET-ONE', drill: 'SECRET-TWO', more: 'SECRET-THREE' }));
    expect(faultsOf(answer).sort()).toEqual(['drill type-wrong', 'more field-unknown', 'precedence code-unknown']);
    expect(answer.text).not.toContain('SECRET');
  });

  it('refuses a body of 256 KiB and one byte, and takes one of 256 KiB to be read', async () => {
    const tooLarge = await post(' '.repeat(256 * 1024 + 1));
    expect([tooLarge.status, tooLarge.json.code]).toEqual([413, 'OFFICE_BODY_TOO_LARGE']);
    const text = JSON.stringify(goodSubmission());
    expect((await post(text + ' '.repeat(256 * 1024 - text.length))).status).toBe(201);
  });

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'application/xml'])(
    'refuses a body of type %s',
    async (type) => {
      const answer = await post(goodSubmission(), { 'content-type': type });
      expect([answer.status, answer.json.code]).toEqual([415, 'OFFICE_MEDIA_TYPE_UNKNOWN']);
    },
  );

  it('takes JSON that says it is UTF-8', async () => {
    expect((await post(goodSubmission(), { 'content-type': 'application/json; charset=utf-8' })).status).toBe(201);
  });
});

describe('POST /v1/alerts with what makes no sense', () => {
  const at = (ms: number): string => new Date(NOW + ms).toISOString();
  const day = 86_400_000;
  it.each([
    [
      'an office that no directory lists',
      goodSubmission({ recipients: ['la-nowhere'] }),
      'recipients[0] office-unknown',
    ],
    [
      'an office that is listed and not linked',
      goodSubmission({ recipients: [PEER, OTHER] }),
      'recipients[1] pair-unknown',
    ],
    ['itself', goodSubmission({ recipients: [SELF] }), 'recipients[0] recipient-self'],
    ['an expiry that is now', goodSubmission({ expires: at(0) }), 'expires time-past'],
    ['an expiry in the past', goodSubmission({ expires: at(-1) }), 'expires time-past'],
    [
      'an expiry 30 days and a millisecond ahead',
      goodSubmission({ expires: at(30 * day + 1) }),
      'expires time-too-far',
    ],
    [
      'an event more than a year ahead',
      goodSubmission({}, { occurredAt: at(366 * day + 1) }),
      'alert.occurredAt time-too-far',
    ],
    ['H3 without its caveat', goodSubmission({ handling: 'HANDLING_CODE_H3' }), 'caveat required'],
    ['an update of nothing', goodSubmission({}, { messageType: 'MESSAGE_TYPE_UPDATE' }), 'supersedes required'],
    ['a cancel of nothing', goodSubmission({}, { messageType: 'MESSAGE_TYPE_CANCEL' }), 'supersedes required'],
    ['a new alert that supersedes', goodSubmission({ supersedes: idOf(1) }), 'supersedes not-allowed'],
    [
      'a label that no subject has',
      goodSubmission({}, { subjects: [{ label: 'P1', role: 'SUBJECT_ROLE_SUSPECT', relatedTo: ['P2'], person: {} }] }),
      'alert.subjects[0].relatedTo[0] reference-unknown',
    ],
    [
      'a subject related to itself',
      goodSubmission({}, { subjects: [{ label: 'P1', role: 'SUBJECT_ROLE_SUSPECT', relatedTo: ['P1'], person: {} }] }),
      'alert.subjects[0].relatedTo[0] reference-self',
    ],
    [
      'a label twice',
      goodSubmission(
        {},
        {
          subjects: [
            { label: 'P1', role: 'SUBJECT_ROLE_SUSPECT', person: {} },
            { label: 'P1', role: 'SUBJECT_ROLE_SUSPECT', person: {} },
          ],
        },
      ),
      'alert.subjects[1].label entry-repeated',
    ],
    [
      'a subject that is nothing',
      goodSubmission({}, { subjects: [{ role: 'SUBJECT_ROLE_SUSPECT' }] }),
      'alert.subjects[0] required',
    ],
    [
      'a birth in the future',
      goodSubmission({}, { subjects: [{ role: 'SUBJECT_ROLE_SUSPECT', person: { dateOfBirth: { year: 2027 } } }] }),
      'alert.subjects[0].person.dateOfBirth time-future',
    ],
  ])('refuses %s', async (_, body, fault) => {
    const before = office.asked.submitted.length;
    const answer = await post(body);
    expect([answer.status, answer.json.code]).toEqual([422, 'OFFICE_REQUEST_INVALID']);
    expect(faultsOf(answer)).toEqual([fault]);
    expect(office.asked.submitted).toHaveLength(before);
  });

  it.each([
    ['an expiry exactly 30 days ahead', goodSubmission({ expires: at(30 * day) })],
    ['an event exactly a year ahead', goodSubmission({}, { occurredAt: at(366 * day) })],
    ['H3 with its caveat', goodSubmission({ handling: 'HANDLING_CODE_H3', caveat: 'not to the press' })],
    ['an update of something', goodSubmission({ supersedes: idOf(1) }, { messageType: 'MESSAGE_TYPE_UPDATE' })],
    [
      'subjects without labels',
      goodSubmission(
        {},
        {
          subjects: [
            { role: 'SUBJECT_ROLE_SUSPECT', person: {} },
            { role: 'SUBJECT_ROLE_OTHER', person: {} },
          ],
        },
      ),
    ],
    [
      'a birth today, where the day began first',
      goodSubmission(
        {},
        { subjects: [{ role: 'SUBJECT_ROLE_MISSING', person: { dateOfBirth: { year: 2026, month: 3, day: 1 } } }] },
      ),
    ],
  ])('takes %s', async (_, body) => {
    expect((await post(body)).status).toBe(201);
  });
});

describe('addresses', () => {
  it('answers an unknown one with a problem', async () => {
    const answer = await office.ask('GET', '/v1/nothing');
    expect([answer.status, answer.json.code]).toEqual([404, 'OFFICE_ROUTE_UNKNOWN']);
    expect(answer.json.type).toBe('urn:liaison-bus:problem:office-route-unknown');
    expect(answer.headers['content-type']).toContain('application/problem+json');
  });

  it.each([
    ['GET', '/v1/alerts', 'POST'],
    ['DELETE', '/v1/inbox', 'GET'],
    ['PUT', `/v1/messages/${idOf(1)}`, 'GET'],
    ['POST', '/healthz', 'GET, HEAD'],
  ])('answers %s %s with what is allowed', async (method, url, allow) => {
    const answer = await office.ask(method, url, { role: null });
    expect([answer.status, answer.json.code, answer.headers['allow']]).toEqual([405, 'OFFICE_METHOD_UNKNOWN', allow]);
  });

  it.each([
    ['/v1/inbox?limit=0', 'limit out-of-range'],
    ['/v1/inbox?limit=201', 'limit out-of-range'],
    ['/v1/inbox?limit=1e2', 'limit out-of-range'],
    ['/v1/inbox?limit=5&limit=6', 'limit field-repeated'],
    ['/v1/inbox?precedence=flash', 'precedence code-unknown'],
    ['/v1/inbox?since=yesterday', 'since time-invalid'],
    ['/v1/inbox?since=2026-13-01T00:00:00Z', 'since time-invalid'],
    ['/v1/inbox?from=LA', 'from format-wrong'],
    ['/v1/inbox?order=oldest', 'order code-unknown'],
    ['/v1/inbox?cursor=AAAA', 'cursor cursor-invalid'],
    ['/v1/inbox?cursor=MS4yLjM', 'cursor cursor-invalid'],
    ['/v1/inbox?colour=red', 'colour field-unknown'],
    ['/v1/inbox?__proto__=1', '__proto__ field-unknown'],
    ['/v1/inbox?constructor=1', 'constructor field-unknown'],
    ['/v1/messages/not-an-id', 'id format-wrong'],
    [`/v1/messages/${idOf(1).toUpperCase()}`, 'id format-wrong'],
  ])('refuses %s', async (url, fault) => {
    const answer = await office.ask('GET', url);
    expect([answer.status, answer.json.code]).toEqual([422, 'OFFICE_REQUEST_INVALID']);
    expect(faultsOf(answer)).toEqual([fault]);
  });

  it('answers an address that cannot be decoded', async () => {
    const answer = await office.ask('GET', '/v1/messages/%E0%A4%A');
    expect([answer.status, answer.json.code]).toEqual([400, 'OFFICE_REQUEST_MALFORMED']);
  });
});
