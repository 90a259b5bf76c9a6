import { randomBytes, type ScryptOptions, scrypt } from 'node:crypto';
import { fromBase64url, sameBytes, toBase64url, utf8 } from '../foundation/index.ts';
import { AccessError } from './errors.ts';
import type { PasswordHash } from './officers.ts';

/** What hashing a password costs: 128 MiB and a third of a second on a small machine (OWASP's first choice for scrypt). */
export interface PasswordCost {
  readonly cost: number;
  readonly blockSize: number;
  readonly parallelization: number;
}

/** What a new password is hashed with; those that are kept say what theirs was. */
export const PASSWORD_COST: PasswordCost = { cost: 2 ** 17, blockSize: 8, parallelization: 1 };

const SALT_BYTES = 16;
const HASH_BYTES = 32;
const MIN_CHARACTERS = 12;
/** As far as a password is looked at; beyond it nothing is gained. */
const MAX_CHARACTERS = 256;
/** What people choose where twelve characters are asked for; compared without case, digits at the end and repetition. */
const COMMON = new Set(
  'password passwort motdepasse iloveyou welcome letmein administrator superman qwertyuiop qwerty qwertyuiopasdf asdfghjkl asdfghjklzxcvbnm zxcvbnm qazwsxedcrfv qazwsxedc abcdefghijkl abcdefghijklmnop correcthorsebatterystaple trustno footballfootball baseball dragon monkey sunshine princess changeme changemenow changeit default secret secretsecret liaison liaisonbus liaison-bus borderoffice border borderpolice police officer supervisor auditor operator demonstration thailand vietnam cambodia myanmar indonesia malaysia singapore bangkok passwordpassword mypassword thepassword p@ssword p@ssw0rd passw0rd adminadmin admin testtest testing startstart iloveyouiloveyou'.split(
    ' ',
  ),
);

/** What is wrong with a password that somebody chose; `undefined` where nothing is. */
export function passwordFault(
  password: string,
  name: string,
): 'too-short' | 'too-long' | 'has-name' | 'too-common' | undefined {
  const text = normalised(password);
  const length = [...text].length;
  if (length < MIN_CHARACTERS) return 'too-short';
  if (length > MAX_CHARACTERS) return 'too-long';
  const plain = text.toLowerCase();
  if (plain.includes(name.toLowerCase()) && name.length >= 3) return 'has-name';
  const core = plain.replace(/[\d\W_]+$/u, '').replace(/^[\d\W_]+/u, '');
  const isFew = new Set(plain).size < 5;
  return isFew || COMMON.has(plain) || COMMON.has(core) || isRun(plain) ? 'too-common' : undefined;
}

/** @throws AccessError ACCESS_PASSWORD_WEAK; `context.reason` says why. */
export function assertPasswordGood(password: string, name: string, field = 'password'): void {
  const reason = passwordFault(password, name);
  if (reason !== undefined) throw new AccessError('ACCESS_PASSWORD_WEAK', { context: { reason, field } });
}

/** The password as it is kept, under a salt of its own. */
export async function hashPassword(
  password: string,
  { cost, blockSize, parallelization }: PasswordCost = PASSWORD_COST,
  random: (size: number) => Uint8Array = randomBytes,
): Promise<PasswordHash> {
  const kept = { cost, blockSize, parallelization, salt: toBase64url(random(SALT_BYTES)) };
  return { ...kept, hash: toBase64url(await derive(password, kept)) };
}

/**
 * Whether this is the password. Where there is none to compare with, the same work is done for nothing: how long it
 * takes does not tell whether there is somebody of that name.
 */
export async function verifyPassword(
  password: string,
  kept: PasswordHash | undefined,
  otherwise: PasswordCost = PASSWORD_COST,
): Promise<boolean> {
  const used = kept ?? { ...otherwise, salt: 'AAAAAAAAAAAAAAAAAAAAAA', hash: '' };
  const hash = await derive(password, used);
  return kept !== undefined && sameBytes(hash, fromBase64url(kept.hash));
}

/** Typed on any keyboard it is the same text (RFC 8265 §4.2.2). */
function normalised(password: string): string {
  return password.normalize('NFKC');
}

function derive(password: string, kept: Omit<PasswordHash, 'hash'>): Promise<Uint8Array> {
  const { cost: N, blockSize: r, parallelization: p } = kept;
  const options: ScryptOptions = { N, r, p, maxmem: 128 * N * r * p + 32 * 1024 * 1024 };
  const bytes = utf8(normalised(password).slice(0, 4 * MAX_CHARACTERS));
  return new Promise((resolve, reject) => {
    scrypt(bytes, fromBase64url(kept.salt), HASH_BYTES, options, (error, key) =>
      error === null ? resolve(key) : reject(error),
    );
  });
}

/** Whether every character follows the one before it, or the whole is one piece again and again. */
function isRun(text: string): boolean {
  const steps = new Set<number>();
  // Of digits, 0 follows 9.
  const isNumber = /^\d+$/.test(text);
  for (let i = 1; i < text.length; i++) {
    const step = text.charCodeAt(i) - text.charCodeAt(i - 1);
    steps.add(isNumber ? (step + 10) % 10 : step);
  }
  if (steps.size === 1) return true;
  for (let size = 1; size <= 4; size++)
    if (
      text
        .slice(0, size)
        .repeat(Math.ceil(text.length / size))
        .startsWith(text)
    )
      return true;
  return false;
}
