import type { OfficerRecord, SessionRecord, SignInMeans } from '../../../core/access/index.ts';
import { type EpochMs, nationOf } from '../../../core/foundation/index.ts';
import { OfficerAct } from '../../../core/wire/index.ts';
import { actOf } from '../../people/officer-acts.ts';
import { assertProvedLately } from '../authenticate.ts';
import { cookieHeader, cookieNames, endedCookieHeader, readCookie } from '../cookies.ts';
import type { Door } from '../door.ts';
import { objectSchema, readObject } from '../read-object.ts';
import { type Answer, guardedRoute, openRoute } from '../route.ts';
import { schemaRef } from '../schema-ref.ts';
import { officeName, officerJson, ownSession, sessionJson } from '../session-json.ts';

const NAME = {
  kind: 'text',
  pattern: /^[^\p{C}]{1,64}$/u,
  about: 'The name of the account, at most 64 characters.',
} as const;
/** A password, of which nothing is known yet. */
export const PASSWORD = { kind: 'text', pattern: /^[\s\S]{1,1024}$/u, about: 'At most 1,024 characters.' } as const;

const BY_PASSWORD = { name: NAME, password: PASSWORD } as const;
const FIRST_RUN = {
  code: { kind: 'text', pattern: /^[\s\S]{1,64}$/u, about: 'As `blo officer first-run-code` shows it.' },
  name: NAME,
  password: PASSWORD,
} as const;
const OWN_PASSWORD = {
  current: { ...PASSWORD, pattern: /^[\s\S]{0,1024}$/u, about: 'The password until now; empty where there is none.' },
  next: PASSWORD,
} as const;

/** The answer with which a session begins. */
export const SIGNED_IN = {
  200: {
    about:
      'Signed in. The cookie is the session: no script can read it, and only pages of this office make a browser send it.',
    schema: schemaRef('Session'),
    headers: { 'set-cookie': 'The session.' },
  },
} as const;
/** What keeps one from beginning. */
export const SIGN_IN_PROBLEMS = {
  401: 'The name, the password or the passkey is not right, or the account is disabled; which of these is not said.',
  403: "The request does not come from a page of the office's console, others could read along, or the password was for one sign-in and its time is over.",
  429: 'Too many were wrong under this name or from this address.',
  503: 'Nothing can be recorded now.',
} as const;

/** `GET /v1/sign-in`: how people sign in here. */
export const readSignIn = openRoute({
  method: 'GET',
  path: '/v1/sign-in',
  name: 'readSignIn',
  secret: true,
  summary: 'See how people sign in here',
  about:
    'What the sign-in page shows. `firstRun` is true while the office has nobody yet, `secure` false where nobody may sign in because others could read along.',
  answers: { 200: { about: 'The ways to sign in.', schema: schemaRef('SignIn') } },
  handle: (door) => ({
    status: 200,
    body: {
      office: door.office,
      officeName: officeName(door),
      nation: nationOf(door.office),
      firstRun: door.people.firstRun.isNeeded(),
      secure: door.people.secure,
      ways: { password: door.people.secure, passkey: door.people.secure, oidc: oidcOf(door) },
    },
  }),
});

/** `POST /v1/sign-in/password`: a session begins. */
export const signInByPassword = openRoute({
  method: 'POST',
  path: '/v1/sign-in/password',
  name: 'signInByPassword',
  summary: 'Sign in with a password',
  about: 'Ten wrong ones lock the name for a quarter of an hour; a passkey works meanwhile.',
  body: objectSchema(BY_PASSWORD),
  answers: SIGNED_IN,
  problems: SIGN_IN_PROBLEMS,
  handle: async (door, request) => {
    door.people.assertSecure();
    const { name, password } = readObject(BY_PASSWORD, request.body);
    const officer = await door.people.passwords.officerOf({ name, password, address: request.address });
    return signIn(door, request, officer, 'password');
  },
});

/** `POST /v1/first-run`: the first operator. */
export const firstRun = openRoute({
  method: 'POST',
  path: '/v1/first-run',
  name: 'firstRun',
  summary: 'Make the first operator',
  about:
    "Only while the office has nobody, and only with the code that lies in the node's own folder: whoever may read that may begin.",
  body: objectSchema(FIRST_RUN),
  answers: { 201: { about: 'Made; they can sign in.', schema: schemaRef('Officer') } },
  problems: { ...SIGN_IN_PROBLEMS, 403: 'The code is not right, or the office has people already.' },
  handle: async (door, request) => {
    door.people.assertSecure();
    const { code, name, password } = readObject(FIRST_RUN, request.body);
    await door.people.accounts.begin(code, name, password);
    return { status: 201, body: officerJson(door.people.officerOf(name)) };
  },
});

