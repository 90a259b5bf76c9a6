import { AccessError } from '../../../core/access/index.ts';
import { OfficerAct } from '../../../core/wire/index.ts';
import { actOf } from '../../people/officer-acts.ts';
import type { LiveSession } from '../../people/session-keeper.ts';
import type { Door } from '../door.ts';
import { objectSchema, readObject } from '../read-object.ts';
import { type Answer, guardedRoute } from '../route.ts';
import { schemaRef } from '../schema-ref.ts';
import { ownSession } from '../session-json.ts';
import { ASKED, asked, passkeyAnswer, RESPONSE } from './passkeys.ts';
import { PASSWORD, sessionAnswer } from './sign-in.ts';

const BY_PASSWORD = { password: PASSWORD } as const;
const ABOUT =
  'For ten minutes they may change how people sign in. The session goes on under a new cookie and a new `csrf`; whoever had the old ones has nothing of it.';
const PROVED = {
  200: { about: 'Proved.', schema: schemaRef('Session'), headers: { 'set-cookie': 'The session from now on.' } },
} as const;

/** `POST /v1/session/proof/password`: whoever is signed in proves again who they are. */
export const proveByPassword = guardedRoute({
  method: 'POST',
  path: '/v1/session/proof/password',
  name: 'proveByPassword',
  action: 'keep-own-account',
  summary: 'Prove again who you are, with the password',
  about: `${ABOUT} Wrong ones count as at the sign-in.`,
  body: objectSchema(BY_PASSWORD),
  answers: PROVED,
  problems: { 429: 'Too many were wrong.', 503: 'Nothing can be recorded now.' },
  handle: async (door, request) => {
    const session = ownSession(request.asker);
    const { password } = readObject(BY_PASSWORD, request.body);
    const { name } = session.officer;
    await door.people.passwords.officerOf({ name, password, address: request.address }).catch(wrongPassword);
    return proved(door, session, 'proof-password');
  },
});

/** `POST /v1/session/proof/passkey/options`: they are to prove it with a passkey. */
export const askProof = guardedRoute({
  method: 'POST',
  path: '/v1/session/proof/passkey/options',
  name: 'askProof',
  action: 'keep-own-account',
  summary: 'Begin to prove again who you are, with a passkey',
  answers: ASKED,
  handle: async (door, { asker }) => asked(door, await door.people.passkeys.askToProve(ownSession(asker).officer)),
});

/** `POST /v1/session/proof/passkey`: the same with a passkey of their own. */
export const proveByPasskey = guardedRoute({
  method: 'POST',
  path: '/v1/session/proof/passkey',
  name: 'proveByPasskey',
  action: 'keep-own-account',
  summary: 'Prove again who you are, with a passkey',
  about: ABOUT,
  body: RESPONSE,
  answers: PROVED,
  problems: { 401: 'It was begun in another browser or too long ago.', 503: 'Nothing can be recorded now.' },
  handle: async (door, request) => {
    const session = ownSession(request.asker);
    await door.people.passkeys.prove(session.officer.name, ...passkeyAnswer(door, request));
    return proved(door, session, 'proof-passkey');
  },
});

async function proved(door: Door, { record, officer }: LiveSession, what: string): Promise<Answer> {
  await door.people.record([actOf(officer.name, OfficerAct.SIGNED_IN, what)], officer.name);
  return sessionAnswer(door, await door.people.sessions.prove(record));
}

/** Whoever mistypes it stays signed in. */
function wrongPassword(error: unknown): never {
  if (error instanceof AccessError && error.code === 'ACCESS_SIGN_IN_REFUSED')
    throw new AccessError('ACCESS_PASSWORD_WRONG', { context: { field: 'password' } });
  throw error;
}
