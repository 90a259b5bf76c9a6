import { resolve } from 'node:path';
import type { Command } from 'commander';
import type { Answer } from '../answer.ts';
import type { CommandContext } from '../context.ts';
import { readText } from '../home/files.ts';
import type { OfficeOptions } from '../office-api/find-office.ts';
import { type JsonRecord, listOf, type OfficeClient, recordIn, stringOf } from '../office-api/office-client.ts';
import { officeVerb } from '../office-api/office-verb.ts';
import { escapeText } from '../terminal/escape-text.ts';
import { renderBody } from '../terminal/render-body.ts';
import { type Cli, noun } from '../verb.ts';
import type { RequestOptions, StepOptions } from './build-request.ts';
import { collect, withSubjectOptions } from './subject-options.ts';

type SendOptions = RequestOptions & OfficeOptions;

interface ListOptions extends OfficeOptions {
  readonly side?: string;
  readonly state?: string;
  readonly peer?: string;
  readonly open?: true;
  readonly overdue?: true;
  readonly limit?: string;
  readonly cursor?: string;
}

interface OneOptions extends StepOptions, OfficeOptions {
  readonly origin?: string;
}

/** The steps that people take, as verbs. */
const STEPS: readonly (readonly [verb: string, action: string, about: string, done: string])[] = [
  ['ack', 'REQUEST_ACTION_ACKNOWLEDGE', 'take a request on and say who deals with it', 'It is acknowledged.'],
  ['ask', 'REQUEST_ACTION_ASK_CLARIFICATION', 'ask the office that asks to say more', 'The question is on its way.'],
  ['clarify', 'REQUEST_ACTION_CLARIFY', 'say more to what this office asks', 'The clarification is on its way.'],
  ['refuse', 'REQUEST_ACTION_REFUSE', 'refuse all of a request, with a ground', 'It is refused.'],
  ['withdraw', 'REQUEST_ACTION_WITHDRAW', 'say that no answer is needed any more', 'It is withdrawn.'],
];

/** `blo request send|preview|list|show|ack|ask|clarify|refuse|withdraw|figures`. */
export function addRequestCommands(cli: Cli): void {
  const request = noun(cli, 'request', 'ask the office across the border for information, within a time limit');
  const send = 'send a request; exits 3 when a copy is held, 4 when all are refused';
  withRequestOptions(officeVerb<SendOptions>(cli, request, 'send', send, 'officer', sendRequest));
  const preview = "show each recipient's exact copy; nothing is sent";
  withRequestOptions(officeVerb<SendOptions>(cli, request, 'preview', preview, 'officer', previewRequest));
  officeVerb<ListOptions>(cli, request, 'list', 'requests of this office and to it, the newest first', 'officer', list)
    .option('--side <side>', 'asking: what this office asks; asked: what it is asked')
    .option('--state <state>', 'only those in that state: delivered, acknowledged, answered, ...')
    .option('--peer <office>', 'only those with that office')
    .option('--open', 'only those that wait for an answer')
    .option('--overdue', 'only those past their time limit that wait for an answer')
    .option('--limit <count>', 'how many')
    .option('--cursor <place>', 'go on where the answer before ended');
  officeVerb<OneOptions>(
    cli,
    request,
    'show <id>',
    'one request, its clock and all that was said of it',
    'officer',
    show,
  ).option('--origin <office>', 'where two offices have given the same id');
  officeVerb(cli, request, 'figures', 'how requests with each neighbour go', 'officer', figures);
  for (const [verb, action, about, done] of STEPS)
    withStepOptions(
      officeVerb<OneOptions>(cli, request, `${verb} <id>`, about, 'officer', (office, input) =>
        step(office, input, action, done),
      ),
      verb,
    );
}

async function sendRequest(
  office: OfficeClient,
  { options, context }: { options: SendOptions; context: CommandContext },
): Promise<Answer> {
  const { outcomeAnswer } = await import('../message/render-outcomes.ts');
  return outcomeAnswer(await office.post('/v1/requests', await submissionOf(options, context)));
}

async function previewRequest(
  office: OfficeClient,
  { options, context }: { options: SendOptions; context: CommandContext },
): Promise<Answer> {
  const result = await office.post('/v1/requests/preview', await submissionOf(options, context));
  return previewAnswer(result, 'request');
}

/** The copies of a preview, as their readers would see them. */
export async function previewAnswer(result: JsonRecord, body: 'request' | 'answer'): Promise<Answer> {
  const { outcomeAnswer } = await import('../message/render-outcomes.ts');
  const { inWords } = await import('../codes/code-words.ts');
  const answer = outcomeAnswer(result);
  const copies = listOf(result['copies']).map(
    (copy) =>
      `\n\nCopy for ${escapeText(stringOf(copy['office']))}\n${copy[body] === null ? '  none' : renderBody(inWords(copy[body]), '  ')}`,
  );
  return { ...answer, text: `${answer.text}${copies.join('')}` };
}

async function submissionOf(options: SendOptions, context: CommandContext): Promise<JsonRecord> {
  const { buildRequest, readRequest } = await import('./build-request.ts');
  return options.file === undefined
    ? buildRequest(options)
    : readRequest(await readInput(options.file, context), options);
}

/** The text of a file, or of the standard input for `-`. @throws CliError CLI_FILE_UNREADABLE. */
export async function readInput(file: string, context: CommandContext): Promise<string> {
  return file === '-' ? await context.terminal.readInput() : await readText(resolve(context.cwd, file));
}

