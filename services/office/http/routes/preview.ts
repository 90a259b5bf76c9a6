import type { PreviewResult } from '../../../core/relay/index.ts';
import { MessageKind } from '../../../core/wire/index.ts';
import { bodyJson } from '../../views/content-json.ts';
import type { Door } from '../door.ts';
import { previewRecipientJson } from '../submitting.ts';

/** What each recipient would get of a request or an answer; null where it gets nothing. */
export function previewJson(
  door: Door,
  kind: typeof MessageKind.REQUEST | typeof MessageKind.ANSWER,
  results: readonly PreviewResult[],
): Readonly<Record<string, unknown>> {
  const name = kind === MessageKind.REQUEST ? 'request' : 'answer';
  return {
    recipients: results.map((result) => previewRecipientJson(door, result)),
    copies: results.map(({ to, body }) => ({ office: to, [name]: bodyJson(kind, body)?.[name] ?? null })),
  };
}
