import type { Answer } from '../answer.ts';
import { ExitCode } from '../exit-codes.ts';
import type { OfficeOptions } from '../office-api/find-office.ts';
import { type JsonRecord, listOf, type OfficeClient, stringsOf } from '../office-api/office-client.ts';
import { officeVerb } from '../office-api/office-verb.ts';
import { escapeText } from '../terminal/escape-text.ts';
import { type Cli, noun } from '../verb.ts';
import { renderHeld, renderHeldList } from './render-held.ts';

interface ListOptions extends OfficeOptions {
  readonly direction?: string;
}

interface RejectOptions extends OfficeOptions {
  readonly reason: string;
}

interface ReleaseOptions extends RejectOptions {
  readonly shown: string;
}

/** `blo held list|show|release|reject`. */
export function addHeldCommands(cli: Cli): void {
  const held = noun(cli, 'held', 'crossings that wait for a named person');
  officeVerb<ListOptions>(
    cli,
    held,
    'list',
    'what is held, the most urgent first',
    'officer',
    async (office, { options }) => {
      const result = await office.get('/v1/held', { direction: options.direction });
      const items = listOf(result['items']);
      return { json: result, text: items.length === 0 ? 'Nothing is held.' : renderHeldList(items) };
    },
  ).option('--direction <word>', 'outbound or inbound');
  officeVerb(
    cli,
    held,
    'show <id>',
    'why it is held, what a release would let pass now, and the digest that a release names',
    'officer',
    async (office, { args }) => {
      const result = await office.get(pathOf(args[0]));
      return { json: result, text: renderHeld(result) };
    },
  );
  officeVerb<ReleaseOptions>(
    cli,
    held,
    'release <id>',
    'let exactly what was shown pass, under your name; exits 3 where it takes a second person of another role',
    'supervisor',
    (office, { args, options }) => release(office, pathOf(args[0]), options),
  )
    .requiredOption('--shown <digest>', 'what you looked at, as blo held show prints it')
    .requiredOption('--reason <text>', 'why; stands in the ledger');
  officeVerb<RejectOptions>(
    cli,
    held,
    'reject <id>',
    'end a held crossing, under your name',
    'supervisor',
    async (office, { args, options }) => {
      const result = await office.post(`${pathOf(args[0])}/reject`, { reason: options.reason });
      return { json: result, text: 'It is rejected.' };
    },
  ).requiredOption('--reason <text>', 'why; stands in the ledger');
}

async function release(office: OfficeClient, path: string, { reason, shown }: ReleaseOptions): Promise<Answer> {
  const result = await office.post(`${path}/release`, { reason, shown });
  if (result['resolution'] !== 'approved') return { json: result, text: 'It is released.' };
  return { exitCode: ExitCode.HELD, json: result, text: approvalText(result) };
}

function approvalText(result: JsonRecord): string {
  const lapsed = stringsOf(result['lapsed']).map(escapeText).join(', ');
  const before = lapsed === '' ? '' : `\nThe approval of ${lapsed} lapsed: it was for something else.`;
  return `It is approved, and stays held until a second person of another role releases the same.${before}`;
}

function pathOf(id = ''): string {
  return `/v1/held/${encodeURIComponent(id)}`;
}
