import { randomBytes } from 'node:crypto';
import type { Brand } from './brand.ts';
import { toHex } from './bytes.ts';
import type { Clock } from './clock.ts';
import { FoundationError } from './errors.ts';
import { type EpochMs, epochMs } from './units.ts';

/** ISO 3166-1 alpha-2 code in capitals: `TH`. */
export type NationCode = Brand<string, 'NationCode'>;

/** An office, `<nation>-<place>`: `th-chiang-khong`. At most 48 characters. */
export type OfficeId = Brand<string, 'OfficeId'>;

/** A regional hub, `hub-<name>`: `hub-mekong`. At most 48 characters. */
export type HubId = Brand<string, 'HubId'>;

/** What a subject is scoped to; of a border pair: `la-houayxay--th-chiang-khong`. */
export type Scope = Brand<string, 'Scope'>;

/** A UUIDv7 (RFC 9562) in lowercase text form; identifies an envelope together with its origin office. */
export type EnvelopeId = Brand<string, 'EnvelopeId'>;

/** RFC 7638 SHA-256 thumbprint of a public key, base64url: 43 characters. */
export type KeyId = Brand<string, 'KeyId'>;

function invalid(kind: string): FoundationError {
  return new FoundationError('FOUNDATION_ID_INVALID', { context: { kind } });
}

/** @throws FoundationError FOUNDATION_ID_INVALID unless two capital letters. */
export function parseNationCode(text: unknown): NationCode {
  if (typeof text !== 'string' || !/^[A-Z]{2}$/.test(text)) throw invalid('nation');
  return text as NationCode;
}

/** @throws FoundationError FOUNDATION_ID_INVALID unless `<nation>-<place>` of lowercase letters, digits and single hyphens. */
export function parseOfficeId(text: unknown): OfficeId {
  if (typeof text !== 'string' || text.length > 48 || !/^[a-z]{2}(-[a-z0-9]+)+$/.test(text)) throw invalid('office');
  return text as OfficeId;
}

/** Whether `text` has the form of an office id. */
export function isOfficeId(text: unknown): text is OfficeId {
  return typeof text === 'string' && text.length <= 48 && /^[a-z]{2}(-[a-z0-9]+)+$/.test(text);
}

/** @throws FoundationError FOUNDATION_ID_INVALID unless `hub-<name>`. */
export function parseHubId(text: unknown): HubId {
  if (typeof text !== 'string' || text.length > 48 || !/^hub(-[a-z0-9]+)+$/.test(text)) throw invalid('hub');
  return text as HubId;
}

/** The nation that an office belongs to, read off its id. */
export function nationOf(office: OfficeId): NationCode {
  return office.slice(0, 2).toUpperCase() as NationCode;
}

/** The scope of the border pair of two offices, whichever comes first. @throws FoundationError FOUNDATION_ID_INVALID for two offices of one nation. */
export function pairScope(one: OfficeId, other: OfficeId): Scope {
  if (nationOf(one) === nationOf(other)) throw invalid('pair');
  return [one, other].sort().join('--') as Scope;
}

/** The two offices of a pair's scope in canonical order. @throws FoundationError FOUNDATION_ID_INVALID. */
export function parsePairScope(text: unknown): readonly [OfficeId, OfficeId] {
  const names = typeof text === 'string' ? text.split('--') : [];
  if (names.length !== 2) throw invalid('pair');
  const pair = [parseOfficeId(names[0]), parseOfficeId(names[1])] as const;
  if (pairScope(pair[0], pair[1]) !== text) throw invalid('pair');
  return pair;
}

/** @throws FoundationError FOUNDATION_ID_INVALID unless a lowercase UUIDv7. */
export function parseEnvelopeId(text: unknown): EnvelopeId {
  if (typeof text !== 'string' || !/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(text))
    throw invalid('envelope');
  return text as EnvelopeId;
}

/** @throws FoundationError FOUNDATION_ID_INVALID unless 43 base64url characters. */
export function parseKeyId(text: unknown): KeyId {
  if (typeof text !== 'string' || !/^[A-Za-z0-9_-]{43}$/.test(text)) throw invalid('key');
  return text as KeyId;
}

/** A fresh UUIDv7 (RFC 9562 §5.7) at the clock's time with 74 random bits. */
export function newEnvelopeId(clock: Clock): EnvelopeId {
  const bytes = randomBytes(16);
  bytes.writeUIntBE(clock.now(), 0, 6);
  bytes[6] = 0x70 | ((bytes[6] ?? 0) & 0x0f);
  bytes[8] = 0x80 | ((bytes[8] ?? 0) & 0x3f);
  const hex = toHex(bytes);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}` as EnvelopeId;
}

/** The time a UUIDv7 was made at, as its maker's clock had it. */
export function timeOfEnvelopeId(id: EnvelopeId): EpochMs {
  return epochMs(Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16));
}

/** A fresh random identifier of 128 bits as 32 hexadecimal digits: correlation ids, transport ids. */
export function newOpaqueId(): string {
  return toHex(randomBytes(16));
}
