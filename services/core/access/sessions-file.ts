import { type EpochMs, rfc3339 } from '../foundation/index.ts';
import { AccessError } from './errors.ts';
import { fileReader } from './file-reader.ts';
import { isPrincipalName } from './names.ts';
import { type SessionRecord, type SessionTable, SIGN_IN_MEANS, type SignInMeans } from './sessions.ts';
import type { PrincipalName, SessionId } from './types.ts';

const VERSION = 1;
const MAX_SESSIONS = 16 * 1024;
const FIELDS = ['hash', 'name', 'generation', 'means', 'beganAt', 'seenAt'];
/** Absent from a file of before. */
const LATER = ['provedAt'];

/** The sessions in the text of a sessions.json, whole or not at all. @throws AccessError ACCESS_FILE_INVALID. */
export function parseSessionsFile(text: string): SessionTable {
  const reader = fileReader(text);
  const table = new Map<string, SessionRecord>();
  for (const entry of reader.root(['version', 'sessions'], VERSION).list('sessions', MAX_SESSIONS)) {
    entry.only(FIELDS, LATER);
    const isHash = (value: unknown): value is string => typeof value === 'string' && /^[0-9a-f]{64}$/.test(value);
    const isMeans = (value: unknown): value is SignInMeans => SIGN_IN_MEANS.includes(value as SignInMeans);
    const hash = entry.value('hash', isHash, 'hash-invalid') ?? '';
    table.set(hash, {
      id: hash.slice(0, 16) as SessionId,
      hash,
      name: entry.value('name', isPrincipalName, 'name-invalid') ?? ('' as PrincipalName),
      generation: entry.value('generation', Number.isSafeInteger, 'number-invalid') ?? 0,
      means: entry.value('means', isMeans, 'means-unknown') ?? 'password',
      beganAt: entry.time('beganAt') ?? (0 as EpochMs),
      seenAt: entry.time('seenAt') ?? (0 as EpochMs),
      provedAt: entry.time('provedAt') ?? (0 as EpochMs),
    });
  }
  const faults = reader.faults();
  if (faults.length === 0) return table;
  throw new AccessError('ACCESS_FILE_INVALID', {
    context: { count: faults.length, faults: faults.slice(0, 20).join('; ') },
  });
}

/** The text of a sessions.json that holds exactly these; no secret of theirs is in it. */
export function formatSessionsFile(sessions: Iterable<SessionRecord>): string {
  const kept = [...sessions].map(({ id: _, beganAt, seenAt, provedAt, ...rest }) => ({
    ...rest,
    beganAt: rfc3339(beganAt),
    seenAt: rfc3339(seenAt),
    provedAt: rfc3339(provedAt),
  }));
  return `${JSON.stringify({ version: VERSION, sessions: kept }, null, 2)}\n`;
}
