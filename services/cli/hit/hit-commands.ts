import type { Command } from 'commander';
import type { Answer } from '../answer.ts';
import type { OfficeOptions } from '../office-api/find-office.ts';
import { type JsonRecord, listOf, type OfficeClient, stringOf } from '../office-api/office-client.ts';
import { officeVerb } from '../office-api/office-verb.ts';
import { type Cli, noun } from '../verb.ts';
import { type SearchOptions, withSearchOptions } from './search-options.ts';

interface AskOptions extends SearchOptions, OfficeOptions {
  readonly to?: readonly string[];
  readonly precedence?: string;
  readonly wait: string;
}

interface ListOptions extends OfficeOptions {
  readonly asked?: true;
  readonly found?: true;
  readonly owner?: string;
  readonly limit?: string;
}

const LOOK_EVERY_MS = 300;
const MOVING = ['queued', 'sent', 'accepted', 'waiting'];

/** `blo hit ask|list|show|figures`. */
export function addHitCommands(cli: Cli): void {
  const hit = noun(cli, 'hit', 'ask neighbours whether they hold anything on somebody or something');
  withAskOptions(
    officeVerb<AskOptions>(
      cli,
      hit,
      'ask',
      'ask, and wait a little for hit or no-hit; a hit names a case to ask about and nothing else',
      'officer',
      (office, { options }) => ask(office, options),
    ),
  );
  officeVerb<ListOptions>(cli, hit, 'list', 'searches and what came of them, the newest first', 'officer', listSearches)
    .option('--asked', "the neighbours' searches here, with whose lookouts were found")
    .option('--found', 'only those with a hit')
    .option('--owner <name>', 'with --asked: only hits on what that officer or system entered')
    .option('--limit <count>', 'at most so many; 50 where it is left out');
  officeVerb(cli, hit, 'show <id>', 'one search and what came of it', 'officer', async (office, { args }) =>
    shown(await office.get(`/v1/hits/${encodeURIComponent(args[0] ?? '')}`)),
  );
  officeVerb(
    cli,
    hit,
    'figures',
    'counts by neighbour and officer, the same on both sides',
    'auditor',
    async (office) => {
      const { figuresTable } = await import('./render-hits.ts');
      const result = await office.get('/v1/hits/figures');
      return { json: result, text: figuresTable(listOf(result['items']), listOf(result['refusedHere'])) };
    },
  );
}

async function ask(office: OfficeClient, options: AskOptions): Promise<Answer> {
  const { searchBody, searchEnvelope } = await import('./build-search.ts');
  const { code } = await import('../codes/code-words.ts');
  const { CliError } = await import('../errors.ts');
  if (options.to === undefined) throw new CliError('CLI_USAGE', { context: { missing: '--to' } });
  const waitMs = Number(options.wait) * 1000;
  if (!Number.isFinite(waitMs) || waitMs < 0 || waitMs > 3_600_000)
    throw new CliError('CLI_USAGE', { context: { wait: options.wait, allowed: 'seconds, from 0 to 3600' } });
  const result = await office.post('/v1/hits', {
    ...searchEnvelope(options),
    recipients: options.to,
    precedence: code('PRECEDENCE', options.precedence ?? 'immediate'),
    search: searchBody(options),
  });
  const { outcomeAnswer } = await import('../message/render-outcomes.ts');
  const sent = outcomeAnswer(result);
  const search = await resultsWithin(office, stringOf(result['id']), waitMs);
  const answer = await shown(search);
  return {
    ...(sent.exitCode === undefined ? {} : { exitCode: sent.exitCode }),
    json: { ...result, search },
    text: `${sent.text}\n\n${answer.text}`,
  };
}

/** The search as soon as nothing more is on its way, or as it is when the time is up. */
async function resultsWithin(office: OfficeClient, id: string, waitMs: number): Promise<JsonRecord> {
  const until = Date.now() + waitMs;
  for (;;) {
    const search = await office.get(`/v1/hits/${encodeURIComponent(id)}`);
    const moves = listOf(search['offices']).some((entry) => MOVING.includes(stringOf(entry['state'])));
    if (!moves || Date.now() >= until) return search;
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
}

async function listSearches(office: OfficeClient, { options }: { readonly options: ListOptions }): Promise<Answer> {
  const { searchesTable } = await import('./render-hits.ts');
  const result = await office.get('/v1/hits', {
    side: options.asked ? 'asked' : undefined,
    found: options.found ? 'hit' : undefined,
    owner: options.owner,
    limit: options.limit,
  });
  const items = listOf(result['items']);
  return { json: result, text: items.length === 0 ? 'There are no such searches.' : searchesTable(items) };
}

async function shown(search: JsonRecord): Promise<Answer & { readonly text: string }> {
  const { findingsTable } = await import('./render-hits.ts');
  return { json: search, text: findingsTable(search) };
}

function withAskOptions(command: Command): Command {
  const collect = (value: string, before: readonly string[] = []): readonly string[] => [...before, value];
  return withSearchOptions(
    command
      .option('--to <office>', 'a neighbour to ask; may be repeated', collect)
      .option('--precedence <word>', 'flash, immediate, priority or routine; immediate where it is left out')
      .option('--case <reference>', 'your own case reference')
      .option('--wait <seconds>', 'how long to wait for the results', '10'),
  );
}
