import {
  AccessError,
  type Action,
  isCsrfOf,
  isProvedLately,
  mustChoosePassword,
  type Principal,
  type Role,
  reachOf,
  rolesFor,
  type SessionRecord,
  type TokenTable,
  verifyToken,
} from '../../core/access/index.ts';
import type { Clock, EpochMs, OfficeId } from '../../core/foundation/index.ts';
import { OfficeError } from '../errors.ts';
import type { People } from '../people/people.ts';
import type { LiveSession } from '../people/session-keeper.ts';
import { cookieNames, readCookie } from './cookies.ts';
import type { Asker } from './route.ts';
import { type RateLimit, rateLimiter } from './token-bucket.ts';

/** How many requests each token or session of a role may make. */
export type RateLimits = Readonly<Record<Role, RateLimit>>;

/** A person needs few requests; a national system posts as fast as its events come. */
export const DEFAULT_RATE_LIMITS: RateLimits = {
  system: { perSecond: 20_000, burst: 40_000 },
  officer: { perSecond: 50, burst: 200 },
  supervisor: { perSecond: 50, burst: 200 },
  oversight: { perSecond: 50, burst: 200 },
  auditor: { perSecond: 50, burst: 200 },
  operator: { perSecond: 50, burst: 200 },
};

/** Tokens that are refused, from one address; a good token is never kept out by others' bad ones. */
const FAILURES: RateLimit = { perSecond: 1, burst: 20 };

/** What nobody has to be signed in for and does something: signing in, above all; from one address. */
const SIGN_INS: RateLimit = { perSecond: 1, burst: 30 };

/** What a request shows of who asks. */
export interface Asking {
  readonly method: string;
  readonly address: string;
  readonly authorization: string | undefined;
  readonly cookie: string | undefined;
  readonly csrf: string | undefined;
  readonly origin: string | undefined;
  /** The header Sec-Fetch-Site, which no page can forge. */
  readonly fetchSite: string | undefined;
}

/** What is asked about sessions. */
export interface SessionDoor {
  readonly cookieName: string;
  /** Whose session has that secret. @throws AccessError; OfficeError OFFICE_SIGN_IN_INSECURE. */
  readonly resume: (secret: string) => LiveSession;
  /** Where the console's pages come from. */
  readonly origins: () => readonly string[];
}

/** Asks the people of an office about its sessions. */
export function sessionDoor(office: OfficeId, people: People): SessionDoor {
  return {
    cookieName: cookieNames(office).session,
    origins: people.origins,
    resume: (secret) => {
      people.assertSecure();
      return people.sessions.resume(secret);
    },
  };
}

/** Finds out who asks. */
export interface Authenticator {
  /**
   * Who sends that request, once it is known that their role lets them do `action`, that they do not ask too often, and,
   * where a browser asks, that it does so for a page of the console. `proof` asks of a person that they proved lately who
   * they are; a token proves it each time.
   *
   * @throws OfficeError OFFICE_UNAUTHENTICATED, OFFICE_CREDENTIALS_TWO, OFFICE_ORIGIN_FOREIGN, OFFICE_CSRF_REFUSED,
   * OFFICE_ROLE_FORBIDDEN, OFFICE_RATE_EXCEEDED; AccessError ACCESS_PROOF_NEEDED and others.
   */
  readonly admit: (asking: Asking, action: Action, proof?: boolean) => Asker;
  /** For what nobody is asked who they are: a change comes from a page of the console. @throws OfficeError OFFICE_ORIGIN_FOREIGN, OFFICE_RATE_EXCEEDED. */
  readonly admitAnybody: (asking: Asking, limited?: boolean) => void;
}

