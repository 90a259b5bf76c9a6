import { type EpochMs, rfc3339 } from '../foundation/index.ts';
import { AccessError } from './errors.ts';
import { isPrincipalName, isRole } from './names.ts';
import type { TokenFileFault, TokenId, TokenRecord, TokenTable } from './types.ts';

const VERSION = 1;
const FIELDS = ['id', 'role', 'name', 'hash', 'createdAt', 'expiresAt', 'revokedAt'];
const REQUIRED = ['id', 'role', 'name', 'hash', 'createdAt'];

/**
 * The tokens in the text of a tokens.json. A token that could not be read must not leave others without effect
 * unnoticed, so the file is taken whole or not at all.
 *
 * @throws AccessError ACCESS_FILE_INVALID; `context.faults` names every place, `cause` is absent.
 */
export function parseTokenFile(text: string): TokenTable {
  const faults: TokenFileFault[] = [];
  const table = readFile(text, faults);
  if (faults.length === 0) return table;
  const shown = faults.slice(0, 20).map((fault) => `${fault.field} ${fault.reason}`);
  throw new AccessError('ACCESS_FILE_INVALID', { context: { count: faults.length, faults: shown.join('; ') } });
}

/** The text of a tokens.json that holds exactly these tokens. */
export function formatTokenFile(table: TokenTable): string {
  const tokens = [...table.values()].map((record) => ({
    id: record.id,
    role: record.role,
    name: record.name,
    hash: record.hash,
    createdAt: rfc3339(record.createdAt),
    ...(record.expiresAt === undefined ? {} : { expiresAt: rfc3339(record.expiresAt) }),
    ...(record.revokedAt === undefined ? {} : { revokedAt: rfc3339(record.revokedAt) }),
  }));
  return `${JSON.stringify({ version: VERSION, tokens }, null, 2)}\n`;
}

function readFile(text: string, faults: TokenFileFault[]): TokenTable {
  const table = new Map<TokenId, TokenRecord>();
  let file: unknown;
  try {
    file = JSON.parse(text);
  } catch {
    faults.push({ field: '', reason: 'not-json' });
    return table;
  }
  if (!isRecord(file)) {
    faults.push({ field: '', reason: 'type-wrong' });
    return table;
  }
  for (const key of Object.keys(file))
    if (key !== 'version' && key !== 'tokens') faults.push({ field: key, reason: 'field-unknown' });
  if (file['version'] !== VERSION) faults.push({ field: 'version', reason: 'version-unknown' });
  const { tokens } = file;
  if (!Array.isArray(tokens)) {
    faults.push({ field: 'tokens', reason: 'type-wrong' });
    return table;
  }
  tokens.forEach((entry: unknown, index) => {
    const record = readRecord(entry, `tokens[${index}]`, faults);
    if (record === undefined) return;
    if (table.has(record.id)) faults.push({ field: `tokens[${index}].id`, reason: 'entry-repeated' });
    table.set(record.id, record);
  });
  return table;
}

function readRecord(entry: unknown, at: string, faults: TokenFileFault[]): TokenRecord | undefined {
  const before = faults.length;
  if (!isRecord(entry)) {
    faults.push({ field: at, reason: 'type-wrong' });
    return undefined;
  }
  const check = (field: string, good: boolean, reason: string): void => {
    if (!good && field in entry) faults.push({ field: `${at}.${field}`, reason });
  };
  for (const key of Object.keys(entry))
    if (!FIELDS.includes(key)) faults.push({ field: `${at}.${key}`, reason: 'field-unknown' });
  for (const key of REQUIRED) if (!(key in entry)) faults.push({ field: `${at}.${key}`, reason: 'required' });
  const { id, role, name, hash } = entry;
  check('id', typeof id === 'string' && /^[0-9a-f]{16}$/.test(id), 'id-invalid');
  check('role', isRole(role), 'role-unknown');
  check('name', isPrincipalName(name), 'name-invalid');
  check('hash', typeof hash === 'string' && /^[0-9a-f]{64}$/.test(hash), 'hash-invalid');
  const times = ['createdAt', 'expiresAt', 'revokedAt'].map((field) => {
    const time = readTime(entry[field]);
    check(field, time !== undefined, 'time-invalid');
    return time;
  });
  if (faults.length > before) return undefined;
  return {
    id: id as TokenId,
    role: role as TokenRecord['role'],
    name: name as TokenRecord['name'],
    hash: hash as string,
    createdAt: times[0] as EpochMs,
    expiresAt: times[1],
    revokedAt: times[2],
  };
}

function readTime(value: unknown): EpochMs | undefined {
  if (typeof value !== 'string') return undefined;
  const time = Date.parse(value) as EpochMs;
  return Number.isNaN(time) || rfc3339(time) !== value ? undefined : time;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
