import { rfc3339 } from '../../../core/foundation/index.ts';
import { DocumentKind } from '../../../core/wire/index.ts';
import { agreementItem, directoryItem } from '../../views/directory-json.ts';
import { policyBundleJson } from '../../views/policy-json.ts';
import { guardedRoute, type JsonSchema } from '../route.ts';
import { schemaRef } from '../schema-ref.ts';

const listOf = (item: JsonSchema): JsonSchema => ({
  type: 'object',
  required: ['items'],
  additionalProperties: false,
  properties: { items: { type: 'array', items: item } },
});

const MAX_QUARANTINE = 1000;

/** `GET /v1/quarantine`: what arrived and does not verify. */
export const listQuarantine = guardedRoute({
  method: 'GET',
  path: '/v1/quarantine',
  name: 'listQuarantine',
  action: 'read-quarantine',
  summary: 'List what arrived and does not verify',
  about: 'The newest first, at most 1,000. The originals are kept; nothing of them is shown.',
  answers: { 200: { about: 'What is in quarantine.', schema: listOf(schemaRef('QuarantineItem')) } },
  handle: (door) => ({
    status: 200,
    body: {
      items: door.relay.projection.quarantine
        .slice(-MAX_QUARANTINE)
        .reverse()
        .map(({ from, code, digest, size, atMs, record, content }) => ({
          from,
          code,
          digest,
          bytes: size,
          at: rfc3339(atMs),
          record,
          kept: content !== null,
        })),
    },
  }),
});

/** `GET /v1/directory`: the nations' directories. */
export const readDirectory = guardedRoute({
  method: 'GET',
  path: '/v1/directory',
  name: 'readDirectory',
  action: 'read-directory',
  summary: 'Read the directories of the nations',
  about: 'Offices, keys, revocations, focal points and duty rosters, as the nations signed them.',
  answers: { 200: { about: 'All directories that are installed.', schema: listOf(schemaRef('InstalledDirectory')) } },
  handle: (door) => {
    const now = door.clock.now();
    return {
      status: 200,
      body: {
        items: [...door.trust().directories.values()].map((installed) => directoryItem(installed, now)),
      },
    };
  },
});

/** `GET /v1/agreements`: the agreements, in force or not. */
export const listAgreements = guardedRoute({
  method: 'GET',
  path: '/v1/agreements',
  name: 'listAgreements',
  action: 'read-agreements',
  summary: 'Read the agreements',
  about: 'As all parties signed them, with whether their dates let them be relied on now.',
  answers: { 200: { about: 'All agreements that are installed.', schema: listOf(schemaRef('InstalledAgreement')) } },
  handle: (door) => {
    const now = door.clock.now();
    const { agreements } = door.trust();
    return {
      status: 200,
      body: {
        items: [...agreements.values()].map((installed) => agreementItem(installed, agreements.values(), now)),
      },
    };
  },
});

/** `GET /v1/policies`: the rules that decide here. */
export const listPolicies = guardedRoute({
  method: 'GET',
  path: '/v1/policies',
  name: 'listPolicies',
  action: 'read-policies',
  summary: 'Read the policies in force',
  about:
    "The bundles that decide at both gates, the baseline first, then the nation's own: every policy with the sentence that it gives as its reason, and its text.",
  answers: { 200: { about: 'The bundles in force.', schema: listOf(schemaRef('PolicyBundle')) } },
  handle: (door) => {
    const { documents } = door.relay.projection;
    const items = door
      .policyBundles()
      .map((bundle) => policyBundleJson(bundle, documents.get(`${DocumentKind.POLICY_BUNDLE}/${bundle.name}`)));
    return { status: 200, body: { items } };
  },
});
