import { rfc3339 } from '../../core/foundation/index.ts';
import { type AnyMessage, messageKey, type OfficeProjection } from '../../core/ledger/index.ts';
import { recallInForce, versionsOf } from '../../core/relay/index.ts';
import { codeName } from './code-names.ts';

type Json = Readonly<Record<string, unknown>>;

/** What became of a message after it was said, in short: called back, or another version stands beside it. */
export function standingJson(projection: OfficeProjection, message: AnyMessage): Json {
  const key = messageKey(message.origin, message.id);
  const recall = recallInForce(projection, key);
  const [next] = projection.supersededBy(key);
  return {
    ...(next === undefined ? {} : { supersededBy: next.id }),
    ...(recall === null
      ? {}
      : {
          recalled: {
            id: recall.message.id,
            action: codeName('RecallAction', recall.terms.action),
            ground: codeName('RecallGround', recall.terms.ground),
            at: rfc3339(recall.message.createdMs),
          },
        }),
  };
}

/** The same with all versions, the oldest first, with how long its body is kept, and with its erasure. */
export function standingDetail(projection: OfficeProjection, message: AnyMessage): Json {
  const versions = versionsOf(projection, message);
  const [oldest] = versions;
  return {
    ...standingJson(projection, message),
    ...(versions.length === 1
      ? {}
      : { versions: versions.map(({ id, createdMs }) => ({ id, createdAt: rfc3339(createdMs) })) }),
    ...(oldest === undefined || oldest.supersedes === '' ? {} : { earlierVersionUnknown: true }),
    ...(message.content === null || message.erased !== null ? {} : { keptUntil: dayText(message.content.day) }),
    ...(message.erased === null ? {} : { erased: { at: rfc3339(message.erased.atMs), by: message.erased.by } }),
  };
}

/** `20261122` as `2026-11-22`. */
function dayText(day: string): string {
  return `${day.slice(0, 4)}-${day.slice(4, 6)}-${day.slice(6)}`;
}
