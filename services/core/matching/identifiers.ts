import { compact, plainText } from './fold-text.ts';
import type { Identifier, IdentifierKind } from './types.ts';

/** Shorter ones say too little: half a number must not find anything. */
const MIN_LENGTHS: Readonly<Partial<Record<IdentifierKind, number>>> = {
  account: 3,
  address: 8,
  'bank-account': 6,
  container: 6,
  consignment: 4,
  document: 5,
  email: 6,
  imo: 7,
  organisation: 4,
  'organisation-name': 4,
  phone: 7,
  plate: 3,
  vessel: 3,
  'vessel-name': 3,
  vin: 6,
  wallet: 14,
};

const MAX_LENGTH = 500;
const PHONE_TAIL = 8;

/** How each kind is written; letters and digits in capitals unless it is said here. O and 0, I and 1 stay what they are. */
const SPELLINGS: Readonly<Partial<Record<IdentifierKind, (text: string) => string>>> = {
  account: (text) => plainText(text).toLowerCase().replace(/^@/, ''),
  address: (text) =>
    plainText(text)
      .toLowerCase()
      .replace(/^[a-z]+:\/\/(?:www\.)?/, '')
      .replace(/\/+$/, ''),
  email: (text) => plainText(text).toLowerCase(),
  imo: (text) => compact(text).replace(/^IMO/, ''),
  phone: spellPhone,
  // Addresses in base 58 are told apart by case; those in hexadecimal and bech32 are not.
  wallet: (text) => {
    const plain = plainText(text).replace(/\s/gu, '');
    return /^(?:0x[0-9a-f]+|[a-z]{2,}1[0-9a-z]+)$/i.test(plain) && !/^[13][A-Za-z0-9]+$/.test(plain)
      ? plain.toLowerCase()
      : plain;
  },
};

/** `+66812345678` where the country is dialled, else the digits without the zero in front. */
function spellPhone(text: string): string {
  const dialled = plainText(text)
    .replace(/\(0\)/g, '')
    .replace(/[^0-9+]/g, '');
  const international = dialled.startsWith('+') || dialled.startsWith('00');
  const digits = dialled.replace(/\D/g, '').replace(/^0+/, '');
  return international ? `+${digits}` : digits;
}

/** The identifier in its one spelling; `undefined` where too little is left of it to look for. */
export function identifier(kind: IdentifierKind, text: string, issuer = ''): Identifier | undefined {
  const value = (SPELLINGS[kind] ?? compact)(text.slice(0, MAX_LENGTH));
  if ([...value].length < (MIN_LENGTHS[kind] ?? 4)) return undefined;
  return { kind, value, issuer: plainText(issuer).toUpperCase() };
}

/** Two identifiers under different keys are not the same; under one key `isSameIdentifier` decides. */
export function identifierKey({ kind, value }: Identifier): string {
  return `${kind}\n${kind === 'phone' ? value.slice(-PHONE_TAIL) : value}`;
}

/**
 * Whether the two are the same: same kind, same spelling, and not given by two different issuers. A telephone number
 * that was written without its country agrees with any that ends in it.
 */
export function isSameIdentifier(one: Identifier, other: Identifier): boolean {
  if (one.kind !== other.kind) return false;
  if (one.issuer !== '' && other.issuer !== '' && one.issuer !== other.issuer) return false;
  if (one.kind !== 'phone' || one.value.startsWith('+') === other.value.startsWith('+'))
    return one.value === other.value;
  const [whole, local] = one.value.startsWith('+') ? [one.value, other.value] : [other.value, one.value];
  return whole.endsWith(local);
}
