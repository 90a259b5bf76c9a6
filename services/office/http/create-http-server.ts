import type { Socket } from 'node:net';
import { Readable } from 'node:stream';
import { type FastifyInstance, type FastifyReply, type FastifyRequest, fastify } from 'fastify';
import { type Closable, newOpaqueId } from '../../core/foundation/index.ts';
import { OfficeError } from '../errors.ts';
import type { Asking, Authenticator } from './authenticate.ts';
import { encoded } from './compress.ts';
import { serveConsole } from './console-files.ts';
import type { Door } from './door.ts';
import { networkOf } from './network-of.ts';
import { openStreams } from './open-streams.ts';
import { isNodeFault, PROBLEM_TYPE, type Problem, problemHeaders, problemOf } from './problems.ts';
import { readParams } from './query.ts';
import type { Answer, Asker, Route } from './route.ts';
import { trackConnections } from './track-connections.ts';
import { FILE_TYPE, uploadGate } from './upload-gate.ts';

/** The largest body that is read, 256 KiB. */
export const MAX_REQUEST_BYTES = 256 * 1024;

/** What the HTTP server tells of itself; no path, no header, no body. */
export interface HttpObserver {
  readonly answered: (facts: {
    readonly method: string;
    readonly route: string;
    readonly status: number;
    readonly durationMs: number;
  }) => void;
  /** Something was refused: what a client did wrong, or may not do. */
  readonly refused: (facts: {
    readonly correlationId: string;
    readonly route: string;
    readonly problem: Problem;
  }) => void;
  /** The node is at fault: an error that somebody must look at. */
  readonly failed: (facts: {
    readonly correlationId: string;
    readonly route: string;
    readonly problem: Problem;
    readonly error: unknown;
  }) => void;
}

/** What an HTTP server is made of. */
export interface HttpServerParts {
  readonly door: Door;
  readonly routes: readonly Route[];
  readonly authenticator: Authenticator;
  readonly observer: HttpObserver;
  /** Live streams that one token may have open. Default 8. */
  readonly maxStreamsPerToken?: number;
  /** The folder with the console's files; left out, there is no console. */
  readonly consoleFolder?: string;
  /** What it listens with; left out, without TLS. */
  readonly tls?: { readonly certificate: string; readonly key: string };
}

/** The HTTP door of an office. */
export interface HttpServer extends Closable {
  /** Listens; the address that it listens on, `http://127.0.0.1:8101`. @throws OfficeError OFFICE_LISTEN_FAILED. */
  readonly listen: (host: string, port: number) => Promise<string>;
  /** For tests: asks without a socket. */
  readonly app: FastifyInstance;
}

const HEADERS = {
  'x-content-type-options': 'nosniff',
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
};
const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const;
/** Where a page of the console puts the word of its session. */
export const CSRF_HEADER = 'x-liaison-csrf';
const NO_BODY = new Uint8Array();
const CLOSE_TIMEOUT_MS = 3000;

declare module 'fastify' {
  interface FastifyRequest {
    asker: Asker | null;
  }
}

