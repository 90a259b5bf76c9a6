import type { Answer } from '../answer.ts';
import type { CommandContext } from '../context.ts';
import type { OfficeOptions } from '../office-api/find-office.ts';
import { listOf, type OfficeClient, stringOf } from '../office-api/office-client.ts';
import { officeVerb } from '../office-api/office-verb.ts';
import { renderTable } from '../terminal/render-table.ts';
import type { Cli } from '../verb.ts';
import { followEvents } from './follow-events.ts';

interface ListOptions extends OfficeOptions {
  readonly limit?: string;
  readonly cursor?: string;
  readonly order?: string;
}

interface ShowOptions extends OfficeOptions {
  readonly origin?: string;
}

/** `blo inbox`, `blo outbox`, `blo show`, `blo links`, `blo events`. */
export function addMessageCommands(cli: Cli): void {
  const { program } = cli;
  for (const box of ['inbox', 'outbox'] as const) {
    const what = box === 'inbox' ? 'what came in, the newest first' : 'what this office said, and what became of it';
    officeVerb<ListOptions>(cli, program, box, what, 'officer', (office, { options }) => list(office, box, options))
      .option('--limit <count>', 'how many')
      .option('--cursor <place>', 'go on where the answer before ended')
      .option('--order <order>', 'newest, urgent or due');
  }
  officeVerb<ShowOptions>(
    cli,
    program,
    'show <id>',
    'one message with its custody timeline',
    'officer',
    showMessage,
  ).option('--origin <office>', 'where offices have given the same id to different messages');
  officeVerb(cli, program, 'links', 'how the links to the neighbours stand', 'operator', showLinks);
  officeVerb(cli, program, 'events', 'follow what happens, until Ctrl-C', 'officer', (office, { options, context }) =>
    followEvents(office, options.json === true, context),
  );
}

async function list(
  office: OfficeClient,
  box: 'inbox' | 'outbox',
  options: ListOptions & { readonly json?: true },
): Promise<Answer> {
  const { limit, cursor, order } = options;
  const { inboxTable, outboxTable } = await import('./render-lists.ts');
  const result = await office.get(`/v1/${box}`, {
    limit,
    cursor,
    order,
    include: options.json === true ? undefined : 'content',
  });
  const items = listOf(result['items']);
  const next = stringOf(result['next']);
  const table = box === 'inbox' ? inboxTable(items) : outboxTable(items);
  const more = next === '' ? '' : `\nMore with --cursor ${next}`;
  return { json: result, text: items.length === 0 ? `The ${box} is empty.` : `${table}${more}` };
}

async function showMessage(
  office: OfficeClient,
  input: { args: readonly string[]; options: ShowOptions; context: CommandContext },
): Promise<Answer> {
  const message = await office.get(`/v1/messages/${encodeURIComponent(input.args[0] ?? '')}`, {
    origin: input.options.origin,
  });
  const { renderMessage } = await import('./render-message.ts');
  return { json: message, text: renderMessage(message) };
}

async function showLinks(office: OfficeClient): Promise<Answer> {
  const result = await office.get('/v1/links');
  const rows = listOf(result['items']).map((link) => [
    stringOf(link['office']),
    link['up'] === true ? 'up' : link['up'] === false ? 'down' : 'not known yet',
    stringOf(link['since']) || '-',
    stringOf(link['heardAt']) || 'never',
    link['silent'] === true ? 'silent' : '-',
    String(listOf(link['lanes']).reduce((sum, lane) => sum + Number(lane['waiting'] ?? 0), 0)),
    String(listOf(link['lanes']).reduce((sum, lane) => sum + Number(lane['missing'] ?? 0), 0)),
  ]);
  return {
    json: result,
    text: renderTable(['office', 'link', 'since', 'last heard', 'silence', 'waiting', 'missing'], rows),
  };
}
