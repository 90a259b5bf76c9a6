import type { ReceivedRequest } from '../../core/bus/index.ts';
import { type Clock, isLiaisonError, type NationCode, type OfficeId } from '../../core/foundation/index.ts';
import type { HeadCache } from '../../core/trust/index.ts';
import {
  type HubRequest,
  hubReplyCodec,
  hubRequestCodec,
  type SignedHubHead,
  WireError,
} from '../../core/wire/index.ts';
import { HubError } from '../errors.ts';
import type { HubLog } from '../log/hub-log.ts';
import { speakerOf } from '../log/judge-item.ts';
import type { HubTrust } from '../trust/hub-trust.ts';
import { type Allowances, allowances } from './allowances.ts';
import { entryBytes } from './entry-bytes.ts';
import { openPulls, type Pulls } from './pulls.ts';
import { keepStatuses } from './statuses.ts';
import type { Subscriptions } from './subscriptions.ts';
import { whoGets } from './who-gets.ts';

/** What offices ask, answered. */
export interface Requests {
  readonly take: (request: ReceivedRequest) => void;
  readonly pulls: Pulls;
  /** To be called when what the hub trusts has changed. */
  readonly trustChanged: () => void;
  /** To be called when content was withdrawn. */
  readonly contentChanged: () => void;
}

/** What requests are answered with. */
export interface RequestParts {
  readonly log: HubLog;
  readonly trust: HubTrust;
  readonly subscriptions: Subscriptions;
  readonly heads: HeadCache;
  readonly head: () => Promise<SignedHubHead>;
  readonly isSuspended: (nation: NationCode) => boolean;
  readonly clock: Clock;
  /** Hears of each request and of the code with which it was refused, if it was. */
  readonly onAnswered: (office: OfficeId, kind: RequestKind, refused?: string) => void;
  /** Hears of what is no refusal: a bug of ours. */
  readonly onBug: (error: unknown) => void;
}

/** What an office may ask. */
export type RequestKind = 'subscribe' | 'pull' | 'status' | 'directory' | 'unknown';

const PER_SECOND = { perSecond: 100, burst: 300 };
const MAX_REQUEST_BYTES = 1024 * 1024;

/** Takes requests from now on. */
export function answerRequests(parts: RequestParts): Requests {
  const { trust, subscriptions, heads, clock, log } = parts;
  const gets = whoGets(trust, subscriptions, clock);
  const bytes = entryBytes(log);
  const statuses = keepStatuses({ trust, heads, clock });
  const pulls = openPulls({
    log,
    gets,
    bytes,
    statuses,
    trust,
    head: parts.head,
    clock,
    onFailure: (_office, error) => {
      if (!isLiaisonError(error)) parts.onBug(error);
    },
  });
  const limits: Allowances = allowances(clock);

  const done = async (): Promise<Uint8Array> =>
    hubReplyCodec.encode({ through: log.state.size(), head: await parts.head() });

  const act = async (office: OfficeId, request: HubRequest, answer: (reply: Uint8Array) => void): Promise<void> => {
    if (request.pull !== null) return pulls.take(office, request.pull, answer);
    if (request.subscribe !== null) {
      await subscriptions.take(office, request.subscribe);
      gets.forget();
      pulls.release((waiting) => waiting === office);
    } else if (request.status !== null) statuses.take(office, request.status);
    else if (request.directory !== null) await trust.install(request.directory.document, office);
    else throw new HubError('HUB_REQUEST_INVALID', { context: { fault: 'empty' } });
    answer(await done());
  };

  const take = async ({ subject, bytes: sent, answer }: ReceivedRequest): Promise<void> => {
    const { office, nation } = speakerOf(subject);
    let kind: RequestKind = 'unknown';
    try {
      if (parts.isSuspended(nation)) throw new HubError('HUB_NATION_SUSPENDED', { context: { nation } });
      if (!limits.take(office, PER_SECOND)) throw new HubError('HUB_RATE_EXCEEDED', { context: { office } });
      const request = decode(sent);
      kind = kindOf(request);
      await act(office, request, answer);
      parts.onAnswered(office, kind);
    } catch (error) {
      const code = isLiaisonError(error) ? error.code : undefined;
      if (code === undefined) parts.onBug(error);
      // What the store did is nobody's business but the hub's.
      const refused = code === undefined || code.startsWith('BUS_') ? 'HUB_NOT_STORED' : code;
      parts.onAnswered(office, kind, refused);
      answer(hubReplyCodec.encode({ refused }));
    }
  };

  return {
    take: (request) => void take(request),
    pulls,
    trustChanged: () => {
      gets.forget();
      pulls.release();
    },
    contentChanged: () => bytes.forget(),
  };
}

function decode(bytes: Uint8Array): HubRequest {
  try {
    if (bytes.length > MAX_REQUEST_BYTES) throw new HubError('HUB_REQUEST_INVALID', { context: { fault: 'size' } });
    return hubRequestCodec.decode(bytes);
  } catch (cause) {
    if (!(cause instanceof WireError)) throw cause;
    throw new HubError('HUB_REQUEST_INVALID', { cause, context: { fault: 'encoding' } });
  }
}

function kindOf(request: HubRequest): RequestKind {
  const kinds = ['subscribe', 'pull', 'status', 'directory'] as const;
  return kinds.find((kind) => request[kind] !== null) ?? 'unknown';
}
