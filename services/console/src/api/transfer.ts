import { addressOf, type RequestOptions } from './client.ts';
import { goesOn } from './go-on.ts';
import { type Problem, ProblemError, UNREACHABLE } from './problem.ts';
import { csrfToken } from './session.ts';

/** How far a file is: bytes that are through, of how many where that is known. */
export interface Progress {
  readonly done: number;
  readonly total: number | undefined;
}

interface Transfer {
  readonly query?: RequestOptions['query'];
  readonly onProgress?: (progress: Progress) => void;
  readonly signal?: AbortSignal;
}

/** Hands a file to the office, however long the line takes for it, and says how far it is. @throws ProblemError */
export async function upload<T>(path: string, file: Blob, transfer: Transfer = {}): Promise<T> {
  const request = await carry('POST', path, file, transfer);
  return JSON.parse(request.responseText) as T;
}

/** A file that the office gives, however long the line takes for it. @throws ProblemError */
export async function fetchFile(path: string, transfer: Transfer = {}): Promise<Blob> {
  return (await carry('GET', path, null, transfer)).response as Blob;
}

async function carry(
  method: 'GET' | 'POST',
  path: string,
  file: Blob | null,
  transfer: Transfer,
): Promise<XMLHttpRequest> {
  const said = csrfToken();
  try {
    return await carryOnce(method, path, file, transfer);
  } catch (error) {
    if (!(error instanceof ProblemError) || !(await goesOn(error.problem, path, said))) throw error;
    return await carryOnce(method, path, file, transfer);
  }
}

/** A fetch cannot say how much of its body is through; this older way can. */
function carryOnce(
  method: 'GET' | 'POST',
  path: string,
  file: Blob | null,
  { query, onProgress, signal }: Transfer,
): Promise<XMLHttpRequest> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const token = csrfToken();
    const tell = ({ loaded, total, lengthComputable }: ProgressEvent): void =>
      onProgress?.({ done: loaded, total: lengthComputable ? total : undefined });
    request.open(method, addressOf(path, query));
    if (method === 'GET') request.responseType = 'blob';
    if (token !== undefined) request.setRequestHeader('x-liaison-csrf', token);
    if (file !== null) request.setRequestHeader('content-type', 'application/octet-stream');
    request.setRequestHeader(
      'accept',
      method === 'GET' ? 'application/octet-stream, application/json' : 'application/json',
    );
    (method === 'GET' ? request : request.upload).addEventListener('progress', tell);
    request.addEventListener('load', () => {
      if (request.status >= 200 && request.status < 300) return resolve(request);
      void problemOf(request).then((problem) => reject(new ProblemError(problem)));
    });
    request.addEventListener('error', () => reject(new ProblemError(UNREACHABLE)));
    request.addEventListener('abort', () => reject(new DOMException('ended by the person', 'AbortError')));
    signal?.addEventListener('abort', () => request.abort(), { once: true });
    request.send(file);
  });
}

async function problemOf(request: XMLHttpRequest): Promise<Problem> {
  const text = request.responseType === 'blob' ? await (request.response as Blob).text() : request.responseText;
  let told: Partial<Problem> = {};
  try {
    told = JSON.parse(text) as Partial<Problem>;
  } catch {
    // Said by the code below.
  }
  return {
    status: request.status,
    code: told.code ?? 'CONSOLE_ANSWER_UNREADABLE',
    title: told.title ?? 'the answer of the office node cannot be read',
    detail: told.detail ?? 'try again; tell the operator if it stays',
    faults: told.faults ?? [],
    correlationId: told.correlationId ?? request.getResponseHeader('x-correlation-id') ?? '',
  };
}
