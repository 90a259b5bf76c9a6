import { toHex } from '../../core/foundation/index.ts';
import { type AnyMessage, messageKey, type OfficeProjection } from '../../core/ledger/index.ts';
import type { MessageContent } from '../../core/relay/index.ts';

/** What of a message's content a line of a list shows. */
export interface LineFacts {
  /** Its headline; where its kind has none, how its words begin. Null where there are none or they were withheld. */
  readonly headline: string | null;
  /** The language of the headline, where it is said. */
  readonly language: string | null;
  readonly purpose: number;
  readonly handling: number;
  /** As the origin has it. */
  readonly caseReference: string;
}

/** What was made of the contents of messages that were looked at lately; never more than so many, and nothing of a message whose content is gone. */
export interface MadeOfContents<Made> {
  /** `read` gives the content where it is not here yet; what it throws is thrown. */
  readonly of: (message: AnyMessage, read: () => Promise<MessageContent | null>) => Promise<Made | null>;
}

/** Line facts of the messages that were listed lately. */
export type MessageFacts = MadeOfContents<LineFacts>;

type Erasures = Pick<OfficeProjection, 'erasures'>;

const MAX_HEADLINE = 200;
const DAY = /^(\d{4})(\d{2})(\d{2})$/;
const DAY_MS = 86_400_000;

/** No facts yet. */
export function messageFacts(projection: Erasures, now: () => number, maxEntries = 20_000): MessageFacts {
  return madeOfContents(projection, now, maxEntries, factsOf);
}

/** Nothing made yet. An erasure that is on record takes away what was made before anything is answered. */
export function madeOfContents<Made>(
  projection: Erasures,
  now: () => number,
  maxEntries: number,
  make: (content: MessageContent) => Made,
): MadeOfContents<Made> {
  const entries = new Map<string, { readonly state: string; readonly endsMs: number; readonly made: Made }>();
  let looked = 0;

  const forgetErased = (): void => {
    for (; looked < projection.erasures.length; looked++) {
      const erased = projection.erasures[looked];
      if (erased !== undefined) entries.delete(messageKey(erased.origin, erased.id));
    }
  };

  return {
    of: async (message, read) => {
      forgetErased();
      const key = messageKey(message.origin, message.id);
      const state = stateOf(message);
      const known = entries.get(key);
      entries.delete(key);
      if (known?.state === state && now() < known.endsMs) {
        entries.set(key, known);
        return known.made;
      }
      const content = await read();
      if (content === null) return null;
      const made = make(content);
      // It may have been erased while it was read.
      if (message.erased === null && stateOf(message) === state)
        entries.set(key, { state, endsMs: endOf(message.content?.day ?? ''), made });
      for (const oldest of entries.keys()) {
        if (entries.size <= maxEntries) break;
        entries.delete(oldest);
      }
      return made;
    },
  };
}

/** Where its content lies, and how often more of it was opened. */
function stateOf(message: AnyMessage): string {
  const digest = message.content === null ? '' : toHex(Uint8Array.from(message.content.digest));
  return message.direction === 'inbound' ? `${digest} ${message.supplements.length}` : digest;
}

function endOf(day: string): number {
  const [, year, month, date] = DAY.exec(day) ?? [];
  return year === undefined ? 0 : Date.UTC(Number(year), Number(month) - 1, Number(date)) + DAY_MS;
}

function factsOf({ header, body }: MessageContent): LineFacts {
  const said = firstWords(body);
  return {
    headline: said === null ? null : shortened(said.text),
    language: said === null || said.language === '' ? null : said.language,
    purpose: header.purpose,
    handling: header.handling,
    caseReference: header.caseReference,
  };
}

interface Worded {
  readonly headline?: string;
  readonly narrative?: string;
  readonly narrativeLanguage?: string;
  readonly text?: string;
  readonly textLanguage?: string;
  readonly texts?: readonly { readonly text?: string }[];
  readonly language?: string;
}

function firstWords(body: unknown): { readonly text: string; readonly language: string } | null {
  const { headline, narrative, narrativeLanguage, text, textLanguage, texts, language } = (body ?? {}) as Worded;
  const words = [headline, narrative, text, texts?.[0]?.text].find((one) => one !== undefined && one !== '');
  return words === undefined ? null : { text: words, language: narrativeLanguage || textLanguage || language || '' };
}

/** Cut between characters as people see them, never within one. */
function shortened(text: string): string {
  if (text.length <= MAX_HEADLINE) return text;
  let cut = '';
  for (const { segment } of new Intl.Segmenter('und', { granularity: 'grapheme' }).segment(text)) {
    if (cut.length + segment.length >= MAX_HEADLINE) break;
    cut += segment;
  }
  return `${cut}…`;
}
