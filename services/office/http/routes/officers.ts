import type { OfficerRecord } from '../../../core/access/index.ts';
import { ownLine, rfc3339 } from '../../../core/foundation/index.ts';
import type { OneTimePassword } from '../../people/account-desk.ts';
import type { People } from '../../people/people.ts';
import { objectSchema, readObject } from '../read-object.ts';
import { guardedRoute } from '../route.ts';
import { listOf } from '../schema-parts.ts';
import { schemaRef } from '../schema-ref.ts';
import { agenciesJson, officerJson } from '../session-json.ts';

const PATH = {
  name: { kind: 'text', pattern: /^[a-z0-9][a-z0-9._-]{0,63}$/, about: 'The name of the account.' },
} as const;
const AGENCY_PATH = {
  id: { kind: 'text', pattern: /^[a-z0-9][a-z0-9-]{0,31}$/, about: 'The id of the agency.' },
} as const;

const LINE = ownLine(0, 80);
const TERMS = {
  role: {
    kind: 'text',
    pattern: /^[a-z]{1,20}$/,
    about: 'officer, supervisor, oversight, auditor or operator.',
    optional: true,
  },
  agencies: {
    kind: 'texts',
    pattern: /^[a-z0-9-]{1,32}$/,
    most: 64,
    about: 'Ids of agencies of the office.',
    optional: true,
  },
  displayName: {
    kind: 'text',
    pattern: LINE,
    about: 'One line of at most 80 characters; not a personal name.',
    optional: true,
  },
  oidcSubject: {
    kind: 'text',
    pattern: /^[\x21-\x7e]{0,255}$/,
    about: "Who they are at the ministry's sign-in; empty for nobody.",
    optional: true,
  },
} as const;
const NEW_OFFICER = {
  ...TERMS,
  name: {
    kind: 'text',
    pattern: /^[\s\S]{1,64}$/u,
    about: 'Of the post, not of a person: lowercase letters, digits and . _ -',
  },
  role: { kind: 'text', pattern: TERMS.role.pattern, about: TERMS.role.about },
} as const;
const NEW_AGENCY = {
  id: { kind: 'text', pattern: /^[\s\S]{1,64}$/u, about: 'Lowercase letters, digits and -' },
  name: { kind: 'text', pattern: LINE, about: 'One line of at most 80 characters.' },
  crimeAreas: { kind: 'texts', pattern: /^CRIME_AREA_[A-Z_]{1,60}$/, most: 64, about: 'Codes of the contract.' },
} as const;

const items = (schema: object) => ({
  type: 'object',
  required: ['items'],
  additionalProperties: false,
  properties: { items: listOf(schema as never) },
});
const CHANGED = { 200: { about: 'As it is now.', schema: schemaRef('Account') } } as const;
const PROBLEMS = {
  404: 'The office has nobody of that name.',
  409: 'It would leave the office without an operator, or the name is taken.',
  503: 'Nothing can be recorded or written now.',
} as const;

/** `GET /v1/officers`: who works here. */
export const listOfficers = guardedRoute({
  method: 'GET',
  path: '/v1/officers',
  name: 'listOfficers',
  action: 'read-officers',
  summary: 'See who works here',
  about: 'Posts, roles and agencies of everybody who is not disabled, to give somebody something to do.',
  answers: { 200: { about: 'Everybody, by name.', schema: items(schemaRef('Officer')) } },
  handle: ({ people }) => ({
    status: 200,
    body: {
      items: [...people.officers.table().officers.values()]
        .filter(({ disabledAt }) => disabledAt === undefined)
        .sort((one, other) => (one.name < other.name ? -1 : 1))
        .map(officerJson),
    },
  }),
});

/** `GET /v1/accounts`: the accounts with how they sign in. */
export const listAccounts = guardedRoute({
  method: 'GET',
  path: '/v1/accounts',
  name: 'listAccounts',
  action: 'manage-officers',
  summary: 'List the accounts',
  about: 'With whether they are disabled and how they sign in; no secret is shown.',
  answers: { 200: { about: 'All accounts.', schema: items(schemaRef('Account')) } },
  handle: ({ people }) => ({
    status: 200,
    body: { items: [...people.officers.table().officers.values()].map(accountJson) },
  }),
});

/** `POST /v1/officers`: a person more. */
export const addOfficer = guardedRoute({
  method: 'POST',
  path: '/v1/officers',
  name: 'addOfficer',
  action: 'manage-officers',
  proof: true,
  summary: 'Add a person',
  about: 'The answer has a password for their first sign-in within three days, at which they choose their own.',
  body: objectSchema(NEW_OFFICER),
  answers: { 201: { about: 'Added.', schema: schemaRef('OneTimePassword') } },
  problems: PROBLEMS,
  handle: async ({ people }, { asker, body }) => {
    const { name, ...terms } = readObject(NEW_OFFICER, body);
    const made = await people.accounts.add(asker.principal.name, name, given(terms) as { role: string });
    return { status: 201, body: oneTimeJson(name, made) };
  },
});

