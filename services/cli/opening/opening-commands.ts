import { code } from '../codes/code-words.ts';
import { wordsSaid } from '../consent/consent-commands.ts';
import { addedAnswer, renderOpening, wordsOf } from '../consent/render-consent.ts';
import type { OfficeOptions } from '../office-api/find-office.ts';
import { type JsonRecord, listOf, stringOf } from '../office-api/office-client.ts';
import { officeVerb } from '../office-api/office-verb.ts';
import { renderTable } from '../terminal/render-table.ts';
import { type Cli, noun } from '../verb.ts';

interface AskOptions extends OfficeOptions {
  readonly part: readonly string[];
  readonly text?: string;
  readonly language?: string;
  readonly origin?: string;
  readonly idempotencyKey?: string;
}

interface ListOptions extends OfficeOptions {
  readonly side?: string;
  readonly state?: string;
}

interface OpenOptions extends OfficeOptions {
  readonly reason: string;
  readonly part?: readonly string[];
  readonly origin?: string;
}

/** `blo opening ask|list|show|open`. */
export function addOpeningCommands(cli: Cli): void {
  const opening = noun(cli, 'opening', 'withheld parts that are asked for and opened later');

  officeVerb<AskOptions>(
    cli,
    opening,
    'ask <message>',
    'ask the origin of a received message for parts that it withheld',
    'officer',
    async (office, { args, options }) => {
      const result = await office.post('/v1/openings', {
        message: args[0],
        ...(options.origin === undefined ? {} : { origin: options.origin }),
        categories: options.part.map((word) => code('DATA_CATEGORY', word)),
        ...wordsSaid(options),
        ...(options.idempotencyKey === undefined ? {} : { idempotencyKey: options.idempotencyKey }),
      });
      return { json: result, text: stringOf(result['id']) };
    },
  )
    .requiredOption('--part <word...>', 'kinds of data that were withheld')
    .option('--text <text>', 'why, for people')
    .option('--language <tag>', 'language of the text; en where it is left out')
    .option('--origin <office>', 'its origin, where two offices used that id')
    .option('--idempotency-key <key>', 'the same key with the same content sends nothing new');

  officeVerb<ListOptions>(
    cli,
    opening,
    'list',
    'requests to open parts, asked here and of this office',
    'officer',
    async (office, { options }) => {
      const result = await office.get('/v1/openings', { side: options.side, state: options.state });
      const rows = listOf(result['items']).map(rowOf);
      const table = renderTable(['asked', 'state', 'side', 'asked for', 'opened', 'id'], rows);
      return { json: result, text: rows.length === 0 ? 'Nothing was asked for.' : table };
    },
  )
    .option('--side <word>', 'asking or originator')
    .option('--state <word>', 'sending, failed, asked, opened-in-part, opened or lapsed');

  officeVerb<AskOptions>(
    cli,
    opening,
    'show <id>',
    'what was asked for and what was opened',
    'officer',
    async (office, { args, options }) => {
      const path = `/v1/openings/${encodeURIComponent(args[0] ?? '')}`;
      const result = await office.get(path, { origin: options.origin });
      return { json: result, text: renderOpening(result) };
    },
  ).option('--origin <office>', 'the office that asked, where two used that id');

  officeVerb<OpenOptions>(
    cli,
    opening,
    'open <id>',
    'open to the office that asked what was withheld from it, under your name',
    'supervisor',
    async (office, { args, options }) => {
      const query = options.origin === undefined ? '' : `?origin=${encodeURIComponent(options.origin)}`;
      const result = await office.post(`/v1/openings/${encodeURIComponent(args[0] ?? '')}/open${query}`, {
        reason: options.reason,
        ...(options.part === undefined ? {} : { categories: options.part.map((word) => code('DATA_CATEGORY', word)) }),
      });
      // What the crossing leaves out is there already, or stays withheld as before.
      return addedAnswer(result, 'Opened to', false);
    },
  )
    .requiredOption('--reason <text>', 'why; stands in the ledger')
    .option('--part <word...>', 'fewer kinds of data than were asked for')
    .option('--origin <office>', 'the office that asked, where two used that id');
}

function rowOf(opening: JsonRecord): readonly string[] {
  return [
    stringOf(opening['askedAt']),
    stringOf(opening['state']),
    stringOf(opening['side']),
    wordsOf(opening['categories']),
    wordsOf(opening['opened']),
    stringOf(opening['id']),
  ];
}
