import { nodeTime } from '../i18n/now.ts';
import { forgetAhead, takeAhead, untilAborted } from './asked-ahead.ts';
import { goesOn, SESSION } from './go-on.ts';
import { type Problem, ProblemError, UNREACHABLE } from './problem.ts';
import { csrfToken } from './session.ts';

/** What a request says beyond its address. */
export interface RequestOptions {
  readonly query?: Readonly<Record<string, string | number | boolean | undefined>>;
  /** Sent as JSON. */
  readonly body?: unknown;
  /** Sent as it is. */
  readonly file?: Blob;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
}

const TIMEOUT_MS = 60_000;
/** What a poor line carries at least: what is large gets the time that it takes. */
const BYTES_PER_MS = 3;

/** The office's answer to a GET. @throws ProblemError */
export async function read<T>(path: string, options: RequestOptions = {}): Promise<T> {
  return (await (await ask('GET', path, options)).json()) as T;
}

/** The office's answer to a POST. @throws ProblemError */
export async function send<T>(path: string, options: RequestOptions = {}): Promise<T> {
  const response = await ask('POST', path, options);
  const text = await response.text();
  return (text === '' ? undefined : JSON.parse(text)) as T;
}

/** A file that the office gives, with the name it gave it. @throws ProblemError */
export async function download(
  path: string,
  options: RequestOptions = {},
): Promise<{ blob: Blob; name: string | undefined }> {
  const response = await ask('GET', path, options);
  const name = /filename="([\w.() -]{1,120})"/.exec(response.headers.get('content-disposition') ?? '')?.[1];
  return { blob: await response.blob(), name };
}

/** The address of a request with its query; parts that come from data are to be encoded by `encodeURIComponent`. */
export function addressOf(path: string, query: RequestOptions['query'] = {}): string {
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== '');
  const text = new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString();
  return text === '' ? path : `${path}?${text}`;
}

/** The office's answer, whatever its body is. @throws ProblemError, also CONSOLE_NODE_UNREACHABLE where none came. */
export async function ask(method: 'GET' | 'POST', path: string, options: RequestOptions = {}): Promise<Response> {
  const said = csrfToken();
  const response = await askOnce(method, path, options);
  if (response.ok) return response;
  const problem = await problemOf(response);
  if (!(await goesOn(problem, path, said))) throw new ProblemError(problem);
  const again = await askOnce(method, path, options);
  if (again.ok) return again;
  throw new ProblemError(await problemOf(again));
}

async function askOnce(method: 'GET' | 'POST', path: string, options: RequestOptions): Promise<Response> {
  if (method === 'POST') forgetAhead();
  // Whose session it is, is asked of whatever session there is.
  const token = path === SESSION ? undefined : csrfToken();
  const body = options.body === undefined ? undefined : JSON.stringify(options.body);
  const size = body?.length ?? options.file?.size ?? 0;
  const timeout = AbortSignal.timeout(TIMEOUT_MS + Math.ceil(size / BYTES_PER_MS));
  const ended = new AbortController();
  const end = (): void => ended.abort();
  timeout.addEventListener('abort', end);
  options.signal?.addEventListener('abort', end);
  const address = addressOf(path, options.query);
  const ahead = method === 'GET' ? takeAhead(address) : undefined;
  const begin = (): Promise<Response> =>
    fetch(address, {
      method,
      signal: ended.signal,
      redirect: 'error',
      credentials: 'same-origin',
      headers: {
        accept: 'application/json',
        ...(token === undefined ? {} : { 'x-liaison-csrf': token }),
        ...(options.body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(options.file === undefined ? {} : { 'content-type': 'application/octet-stream' }),
        ...options.headers,
      },
      ...(body === undefined ? {} : { body }),
      ...(options.file === undefined ? {} : { body: options.file }),
    });
  let response: Response;
  try {
    response = await (ahead === undefined ? begin() : untilAborted(ahead, ended.signal));
  } catch (error) {
    if (options.signal?.aborted) throw error;
    throw new ProblemError(UNREACHABLE);
  }
  nodeTime(response.headers.get('date'));
  return response;
}

async function problemOf(response: Response): Promise<Problem> {
  const retry = Number(response.headers.get('retry-after') ?? Number.NaN);
  const told = (await response.json().catch(() => ({}))) as Partial<Problem>;
  return {
    status: response.status,
    code: told.code ?? 'CONSOLE_ANSWER_UNREADABLE',
    title: told.title ?? 'the answer of the office node cannot be read',
    detail: told.detail ?? 'try again; tell the operator if it stays',
    faults: told.faults ?? [],
    correlationId: told.correlationId ?? response.headers.get('x-correlation-id') ?? '',
    ...(told.conflict === undefined ? {} : { conflict: told.conflict }),
    ...(Number.isFinite(retry) ? { retryAfterSeconds: retry } : {}),
  };
}
