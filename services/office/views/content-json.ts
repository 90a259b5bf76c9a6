import type { MessageContent } from '../../core/relay/index.ts';
import { type Alert, alertCodec, MessageKind, toJson } from '../../core/wire/index.ts';
import { codeName } from './code-names.ts';

type Json = Readonly<Record<string, unknown>>;

/** The body of a message in the contract's JSON, under the name of its kind: `{ "alert": { ... } }`. */
export function bodyJson(kind: MessageKind, body: unknown): Json | null {
  if (body === null || body === undefined || kind !== MessageKind.ALERT) return null;
  return { alert: toJson(alertCodec, body as Alert) };
}

/** What a message says, its header included, and what of it is not here, by whose rule. */
export function contentJson({ kind, header, body, withheld }: MessageContent): Json {
  return {
    content: {
      officer: header.officer,
      purpose: codeName('Purpose', header.purpose),
      handling: codeName('HandlingCode', header.handling),
      ...(header.caveat === '' ? {} : { caveat: header.caveat }),
      ...(header.caseReference === '' ? {} : { caseReference: header.caseReference }),
      ...(header.inReplyTo === '' ? {} : { inReplyTo: header.inReplyTo }),
      ...bodyJson(kind, body),
    },
    withheldParts: withheld.map(({ category, policies, by }) => ({
      category: codeName('DataCategory', category),
      policies,
      by,
    })),
  };
}
