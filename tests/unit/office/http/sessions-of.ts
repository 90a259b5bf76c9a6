import { type Answered, type FakeOffice, SELF } from '../fake-office.ts';
import { ORIGIN, PASSWORD } from '../fake-people.ts';

/** The name of the cookie that is a session. */
export const COOKIE = `__Host-liaison-${SELF}`;

/** Somebody who is signed in, as their browser sends it. */
export interface SignedIn {
  readonly cookie: string;
  readonly csrf: string;
  /** Headers of a request that changes something, from a page of the console. */
  readonly page: Record<string, string>;
}

/** What a page of the console sends before anybody is signed in. */
export const FROM_CONSOLE = { origin: ORIGIN, 'sec-fetch-site': 'same-origin' };

/** The answer to a name and a password. */
export function tryPassword(
  office: FakeOffice,
  name: string,
  password: string,
  headers: Record<string, string> = {},
): Promise<Answered> {
  return office.ask('POST', '/v1/sign-in/password', {
    role: null,
    body: { name, password },
    headers: { ...FROM_CONSOLE, ...headers },
  });
}

/** Signed in with the password that everybody has. */
export async function signedIn(office: FakeOffice, name: string, password = PASSWORD): Promise<SignedIn> {
  const answer = await tryPassword(office, name, password);
  if (answer.status !== 200) throw new TypeError(`sign-in of ${name}: ${answer.text}`);
  return sessionOf(answer);
}

/** The session that an answer began. */
export function sessionOf(answer: Answered): SignedIn {
  const [cookie = ''] = String(answer.headers['set-cookie']).split(';');
  const { csrf } = answer.json as { csrf: string };
  return { cookie, csrf, page: { ...FROM_CONSOLE, cookie, 'x-liaison-csrf': csrf } };
}
