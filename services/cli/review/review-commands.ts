import { code, wordOf } from '../codes/code-words.ts';
import type { OfficeOptions } from '../office-api/find-office.ts';
import { type JsonRecord, listOf, stringOf } from '../office-api/office-client.ts';
import { officeVerb } from '../office-api/office-verb.ts';
import { renderPairs, renderTable } from '../terminal/render-table.ts';
import { type Cli, noun } from '../verb.ts';

interface ListOptions extends OfficeOptions {
  readonly state?: string;
  readonly direction?: string;
  readonly author?: string;
}

interface OneOptions extends OfficeOptions {
  readonly origin?: string;
}

interface CloseOptions extends OneOptions {
  readonly finding: string;
  readonly text?: string;
  readonly language?: string;
}

/** `blo review list|show|close`. */
export function addReviewCommands(cli: Cli): void {
  const review = noun(cli, 'review', 'what went past the hold for danger to life, and what oversight found');
  officeVerb<ListOptions>(
    cli,
    review,
    'list',
    'what went past the hold, the newest first',
    'oversight',
    async (office, { options: { state, direction, author } }) => {
      const result = await office.get('/v1/reviews', { state, direction, author });
      const items = listOf(result['items']);
      return { json: result, text: items.length === 0 ? 'There are no such reviews.' : table(items) };
    },
  )
    .option('--state <word>', 'open, overdue or closed')
    .option('--direction <word>', 'outbound or inbound')
    .option('--author <name>', 'sent by that person of this office');
  officeVerb<OneOptions>(
    cli,
    review,
    'show <message>',
    'one review',
    'oversight',
    async (office, { args, options }) => {
      const result = await office.get(pathOf(args[0]), { origin: options.origin });
      return { json: result, text: detail(result) };
    },
  ).option('--origin <office>', 'where offices have given the same id to different messages');
  officeVerb<CloseOptions>(
    cli,
    review,
    'close <message>',
    "close this office's review, once, and tell the other offices that have the message",
    'oversight',
    async (office, { args, options }) => {
      const { origin, finding, text, language } = options;
      const query = origin === undefined ? '' : `?origin=${encodeURIComponent(origin)}`;
      const result = await office.post(`${pathOf(args[0])}/close${query}`, {
        finding: code('REVIEW_FINDING', finding),
        ...(text === undefined ? {} : { text, textLanguage: language ?? 'en' }),
      });
      return { json: result, text: `It is closed; the other offices are told by ${stringOf(result['messageId'])}.` };
    },
  )
    .requiredOption('--finding <word>', 'justified or not-justified')
    .option('--text <text>', 'what was found, in words')
    .option('--language <tag>', 'language of the text; en where it is left out')
    .option('--origin <office>', 'where offices have given the same id to different messages');
}

function table(items: readonly JsonRecord[]): string {
  return renderTable(
    ['opened', 'due', 'state', 'sent by', 'own finding', 'other offices', 'message'],
    items.map((item) => [
      stringOf(item['openedAt']),
      stringOf(item['dueAt']),
      stringOf(item['state']),
      stringOf(item['author']) || stringOf(item['origin']),
      findingOf(item['own']),
      others(item),
      stringOf(item['id']),
    ]),
  );
}

function detail(item: JsonRecord): string {
  const author = stringOf(item['author']);
  const reason = stringOf(item['reason']);
  return renderPairs([
    ['message', stringOf(item['id'])],
    ['origin', stringOf(item['origin'])],
    ...(author === '' ? [] : [['sent by', author] as const]),
    ...(reason === '' ? [] : [['reason', reason] as const]),
    ...(item['drill'] === true ? [['drill', 'an exercise'] as const] : []),
    ['opened', stringOf(item['openedAt'])],
    ['due', stringOf(item['dueAt'])],
    ['state', stringOf(item['state'])],
    ['own finding', findingOf(item['own'])],
    ...listOf(item['others']).map(
      (other) => [`finding of ${stringOf(other['office'])}`, findingOf(other['found'])] as const,
    ),
  ]);
}

function others(item: JsonRecord): string {
  return listOf(item['others'])
    .map((other) => `${stringOf(other['office'])}: ${findingOf(other['found'])}`)
    .join(', ');
}

function findingOf(value: unknown): string {
  if (value === null || value === undefined) return 'none yet';
  const finding = value as JsonRecord;
  const by = stringOf(finding['by']);
  const where = `in ${stringOf(finding['messageId'])}`;
  return `${wordOf(stringOf(finding['finding']))} ${by === '' ? where : `by ${by}`}`;
}

function pathOf(id = ''): string {
  return `/v1/reviews/${encodeURIComponent(id)}`;
}
