import {
  type Clock,
  type DurationMs,
  durationMs,
  type HubId,
  isLiaisonError,
  type OfficeId,
  type Scope,
} from '../core/foundation/index.ts';
import type { LinkPort, PrecedenceWord } from '../core/relay/index.ts';

/** One way to a neighbour: the end of the link it goes over, itself or a hub. */
export interface LinkWay {
  readonly end: OfficeId | HubId;
  readonly publish: (
    scope: Scope,
    precedence: PrecedenceWord,
    bytes: Uint8Array,
    timeoutMs: DurationMs,
  ) => Promise<void>;
}

/** All ways to a neighbour as one. */
export interface LinkWays extends LinkPort {
  /** The link to that end came up or went down, as the office's own server sees it. */
  readonly changed: (end: OfficeId | HubId, up: boolean) => void;
}

/** A way that failed, or swallowed what it acknowledged, is the last choice for so long. */
const DOUBTED_FOR_MS = 30_000;

/** What another way may make good: the far end is not reached, or something on the way does not do as it should. */
const TRY_ELSEWHERE: ReadonlySet<string> = new Set([
  'BUS_TIMEOUT',
  'BUS_NO_RESPONDERS',
  'BUS_PEER_REFUSED',
  'BUS_ANSWER_INVALID',
]);

/**
 * The ways of one neighbour, the preferred one first: each publication goes over the best way there is, and over the
 * next where that fails, so that a hub that is gone for good keeps nothing. What so arrives twice is recognised by its
 * number.
 */
export function linkOverWays(ways: readonly LinkWay[], clock: Clock): LinkWays {
  const down = new Set<string>();
  const doubtedAtMs = new Map<string, number>();

  const rank = ({ end }: LinkWay): number => {
    if (down.has(end)) return 2;
    const sinceMs = clock.now() - (doubtedAtMs.get(end) ?? Number.NEGATIVE_INFINITY);
    // A clock that was set back must not make a doubt last.
    return sinceMs >= 0 && sinceMs < DOUBTED_FOR_MS ? 1 : 0;
  };
  const inOrder = (): readonly LinkWay[] => ways.toSorted((one, other) => rank(one) - rank(other));
  const doubt = (way: LinkWay | undefined): void => {
    if (way !== undefined) doubtedAtMs.set(way.end, clock.now());
  };

  const publishOnce = async (
    send: (way: LinkWay, timeoutMs: DurationMs) => Promise<void>,
    timeoutMs: DurationMs,
  ): Promise<void> => {
    const order = inOrder();
    for (const [at, way] of order.entries()) {
      const isLast = at === order.length - 1;
      try {
        return await send(way, isLast ? timeoutMs : durationMs(Math.ceil(timeoutMs / 2)));
      } catch (cause) {
        if (isLast || !isLiaisonError(cause) || !TRY_ELSEWHERE.has(cause.code)) throw cause;
        doubt(way);
      }
    }
  };

  return {
    publish: async (scope, precedence, bytes, timeoutMs, how = 'once') => {
      const send = (way: LinkWay, withinMs: DurationMs): Promise<void> =>
        way.publish(scope, precedence, bytes, withinMs);
      if (how !== 'everywhere') {
        if (how === 'again' && ways.length > 1) doubt(inOrder()[0]);
        return await publishOnce(send, timeoutMs);
      }
      const sent = await Promise.allSettled(ways.map((way) => send(way, timeoutMs)));
      const [first] = sent;
      if (first?.status === 'rejected' && sent.every(({ status }) => status === 'rejected')) throw first.reason;
    },
    changed: (end, up) => {
      if (!up) down.add(end);
      else {
        down.delete(end);
        doubtedAtMs.delete(end);
      }
    },
  };
}
