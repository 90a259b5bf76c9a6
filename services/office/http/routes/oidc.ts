import { isLiaisonError } from '../../../core/foundation/index.ts';
import { OfficeError } from '../../errors.ts';
import { CHALLENGE_SECONDS } from '../../people/challenges.ts';
import { OIDC_CALLBACK, type OidcDesk } from '../../people/oidc-desk.ts';
import { cookieHeader, cookieNames, readCookie } from '../cookies.ts';
import type { Door } from '../door.ts';
import { openRoute } from '../route.ts';
import { signIn } from './sign-in.ts';

const CONSOLE = '/console/';
const WAY = {
  again: {
    kind: 'word',
    words: ['true'],
    about: "`true`: the person proves who they are although they are signed in at the ministry's page.",
  },
  page: {
    kind: 'text',
    pattern: /^\/console\/[a-z0-9/_-]{0,120}$/,
    about: 'The page of the console to come back to; left out, its first.',
  },
} as const;

/** `GET /v1/sign-in/oidc`: to the ministry's sign-in. */
export const beginOidc = openRoute({
  method: 'GET',
  path: '/v1/sign-in/oidc',
  name: 'beginOidc',
  limited: true,
  queryParams: WAY,
  summary: "Go to the ministry's sign-in",
  about: 'Authorization code with PKCE, state and nonce; bound to this browser for five minutes, used once.',
  answers: {
    302: { about: "To the ministry's sign-in.", headers: { location: 'The address.', 'set-cookie': 'The binding.' } },
  },
  problems: {
    403: 'Others could read along.',
    404: 'The office uses none.',
    429: 'Too many begin.',
    503: 'It does not answer.',
  },
  handle: async (door, { query }) => {
    door.people.assertSecure();
    const way = { again: query.again === 'true', page: query.page ?? CONSOLE };
    const { address, secret } = await deskOf(door).begin(way);
    const { challenge } = cookieNames(door.office);
    // Lax: it has to be there when the ministry's page sends the browser back.
    return redirect(address, cookieHeader(challenge, secret, 'lax', CHALLENGE_SECONDS));
  },
});

/** `GET /v1/sign-in/oidc/callback`: back from the ministry's sign-in. */
export const finishOidc = openRoute({
  method: 'GET',
  path: OIDC_CALLBACK,
  name: 'finishOidc',
  limited: true,
  anyQuery: true,
  summary: "Come back from the ministry's sign-in",
  about:
    'Whoever the ministry vouches for is signed in if the office has an account for them. A refusal goes to the console too, with its code in the parameter `refused`.',
  answers: {
    302: {
      about: 'To the console.',
      headers: { location: 'The console.', 'set-cookie': 'The session, where signed in.' },
    },
  },
  problems: { 404: 'The office uses none.', 429: 'Too many come.' },
  handle: async (door, request) => {
    const desk = deskOf(door);
    const { challenge } = cookieNames(door.office);
    try {
      door.people.assertSecure();
      const { officer, provedAt, page } = await desk.finish(
        readCookie(request.header('cookie'), challenge),
        request.rawQuery,
      );
      const { headers } = await signIn(door, request, officer, 'oidc', provedAt);
      return redirect(page, headers?.['set-cookie'] ?? '');
    } catch (error) {
      // A person stands before an empty page: the console says it in their language.
      if (isLiaisonError(error)) return redirect(`${CONSOLE}?refused=${error.code}`);
      throw error;
    }
  },
});

function deskOf({ people }: Door): OidcDesk {
  if (people.oidc === null) throw new OfficeError('OFFICE_OIDC_ABSENT');
  return people.oidc;
}

function redirect(location: string, cookie?: string) {
  return { status: 302, text: '', headers: { location, ...(cookie === undefined ? {} : { 'set-cookie': cookie }) } };
}
