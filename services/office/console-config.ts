import type { DurationMs } from '../core/foundation/index.ts';
import type { ConfigReader } from './config-reader.ts';

/** A ministry's sign-in (OpenID Connect) that the office trusts to say who somebody is. */
export interface OidcConfig {
  readonly issuer: URL;
  readonly clientId: string;
  readonly clientSecretFile: string;
  /** What the button says. */
  readonly label: string;
}

/** How officers sign in at the console; all of it may be left out. */
export interface ConsoleConfig {
  /** Where its pages come from, `https://liaison.example`; null for the address that the node listens on. */
  readonly origin: string | null;
  /** So long after the last request a session ends. Default 12 hours, a long shift. */
  readonly idleMs: DurationMs;
  /** So long after it began a session ends. Default 24 hours. */
  readonly absoluteMs: DurationMs;
  readonly oidc: OidcConfig | null;
}

const HOUR_MS = 3_600_000;

/** The section `console` of an office.yaml. */
export function readConsole(reader: ConfigReader, resolve: (name: string) => string): ConsoleConfig {
  const section = reader.optionalSection('console');
  const hours = (name: string, fallback: number): DurationMs =>
    section.readOptional(name, 'a number of hours above 0 and at most 168', hoursOf, fallback * HOUR_MS) as DurationMs;
  return {
    origin: section.readOptional('origin', 'an address such as https://liaison.example', originOf, null),
    idleMs: hours('idleHours', 12),
    absoluteMs: hours('absoluteHours', 24),
    oidc: section.has('oidc') ? readOidc(section.section('oidc'), resolve) : null,
  };
}

/** Whether that is this very machine: nobody reads along on the way. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || host === '[::1]' || /^127(\.\d{1,3}){3}$/.test(host);
}

function readOidc(section: ConfigReader, resolve: (name: string) => string): OidcConfig {
  return {
    issuer: section.read('issuer', 'an https address', issuerOf, new URL('https://invalid.invalid')),
    clientId: section.read('clientId', 'the id that the issuer gave the office', textOf, ''),
    clientSecretFile: section.read('clientSecretFile', 'the name of a file', (value) => resolve(textOf(value)), ''),
    label: section.read('label', 'what the button says, in at most 40 characters', labelOf, ''),
  };
}

function hoursOf(value: unknown): number {
  if (typeof value !== 'number' || !(value > 0) || value > 168) throw new TypeError('not a number of hours');
  return value * HOUR_MS;
}

function originOf(value: unknown): string | null {
  const url = new URL(textOf(value));
  const isSafe = url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname));
  if (!isSafe || url.origin !== value) throw new TypeError('no origin that people can sign in at');
  return url.origin;
}

function issuerOf(value: unknown): URL {
  const url = new URL(textOf(value));
  const isSafe = url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname));
  if (!isSafe || url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '')
    throw new TypeError('no address of an issuer');
  return url;
}

function labelOf(value: unknown): string {
  const text = textOf(value);
  if (text.length > 40) throw new TypeError('too long');
  return text;
}

function textOf(value: unknown): string {
  if (typeof value !== 'string' || value === '') throw new TypeError('not a text');
  return value;
}
