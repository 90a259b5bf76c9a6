import { CliError } from '../errors.ts';
import type { OfficeAccess } from './find-office.ts';

/** A JSON object, as it came. */
export type JsonRecord = Readonly<Record<string, unknown>>;

/** Speaks to one office's HTTP door. */
export interface OfficeClient {
  readonly url: string;
  /** @throws CliError CLI_API_UNREACHABLE, CLI_API_REFUSED, CLI_API_ANSWER_INVALID. */
  readonly get: (path: string, query?: Readonly<Record<string, string | undefined>>) => Promise<JsonRecord>;
  /** @throws CliError as `get`. */
  readonly post: (path: string, body: unknown) => Promise<JsonRecord>;
  /** Sends a file as it is. @throws CliError as `get`. */
  readonly upload: (path: string, bytes: Uint8Array) => Promise<JsonRecord>;
  /** The answer itself, for what is not JSON or has no end. @throws CliError CLI_API_UNREACHABLE, CLI_API_REFUSED. */
  readonly open: (path: string, headers: Readonly<Record<string, string>>, signal?: AbortSignal) => Promise<Response>;
}

const ANSWER_WITHIN_MS = 60_000;

/** A client of that office; nothing is sent yet. */
export function officeClient({ url, token }: OfficeAccess): OfficeClient {
  const send = async (path: string, init: RequestInit): Promise<Response> => {
    const headers = { ...(init.headers as Record<string, string>), authorization: `Bearer ${token}` };
    let response: Response;
    try {
      response = await fetch(new URL(path, url), { redirect: 'error', ...init, headers });
    } catch (cause) {
      if (init.signal?.aborted === true && (init.signal.reason as Error | undefined)?.name === 'AbortError')
        throw cause;
      throw new CliError('CLI_API_UNREACHABLE', { cause, context: { address: url } });
    }
    if (!response.ok) throw await refusalOf(response, path);
    return response;
  };
  const json = async (path: string, init: RequestInit): Promise<JsonRecord> => {
    const response = await send(path, { ...init, signal: AbortSignal.timeout(ANSWER_WITHIN_MS) });
    return recordOf(await response.text(), path);
  };
  return {
    url,
    get: (path, query = {}) => json(withQuery(path, query), { headers: { accept: 'application/json' } }),
    post: (path, body) =>
      json(path, {
        method: 'POST',
        body: JSON.stringify(body),
        headers: { 'content-type': 'application/json', accept: 'application/json' },
      }),
    upload: (path, bytes) =>
      json(path, {
        method: 'POST',
        body: Buffer.from(bytes),
        headers: { 'content-type': 'application/octet-stream', accept: 'application/json' },
      }),
    open: (path, headers, signal) => send(path, signal === undefined ? { headers } : { headers, signal }),
  };
}

/** A path with its parameters; those that are undefined are left out. */
export function withQuery(path: string, query: Readonly<Record<string, string | undefined>>): string {
  const given = Object.entries(query).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return given.length === 0 ? path : `${path}?${new URLSearchParams(given)}`;
}

function recordOf(text: string, path: string): JsonRecord {
  try {
    if (text === '') return {};
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as JsonRecord;
  } catch {
    // Said below: not an object is not an answer either.
  }
  throw new CliError('CLI_API_ANSWER_INVALID', { context: { path } });
}

/** RFC 9457 problem details, as far as there are any. */
async function refusalOf(response: Response, path: string): Promise<CliError> {
  const text = await response.text().catch(() => '');
  let problem: JsonRecord = {};
  try {
    problem = recordOf(text, path);
  } catch {
    // An answer without details is still a refusal.
  }
  const faults = listOf(problem['errors'] ?? problem['faults'])
    .slice(0, 10)
    .map((fault) =>
      `${stringOf(fault['field']) || '(body)'} ${stringOf(fault['message']) || stringOf(fault['reason'])}`.trim(),
    );
  return new CliError('CLI_API_REFUSED', {
    context: {
      status: response.status,
      ...nonEmpty('reason', stringOf(problem['code'])),
      ...nonEmpty('title', stringOf(problem['title'])),
      ...nonEmpty('detail', stringOf(problem['detail'])),
      ...nonEmpty('faults', faults.join('; ')),
    },
  });
}

/** A list of objects, or nothing. */
export function listOf(value: unknown): readonly JsonRecord[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'object' && item !== null) : [];
}

/** An object, or an empty one. */
export function recordIn(value: unknown): JsonRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonRecord) : {};
}

/** A text, or an empty one. */
export function stringOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** A list of texts, or an empty one. */
export function stringsOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}

function nonEmpty(name: string, value: string): Record<string, string> {
  return value === '' ? {} : { [name]: value };
}
