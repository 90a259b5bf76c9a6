const JSON_ANSWER = {
  '200': { description: 'The answer', content: { 'application/json': { schema: { type: 'object' } } } },
};

/** The description of the hub's HTTP door (OpenAPI 3.1). */
export const HUB_OPENAPI = {
  openapi: '3.1.0',
  info: {
    title: 'Liaison Bus regional hub',
    version: '1',
    description: 'State of a regional hub. It relays sealed bytes and knows no content.',
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
                  required: ['hub', 'links'],
                  properties: {
                    hub: { type: 'string' },
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
