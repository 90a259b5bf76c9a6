import { AccessError, mustChoosePassword } from '../../../core/access/index.ts';
import { ownLine } from '../../../core/foundation/index.ts';
import { CHALLENGE_SECONDS } from '../../people/challenges.ts';
import type { LiveSession } from '../../people/session-keeper.ts';
import { cookieHeader, cookieNames, readCookie } from '../cookies.ts';
import type { Door } from '../door.ts';
import { objectSchema, readObject } from '../read-object.ts';
import { type Answer, type Asker, guardedRoute, openRoute } from '../route.ts';
import { schemaRef } from '../schema-ref.ts';
import { ownSession, passkeyName, sessionJson } from '../session-json.ts';
import { SIGN_IN_PROBLEMS, SIGNED_IN, signIn } from './sign-in.ts';

/** A label is kept as it is, so it neither begins nor ends with a blank. */
const LABEL = new RegExp(`^(?!\\s)(?!.*\\s$)${ownLine(1, 40).source.slice(1)}`, 'u');
const ADDITION = {
  label: {
    kind: 'text',
    pattern: LABEL,
    about: 'What its owner calls it: one line of at most 40 characters.',
  },
  response: { kind: 'object', about: 'RegistrationResponseJSON, as WebAuthn Level 3 §5.1 has it.' },
} as const;
const PATH = {
  id: { kind: 'text', pattern: /^[0-9a-f]{16}$/, about: 'The id of the passkey, as the session has it.' },
} as const;
const OPTIONS = {
  type: 'object',
  description: 'What navigator.credentials takes, in the JSON form of WebAuthn Level 3.',
};
/** The body of an answer of an authenticator. */
export const RESPONSE = { type: 'object', description: 'AuthenticationResponseJSON, as WebAuthn Level 3 §5.1 has it.' };
/** The answer with which an authenticator is asked. */
export const ASKED = {
  200: {
    about: 'What the authenticator is asked.',
    schema: OPTIONS,
    headers: { 'set-cookie': 'Binds the answer to this browser, for five minutes and once.' },
  },
} as const;

/** `POST /v1/sign-in/passkey/options`: a sign-in with a passkey begins. */
export const askPasskey = openRoute({
  method: 'POST',
  path: '/v1/sign-in/passkey/options',
  name: 'askPasskey',
  summary: 'Begin to sign in with a passkey',
  about: 'No name is asked for: the authenticator knows whose passkey it is.',
  answers: ASKED,
  problems: { 403: SIGN_IN_PROBLEMS[403], 429: SIGN_IN_PROBLEMS[429] },
  handle: async (door) => {
    door.people.assertSecure();
    return asked(door, await door.people.passkeys.askToSignIn());
  },
});

/** `POST /v1/sign-in/passkey`: a session begins. */
export const signInByPasskey = openRoute({
  method: 'POST',
  path: '/v1/sign-in/passkey',
  name: 'signInByPasskey',
  summary: 'Sign in with a passkey',
  body: RESPONSE,
  answers: SIGNED_IN,
  problems: SIGN_IN_PROBLEMS,
  handle: async (door, request) => {
    door.people.assertSecure();
    const officer = await door.people.passkeys.officerOf(...passkeyAnswer(door, request));
    return signIn(door, request, officer, 'passkey');
  },
});

/** `POST /v1/session/passkeys/options`: a passkey is to be made. */
export const askNewPasskey = guardedRoute({
  method: 'POST',
  path: '/v1/session/passkeys/options',
  name: 'askNewPasskey',
  action: 'keep-own-account',
  proof: true,
  summary: 'Begin to add a passkey',
  answers: ASKED,
  handle: async (door, { asker }) => {
    const { officer } = settledSession(asker);
    return asked(door, await door.people.passkeys.askToAdd(officer));
  },
});

/** `POST /v1/session/passkeys`: a passkey more. */
export const addPasskey = guardedRoute({
  method: 'POST',
  path: '/v1/session/passkeys',
  name: 'addPasskey',
  action: 'keep-own-account',
  proof: true,
  summary: 'Add a passkey',
  about: 'Eight are the most. It works also while too many wrong passwords have locked the name.',
  body: objectSchema(ADDITION),
  answers: { 201: { about: 'Added.', schema: schemaRef('Session') } },
  problems: { 401: 'It was begun in another browser or too long ago.', 409: 'There are eight, or this one is known.' },
  handle: async (door, request) => {
    const session = settledSession(request.asker);
    const { label, response } = readObject(ADDITION, request.body);
    const { name } = session.officer;
    await door.people.passkeys.add(name, challengeOf(door, request.header('cookie')), label, response);
    return { status: 201, body: sessionJson(door, { ...session, officer: door.people.officerOf(name) }) };
  },
});

/** `POST /v1/session/passkeys/{id}/remove`: a passkey less. */
export const removePasskey = guardedRoute({
  method: 'POST',
  path: '/v1/session/passkeys/{id}/remove',
  name: 'removePasskey',
  action: 'keep-own-account',
  proof: true,
  summary: 'Remove a passkey',
  about: 'Every other session of the officer is over: whoever has what is lost may be signed in with it.',
  pathParams: PATH,
  answers: { 204: { about: 'Removed.' } },
  problems: { 404: 'There is no such passkey.' },
  handle: async (door, { asker, path }) => {
    const { officer, record } = settledSession(asker);
    await door.people.passkeys.remove(officer.name, (id) => passkeyName(id) === path.id);
    await door.people.sessions.endOthers(record);
    return { status: 204, text: '' };
  },
});

/** Asks an authenticator, and binds its answer to the browser. */
export function asked(door: Door, { options, secret }: { readonly options: unknown; readonly secret: string }): Answer {
  const { challenge } = cookieNames(door.office);
  return {
    status: 200,
    body: options,
    headers: { 'set-cookie': cookieHeader(challenge, secret, 'strict', CHALLENGE_SECONDS) },
  };
}

/** What binds the answer to the browser, and the answer itself, of which nothing is known yet. */
export function passkeyAnswer(
  door: Door,
  request: { readonly body: Uint8Array; readonly header: (name: string) => string | undefined },
): readonly [string | undefined, unknown] {
  const { response } = readObject({ response: { kind: 'object', about: '' } }, wrapped(request.body));
  return [challengeOf(door, request.header('cookie')), response];
}

function challengeOf(door: Door, cookie: string | undefined): string | undefined {
  return readCookie(cookie, cookieNames(door.office).challenge);
}

/** The body as a field of one: what it must be within, the check of the signature says. */
function wrapped(body: Uint8Array): Uint8Array {
  const text = new TextDecoder().decode(body);
  return new TextEncoder().encode(`{"response":${text === '' ? '{}' : text}}`);
}

/**
 * The session of somebody whose password nobody else knows. Whoever set the password, or read it on its way, would
 * otherwise add a passkey that is still good when its owner has chosen another.
 *
 * @throws AccessError ACCESS_PASSWORD_MUST_CHANGE.
 */
function settledSession(asker: Asker): LiveSession {
  const session = ownSession(asker);
  if (mustChoosePassword(session.record, session.officer)) throw new AccessError('ACCESS_PASSWORD_MUST_CHANGE');
  return session;
}
