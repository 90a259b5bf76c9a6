import type { Action, Principal, Reach } from '../../core/access/index.ts';
import type { LiveSession } from '../people/session-keeper.ts';
import type { Door } from './door.ts';
import type { ParamSpecs, ParamValues } from './query.ts';
import { visibleDoor } from './visibility/index.ts';

/** A JSON Schema, as it stands in the API description. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/** Who asks: a token or session was verified and its role lets it do what the route does. */
export interface Asker {
  readonly principal: Principal;
  readonly reach: Reach;
  /** Where a person is signed in; absent with a token. */
  readonly session?: LiveSession;
}

/** A request whose sender, parameters and size were checked; nothing is said of its body. */
export interface RouteRequest<Path extends ParamSpecs, Query extends ParamSpecs, Who> {
  readonly asker: Who;
  readonly path: { readonly [Name in keyof Path]: NonNullable<ParamValues<Path>[Name]> };
  readonly query: ParamValues<Query>;
  /** The query as it came, for a route that takes any. */
  readonly rawQuery: string;
  /** The body as it came; empty without one. */
  readonly body: Uint8Array;
  readonly header: (name: string) => string | undefined;
  /** Where the request comes from, for counting. */
  readonly address: string;
  /** Aborts when the client goes away or the node stops. */
  readonly signal: AbortSignal;
}

/** What is answered. */
export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Written as JSON, unless `text`, `bytes` or `stream` is there. */
  readonly body?: unknown;
  readonly text?: string;
  readonly bytes?: Uint8Array;
  readonly stream?: AsyncIterable<string>;
  /** Default `application/json`. */
  readonly contentType?: string;
}

/** One answer that a route gives when all is well, for the API description. */
export interface DescribedAnswer {
  readonly about: string;
  readonly schema?: JsonSchema;
  /** Default `application/json`. */
  readonly contentType?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** One address and method: everything that the server, the checks and the API description need. */
export interface Route {
  readonly method: 'GET' | 'POST';
  /** With parameters in braces: `/v1/messages/{id}`. */
  readonly path: string;
  readonly name: string;
  readonly summary: string;
  readonly about: string;
  /** What the asker's role must allow; `null` where nobody is asked who they are. */
  readonly action: Action | null;
  readonly pathParams: ParamSpecs;
  readonly queryParams: ParamSpecs;
  readonly headerParams: ParamSpecs;
  /** The answer holds a secret and is never compressed. */
  readonly secret: boolean;
  /** Only for a person who proved lately who they are: it changes how people sign in. */
  readonly proof: boolean;
  /** Counted against what one address may begin, though nothing is changed. */
  readonly limited: boolean;
  /** Others say what stands in its query. */
  readonly anyQuery: boolean;
  /** The schema of the body, where there is one. */
  readonly body: JsonSchema | undefined;
  /** The body is a file as it is, of at most so many bytes; undefined where it is JSON. */
  readonly fileBytes: number | undefined;
  readonly answers: Readonly<Record<number, DescribedAnswer>>;
  /** Statuses of problems beyond those that follow from the rest. */
  readonly problems: Readonly<Record<number, string>>;
  readonly handle: (
    door: Door,
    request: RouteRequest<ParamSpecs, ParamSpecs, Asker | null>,
  ) => Promise<Answer> | Answer;
}

interface RouteInput<Path extends ParamSpecs, Query extends ParamSpecs, Who> {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly name: string;
  readonly summary: string;
  readonly about?: string;
  readonly pathParams?: Path;
  readonly queryParams?: Query;
  readonly headerParams?: ParamSpecs;
  readonly secret?: true;
  readonly proof?: true;
  readonly limited?: true;
  readonly anyQuery?: true;
  readonly body?: JsonSchema;
  readonly fileBytes?: number;
  readonly answers: Readonly<Record<number, DescribedAnswer>>;
  readonly problems?: Readonly<Record<number, string>>;
  readonly handle: (door: Door, request: RouteRequest<Path, Query, Who>) => Promise<Answer> | Answer;
}

/** A route that asks who it is, and whether they may. */
export function guardedRoute<
  const Path extends ParamSpecs = Record<never, never>,
  const Query extends ParamSpecs = Record<never, never>,
>(input: RouteInput<Path, Query, Asker> & { readonly action: Action }): Route {
  return complete(input, input.action, (door, request) => {
    if (request.asker === null) throw new TypeError('a guarded route is never called without an asker');
    // Behind the door that it is handed there is only what the asker may see: no route has to think of it.
    const visible = visibleDoor(door, request.asker.principal);
    return input.handle(visible, request as RouteRequest<Path, Query, Asker>);
  });
}

/** A route that anybody who reaches the address may ask. It says nothing about messages. */
export function openRoute<const Query extends ParamSpecs = Record<never, never>>(
  input: RouteInput<Record<never, never>, Query, null>,
): Route {
  return complete(input, null, (door, request) =>
    input.handle(door, request as RouteRequest<Record<never, never>, Query, null>),
  );
}

function complete<Path extends ParamSpecs, Query extends ParamSpecs, Who>(
  input: RouteInput<Path, Query, Who>,
  action: Action | null,
  handle: Route['handle'],
): Route {
  return {
    method: input.method,
    path: input.path,
    name: input.name,
    summary: input.summary,
    about: input.about ?? '',
    action,
    pathParams: input.pathParams ?? {},
    queryParams: input.queryParams ?? {},
    headerParams: input.headerParams ?? {},
    secret: input.secret === true,
    proof: input.proof === true,
    limited: input.limited === true,
    anyQuery: input.anyQuery === true,
    body: input.body,
    fileBytes: input.fileBytes,
    answers: input.answers,
    problems: input.problems ?? {},
    handle,
  };
}