async function list(
  office: OfficeClient,
  { options }: { options: ListOptions & { readonly json?: true } },
): Promise<Answer> {
  const { requestTable } = await import('./render-request.ts');
  const result = await office.get('/v1/requests', {
    side: options.side,
    state: options.state,
    office: options.peer,
    open: options.open === true ? 'true' : undefined,
    overdue: options.overdue === true ? 'true' : undefined,
    limit: options.limit,
    cursor: options.cursor,
    include: options.json === true ? undefined : 'content',
  });
  const items = listOf(result['items']);
  const next = stringOf(result['next']);
  const more = next === '' ? '' : `\nMore with --cursor ${next}`;
  return { json: result, text: items.length === 0 ? 'There are no such requests.' : `${requestTable(items)}${more}` };
}

async function show(
  office: OfficeClient,
  { args, options }: { args: readonly string[]; options: OneOptions },
): Promise<Answer> {
  const { renderRequest } = await import('./render-request.ts');
  const request = await office.get(`/v1/requests/${encodeURIComponent(args[0] ?? '')}`, { origin: options.origin });
  return { json: request, text: renderRequest(request) };
}

async function figures(office: OfficeClient): Promise<Answer> {
  const { renderTable } = await import('../terminal/render-table.ts');
  const result = await office.get('/v1/requests/figures');
  const hours = (times: unknown): string => {
    const { count, medianSeconds, ninetiethSeconds } = recordIn(times);
    return count === 0
      ? '-'
      : `${(Number(medianSeconds) / 3600).toFixed(1)} / ${(Number(ninetiethSeconds) / 3600).toFixed(1)} h`;
  };
  const counts = ['open', 'overdue', 'answered', 'refused', 'withdrawn', 'expired', 'late'] as const;
  const rows = listOf(result['items']).map((each) => [
    stringOf(each['office']),
    stringOf(each['side']),
    ...counts.map((name) => String(each[name])),
    hours(each['toAcknowledge']),
    hours(each['toAnswer']),
  ]);
  const table = renderTable(['office', 'side', ...counts, 'acknowledged in', 'answered in'], rows);
  return {
    json: result,
    text: rows.length === 0 ? 'There are no requests.' : `${table}\nTimes: half of them / nine of ten.`,
  };
}

async function step(
  office: OfficeClient,
  { args, options }: { args: readonly string[]; options: OneOptions },
  action: string,
  done: string,
): Promise<Answer> {
  const { buildStep } = await import('./build-request.ts');
  const { outcomeAnswer } = await import('../message/render-outcomes.ts');
  const origin = options.origin === undefined ? '' : `?origin=${encodeURIComponent(options.origin)}`;
  const path = `/v1/requests/${encodeURIComponent(args[0] ?? '')}/steps${origin}`;
  const answer = outcomeAnswer(await office.post(path, buildStep(action, options)));
  return answer.exitCode === 0 ? { ...answer, text: `${done}\n${answer.text}` } : answer;
}

function withStepOptions(command: Command, verb: string): Command {
  command
    .option('--origin <office>', 'where two offices have given the same id')
    .option('--language <tag>', 'language of the text; en where it is left out')
    .option('--idempotency-key <key>', 'the same key with the same content sends nothing new');
  if (verb === 'ack') command.requiredOption('--assignee <name>', 'who deals with it; no personal name');
  if (verb === 'refuse')
    command.requiredOption('--ground <word>', 'national-security, ongoing-investigation, not-available, ...');
  if (verb === 'clarify' || verb === 'withdraw')
    command.option('--to <office>', 'only towards that office; may be repeated', collect);
  return verb === 'ask' || verb === 'clarify'
    ? command.requiredOption('--text <text>', 'what is to be clarified, or its clarification')
    : command.option('--text <text>', 'in words');
}

function withRequestOptions(command: Command): Command {
  return withSubjectOptions(command)
    .option('--file <file>', 'a submission as JSON; - for the standard input')
    .option('--to <office>', 'an office that is asked; may be repeated', collect)
    .option('--class <word>', 'urgent (8 hours), prompt (3 days) or regular (7 days); regular where it is left out')
    .option('--answer-by <time>', 'an earlier time limit, by RFC 3339')
    .option('--crime-area <word>', 'drugs, people-smuggling, stolen-vehicles, ...')
    .option('--basis <word>', 'agreement, national-law, court-order or vital-interest')
    .option('--basis-reference <text>', 'the article, section or order')
    .option(
      '--question <text>',
      '"vehicle V1: Has it crossed?": type, labels of subjects, text; may be repeated',
      collect,
    )
    .option('--accept <tag>', 'a language in which an answer can be read; may be repeated', collect)
    .option('--headline <text>', 'one line that names nobody')
    .option('--text <text>', 'what it is about, and why it is asked')
    .option('--language <tag>', 'language of the text; en where it is left out')
    .option('--precedence <word>', 'flash, immediate, priority or routine')
    .option('--purpose <word>', 'why the data is processed: investigation, victim-protection, life-safety, ...')
    .option('--handling <code>', 'H0, H1, H2 or H3')
    .option('--caveat <text>', 'the restriction in words, for H3')
    .option('--case <reference>', 'case reference')
    .option(
      '--expires <time>',
      'when it is closed whatever became of it; a week after the time limit where it is left out',
    )
    .option('--drill', 'an exercise')
    .option('--idempotency-key <key>', 'the same key with the same content sends nothing new');
}
