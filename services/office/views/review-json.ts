import { rfc3339 } from '../../core/foundation/index.ts';
import type { Finding, ReviewView } from '../../core/relay/index.ts';
import { codeName } from './code-names.ts';

/** A review as it is listed and read; what an office wrote is in the message that its finding names. */
export function reviewJson(review: ReviewView): Readonly<Record<string, unknown>> {
  const { message, author, reason, openedMs, dueMs, state, own, others } = review;
  return {
    id: message.id,
    origin: message.origin,
    direction: message.direction,
    kind: codeName('MessageKind', message.kind),
    precedence: codeName('Precedence', message.precedence),
    drill: message.drill,
    createdAt: rfc3339(message.createdMs),
    openedAt: rfc3339(openedMs),
    dueAt: rfc3339(dueMs),
    state,
    author: author === '' ? null : author,
    reason: reason === '' ? null : reason,
    own: findingJson(own),
    others: others.map(({ office, found }) => ({ office, found: findingJson(found) })),
  };
}

function findingJson(finding: Finding | null): Readonly<Record<string, unknown>> | null {
  if (finding === null) return null;
  const { atMs, by, id } = finding;
  return {
    finding: codeName('ReviewFinding', finding.finding),
    at: rfc3339(atMs),
    by: by === '' ? null : by,
    messageId: id,
  };
}
