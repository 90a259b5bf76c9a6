import { parseCookie, stringifySetCookie } from 'cookie';
import type { OfficeId } from '../../core/foundation/index.ts';

/**
 * The names of an office's cookies. `__Host-` makes the browser take them only over a trustworthy line, from this very
 * host and for no other (RFC 6265bis §4.1.3.2); the office is in the name because cookies know no ports, and a region on
 * one machine has several offices.
 */
export function cookieNames(office: OfficeId): { readonly session: string; readonly challenge: string } {
  return { session: `__Host-liaison-${office}`, challenge: `__Host-liaison-${office}-challenge` };
}

/** The cookie of that name in a Cookie header; `undefined` where there is none. */
export function readCookie(header: string | undefined, name: string): string | undefined {
  if (header === undefined || header.length > 8192) return undefined;
  const value = parseCookie(header)[name];
  return value === '' ? undefined : value;
}

/** A Set-Cookie header: no script reads the cookie, and no other site's page makes a browser send it. */
export function cookieHeader(name: string, value: string, sameSite: 'strict' | 'lax', maxAgeSeconds?: number): string {
  const kept = maxAgeSeconds === undefined ? {} : { maxAge: maxAgeSeconds };
  return stringifySetCookie({ name, value, path: '/', secure: true, httpOnly: true, sameSite, ...kept });
}

/** A Set-Cookie header after which the browser has the cookie no more. */
export function endedCookieHeader(name: string): string {
  return cookieHeader(name, '', 'strict', 0);
}
