import { resolve } from 'node:path';
import type { Answer } from '../answer.ts';
import { wordOf } from '../codes/code-words.ts';
import type { CommandContext } from '../context.ts';
import { ExitCode } from '../exit-codes.ts';
import { readText } from '../home/files.ts';
import type { OfficeOptions } from '../office-api/find-office.ts';
import { type JsonRecord, listOf, type OfficeClient, stringOf, stringsOf } from '../office-api/office-client.ts';
import { officeVerb } from '../office-api/office-verb.ts';
import { escapeText } from '../terminal/escape-text.ts';
import { renderBody } from '../terminal/render-body.ts';
import { renderTable } from '../terminal/render-table.ts';
import { type Cli, noun } from '../verb.ts';
import type { BulletinOptions } from './build-bulletin.ts';

type Options = BulletinOptions & OfficeOptions;

interface ListOptions extends OfficeOptions {
  readonly direction?: string;
  readonly state?: string;
  readonly corridor?: string;
  readonly crimeArea?: string;
  readonly urgency?: string;
  readonly nation?: string;
  readonly limit?: string;
}

const collect = (value: string, before: readonly string[] = []): readonly string[] => [...before, value];

function pathOf(id: string | undefined): string {
  return encodeURIComponent(id ?? '');
}

/** `blo bulletin send|list|show|withdraw|release`. */
export function addBulletinCommands(cli: Cli): void {
  const bulletin = noun(cli, 'bulletin', 'what the region is told: ways of working, trends and routes');
  officeVerb<Options>(
    cli,
    bulletin,
    'send',
    'tell the region; exits 4 when the gate refuses',
    'officer',
    async (office, { options, context }) =>
      sent(await office.post('/v1/bulletins', await submissionOf(options, context))),
  )
    .option('--file <file>', 'a submission as JSON; - for the standard input')
    .option('--type <word>', 'modus-operandi, trend or route')
    .option('--message <word>', 'alert, update, cancel or correction')
    .option('--crime-area <word>', 'drugs, cyber-scam, document-fraud, ...')
    .option('--corridor <word>', 'golden-triangle, mekong-cyber-scam-centres, ...')
    .option('--urgency <word>', 'immediate, expected, future, past or unknown')
    .option('--headline <text>', 'one line that names nobody')
    .option('--text <text>', 'the rest; it names nobody either')
    .option('--language <tag>', 'language of both; en where it is left out')
    .option('--indicator <word>', 'route-unusual, concealment, ...; may be repeated', collect)
    .option('--point <place>', 'name=latitude,longitude; may be repeated', collect)
    .option('--line <places>', 'name=lat,lon lat,lon ...; may be repeated', collect)
    .option('--area <places>', 'a ring whose last position is its first; may be repeated', collect)
    .option('--precedence <word>', 'flash, immediate, priority or routine')
    .option('--purpose <word>', 'prevention where it is left out')
    .option('--handling <code>', 'H0 or H1')
    .option('--case <reference>', 'case reference')
    .option('--expires <time>', 'when it stops being current, by RFC 3339; in 30 days where it is left out')
    .option('--drill', 'an exercise')
    .option('--supersedes <id>', 'the bulletin that this one updates, cancels or corrects')
    .option('--idempotency-key <key>', 'the same key with the same content sends nothing new');
  officeVerb<ListOptions>(cli, bulletin, 'list', 'what the region was told, the newest first', 'officer', list)
    .option('--direction <word>', 'outbound or inbound')
    .option('--state <word>', 'current, superseded, expired, withdrawn or refused')
    .option('--corridor <word>', 'only that corridor')
    .option('--crime-area <word>', 'only that crime area')
    .option('--urgency <word>', 'only that urgency')
    .option('--nation <code>', 'only offices of that nation: TH')
    .option('--limit <number>', 'the most, 50 where it is left out');
  officeVerb(cli, bulletin, 'show <id>', 'one of them, with what it says', 'officer', async (office, { args }) => {
    const result = await office.get(`/v1/bulletins/${pathOf(args[0])}`);
    const { inWords } = await import('../codes/code-words.ts');
    return { json: result, text: renderBody(inWords(result), '') };
  });
  officeVerb(
    cli,
    bulletin,
    'withdraw <id>',
    'have hubs and subscribers take it away, under your name',
    'officer',
    async (office, { args }) => {
      const result = await office.post(`/v1/bulletins/${pathOf(args[0])}/withdraw`, {});
      return { json: result, text: 'It is withdrawn; hubs are told until each has it.' };
    },
  );
  officeVerb(
    cli,
    bulletin,
    'release <message>',
    'tell the region of an alert that was sent before; exits 4 when the gate refuses',
    'officer',
    async (office, { args }) => {
      const result = await office.post(`/v1/messages/${pathOf(args[0])}/region`, {});
      return sent({ ...result, region: result });
    },
  );
}

/** What became of it, in one line; the exit code tells a script the same. */
function sent(result: JsonRecord): Answer {
  const region = (result['region'] ?? {}) as JsonRecord;
  const withheld = stringsOf(region['withheld']).map(wordOf).join(' ') || '-';
  const row = [
    stringOf(region['outcome']),
    withheld,
    stringsOf(region['policies']).join(' ') || '-',
    stringOf(region['reason']) || '-',
  ];
  return {
    exitCode: region['outcome'] === 'refused' ? ExitCode.REFUSED : ExitCode.OK,
    json: result,
    text: `${stringOf(result['id'])}\n${renderTable(['region', 'withheld', 'policies', 'reason'], [row])}`,
  };
}

async function list(office: OfficeClient, { options }: { readonly options: ListOptions }): Promise<Answer> {
  const { code } = await import('../codes/code-words.ts');
  const result = await office.get('/v1/bulletins', {
    direction: options.direction,
    state: options.state,
    corridor: code('CORRIDOR', options.corridor),
    crimeArea: code('CRIME_AREA', options.crimeArea),
    urgency: code('URGENCY', options.urgency),
    nation: options.nation,
    limit: options.limit,
  });
  const rows = listOf(result['items']).map((item) => {
    const content = ((item['content'] ?? {}) as JsonRecord)['bulletin'] as JsonRecord | undefined;
    return [
      stringOf(item['releasedAt']),
      stringOf(item['origin']),
      wordOf(stringOf(item['corridor'])),
      wordOf(stringOf(item['crimeArea'])),
      wordOf(stringOf(item['urgency'])),
      stringOf(item['state']),
      item['drill'] === true ? 'drill' : '-',
      escapeText(stringOf(content?.['headline']) || '-'),
      stringOf(item['id']),
    ];
  });
  const titles = ['released', 'from', 'corridor', 'crime area', 'urgency', 'state', 'drill', 'headline', 'id'];
  return { json: result, text: rows.length === 0 ? 'Nothing.' : renderTable(titles, rows) };
}

async function submissionOf(options: Options, context: CommandContext): Promise<JsonRecord> {
  const { buildBulletin, readBulletin } = await import('./build-bulletin.ts');
  if (options.file === undefined) return buildBulletin(options);
  const text =
    options.file === '-' ? await context.terminal.readInput() : await readText(resolve(context.cwd, options.file));
  return readBulletin(text, options);
}
