import { describe, expect, it } from 'vitest';
import { ROLES, type Role, revokeToken, type TokenId } from '../../../services/core/access/index.ts';
import { LedgerError } from '../../../services/core/ledger/index.ts';
import { RelayError } from '../../../services/core/relay/index.ts';
import { OFFICE_ROUTES } from '../../../services/office/http/office-routes.ts';
import { copyTo, fakeOffice, goodSubmission, idOf, NAMES, outbound, PEER, SELF } from './fake-office.ts';

/** The id of a passkey. */
const KEY = '0123456789abcdef';
const HELD = `outbound.${SELF}.${idOf(1)}.${PEER}`;

/** Who may ask what; written by hand, so that a change of the table of permissions is seen here. */
const MATRIX: readonly [method: string, url: string, roles: readonly Role[]][] = [
  ['POST', '/v1/alerts', ['system', 'officer', 'supervisor']],
  ['POST', '/v1/preview', ['system', 'officer', 'supervisor']],
  ['POST', '/v1/requests', ['system', 'officer', 'supervisor']],
  ['POST', '/v1/requests/preview', ['system', 'officer', 'supervisor']],
  ['GET', '/v1/requests', ['system', 'officer', 'supervisor', 'oversight', 'auditor']],
  ['GET', '/v1/requests/figures', ['system', 'officer', 'supervisor', 'oversight', 'auditor']],
  ['GET', `/v1/requests/${idOf(1)}`, ['system', 'officer', 'supervisor', 'oversight', 'auditor']],
  ['POST', `/v1/requests/${idOf(1)}/steps`, ['officer', 'supervisor']],
  ['POST', '/v1/answers', ['system', 'officer', 'supervisor']],
  ['POST', '/v1/answers/preview', ['system', 'officer', 'supervisor']],
  ['GET', '/v1/answers', ['system', 'officer', 'supervisor', 'oversight', 'auditor']],
  ['POST', '/v1/hits', ['system', 'officer', 'supervisor']],
  ['GET', '/v1/hits', ['system', 'officer', 'supervisor', 'oversight', 'auditor']],
  ['GET', '/v1/hits/figures', ['supervisor', 'oversight', 'auditor']],
  ['GET', `/v1/hits/${idOf(1)}`, ['system', 'officer', 'supervisor', 'oversight', 'auditor']],
  ['POST', '/v1/lookouts', ['system', 'officer', 'supervisor']],
  ['GET', '/v1/lookouts', ['system', 'officer', 'supervisor', 'oversight', 'auditor']],
  ['POST', `/v1/lookouts/${idOf(1)}/end`, ['system', 'officer', 'supervisor']],
  ['GET', '/v1/inbox', ['officer', 'supervisor', 'oversight', 'auditor']],
  ['GET', '/v1/map', ['officer', 'supervisor', 'oversight', 'auditor']],
  ['GET', '/v1/outbox', ['system', 'officer', 'supervisor', 'oversight', 'auditor']],
  ['GET', '/v1/counts', ['officer', 'supervisor', 'oversight', 'auditor']],
  ['GET', '/v1/held', ['officer', 'supervisor', 'oversight', 'auditor']],
  ['GET', `/v1/held/${HELD}`, ['officer', 'supervisor', 'oversight', 'auditor']],
  ['POST', `/v1/held/${HELD}/release`, ['supervisor', 'oversight']],
  ['POST', `/v1/held/${HELD}/reject`, ['supervisor', 'oversight']],
  ['GET', '/v1/reviews', ['officer', 'supervisor', 'oversight', 'auditor']],
  ['GET', `/v1/reviews/${idOf(1)}`, ['officer', 'supervisor', 'oversight', 'auditor']],
  ['POST', `/v1/reviews/${idOf(1)}/close`, ['oversight']],
  ['POST', `/v1/operations/${idOf(1)}/posts`, ['system', 'officer', 'supervisor']],
  ['POST', `/v1/operations/${idOf(1)}/preview`, ['system', 'officer', 'supervisor']],
  [
    'GET',
    `/v1/operations/${idOf(1)}/posts/${PEER}/${idOf(2)}`,
    ['system', 'officer', 'supervisor', 'oversight', 'auditor'],
  ],
  ['GET', `/v1/operations/${idOf(1)}/transcript`, ['officer', 'supervisor', 'oversight', 'auditor']],
  ['GET', `/v1/operations/${idOf(1)}/taskings`, ['officer', 'supervisor', 'oversight', 'auditor']],
  ['GET', `/v1/operations/${idOf(1)}/roster`, ['officer', 'supervisor', 'oversight', 'auditor']],
  ['GET', `/v1/operations/${idOf(1)}/log`, ['officer', 'supervisor', 'oversight', 'auditor']],
  ['POST', `/v1/operations/${idOf(1)}/attachments`, ['system', 'officer', 'supervisor']],
  [
    'GET',
    `/v1/operations/${idOf(1)}/posts/${PEER}/${idOf(2)}/attachments`,
    ['system', 'officer', 'supervisor', 'oversight', 'auditor'],
  ],
  [
    'GET',
    `/v1/operations/${idOf(1)}/posts/${PEER}/${idOf(2)}/attachments/A1`,
    ['system', 'officer', 'supervisor', 'oversight', 'auditor'],
  ],
  [
    'GET',
    `/v1/operations/${idOf(1)}/posts/${PEER}/${idOf(2)}/attachments/A1/custody`,
    ['system', 'officer', 'supervisor', 'oversight', 'auditor'],
  ],
  ['POST', '/v1/operations', ['supervisor']],
  ['GET', '/v1/operations', ['officer', 'supervisor', 'oversight', 'auditor']],
  ['GET', `/v1/operations/${idOf(1)}`, ['officer', 'supervisor', 'oversight', 'auditor']],
  ['POST', `/v1/operations/${idOf(1)}/acts`, ['supervisor']],
  ['GET', `/v1/operations/${idOf(1)}/charter`, ['officer', 'supervisor', 'oversight', 'auditor']],
  ['GET', `/v1/operations/${idOf(1)}/report`, ['officer', 'supervisor', 'oversight', 'auditor']],
  ['POST', `/v1/operations/${idOf(1)}/report/sign`, ['supervisor']],
  ['GET', `/v1/messages/${idOf(1)}`, ['system', 'officer', 'supervisor', 'oversight', 'auditor']],
  ['POST', `/v1/messages/${idOf(1)}/retrieved`, ['officer', 'supervisor']],
  ['GET', `/v1/messages/${idOf(1)}/evidence`, ['supervisor', 'oversight', 'auditor']],
  ['GET', `/v1/messages/${idOf(1)}/explain`, ['officer', 'supervisor', 'oversight', 'auditor']],
  ['GET', '/v1/find', ['officer', 'supervisor', 'oversight', 'auditor']],
  ['POST', `/v1/messages/${idOf(1)}/triage`, ['officer', 'supervisor']],
  ['GET', `/v1/messages/${idOf(1)}/triage`, ['officer', 'supervisor', 'oversight', 'auditor']],
  ['POST', '/v1/bulletins', ['system', 'officer', 'supervisor']],
  ['GET', '/v1/bulletins', ['officer', 'supervisor', 'oversight', 'auditor']],
  ['GET', `/v1/bulletins/${idOf(1)}`, ['officer', 'supervisor', 'oversight', 'auditor']],
  ['POST', `/v1/bulletins/${idOf(9)}/withdraw`, ['system', 'officer', 'supervisor']],
  ['POST', `/v1/messages/${idOf(9)}/region`, ['system', 'officer', 'supervisor']],
  ['POST', '/v1/subscriptions', ['supervisor']],
  ['GET', '/v1/subscriptions', ['officer', 'supervisor', 'oversight', 'auditor', 'operator']],
  ['POST', `/v1/subscriptions/${idOf(1)}/change`, ['supervisor']],
  ['POST', `/v1/subscriptions/${idOf(1)}/end`, ['supervisor']],
  ['GET', '/v1/region', ['officer', 'supervisor', 'oversight', 'auditor', 'operator']],
  ['POST', '/v1/recalls', ['officer', 'supervisor']],
  ['GET', '/v1/recalls', ['officer', 'supervisor', 'oversight', 'auditor']],
  ['GET', `/v1/recalls/${idOf(1)}`, ['officer', 'supervisor', 'oversight', 'auditor']],
  ['POST', `/v1/recalls/${idOf(1)}/answer`, ['supervisor', 'oversight']],
  ['POST', `/v1/messages/${idOf(1)}/forward`, ['officer', 'supervisor']],
  ['POST', '/v1/consents', ['officer', 'supervisor']],
  ['GET', '/v1/consents', ['officer', 'supervisor', 'oversight', 'auditor']],
  ['GET', `/v1/consents/${idOf(1)}`, ['officer', 'supervisor', 'oversight', 'auditor']],
  ['POST', `/v1/consents/${idOf(1)}/answer`, ['supervisor']],
  ['POST', '/v1/openings', ['officer', 'supervisor']],
  ['GET', '/v1/openings', ['officer', 'supervisor', 'oversight', 'auditor']],
  ['GET', `/v1/openings/${idOf(1)}`, ['officer', 'supervisor', 'oversight', 'auditor']],
  ['POST', `/v1/openings/${idOf(1)}/open`, ['supervisor']],
  ['GET', '/v1/links', ['officer', 'supervisor', 'oversight', 'auditor', 'operator']],
  ['GET', '/v1/quarantine', ['supervisor', 'auditor', 'operator']],
  ['GET', '/v1/directory', ['officer', 'supervisor', 'oversight', 'auditor']],
  ['GET', '/v1/agreements', ['officer', 'supervisor', 'oversight', 'auditor']],
  ['GET', '/v1/ledger/head', ['supervisor', 'oversight', 'auditor', 'operator']],
  ['GET', '/v1/ledger', ['auditor']],
  ['GET', '/v1/policies', ['officer', 'supervisor', 'oversight', 'auditor']],
  ['GET', '/v1/figures', ['supervisor', 'oversight', 'auditor']],
  ['GET', '/v1/figures/public', ['supervisor', 'oversight', 'auditor']],
  ['POST', '/v1/ledger/check', ['auditor']],
  ['GET', '/v1/ledger/check', ['auditor']],
  ['GET', '/v1/ledger/witnesses', ['supervisor', 'oversight', 'auditor', 'operator']],
  ['GET', '/v1/events', ['system', 'officer', 'supervisor', 'oversight', 'auditor']],
  ['GET', '/metrics', ['auditor', 'operator']],
  ['GET', '/v1/session', ['officer', 'supervisor', 'oversight', 'auditor', 'operator']],
  ['POST', '/v1/session/end', ['officer', 'supervisor', 'oversight', 'auditor', 'operator']],
  ['POST', '/v1/session/password', ['officer', 'supervisor', 'oversight', 'auditor', 'operator']],
  ['POST', '/v1/session/passkeys/options', ['officer', 'supervisor', 'oversight', 'auditor', 'operator']],
  ['POST', '/v1/session/passkeys', ['officer', 'supervisor', 'oversight', 'auditor', 'operator']],
  ['POST', `/v1/session/passkeys/${KEY}/remove`, ['officer', 'supervisor', 'oversight', 'auditor', 'operator']],
  ['POST', '/v1/session/proof/password', ['officer', 'supervisor', 'oversight', 'auditor', 'operator']],
  ['POST', '/v1/session/proof/passkey/options', ['officer', 'supervisor', 'oversight', 'auditor', 'operator']],
  ['POST', '/v1/session/proof/passkey', ['officer', 'supervisor', 'oversight', 'auditor', 'operator']],
  ['GET', '/v1/officers', ['officer', 'supervisor', 'oversight', 'auditor', 'operator']],
  ['GET', '/v1/agencies', ['officer', 'supervisor', 'oversight', 'auditor', 'operator']],
  ['GET', '/v1/accounts', ['operator']],
  ['POST', '/v1/officers', ['operator']],
  ['POST', '/v1/officers/desk-1/change', ['operator']],
  ['POST', '/v1/officers/desk-1/disable', ['operator']],
  ['POST', '/v1/officers/desk-1/enable', ['operator']],
  ['POST', '/v1/officers/desk-1/reset', ['operator']],
  ['POST', '/v1/agencies', ['operator']],
  ['POST', '/v1/agencies/narcotics/remove', ['operator']],
];

