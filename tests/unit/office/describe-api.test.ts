import { fastify } from 'fastify';
import { beforeAll, describe, expect, it } from 'vitest';
import { rolesFor } from '../../../services/core/access/index.ts';
import type { ReviewView } from '../../../services/core/relay/index.ts';
import { Outcome, ReceiptKind, ReviewFinding } from '../../../services/core/wire/index.ts';
import { describeApi } from '../../../services/office/http/describe-api.ts';
import { OFFICE_ROUTES } from '../../../services/office/http/office-routes.ts';
import {
  copyTo,
  decision,
  fakeOffice,
  goodSubmission,
  idOf,
  inbound,
  NOW,
  outbound,
  PEER,
  RELEASED_HOLD,
  SELF,
  SHOWN,
} from './fake-office.ts';

type Operation = {
  security?: unknown[];
  responses: Record<string, { content?: Record<string, { schema: unknown }> }>;
  requestBody?: unknown;
  description: string;
};
const description = describeApi(OFFICE_ROUTES, '0.1.0') as {
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, unknown> };
};
const operations = Object.entries(description.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })),
);

/** The addresses in the router's own drawing of itself: a tree, four characters a level. */
function addressesIn(tree: string): readonly string[] {
  const trail: string[] = [];
  return tree.split('\n').flatMap((line) => {
    const [, branch, piece, methods] = /^(.*?[├└]── )(\S+)( \(.*\))?$/.exec(line) ?? [];
    if (branch === undefined || piece === undefined) return [];
    trail.length = branch.length / 4 - 1;
    trail.push(piece);
    return methods === undefined ? [] : [trail.join('')];
  });
}

describe('describeApi', () => {
  const office = fakeOffice();

  it('describes every address that the server has, and no other', () => {
    const registered = addressesIn(office.http.app.printRoutes({ commonPrefix: false }));
    const described = Object.keys(description.paths).map((path) => path.replaceAll(/\{(\w+)\}/g, ':$1'));
    expect(registered.length).toBeGreaterThan(15);
    expect([...new Set(registered)].sort()).toEqual(described.sort());
  });

  it.each(Object.keys(description.paths))('describes every method of %s, and no other', async (path) => {
    const url = path.replace('{id}', path.includes('held') ? 'x' : idOf(1));
    for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']) {
      if (path === '/v1/events' && method === 'GET') continue;
      const { status } = await office.ask(method, url, { role: 'auditor' });
      expect([method, status === 405]).toEqual([method, description.paths[path]?.[method.toLowerCase()] === undefined]);
    }
  });

  it('gives every operation a name of its own', () => {
    const names = OFFICE_ROUTES.map((route) => route.name);
    expect(new Set(names).size).toBe(names.length);
  });

  it('refers to nothing that is not there', () => {
    const references = [...JSON.stringify(description).matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g)].map(
      (match) => match[1] ?? '',
    );
    expect(references.length).toBeGreaterThan(50);
    expect(references.filter((name) => !(name in description.components.schemas))).toEqual([]);
  });

  it('has no schema that nothing refers to', () => {
    const text = JSON.stringify(description);
    expect(
      Object.keys(description.components.schemas).filter((name) => !text.includes(`"#/components/schemas/${name}"`)),
    ).toEqual([]);
  });

  it.each(operations)('says for $method $path who may ask and what can go wrong', ({ path, method, operation }) => {
    const route = OFFICE_ROUTES.find((candidate) => candidate.path === path && candidate.method === method);
    const { action } = route ?? { action: undefined };
    const statuses = Object.keys(operation.responses).map(Number);
    if (action === null) expect(operation.security).toEqual([]);
    else {
      expect(operation.security).toBeUndefined();
      expect(statuses).toEqual(expect.arrayContaining([401, 403, 429, 500]));
      for (const role of rolesFor(action as never)) expect(operation.description).toContain(role);
    }
    if (operation.requestBody !== undefined) expect(statuses).toEqual(expect.arrayContaining([400, 413, 415, 422]));
    for (const status of statuses.filter((code) => code >= 400 && path !== '/readyz')) {
      expect(Object.keys(operation.responses[status]?.content ?? {})).toEqual(['application/problem+json']);
    }
  });

  it('takes the schema of a submission from the contract', () => {
    expect(description.components.schemas['AlertSubmission']).toMatchObject({
      required: expect.arrayContaining(['precedence', 'alert']),
      additionalProperties: false,
    });
    expect(JSON.stringify(description.components.schemas['Precedence'])).toContain('PRECEDENCE_FLASH');
  });

  it('is what /openapi.json gives', async () => {
    expect((await office.ask('GET', '/openapi.json', { role: null })).json).toEqual(
      JSON.parse(JSON.stringify(description)),
    );
  });
});

