import {
  AccessError,
  type Action,
  type Principal,
  type Role,
  reachOf,
  rolesFor,
  type TokenTable,
  verifyToken,
} from '../../core/access/index.ts';
import type { Clock } from '../../core/foundation/index.ts';
import { OfficeError } from '../errors.ts';
import type { Asker } from './route.ts';
import { type RateLimit, rateLimiter } from './token-bucket.ts';

/** How many requests each token of a role may make. */
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

/** Finds out who asks. */
export interface Authenticator {
  /**
   * Who sends that Authorization header, once it is known that their role lets them do `action` and that they do not
   * ask too often.
   *
   * @throws OfficeError OFFICE_UNAUTHENTICATED, OFFICE_ROLE_FORBIDDEN, OFFICE_RATE_EXCEEDED; AccessError.
   */
  readonly admit: (authorization: string | undefined, address: string, action: Action) => Asker;
}

/** An authenticator over the tokens as they are now. */
export function authenticator(parts: {
  readonly tokens: () => TokenTable;
  readonly clock: Clock;
  readonly limits: RateLimits;
}): Authenticator {
  const requests = rateLimiter(parts.clock);
  const failures = rateLimiter(parts.clock);

  const identify = (authorization: string | undefined, address: string): Principal => {
    try {
      return verifyToken(parts.tokens(), bearerOf(authorization), parts.clock.now());
    } catch (error) {
      if (!(error instanceof AccessError)) throw error;
      refuseWhenTooMany(failures.take(address, FAILURES));
      throw error;
    }
  };

  return {
    admit: (authorization, address, action) => {
      const principal = identify(authorization, address);
      refuseWhenTooMany(requests.take(principal.id, parts.limits[principal.role]));
      const reach = reachOf(principal.role, action);
      if (reach === undefined)
        throw new OfficeError('OFFICE_ROLE_FORBIDDEN', { context: { action, roles: rolesFor(action).join(', ') } });
      return { principal, reach };
    },
  };
}

/** The token in an Authorization header (RFC 6750 §2.1). */
function bearerOf(authorization: string | undefined): string {
  if (authorization === undefined) throw new OfficeError('OFFICE_UNAUTHENTICATED');
  const match = /^Bearer +([A-Za-z0-9_-]{1,128})$/i.exec(authorization);
  if (match?.[1] === undefined) throw new AccessError('ACCESS_TOKEN_INVALID');
  return match[1];
}

function refuseWhenTooMany(waitSeconds: number): void {
  if (waitSeconds > 0) throw new OfficeError('OFFICE_RATE_EXCEEDED', { context: { retryAfterSeconds: waitSeconds } });
}