/** `GET /v1/session`: who is signed in. */
export const readSession = guardedRoute({
  method: 'GET',
  path: '/v1/session',
  name: 'readSession',
  secret: true,
  action: 'keep-own-account',
  summary: 'See who is signed in',
  about: 'And what they may do. `csrf` goes into the header `x-liaison-csrf` of every request that changes something.',
  answers: { 200: { about: 'The session.', schema: schemaRef('Session') } },
  handle: (door, { asker }) => ({ status: 200, body: sessionJson(door, ownSession(asker)) }),
});

/** `POST /v1/session/end`: signed out. */
export const endSession = guardedRoute({
  method: 'POST',
  path: '/v1/session/end',
  name: 'endSession',
  action: 'keep-own-account',
  summary: 'Sign out',
  answers: { 204: { about: 'Signed out; the browser forgets the cookie.' } },
  handle: async (door, { asker }) => {
    const { record } = ownSession(asker);
    await door.people.sessions.end(record.id);
    await door.people.record([actOf(record.name, OfficerAct.SIGNED_OUT)], record.name);
    return { status: 204, text: '', headers: { 'set-cookie': endedCookieHeader(cookieNames(door.office).session) } };
  },
});

/** `POST /v1/session/password`: another password of one's own. */
export const changeOwnPassword = guardedRoute({
  method: 'POST',
  path: '/v1/session/password',
  name: 'changeOwnPassword',
  action: 'keep-own-account',
  summary: 'Choose another password',
  about:
    'At least twelve characters; which ones is free, but for the name and the commonest ones. Every other session of the officer is over, and this one goes on under a new cookie.',
  body: objectSchema(OWN_PASSWORD),
  answers: SIGNED_IN,
  problems: {
    403: 'The password was for one sign-in and its time is over, or there is none and the last proof was too long ago.',
    429: 'Too many were wrong.',
    503: 'Nothing can be recorded now.',
  },
  handle: async (door, request) => {
    const { record } = ownSession(request.asker);
    const { current, next } = readObject(OWN_PASSWORD, request.body);
    const { name, means } = record;
    const { accounts, sessions } = door.people;
    // A first password is as lasting as a passkey: where none proves who asks for it, something else has to.
    const isProof = accounts.needsCurrent(record);
    if (!isProof) assertProvedLately(record, door.clock.now());
    await accounts.changeOwn({ session: record, current, next, address: request.address });
    await sessions.end(record.id);
    return sessionAnswer(
      door,
      await sessions.begin(door.people.officerOf(name), means, isProof ? undefined : record.provedAt),
    );
  },
});

/**
 * The answer with which somebody is signed in from now on, once that is on record. The session that the browser had until
 * now is over: its pages notice, and nobody else has use of it.
 */
export async function signIn(
  door: Door,
  request: { readonly header: (name: string) => string | undefined },
  officer: OfficerRecord,
  means: SignInMeans,
  provedAt?: EpochMs,
): Promise<Answer> {
  const { people } = door;
  const before = sessionBefore(door, request.header('cookie'));
  const acts = [
    ...(before === undefined ? [] : [actOf(before.name, OfficerAct.SIGNED_OUT, 'replaced')]),
    actOf(officer.name, OfficerAct.SIGNED_IN, means),
  ];
  await people.record(acts, officer.name);
  if (before !== undefined) await people.sessions.end(before.id);
  return sessionAnswer(door, await people.sessions.begin(people.officerOf(officer.name), means, provedAt));
}

/** The answer that gives the browser the session with that secret. */
export function sessionAnswer(door: Door, secret: string): Answer {
  const { people } = door;
  const { session } = cookieNames(door.office);
  return {
    status: 200,
    body: sessionJson(door, people.sessions.resume(secret)),
    headers: { 'set-cookie': cookieHeader(session, secret, 'strict') },
  };
}

function sessionBefore({ office, people }: Door, cookie: string | undefined): SessionRecord | undefined {
  const secret = readCookie(cookie, cookieNames(office).session);
  return secret === undefined ? undefined : people.sessions.find(secret);
}

function oidcOf({ people }: Door): { readonly label: string } | null {
  return people.oidc === null || !people.secure ? null : { label: people.oidc.label };
}