describe('what the server answers', () => {
  const validator = fastify({
    ajv: { customOptions: { coerceTypes: false, removeAdditional: false, allErrors: true, strict: false } },
  });
  beforeAll(async () => {
    validator.addSchema({ $id: 'api', components: description.components });
    for (const { path, method, operation } of operations) {
      for (const [status, { content }] of Object.entries(operation.responses)) {
        const schema = content?.['application/json']?.schema ?? content?.['application/problem+json']?.schema;
        if (schema === undefined) continue;
        const absolute = JSON.parse(JSON.stringify(schema).replaceAll('"#/components', '"api#/components'));
        validator.post(`/${method}${path.replaceAll(/[{}]/g, '_')}/${status}`, {
          schema: { body: absolute },
          handler: async () => 'valid',
        });
      }
    }
    await validator.ready();
    // A schema for each address takes its time to be made.
  }, 90_000);

  const receipt = {
    kind: ReceiptKind.DELIVERY,
    issuer: PEER,
    atMs: NOW,
    relayedMs: NOW as number,
    reason: 'x',
    recordedMs: NOW,
    record: 3,
  };
  const found = { finding: ReviewFinding.JUSTIFIED, atMs: NOW, by: 'oversight-1', id: idOf(8) };
  const reviews: readonly ReviewView[] = [
    {
      message: outbound(1, [copyTo(PEER, Outcome.RELEASED)], { emergency: 'r' }),
      author: 'officer-1',
      reason: 'r',
      openedMs: NOW,
      dueMs: NOW,
      state: 'closed',
      own: found,
      others: [{ office: PEER, found: null }],
    },
  ];
  const full = () => {
    const office = fakeOffice({ reviews });
    office.put(
      outbound(1, [copyTo(PEER, Outcome.RELEASED, { receipts: [receipt], framedMs: NOW, relayedMs: NOW })], {
        supersedes: idOf(9),
        receipts: [receipt],
      }),
    );
    office.put(outbound(2, [copyTo(PEER, Outcome.HELD, { decision: decision(Outcome.HELD, { reason: 'r' }) })]));
    office.put(
      outbound(3, [
        copyTo(PEER, Outcome.RELEASED, {
          hold: RELEASED_HOLD,
          decision: decision(Outcome.RELEASED, { releasedBy: 's' }),
        }),
      ]),
    );
    office.put(inbound(4, { receipts: [receipt], retrievals: [{ by: 'x', atMs: NOW }] }));
    office.put(inbound(5, { decision: decision(Outcome.HELD) }));
    return office;
  };
  const held = `outbound.${SELF}.${idOf(2)}.${PEER}`;

  it.each([
    ['POST', '/v1/alerts', '/v1/alerts', 'officer', goodSubmission(), 201],
    ['POST', '/v1/alerts', '/v1/alerts', 'officer', goodSubmission({ more: 1 }), 422],
    ['POST', '/v1/alerts', '/v1/alerts', 'officer', '{', 400],
    ['POST', '/v1/preview', '/v1/preview', 'officer', goodSubmission(), 200],
    ['GET', '/v1/inbox', '/v1/inbox?include=content', 'officer', undefined, 200],
    ['GET', '/v1/inbox', '/v1/inbox', 'officer', undefined, 200],
    ['GET', '/v1/inbox', '/v1/inbox?limit=0', 'officer', undefined, 422],
    ['GET', '/v1/inbox', '/v1/inbox', 'operator', undefined, 403],
    ['GET', '/v1/outbox', '/v1/outbox?include=content', 'officer', undefined, 200],
    ['GET', '/v1/held', '/v1/held', 'officer', undefined, 200],
    ['GET', '/v1/held/{id}', `/v1/held/${held}`, 'officer', undefined, 200],
    ['GET', '/v1/held/{id}', '/v1/held/x', 'officer', undefined, 404],
    ['POST', '/v1/held/{id}/release', `/v1/held/${held}/release`, 'supervisor', { reason: 'r', shown: SHOWN }, 200],
    ['POST', '/v1/held/{id}/reject', `/v1/held/${held}/reject`, 'supervisor', { reason: 'r' }, 200],
    ['GET', '/v1/reviews', '/v1/reviews', 'oversight', undefined, 200],
    ['GET', '/v1/reviews/{id}', `/v1/reviews/${idOf(1)}`, 'oversight', undefined, 200],
    ['GET', '/v1/reviews/{id}', `/v1/reviews/${idOf(2)}`, 'oversight', undefined, 404],
    [
      'POST',
      '/v1/reviews/{id}/close',
      `/v1/reviews/${idOf(1)}/close`,
      'oversight',
      { finding: 'REVIEW_FINDING_JUSTIFIED' },
      200,
    ],
    ['GET', '/v1/messages/{id}', `/v1/messages/${idOf(1)}`, 'officer', undefined, 200],
    ['GET', '/v1/messages/{id}', `/v1/messages/${idOf(3)}`, 'officer', undefined, 200],
    ['GET', '/v1/messages/{id}', `/v1/messages/${idOf(4)}`, 'officer', undefined, 200],
    ['GET', '/v1/messages/{id}', `/v1/messages/${idOf(5)}`, 'officer', undefined, 200],
    ['POST', '/v1/messages/{id}/retrieved', `/v1/messages/${idOf(4)}/retrieved`, 'officer', {}, 200],
    ['GET', '/v1/messages/{id}/evidence', `/v1/messages/${idOf(4)}/evidence`, 'auditor', undefined, 200],
    ['GET', '/v1/links', '/v1/links', 'operator', undefined, 200],
    ['GET', '/v1/quarantine', '/v1/quarantine', 'operator', undefined, 200],
    ['GET', '/v1/directory', '/v1/directory', 'officer', undefined, 200],
    ['GET', '/v1/agreements', '/v1/agreements', 'officer', undefined, 200],
    ['GET', '/v1/ledger/head', '/v1/ledger/head', 'operator', undefined, 200],
    ['GET', '/healthz', '/healthz', 'operator', undefined, 200],
    ['GET', '/readyz', '/readyz', 'operator', undefined, 200],
  ] as const)('to %s %s is as described (%s)', async (method, path, url, role, body, status) => {
    const answer = await full().ask(method, url, { role, ...(body === undefined ? {} : { body }) });
    expect(answer.status).toBe(status);
    const checked = await validator.inject({
      method: 'POST',
      url: `/${method}${path.replaceAll(/[{}]/g, '_')}/${status}`,
      payload: answer.json,
    });
    expect(checked.body).toBe('valid');
  });
});
