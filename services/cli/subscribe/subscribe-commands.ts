import type { Answer } from '../answer.ts';
import { code, wordOf } from '../codes/code-words.ts';
import type { OfficeOptions } from '../office-api/find-office.ts';
import { type JsonRecord, listOf, stringOf, stringsOf } from '../office-api/office-client.ts';
import { officeVerb } from '../office-api/office-verb.ts';
import { escapeText } from '../terminal/escape-text.ts';
import { renderTable } from '../terminal/render-table.ts';
import { type Cli, noun } from '../verb.ts';

interface SubscribeOptions extends OfficeOptions {
  readonly hub?: readonly string[];
  readonly corridor?: readonly string[];
  readonly crimeArea?: readonly string[];
  readonly nation?: readonly string[];
  readonly urgency?: readonly string[];
  readonly language?: readonly string[];
  readonly backfill?: string;
}

const collect = (value: string, before: readonly string[] = []): readonly string[] => [...before, value];

function words(list: string, given: readonly string[] | undefined): readonly string[] {
  return (given ?? []).map((word) => code(list, word));
}

/** `blo subscribe`, and `blo subscription list|end|standing`. */
export function addSubscribeCommands(cli: Cli): void {
  officeVerb<SubscribeOptions>(
    cli,
    cli.program,
    'subscribe',
    'ask the region for what the agreement lets this office have; all of it, where nothing is said',
    'supervisor',
    async (office, { options }) =>
      subscriptionsAnswer(
        await office.post('/v1/subscriptions', {
          hubs: options.hub ?? [],
          corridors: words('CORRIDOR', options.corridor),
          crimeAreas: words('CRIME_AREA', options.crimeArea),
          nations: options.nation ?? [],
          urgencies: words('URGENCY', options.urgency),
          languages: options.language ?? [],
          backfillDays: Number(options.backfill ?? 0),
        }),
      ),
  )
    .option('--hub <hub>', 'only with that hub; may be repeated', collect)
    .option('--corridor <word>', 'golden-triangle, ...; may be repeated', collect)
    .option('--crime-area <word>', 'drugs, ...; may be repeated', collect)
    .option('--nation <code>', 'only what offices of that nation say: TH; may be repeated', collect)
    .option('--urgency <word>', 'immediate, ...; may be repeated', collect)
    .option('--language <tag>', 'only what is written in it: th; may be repeated', collect)
    .option('--backfill <days>', 'how many days back it begins; now where it is left out');
  const subscription = noun(cli, 'subscription', 'what this office asks the region for');
  officeVerb(cli, subscription, 'list', 'subscriptions, ended ones included', 'officer', async (office) =>
    subscriptionsAnswer(await office.get('/v1/subscriptions')),
  );
  officeVerb(
    cli,
    subscription,
    'end <id>',
    'take nothing more for it, under your name',
    'supervisor',
    async (office, { args }) =>
      subscriptionsAnswer(await office.post(`/v1/subscriptions/${encodeURIComponent(args[0] ?? '')}/end`, {})),
  );
  officeVerb(
    cli,
    subscription,
    'standing',
    'hubs, how far this office is with each, and what is wrong',
    'officer',
    async (office) => {
      const result = await office.get('/v1/region');
      return { json: result, text: standingText(result) };
    },
  );
}

function subscriptionsAnswer(result: JsonRecord): Answer {
  const named = (item: JsonRecord, field: string): string => stringsOf(item[field]).map(wordOf).join(' ') || 'all';
  const rows = listOf(result['items']).map((item) => [
    stringOf(item['hub']),
    item['ended'] === true ? 'ended' : item['taken'] === true ? 'taken' : 'waits for the hub',
    named(item, 'corridors'),
    named(item, 'crimeAreas'),
    named(item, 'nations'),
    named(item, 'urgencies'),
    named(item, 'languages'),
    stringOf(item['id']),
  ]);
  const titles = ['hub', 'state', 'corridors', 'crime areas', 'nations', 'urgencies', 'languages', 'id'];
  return { json: result, text: rows.length === 0 ? 'Nothing is asked for.' : renderTable(titles, rows) };
}

function standingText(result: JsonRecord): string {
  const text = (value: unknown): string => (value === null || value === undefined ? '-' : String(value));
  const hubs = listOf(result['hubs']).map((hub) =>
    ['hub', 'heardAt', 'cursor', 'through', 'size', 'waiting'].map((field) => text(hub[field])),
  );
  const findings = listOf(result['findings']).map((finding) =>
    ['code', 'hub', 'office', 'detail', 'since'].map((field) => escapeText(text(finding[field]))),
  );
  const parts = [
    hubs.length === 0
      ? 'This office has no hub.'
      : renderTable(['hub', 'heard', 'cursor', 'through', 'size', 'waiting'], hubs),
    findings.length === 0
      ? 'Nothing is wrong.'
      : renderTable(['finding', 'hub', 'office', 'detail', 'since'], findings),
  ];
  return parts.join('\n\n');
}
