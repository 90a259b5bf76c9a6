const JSON_ANSWER = {
  '200': { description: 'The answer', content: { 'application/json': { schema: { type: 'object' } } } },
};

const NATION = { type: 'string', pattern: '^[A-Z]{2}$' };
const WEEK = { type: 'string', pattern: '^[0-9]{4}-W[0-9]{2}$' };
const BASE64URL = { type: 'string', pattern: '^[A-Za-z0-9_-]*$' };

/** A count as it is published: somewhere between the two. */
const COUNT = {
  type: 'object',
  required: ['atLeast', 'atMost'],
  properties: { atLeast: { type: 'integer' }, atMost: { type: 'integer' } },
};

const CATEGORY = {
  type: 'object',
  required: ['category', 'atLeast', 'atMost'],
  properties: { category: { type: 'string' }, ...COUNT.properties },
};

const FIGURES_PARAMETERS = [
  {
    name: 'by',
    in: 'query',
    schema: { enum: ['corridor', 'crimeArea', 'urgency', 'nation', 'week'], default: 'corridor' },
  },
  { name: 'from', in: 'query', description: 'First week (ISO 8601)', schema: WEEK },
  { name: 'until', in: 'query', description: 'Last week, included', schema: WEEK },
];

function json(description: string, schema: object): object {
  return { '200': { description, content: { 'application/json': { schema } } } };
}

function listOf(required: readonly string[], properties: Readonly<Record<string, object>>): object {
  return { type: 'array', items: { type: 'object', required, properties } };
}

/** The description of the hub's HTTP door (OpenAPI 3.1). */
export const HUB_OPENAPI = {
  openapi: '3.1.0',
  info: {
    title: 'Liaison Bus regional hub',
    version: '1',
    description:
      'State of a regional hub: links, subscriptions, its log and figures. It relays sealed bytes that it cannot open, and shows no content of what was released.',
  },
  paths: {
    '/v1/links': {
      get: {
        operationId: 'listLinks',
        summary: 'Which offices are connected, and since when',
        responses: {
          '200': {
            description: 'One entry per office that may link here',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  required: ['hub', 'suspended', 'links'],
                  properties: {
                    hub: { type: 'string' },
                    suspended: { type: 'array', items: NATION },
                    links: {
                      type: 'array',
                      items: {
                        type: 'object',
                        required: ['office', 'up', 'since', 'roundTripMs'],
                        properties: {
                          office: { type: 'string' },
                          up: { type: 'boolean' },
                          since: { type: ['string', 'null'], format: 'date-time' },
                          roundTripMs: { type: ['number', 'null'] },
                        },
                      },
                    },
                  },
                },
              },
            },
          },
        },
      },
    },
    '/v1/subscriptions': {
      get: {
        operationId: 'listSubscriptions',
        summary: 'What offices have subscribed to; codes and names that are left out stand for all',
        responses: json('Those that have not ended', {
          type: 'object',
          required: ['hub', 'subscriptions'],
          properties: {
            hub: { type: 'string' },
            subscriptions: listOf(['office', 'id', 'at', 'since'], {
              office: { type: 'string' },
              id: { type: 'string' },
              corridors: { type: 'array', items: { type: 'string' } },
              crimeAreas: { type: 'array', items: { type: 'string' } },
              nations: { type: 'array', items: NATION },
              urgencies: { type: 'array', items: { type: 'string' } },
              languages: { type: 'array', items: { type: 'string' } },
              backfillDays: { type: 'integer' },
              at: { type: 'string', format: 'date-time' },
              since: { type: 'string', format: 'date-time' },
            }),
          },
        }),
      },
    },
    '/v1/log': {
      get: {
        operationId: 'logHead',
        summary: "The hub's signed word on its log: how many entries, and a digest over all of them",
        responses: json('Size and digest, and the bytes that were signed', {
          type: 'object',
          required: ['hub', 'size', 'digest', 'head', 'protected', 'treeHead', 'signature'],
          properties: {
            hub: { type: 'string' },
            size: { type: 'integer' },
            digest: { type: 'string', pattern: '^[0-9a-f]{64}$' },
            head: BASE64URL,
            protected: BASE64URL,
            treeHead: BASE64URL,
            signature: BASE64URL,
          },
        }),
      },
    },
    '/v1/figures': {
      get: {
        operationId: 'figures',
        summary: 'Releases by one facet, week by week, in steps of five; all that is said is a sum of those steps',
        parameters: FIGURES_PARAMETERS,
        responses: {
          ...json('A category that is not named had fewer than five releases in each week', {
            type: 'object',
            required: ['hub', 'by', 'from', 'until', 'weeks', 'categories', 'total'],
            properties: {
              hub: { type: 'string' },
              by: { type: 'string' },
              from: WEEK,
              until: WEEK,
              weeks: listOf(['week', 'withheld', 'categories', 'total'], {
                week: WEEK,
                withheld: { type: 'boolean', description: 'It would give small counts away' },
                categories: { type: 'array', items: CATEGORY },
                total: COUNT,
              }),
              categories: { type: 'array', items: CATEGORY },
              total: COUNT,
            },
          }),
          '400': { description: 'Not one facet, or no such week' },
        },
      },
    },
    '/figures': {
      get: {
        operationId: 'figuresPage',
        summary: 'The same as a page that prints well and loads nothing',
        parameters: FIGURES_PARAMETERS,
        responses: { '200': { description: 'The page', content: { 'text/html': { schema: { type: 'string' } } } } },
      },
    },
    '/healthz': { get: { operationId: 'health', summary: 'Whether the process runs', responses: JSON_ANSWER } },
    '/readyz': {
      get: {
        operationId: 'readiness',
        summary: 'Whether the hub relays: its server answers and its own connection is up',
        responses: { ...JSON_ANSWER, '503': { description: 'Not now' } },
      },
    },
    '/metrics': {
      get: {
        operationId: 'metrics',
        summary: "Figures in Prometheus' text format",
        responses: { '200': { description: 'The figures', content: { 'text/plain': { schema: { type: 'string' } } } } },
      },
    },
  },
} as const;
