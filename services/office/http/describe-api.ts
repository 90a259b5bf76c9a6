import { rolesFor } from '../../core/access/index.ts';
import { jsonSchemasOf } from '../../core/wire/index.ts';
import { type ParamSpecs, paramSchema } from './query.ts';
import type { JsonSchema, Route } from './route.ts';
import { schemaRef } from './schema-ref.ts';
import { ANSWER_SCHEMAS, ROLE_WORDS } from './schemas.ts';
import { FILE_TYPE } from './upload-gate.ts';

const CONTRACT_MESSAGES = [
  'AlertSubmission',
  'BulletinSubmission',
  'SubscriptionSubmission',
  'SearchSubmission',
  'LookoutSubmission',
  'RequestSubmission',
  'StepSubmission',
  'TriageSubmission',
  'AnswerSubmission',
  'RecallAnswerSubmission',
  'RecallSubmission',
  'ConsentRequestSubmission',
  'ConsentAnswerSubmission',
  'ForwardSubmission',
  'PartRequestSubmission',
  'OpeningSubmission',
  'ReviewSubmission',
  'OperationSubmission',
  'OperationActSubmission',
  'PostSubmission',
  'Directory',
  'Agreement',
];

const PROBLEMS: Readonly<Record<number, string>> = {
  400: 'The request cannot be read.',
  401: 'There is no token, or it is not taken.',
  403: 'The role of the token does not allow it.',
  413: 'The body is larger than 256 KiB, or a file than 25 MB.',
  415: 'The body is not application/json.',
  422: 'Something in the request is not allowed; the faults name field and reason.',
  429: 'More requests came than are answered.',
  500: 'The node has a fault of its own.',
};

const PROOF =
  'Of a person it asks for a sign-in or a proof of the last ten minutes; without one the answer is 403 ACCESS_PROOF_NEEDED.';

/** The description of the API (OpenAPI 3.1): every route with its parameters, answers and problems. */
export function describeApi(routes: readonly Route[], release: string): JsonSchema {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const route of routes) {
    paths[route.path] = { ...paths[route.path], [route.method.toLowerCase()]: operation(route) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Liaison Bus, office',
      version: release,
      summary: 'What a border liaison office says to its neighbours, and what they said to it.',
      description:
        "Bodies are the JSON mapping of the contract's messages, read strictly: an unknown field, an unknown code or a wrong type is refused, and the problem names it.",
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/' }],
    security: [{ bearer: [] }],
    paths,
    components: {
      securitySchemes: {
        bearer: {
          type: 'http',
          scheme: 'bearer',
          description: `A token of the office, made with \`blo token create\`. Its role is one of ${ROLE_WORDS}.`,
        },
      },
      schemas: { ...jsonSchemasOf(CONTRACT_MESSAGES, '#/components/schemas/'), ...ANSWER_SCHEMAS },
    },
  };
}

function operation(route: Route): JsonSchema {
  const parameters = [
    ...params(route.pathParams, 'path'),
    ...params(route.queryParams, 'query'),
    ...params(route.headerParams, 'header'),
  ];
  const roles = route.action === null ? '' : `Roles: ${rolesFor(route.action).join(', ')}.`;
  return {
    operationId: route.name,
    summary: route.summary,
    description: [route.about, route.proof ? PROOF : '', roles].filter((text) => text !== '').join('\n\n'),
    ...(route.action === null ? { security: [] } : {}),
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(route.body === undefined
      ? {}
      : { requestBody: { required: true, content: { [bodyType(route)]: { schema: route.body } } } }),
    responses: { ...answers(route), ...problems(route) },
  };
}

function bodyType({ fileBytes }: Route): string {
  return fileBytes === undefined ? 'application/json' : FILE_TYPE;
}

function params(specs: ParamSpecs, place: 'path' | 'query' | 'header'): readonly JsonSchema[] {
  return Object.entries(specs).map(([name, spec]) => ({
    name,
    in: place,
    required: place === 'path',
    description: spec.about,
    schema: paramSchema(spec),
  }));
}

function answers(route: Route): JsonSchema {
  return Object.fromEntries(
    Object.entries(route.answers).map(([status, answer]) => [
      status,
      {
        description: answer.about,
        ...(answer.headers === undefined
          ? {}
          : {
              headers: Object.fromEntries(
                Object.entries(answer.headers).map(([name, about]) => [
                  name,
                  { description: about, schema: { type: 'string' } },
                ]),
              ),
            }),
        ...(answer.schema === undefined
          ? {}
          : { content: { [answer.contentType ?? 'application/json']: { schema: answer.schema } } }),
      },
    ]),
  );
}

function problems(route: Route): JsonSchema {
  const hasParams = [route.pathParams, route.queryParams, route.headerParams].some(
    (specs) => Object.keys(specs).length > 0,
  );
  const statuses = [
    ...(route.action === null ? [] : [401, 403, 429]),
    ...(route.body === undefined ? [] : [400, 413, 415, 422]),
    ...(hasParams ? [422] : []),
    ...(route.action === null ? [] : [500]),
  ];
  const about = {
    ...Object.fromEntries(statuses.map((status) => [status, PROBLEMS[status] ?? ''])),
    ...route.problems,
  };
  return Object.fromEntries(
    Object.entries(about).map(([status, text]) => [
      status,
      { description: text, content: { 'application/problem+json': { schema: schemaRef('Problem') } } },
    ]),
  );
}