/** `POST /v1/officers/{name}/change`: another role, other agencies. */
export const changeOfficer = guardedRoute({
  method: 'POST',
  path: '/v1/officers/{name}/change',
  name: 'changeOfficer',
  action: 'manage-officers',
  proof: true,
  summary: 'Change what somebody is',
  about: 'What is left out stays. With another role every session of theirs is over.',
  pathParams: PATH,
  body: objectSchema(TERMS),
  answers: CHANGED,
  problems: PROBLEMS,
  handle: async ({ people }, { asker, path, body }) => {
    await people.accounts.change(asker.principal.name, path.name, given(readObject(TERMS, body)));
    return account(people, path.name);
  },
});

/** `POST /v1/officers/{name}/disable`: somebody is let in no more. */
export const disableOfficer = guardedRoute({
  method: 'POST',
  path: '/v1/officers/{name}/disable',
  name: 'disableOfficer',
  action: 'manage-officers',
  summary: 'Let somebody in no more',
  about: 'Every session of theirs is over at once. The account stays, since the ledger names it.',
  pathParams: PATH,
  answers: CHANGED,
  problems: PROBLEMS,
  handle: async ({ people }, { asker, path }) => {
    await people.accounts.disable(asker.principal.name, path.name);
    return account(people, path.name);
  },
});

/** `POST /v1/officers/{name}/enable`: somebody is let in again. */
export const enableOfficer = guardedRoute({
  method: 'POST',
  path: '/v1/officers/{name}/enable',
  name: 'enableOfficer',
  action: 'manage-officers',
  proof: true,
  summary: 'Let somebody in again',
  pathParams: PATH,
  answers: CHANGED,
  problems: PROBLEMS,
  handle: async ({ people }, { asker, path }) => {
    await people.accounts.enable(asker.principal.name, path.name);
    return account(people, path.name);
  },
});

/** `POST /v1/officers/{name}/reset`: a password for one sign-in. */
export const resetOfficer = guardedRoute({
  method: 'POST',
  path: '/v1/officers/{name}/reset',
  name: 'resetOfficer',
  action: 'manage-officers',
  proof: true,
  summary: 'Give somebody a password for one sign-in',
  about:
    'Their sessions are over and their passkeys gone; at the sign-in, within three days, they choose a password of their own.',
  pathParams: PATH,
  answers: { 200: { about: 'The password.', schema: schemaRef('OneTimePassword') } },
  problems: PROBLEMS,
  handle: async ({ people }, { asker, path }) => {
    const made = await people.accounts.reset(asker.principal.name, path.name);
    return { status: 200, body: oneTimeJson(path.name, made) };
  },
});

/** `GET /v1/agencies`: the agencies of the office. */
export const listAgencies = guardedRoute({
  method: 'GET',
  path: '/v1/agencies',
  name: 'listAgencies',
  action: 'read-officers',
  summary: 'See which agencies sit here',
  answers: { 200: { about: 'With what concerns each.', schema: items(schemaRef('Agency')) } },
  handle: (door) => ({ status: 200, body: { items: agenciesJson(door) } }),
});

/** `POST /v1/agencies`: an agency more. */
export const addAgency = guardedRoute({
  method: 'POST',
  path: '/v1/agencies',
  name: 'addAgency',
  action: 'manage-officers',
  summary: 'Add an agency',
  about: 'What it claims is seen by its officers, and by those of others that claim it too.',
  body: objectSchema(NEW_AGENCY),
  answers: { 201: { about: 'Added.', schema: schemaRef('Agency') } },
  problems: { 409: 'There is one of that id, or as many as there may be.', 503: PROBLEMS[503] },
  handle: async ({ people }, { asker, body }) => {
    const agency = readObject(NEW_AGENCY, body);
    await people.accounts.addAgency(asker.principal.name, agency);
    return { status: 201, body: agency };
  },
});

/** `POST /v1/agencies/{id}/remove`: an agency less. */
export const removeAgency = guardedRoute({
  method: 'POST',
  path: '/v1/agencies/{id}/remove',
  name: 'removeAgency',
  action: 'manage-officers',
  summary: 'Remove an agency',
  about: 'Only once nobody belongs to it. What it alone claimed then concerns every officer.',
  pathParams: AGENCY_PATH,
  answers: { 204: { about: 'Removed.' } },
  problems: { 409: 'Officers belong to it.', 503: PROBLEMS[503] },
  handle: async ({ people }, { asker, path }) => {
    await people.accounts.removeAgency(asker.principal.name, path.id);
    return { status: 204, text: '' };
  },
});

function account(people: People, name: string) {
  const officer = people.officers.table().officers.get(name as OfficerRecord['name']);
  if (officer === undefined) throw new TypeError('an account that was changed is there');
  return { status: 200, body: accountJson(officer) };
}

function oneTimeJson(name: string, { password, until }: OneTimePassword) {
  return { name, password, until: rfc3339(until) };
}

function accountJson(officer: OfficerRecord) {
  return {
    ...officerJson(officer),
    createdAt: rfc3339(officer.createdAt),
    disabledAt: officer.disabledAt === undefined ? null : rfc3339(officer.disabledAt),
    hasPassword: officer.password !== undefined,
    oneTimeUntil: officer.oneTimeUntil === undefined ? null : rfc3339(officer.oneTimeUntil),
    passkeys: officer.passkeys.length,
    oidcSubject: officer.oidcSubject ?? null,
  };
}

/** Without what was left out, which is not the same as being there with no value. */
function given<T extends object>(terms: T): { [Name in keyof T]: NonNullable<T[Name]> } {
  return Object.fromEntries(Object.entries(terms).filter(([, value]) => value !== undefined)) as never;
}