const OPEN = ['/healthz', '/readyz', '/openapi.json', '/v1/sign-in'];

/** Ways to sign in, which a page of the console asks before anybody is signed in. */
const SIGN_IN = [
  'POST /v1/sign-in/password',
  'POST /v1/sign-in/passkey/options',
  'POST /v1/sign-in/passkey',
  'GET /v1/sign-in/oidc',
  'GET /v1/sign-in/oidc/callback',
  'POST /v1/first-run',
];

describe('every address', () => {
  const office = fakeOffice();
  office.put(outbound(1, [copyTo(PEER, 2)], { submittedBy: NAMES.system }));
  const guarded = MATRIX.filter(([, url]) => url !== '/v1/events');

  it('stands in the matrix or is open', () => {
    const asked = MATRIX.map(
      ([method, url]) =>
        `${method} ${url
          .replace(HELD, '{id}')
          .replace(idOf(1), '{id}')
          .replace(idOf(9), '{id}')
          .replace(`${PEER}/${idOf(2)}`, '{origin}/{envelopeId}')
          .replace('/A1', '/{label}')
          .replace(KEY, '{id}')
          .replace('/desk-1/', '/{name}/')
          .replace('/narcotics/', '/{id}/')}`,
    );
    const open = OPEN.map((url) => `GET ${url}`);
    expect([...asked, ...open, ...SIGN_IN].sort()).toEqual(
      OFFICE_ROUTES.map((route) => `${route.method} ${route.path}`).sort(),
    );
  });

  it.each(guarded)('lets only the right roles ask %s %s', async (method, url, roles) => {
    for (const role of ROLES) {
      const { json } = await office.ask(method, url, { role, ...(method === 'POST' ? { body: {} } : {}) });
      // A token that may is still nobody who could be signed in.
      expect([role, json?.code === 'OFFICE_ROLE_FORBIDDEN']).toEqual([role, !roles.includes(role)]);
    }
  });

  it('lets an operator follow no events', async () => {
    expect((await office.ask('GET', '/v1/events', { role: 'operator' })).status).toBe(403);
  });

  it.each(MATRIX)('asks for a token at %s %s', async (method, url) => {
    const answer = await office.ask(method, url, { role: null, ...(method === 'POST' ? { body: {} } : {}) });
    expect([answer.status, answer.json.code]).toEqual([401, 'OFFICE_UNAUTHENTICATED']);
    expect(answer.headers['www-authenticate']).toContain('Bearer');
  });

  it.each(OPEN)('asks for none at %s', async (url) => {
    expect((await office.ask('GET', url, { role: null })).status).toBe(200);
  });

  it('names the roles that may, where the role does not allow it', async () => {
    const answer = await office.ask('GET', '/v1/ledger', { role: 'officer' });
    expect(answer.json.code).toBe('OFFICE_ROLE_FORBIDDEN');
    expect(answer.json.detail).toContain('auditor');
  });

  it('does not read a body before it knows who asks', async () => {
    const answer = await office.ask('POST', '/v1/alerts', { role: null, body: 'x'.repeat(300_000) });
    expect(answer.status).toBe(401);
  });

  it.each([...OPEN, '/v1/inbox', '/v1/nothing'])(
    'answers %s with the headers that keep it from being sniffed, kept or framed',
    async (url) => {
      const { headers } = await office.ask('GET', url);
      expect(headers['x-content-type-options']).toBe('nosniff');
      expect(headers['cache-control']).toBe('no-store');
      expect(headers['content-security-policy']).toContain("default-src 'none'");
      expect(headers['x-correlation-id']).toMatch(/^[0-9a-f]{32}$/);
      expect(headers['access-control-allow-origin']).toBeUndefined();
    },
  );
});

