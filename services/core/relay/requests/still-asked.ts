import type { EpochMs, OfficeId } from '../../foundation/index.ts';
import { messageKey, type OutboundMessage } from '../../ledger/index.ts';
import { MessageKind, targetOf } from '../../wire/index.ts';
import type { RelayContext } from '../parts.ts';
import { RequestsError } from './errors.ts';
import { peerOf } from './figures.ts';
import { livesOf } from './life.ts';

const SAID_OF_REQUESTS: ReadonlySet<MessageKind> = new Set([MessageKind.ANSWER, MessageKind.REQUEST_STEP]);

/** What waited for a release and is about a request may still be said of it: the request has not ended. @throws RequestsError REQUESTS_CLOSED. */
export function assertStillAsked(
  { projection, self }: Pick<RelayContext, 'projection' | 'self'>,
  message: OutboundMessage,
  peer: OfficeId,
  at: EpochMs,
): void {
  const target = SAID_OF_REQUESTS.has(message.kind) ? targetOf(message.terms) : null;
  if (target === null) return;
  const key = messageKey(target.origin, target.id);
  const request = projection.outbound.get(key) ?? projection.inbound.get(key);
  if (request === undefined) return;
  const side = request.direction === 'outbound' ? 'asking' : 'asked';
  const life = livesOf(projection, self, request, at).find((each) => peerOf(side, each) === peer);
  if (life?.open !== true) throw new RequestsError('REQUESTS_CLOSED', { context: { id: target.id } });
}