/** An authenticator over the tokens and sessions as they are now. */
export function authenticator(parts: {
  readonly tokens: () => TokenTable;
  readonly sessions: SessionDoor;
  readonly clock: Clock;
  readonly limits: RateLimits;
}): Authenticator {
  const { sessions } = parts;
  const requests = rateLimiter(parts.clock);
  const failures = rateLimiter(parts.clock);
  const signIns = rateLimiter(parts.clock);

  const byToken = (authorization: string, address: string): { readonly principal: Principal } => {
    try {
      return { principal: verifyToken(parts.tokens(), bearerOf(authorization), parts.clock.now()) };
    } catch (error) {
      if (!(error instanceof AccessError)) throw error;
      refuseWhenTooMany(failures.take(address, FAILURES));
      throw error;
    }
  };

  const bySession = (
    asking: Asking,
    secret: string,
  ): { readonly principal: Principal; readonly session: LiveSession } => {
    const session = sessions.resume(secret);
    assertOwnPage(asking, sessions.origins());
    // A page that only reads may leave the word out; where it says one, its session is still the browser's.
    const isNeeded = isChange(asking.method) || asking.csrf !== undefined;
    if (isNeeded && !isCsrfOf(secret, asking.csrf ?? '')) throw new OfficeError('OFFICE_CSRF_REFUSED');
    return { principal: session.principal, session };
  };

  return {
    admit: (asking, action, proof = false) => {
      const { authorization, address } = asking;
      const secret = readCookie(asking.cookie, sessions.cookieName);
      if (authorization !== undefined && secret !== undefined) throw new OfficeError('OFFICE_CREDENTIALS_TWO');
      if (authorization === undefined && secret === undefined) throw new OfficeError('OFFICE_UNAUTHENTICATED');
      const known: { readonly principal: Principal; readonly session?: LiveSession } =
        secret === undefined ? byToken(authorization ?? '', address) : bySession(asking, secret);
      const { role, id } = known.principal;
      refuseWhenTooMany(requests.take(id, parts.limits[role]));
      if (
        known.session !== undefined &&
        mustChoosePassword(known.session.record, known.session.officer) &&
        action !== 'keep-own-account'
      )
        throw new AccessError('ACCESS_PASSWORD_MUST_CHANGE');
      const reach = reachOf(role, action);
      if (reach === undefined)
        throw new OfficeError('OFFICE_ROLE_FORBIDDEN', { context: { action, roles: rolesFor(action).join(', ') } });
      if (proof && known.session !== undefined) assertProvedLately(known.session.record, parts.clock.now());
      return { ...known, reach };
    },
    admitAnybody: (asking, limited = false) => {
      const isChanging = isChange(asking.method);
      if (isChanging) assertOwnPage(asking, sessions.origins());
      if (isChanging || limited) refuseWhenTooMany(signIns.take(asking.address, SIGN_INS));
    },
  };
}

/** A session is as good as who holds it; what makes another way to sign in asks for more. @throws AccessError ACCESS_PROOF_NEEDED. */
export function assertProvedLately(record: SessionRecord, now: EpochMs): void {
  if (!isProvedLately(record, now)) throw new AccessError('ACCESS_PROOF_NEEDED');
}

/**
 * A browser says where a request comes from, and no page can make it say something else. What changes something must
 * say so; what only reads may also be typed into the address bar.
 */
function assertOwnPage({ method, origin, fetchSite }: Asking, origins: readonly string[]): void {
  const isChanging = isChange(method);
  const sites = isChanging ? ['same-origin'] : ['same-origin', 'none'];
  const isForeign =
    (origin !== undefined && !origins.includes(origin)) || (fetchSite !== undefined && !sites.includes(fetchSite));
  if (isForeign || (isChanging && origin === undefined && fetchSite === undefined))
    throw new OfficeError('OFFICE_ORIGIN_FOREIGN');
}

function isChange(method: string): boolean {
  return method !== 'GET' && method !== 'HEAD';
}

/** The token in an Authorization header (RFC 6750 §2.1). */
function bearerOf(authorization: string): string {
  const match = /^Bearer +([A-Za-z0-9_-]{1,128})$/i.exec(authorization);
  if (match?.[1] === undefined) throw new AccessError('ACCESS_TOKEN_INVALID');
  return match[1];
}

function refuseWhenTooMany(waitSeconds: number): void {
  if (waitSeconds > 0) throw new OfficeError('OFFICE_RATE_EXCEEDED', { context: { retryAfterSeconds: waitSeconds } });
}
