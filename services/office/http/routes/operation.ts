import { guardedRoute, openRoute } from '../route.ts';
import { schemaRef } from '../schema-ref.ts';

/** `GET /healthz`: the process lives. */
export const readHealth = openRoute({
  method: 'GET',
  path: '/healthz',
  name: 'readHealth',
  summary: 'Whether the process lives',
  answers: { 200: { about: 'It does.', schema: schemaRef('Health') } },
  handle: (door) => ({ status: 200, body: { status: 'alive', office: door.office, release: door.release } }),
});

/** `GET /readyz`: the node does its work. */
export const readReadiness = openRoute({
  method: 'GET',
  path: '/readyz',
  name: 'readReadiness',
  summary: 'Whether the node does its work',
  about:
    'Ready means: the ledger can be written and was just now, the server is connected and safe, a policy bundle is in force, and there is room on the disk. Each reason not to be has a code.',
  answers: {
    200: { about: 'Ready.', schema: schemaRef('Readiness') },
    503: { about: 'Not ready, and why.', schema: schemaRef('Readiness') },
  },
  handle: async (door) => {
    const { ready, reasons, warnings } = await door.readiness();
    return {
      status: ready ? 200 : 503,
      body: { ready, office: door.office, release: door.release, reasons, warnings, bundles: door.bundles() },
    };
  },
});

/** `GET /metrics`: figures for a collector. */
export const readMetrics = guardedRoute({
  method: 'GET',
  path: '/metrics',
  name: 'readMetrics',
  action: 'read-metrics',
  summary: 'Read the metrics',
  about:
    'In the text format of Prometheus. The collector needs a token too: the figures show who exchanges how much with whom.',
  answers: { 200: { about: 'The metrics.', contentType: 'text/plain', schema: { type: 'string' } } },
  handle: async (door) => {
    const { text, contentType } = await door.metrics();
    return { status: 200, contentType, text };
  },
});

/** `GET /openapi.json`: this very description. */
export const readDescription = openRoute({
  method: 'GET',
  path: '/openapi.json',
  name: 'readDescription',
  summary: 'Read the description of this API',
  about: 'OpenAPI 3.1, derived from the contract and the table of routes.',
  answers: { 200: { about: 'The description.', schema: { type: 'object' } } },
  handle: (door) => ({ status: 200, body: door.description() }),
});
