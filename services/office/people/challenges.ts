import { randomBytes } from 'node:crypto';
import { type Clock, sha256, toBase64url, toHex, utf8 } from '../../core/foundation/index.ts';
import { OfficeError } from '../errors.ts';

/** What a sign-in that was begun has to come back with; bound to the browser that began it, and used once. */
export interface Challenges<T> {
  /** Keeps it; the returned secret goes to the browser as a cookie. */
  readonly begin: (kept: T) => string;
  /** What was kept under that secret, which is then gone. @throws OfficeError OFFICE_CHALLENGE_INVALID. */
  readonly take: (secret: string | undefined) => T;
}

/** How long a browser has to come back. */
export const CHALLENGE_SECONDS = 300;
const MOST = 1024;

/** No challenge yet; of very many the oldest go first. */
export function challenges<T>(clock: Clock): Challenges<T> {
  const open = new Map<string, { readonly kept: T; readonly until: number }>();
  const keyOf = (secret: string): string => toHex(sha256(utf8(secret)));
  return {
    begin: (kept) => {
      const secret = toBase64url(randomBytes(32));
      open.set(keyOf(secret), { kept, until: clock.now() + CHALLENGE_SECONDS * 1000 });
      const oldest = open.keys().next().value;
      if (open.size > MOST && oldest !== undefined) open.delete(oldest);
      return secret;
    },
    take: (secret) => {
      const key = keyOf(secret ?? '');
      const found = open.get(key);
      open.delete(key);
      if (found === undefined || found.until <= clock.now()) throw new OfficeError('OFFICE_CHALLENGE_INVALID');
      return found.kept;
    },
  };
}
