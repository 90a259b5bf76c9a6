import type { OfficeProjection } from '../../core/ledger/index.ts';
import { type FoldedWords, foldWords } from '../../core/matching/index.ts';
import type { MessageContent } from '../../core/relay/index.ts';
import { bodyJson } from './content-json.ts';
import { type MadeOfContents, madeOfContents } from './message-facts.ts';

/** What a message says, field by field of its body, as words are looked for in it. */
export type WordsOfMessage = readonly { readonly field: string; readonly words: FoldedWords }[];

/** The words of messages that were searched lately. */
export type MessageWords = MadeOfContents<WordsOfMessage>;

/** No words yet. */
export function messageWords(
  projection: Pick<OfficeProjection, 'erasures'>,
  now: () => number,
  maxEntries = 5_000,
): MessageWords {
  return madeOfContents(projection, now, maxEntries, wordsOf);
}

function wordsOf({ kind, header, body }: MessageContent): WordsOfMessage {
  const [said] = Object.values(bodyJson(kind, body) ?? {});
  const fields = Object.entries((said ?? {}) as Readonly<Record<string, unknown>>).map(
    ([field, value]) => [field, textsIn(value).join(' ')] as const,
  );
  return [['caseReference', header.caseReference] as const, ['caveat', header.caveat] as const, ...fields]
    .filter(([, text]) => text !== '')
    .map(([field, text]) => ({ field, words: foldWords(text) }));
}

/** A code of the contract: nobody looks for its spelling. */
const CODE = /^[A-Z][A-Z0-9]*(_[A-Z0-9]+)+$/;

function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return CODE.test(value) ? [] : [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(textsIn);
}