describe('a token', () => {
  it.each([
    ['of nobody', 'Bearer blo_0000000000000000_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'],
    ['of another scheme', 'Basic abc'],
    ['that is empty', 'Bearer '],
    ['with something behind it', 'Bearer a b'],
  ])('%s is refused', async (_, authorization) => {
    const answer = await fakeOffice().ask('GET', '/v1/inbox', { role: null, headers: { authorization } });
    expect([answer.status, answer.json.code]).toEqual([401, 'ACCESS_TOKEN_INVALID']);
  });

  it('is taken whatever the case of the scheme', async () => {
    const office = fakeOffice();
    const answer = await office.ask('GET', '/v1/inbox', {
      role: null,
      headers: { authorization: `bearer ${office.tokens.officer}` },
    });
    expect(answer.status).toBe(200);
  });

  it('is refused from the moment it is revoked', async () => {
    const office = fakeOffice();
    const id = office.tokens.officer.split('_')[1] as TokenId;
    expect((await office.ask('GET', '/v1/inbox')).status).toBe(200);
    office.setTokens((table) => revokeToken(table, id, office.clock.nowMs as never));
    expect((await office.ask('GET', '/v1/inbox')).json.code).toBe('ACCESS_TOKEN_REVOKED');
  });

  it('may ask as often as its role may, and again after the time that it is told', async () => {
    const slow = { perSecond: 1, burst: 3 };
    const office = fakeOffice({
      limits: { system: slow, officer: slow, supervisor: slow, oversight: slow, auditor: slow, operator: slow },
    });
    const statuses = [];
    for (let i = 0; i < 4; i++) statuses.push((await office.ask('GET', '/v1/inbox')).status);
    expect(statuses).toEqual([200, 200, 200, 429]);
    const refused = await office.ask('GET', '/v1/inbox');
    expect([refused.json.code, refused.headers['retry-after']]).toEqual(['OFFICE_RATE_EXCEEDED', '1']);
    expect((await office.ask('GET', '/v1/inbox', { role: 'auditor' })).status).toBe(200);
    office.clock.nowMs += 1000;
    expect((await office.ask('GET', '/v1/inbox')).status).toBe(200);
  });

  it('that is good is taken while bad ones from the same address are slowed down', async () => {
    const office = fakeOffice();
    const bad = { role: null, headers: { authorization: 'Bearer x' } } as const;
    const statuses = new Set();
    for (let i = 0; i < 25; i++) statuses.add((await office.ask('GET', '/v1/inbox', bad)).status);
    expect(statuses).toEqual(new Set([401, 429]));
    expect((await office.ask('GET', '/v1/inbox')).status).toBe(200);
  });
});

