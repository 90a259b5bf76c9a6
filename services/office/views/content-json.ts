import type { MessageContent } from '../../core/relay/index.ts';
import { bodyToJson, type MessageKind } from '../../core/wire/index.ts';
import { codeName } from './code-names.ts';

type Json = Readonly<Record<string, unknown>>;

/** The body of a message in the contract's JSON, under the name of its kind: `{ "alert": { ... } }`. */
export function bodyJson(kind: MessageKind, body: unknown): Json | null {
  const said = body === null || body === undefined ? undefined : bodyToJson(kind, body);
  return said === undefined ? null : { [`${said.name.charAt(0).toLowerCase()}${said.name.slice(1)}`]: said.json };
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