/** The HTTP server over these routes; nothing listens yet. */
export function createHttpServer(parts: HttpServerParts): HttpServer {
  const { door, observer } = parts;
  const uploads = uploadGate();
  const streams = openStreams(parts.maxStreamsPerToken ?? 8);
  const app = fastify({
    https: parts.tls === undefined ? null : { cert: parts.tls.certificate, key: parts.tls.key, minVersion: 'TLSv1.2' },
    logger: false,
    bodyLimit: MAX_REQUEST_BYTES,
    genReqId: correlationIds(),
    trustProxy: false,
    requestTimeout: 30_000,
    keepAliveTimeout: 72_000,
    exposeHeadRoutes: false,
    return503OnClosing: false,
    forceCloseConnections: false,
    // The id of a held crossing is longer than the router's default lets a parameter be.
    routerOptions: { maxParamLength: 200 },
    // Nothing is validated by schema here; should a route ever have one, it converts and strips nothing.
    ajv: { customOptions: { coerceTypes: false, removeAdditional: false, useDefaults: false, allErrors: true } },
    frameworkErrors: (error, request, reply) => void sendProblem(error, request, reply),
    clientErrorHandler: (_error, socket) => answerMalformed(socket),
  });

  const sendProblem = (error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply => {
    const problem = problemOf(error, request.id);
    const route = templateOf(request);
    if (isNodeFault(problem)) observer.failed({ correlationId: request.id, route, problem, error });
    else observer.refused({ correlationId: request.id, route, problem });
    return reply
      .code(problem.status)
      .headers({ ...HEADERS, 'x-correlation-id': request.id, ...problemHeaders(error, problem) })
      .type(PROBLEM_TYPE)
      .send(JSON.stringify(problem));
  };

  const sendAnswer = async (
    answer: Answer,
    route: Route,
    request: FastifyRequest,
    reply: FastifyReply,
    ended: () => void,
  ): Promise<FastifyReply> => {
    void reply.code(answer.status).headers({ ...HEADERS, 'x-correlation-id': request.id, ...answer.headers });
    void reply.type(answer.contentType ?? 'application/json; charset=utf-8');
    if (answer.bytes !== undefined) return reply.send(Buffer.from(answer.bytes));
    if (answer.stream === undefined) {
      const text = answer.text ?? JSON.stringify(answer.body);
      // How well a secret compresses beside what somebody else chose tells something of it.
      if (route.method !== 'GET' || route.secret) return reply.send(text);
      const { bytes, encoding } = await encoded(text, headerOf(request, 'accept-encoding'));
      if (encoding !== undefined) void reply.header('content-encoding', encoding);
      return reply.header('vary', 'accept-encoding').send(bytes);
    }
    const readable = Readable.from(answer.stream, { objectMode: false, highWaterMark: 16 * 1024 });
    readable.once('close', ended);
    readable.once('error', (error) =>
      observer.failed({
        correlationId: request.id,
        route: templateOf(request),
        problem: problemOf(error, request.id),
        error,
      }),
    );
    return reply.send(readable);
  };

  const connections = trackConnections(app.server);
  app.decorateRequest('asker', null);
  app.removeAllContentTypeParsers();
  for (const type of ['application/json', FILE_TYPE])
    app.addContentTypeParser(type, { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  app.setErrorHandler((error, request, reply) => sendProblem(error, request, reply));
  app.setNotFoundHandler((request, reply) => sendProblem(new OfficeError('OFFICE_ROUTE_UNKNOWN'), request, reply));
  if (parts.tls !== undefined)
    app.addHook('onRequest', (_request, reply, done) => {
      void reply.header('strict-transport-security', 'max-age=31536000');
      done();
    });
  app.addHook('onResponse', (request, reply, done) => {
    observer.answered({
      method: request.method,
      route: templateOf(request),
      status: reply.statusCode,
      durationMs: reply.elapsedTime,
    });
    done();
  });

  for (const route of parts.routes) {
    const { action } = route;
    app.route({
      method: route.method,
      url: fastifyPath(route.path),
      exposeHeadRoute: action === null,
      ...(route.fileBytes === undefined ? {} : { bodyLimit: route.fileBytes }),
      onRequest: (request, reply, done) => {
        try {
          if (action === null) parts.authenticator.admitAnybody(askingOf(request), route.limited);
          else request.asker = parts.authenticator.admit(askingOf(request), action, route.proof);
          uploads.admit(route, request, reply);
          done();
        } catch (error) {
          done(error as Error);
        }
      },
      handler: async (request, reply) => {
        const stream = streams.prepare(request.asker, reply);
        const answer = await route.handle(door, {
          asker: request.asker,
          path: readParams(route.pathParams, request.params as Record<string, unknown>) as Record<string, string>,
          query: readParams(route.queryParams, route.anyQuery ? {} : (request.query as Record<string, unknown>)),
          rawQuery: request.url.split('?')[1] ?? '',
          body: request.body instanceof Uint8Array ? request.body : NO_BODY,
          header: (name) => headerOf(request, name),
          address: networkOf(request.ip),
          get signal() {
            return stream.open();
          },
        });
        return await sendAnswer(answer, route, request, reply, stream.end);
      },
    });
  }
  for (const [path, methods] of methodsByPath(parts.routes)) {
    const allow = methods.join(', ');
    app.route({
      method: METHODS.filter((method) => !methods.includes(method)),
      url: fastifyPath(path),
      onRequest: (_request, _reply, done) => done(new OfficeError('OFFICE_METHOD_UNKNOWN', { context: { allow } })),
      handler: () => undefined,
    });
  }

  if (parts.consoleFolder !== undefined) serveConsole(app, parts.consoleFolder);

  return {
    app,
    listen: async (host, port) => {
      try {
        return await app.listen({ host, port });
      } catch (cause) {
        throw new OfficeError('OFFICE_LISTEN_FAILED', { cause, context: { host, port } });
      }
    },
    close: async () => {
      streams.endAll();
      const closed = app.close();
      // A connection is idle only once its answer has ended; nobody waits for the client to let go of it.
      const idle = setInterval(connections.endIdle, 20);
      const timer = setTimeout(connections.endAll, CLOSE_TIMEOUT_MS);
      await closed;
      clearInterval(idle);
      clearTimeout(timer);
    },
  };
}

/** Ids that no other process gives either; the source of randomness is asked once, not at every request. */
function correlationIds(): () => string {
  const prefix = newOpaqueId().slice(0, 16);
  let count = 0;
  return () => prefix + (++count).toString(16).padStart(16, '0');
}

function methodsByPath(routes: readonly Route[]): ReadonlyMap<string, readonly string[]> {
  const methods = new Map<string, string[]>();
  for (const { path, method, action } of routes) {
    const known = methods.get(path) ?? [];
    methods.set(path, [...known, method, ...(action === null && method === 'GET' ? ['HEAD'] : [])]);
  }
  return methods;
}

/** `/v1/messages/{id}` as the router wants it: `/v1/messages/:id`. */
export function fastifyPath(path: string): string {
  return path.replaceAll(/\{(\w+)\}/g, ':$1');
}

function templateOf(request: FastifyRequest): string {
  return request.routeOptions.url ?? '/unknown';
}

function askingOf(request: FastifyRequest): Asking {
  return {
    method: request.method,
    address: networkOf(request.ip),
    authorization: request.headers.authorization,
    cookie: request.headers.cookie,
    csrf: headerOf(request, CSRF_HEADER),
    origin: request.headers.origin,
    fetchSite: headerOf(request, 'sec-fetch-site'),
  };
}

function headerOf(request: FastifyRequest, name: string): string | undefined {
  const value = request.headers[name];
  return Array.isArray(value) ? value.join(', ') : value;
}

/** What cannot be read as HTTP at all gets a problem too, and the connection ends. */
function answerMalformed(socket: Socket): void {
  if (!socket.writable) return;
  const text = JSON.stringify(problemOf(new OfficeError('OFFICE_REQUEST_MALFORMED'), newOpaqueId()));
  socket.end(
    `HTTP/1.1 400 Bad Request\r\ncontent-type: ${PROBLEM_TYPE}\r\ncontent-length: ${Buffer.byteLength(text)}\r\nconnection: close\r\n\r\n${text}`,
  );
}