describe('an error behind the door', () => {
  it.each([
    [
      new RelayError('RELAY_RECIPIENT_UNKNOWN', { context: { office: PEER } }),
      422,
      'RELAY_RECIPIENT_UNKNOWN',
      'recipients',
    ],
    [new RelayError('RELAY_EXPIRY_INVALID'), 422, 'RELAY_EXPIRY_INVALID', 'expires'],
    [
      new RelayError('RELAY_REFERENCE_UNKNOWN', { context: { field: 'inReplyTo' } }),
      422,
      'RELAY_REFERENCE_UNKNOWN',
      'inReplyTo',
    ],
    [new RelayError('RELAY_IDEMPOTENCY_CONFLICT'), 409, 'RELAY_IDEMPOTENCY_CONFLICT', 'idempotencyKey'],
    [new RelayError('RELAY_STOPPED'), 503, 'RELAY_STOPPED', undefined],
    [new RelayError('RELAY_BUSY'), 503, 'RELAY_BUSY', undefined],
    [new LedgerError('LEDGER_CONTENT_PUT_FAILED'), 503, 'LEDGER_CONTENT_PUT_FAILED', undefined],
    [new LedgerError('LEDGER_APPEND_FAILED'), 503, 'LEDGER_APPEND_FAILED', undefined],
    [new LedgerError('LEDGER_CONTENT_TOO_LARGE'), 413, 'LEDGER_CONTENT_TOO_LARGE', undefined],
  ])('is told by its code: %s', async (error, status, code, field) => {
    const office = fakeOffice();
    office.failWith(error);
    const answer = await office.ask('POST', '/v1/alerts', { body: goodSubmission() });
    expect([answer.status, answer.json.code, answer.json.faults[0]?.field]).toEqual([status, code, field]);
    expect(answer.headers['retry-after']).toBe(status === 503 ? '1' : undefined);
  });

  it('says nothing of a bug but how to find it in the log', async () => {
    const office = fakeOffice();
    office.failWith(new TypeError('secret of the stack'));
    const answer = await office.ask('POST', '/v1/alerts', { body: goodSubmission() });
    expect([answer.status, answer.json.code]).toEqual([500, 'OFFICE_FAULT']);
    expect(answer.text).not.toContain('secret');
    expect(answer.json.correlationId).toBe(answer.headers['x-correlation-id']);
    expect(office.observed.failed.map(({ correlationId, route }) => [correlationId, route])).toEqual([
      [answer.json.correlationId, '/v1/alerts'],
    ]);
  });

  it('says nothing of what is not even an error', async () => {
    const office = fakeOffice();
    office.failWith({ statusCode: 418, message: 'secret', code: 'FST_SECRET' });
    const answer = await office.ask('POST', '/v1/alerts', { body: goodSubmission() });
    expect([answer.status, answer.json.code]).toEqual([500, 'OFFICE_FAULT']);
    expect(answer.text).not.toContain('secret');
  });
});

describe('what the server tells of itself', () => {
  it('names the template of the route and never the path', async () => {
    const office = fakeOffice();
    await office.ask('GET', `/v1/messages/${idOf(7)}?origin=${SELF}`);
    await office.ask('GET', '/v1/a-secret-in-a-path');
    expect(office.observed.answered.map(({ route, status }) => [route, status])).toEqual([
      ['/v1/messages/:id', 404],
      ['/unknown', 404],
    ]);
  });

  it('tells what was refused, and where', async () => {
    const office = fakeOffice();
    await office.ask('GET', '/v1/ledger', { role: 'officer' });
    await office.ask('POST', '/v1/alerts', { body: '{' });
    expect(office.observed.refused.map(({ route, problem }) => [route, problem.code])).toEqual([
      ['/v1/ledger', 'OFFICE_ROLE_FORBIDDEN'],
      ['/v1/alerts', 'OFFICE_REQUEST_MALFORMED'],
    ]);
    expect(office.observed.failed).toEqual([]);
  });
});
