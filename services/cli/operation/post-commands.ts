import { Buffer } from 'node:buffer';
import type { Command } from 'commander';
import type { Answer } from '../answer.ts';
import type { CommandContext } from '../context.ts';
import { CliError } from '../errors.ts';
import { ExitCode } from '../exit-codes.ts';
import type { OfficeOptions } from '../office-api/find-office.ts';
import { type JsonRecord, listOf, type OfficeClient } from '../office-api/office-client.ts';
import { officeVerb } from '../office-api/office-verb.ts';
import { readInput } from '../request/request-commands.ts';
import { collect, withSubjectOptions } from '../request/subject-options.ts';
import { escapeText } from '../terminal/escape-text.ts';
import { renderBody } from '../terminal/render-body.ts';
import type { Cli, VerbInput } from '../verb.ts';
import type { PostOptions } from './build-post.ts';

type SayOptions = PostOptions & OfficeOptions;

interface TranscriptOptions extends OfficeOptions {
  readonly lines?: true;
  readonly newest?: string;
}

interface TaskingOptions extends OfficeOptions {
  readonly open?: true;
  readonly of?: string;
}

/** Posts as verbs of their own: what a post of that type is, and in words. */
const SHORT: readonly (readonly [verb: string, type: string, about: string])[] = [
  ['sitrep', 'sitrep', 'report how things stand'],
  ['task', 'tasking', 'as the lead, task members: --for, --due and --text'],
  ['position', 'position', "say where one's own people are: --at or --place"],
  ['sighting', 'sighting', 'say what was seen, and where: --at or --place'],
  ['decide', 'decision', 'as the lead, say what is decided'],
  ['warning', 'warning', 'warn of a consignment or a means of transport'],
  ['feedback', 'feedback', 'say what came of a warning: --answers'],
  ['seizure', 'seizure', 'say what was seized: --seized'],
  ['lesson', 'lesson', 'say what should be done better, for the after-action report'],
];

/** What a tasked office says of its tasking. */
const ANSWERS: readonly (readonly [verb: string, state: string, about: string])[] = [
  ['accept', 'accepted', 'take a tasking on'],
  ['decline-task', 'declined', 'say that this office cannot do it'],
  ['done', 'done', 'say that it is done'],
];

/** `blo operation post|preview|sitrep|task|...|accept|decline-task|done|transcript|read|taskings|roster|log`. */
export function addPostCommands(cli: Cli, operation: Command): void {
  const about = 'say something to all members; exits 3 when a copy is held, 4 when all are refused';
  withPostOptions(
    officeVerb<SayOptions>(cli, operation, 'post <operation>', about, 'officer', (office, input) => say(office, input)),
  ).option(
    '--type <word>',
    'sitrep, position, sighting, message, warning, feedback, seizure, ...; message where it is left out',
  );
  withPostOptions(
    officeVerb<SayOptions>(
      cli,
      operation,
      'preview <operation>',
      "show each member's exact copy of a post; nothing is sent",
      'officer',
      preview,
    ),
  ).option('--type <word>', 'as of post');
  for (const [verb, type, words] of SHORT)
    withPostOptions(
      officeVerb<SayOptions>(cli, operation, `${verb} <operation>`, words, 'officer', (office, input) =>
        say(office, { ...input, options: { ...input.options, type } }),
      ),
    );
  for (const [verb, state, words] of ANSWERS)
    withPostOptions(
      officeVerb<SayOptions>(cli, operation, `${verb} <operation> <tasking>`, words, 'officer', (office, input) =>
        say(
          office,
          { ...input, options: { ...input.options, type: 'tasking-answer', answers: input.args[1] ?? '' } },
          state,
        ),
      ),
    );
  officeVerb<TranscriptOptions>(
    cli,
    operation,
    'transcript <operation>',
    'everything that was said, in the one order of all members',
    'officer',
    transcript,
  )
    .option('--newest <count>', 'only so many posts, the last ones')
    .option('--lines', 'the exact text that the digest is over');
  officeVerb(
    cli,
    operation,
    'read <operation> <post>',
    'open one post, <office>/<number> as the transcript has it; its sender learns it',
    'officer',
    read,
  );
  officeVerb<TaskingOptions>(cli, operation, 'taskings <operation>', 'who is to do what by when', 'officer', taskings)
    .option('--of <office>', 'only those for that office')
    .option('--open', 'only those that are neither done nor declined by all');
  officeVerb(
    cli,
    operation,
    'roster <operation>',
    'who takes part, and how they are reached',
    'officer',
    async (office, { args }) => {
      const { renderRoster } = await import('./render-transcript.ts');
      const result = await office.get(`${pathOf(args[0])}/roster`);
      return { json: result, text: renderRoster(listOf(result['items'])) };
    },
  );
  officeVerb(
    cli,
    operation,
    'log <operation>',
    'acts and posts in the order of their times',
    'officer',
    async (office, { args }) => {
      const { renderLog } = await import('./render-transcript.ts');
      const result = await office.get(`${pathOf(args[0])}/log`);
      return { json: result, text: renderLog(listOf(result['items'])) };
    },
  );
}

function pathOf(id = ''): string {
  return `/v1/operations/${encodeURIComponent(id)}`;
}

/** The first crime area of the charter: what a post is about where nothing else is said. @throws CliError CLI_API_ANSWER_INVALID. */
async function crimeAreaOf(office: OfficeClient, operation: string | undefined): Promise<string> {
  const { payload } = await office.get(`${pathOf(operation)}/charter`);
  try {
    const charter = JSON.parse(Buffer.from(String(payload), 'base64url').toString('utf8')) as JsonRecord;
    const [first] = charter['crimeAreas'] as readonly unknown[];
    if (typeof first === 'string') return first;
  } catch {
    // Said below.
  }
  throw new CliError('CLI_API_ANSWER_INVALID', { context: { path: `${pathOf(operation)}/charter` } });
}

async function submissionOf(
  office: OfficeClient,
  { args, options, context }: { args: readonly string[]; options: SayOptions; context: CommandContext },
  tasking?: string,
): Promise<JsonRecord> {
  const { buildPost, readPost } = await import('./build-post.ts');
  const said = await withAnswered(office, args[0] ?? '', options);
  if (said.file !== undefined) return readPost(await readInput(said.file, context), said);
  const area = said.crimeArea === undefined ? await crimeAreaOf(office, args[0]) : '';
  return buildPost(said, area, tasking, Date.now());
}

/** The same, with the post that is answered by its id. */
async function withAnswered(office: OfficeClient, operation: string, options: SayOptions): Promise<SayOptions> {
  if (options.answers?.includes('/') !== true) return options;
  const { findPost } = await import('./find-post.ts');
  const { origin, id } = await findPost(office, operation, options.answers);
  return { ...options, answers: `${origin}/${id}` };
}

async function say(office: OfficeClient, input: VerbInput<SayOptions>, tasking?: string): Promise<Answer> {
  const { outcomeAnswer } = await import('../message/render-outcomes.ts');
  return outcomeAnswer(await office.post(`${pathOf(input.args[0])}/posts`, await submissionOf(office, input, tasking)));
}

async function preview(office: OfficeClient, input: VerbInput<SayOptions>): Promise<Answer> {
  const { outcomeAnswer } = await import('../message/render-outcomes.ts');
  const { inWords } = await import('../codes/code-words.ts');
  const result = await office.post(`${pathOf(input.args[0])}/preview`, await submissionOf(office, input));
  const answer = outcomeAnswer(result);
  const copies = listOf(result['copies']).map(
    ({ office: to, post }) =>
      `\n\nCopy for ${escapeText(String(to))}\n${post === null ? '  none' : renderBody(inWords(post), '  ')}`,
  );
  return { ...answer, text: `${answer.text}${copies.join('')}` };
}

async function transcript(
  office: OfficeClient,
  { args, options }: { args: readonly string[]; options: TranscriptOptions & { readonly json?: true } },
): Promise<Answer> {
  const path = `${pathOf(args[0])}/transcript`;
  if (options.lines === true) {
    const text = await (await office.open(`${path}?format=lines`, {})).text();
    return { json: { lines: text.split('\n').filter((line) => line !== '') }, text: text.trimEnd() };
  }
  const { renderTranscript } = await import('./render-transcript.ts');
  const result = await office.get(path, {
    newest: options.newest,
    include: options.json === true ? undefined : 'content',
  });
  return {
    json: result,
    text: renderTranscript(result),
    exitCode: listOf(result['forks']).length > 0 ? ExitCode.REFUSED : ExitCode.OK,
  };
}

async function read(office: OfficeClient, { args }: { args: readonly string[] }): Promise<Answer> {
  const { findPost } = await import('./find-post.ts');
  const { origin, id } = await findPost(office, args[0] ?? '', args[1] ?? '');
  const { renderPost } = await import('./render-transcript.ts');
  const post = await office.get(`${pathOf(args[0])}/posts/${encodeURIComponent(origin)}/${encodeURIComponent(id)}`);
  const isOfOthers = post['by'] === null;
  if (isOfOthers && post['contentState'] === 'present')
    await office.post(`/v1/messages/${encodeURIComponent(id)}/retrieved?origin=${encodeURIComponent(origin)}`, {});
  return { json: post, text: renderPost(post) };
}

async function taskings(
  office: OfficeClient,
  { args, options }: { args: readonly string[]; options: TaskingOptions },
): Promise<Answer> {
  const { renderTaskings } = await import('./render-transcript.ts');
  const result = await office.get(`${pathOf(args[0])}/taskings`, {
    office: options.of,
    open: options.open === true ? 'true' : undefined,
  });
  return { json: result, text: renderTaskings(listOf(result['items'])) };
}

function withPostOptions(command: Command): Command {
  return withSubjectOptions(command)
    .option('--file <file>', 'a post as JSON; - for the standard input')
    .option('--text <text>', 'in words')
    .option('--headline <text>', 'one line that names nobody')
    .option('--language <tag>', 'language of the text; en where it is left out')
    .option('--answers <post>', 'the post that it answers: <office>/<number>, or its id')
    .option('--for <office>', 'of a tasking: who is to do it; may be repeated', collect)
    .option('--due <time>', 'of a tasking: by when, by RFC 3339, or from now: 30m, 2h, 1d')
    .option('--at <latitude,longitude>', 'where, in degrees')
    .option('--place <name>', 'where, by name')
    .option('--occurred <time>', 'when it happened or is expected, by RFC 3339')
    .option('--outcome <word=count>', 'seizure, arrest, victim-found, check: what came of it; may be repeated', collect)
    .option('--seized <fields>', 'description=..;hs=..;quantity=..;unit=kg; may be repeated', collect)
    .option('--attach <file>', 'a file that was handed in before, by its name here; may be repeated', collect)
    .option('--crime-area <word>', "the charter's first where it is left out")
    .option('--precedence <word>', 'flash, immediate, priority or routine')
    .option('--purpose <word>', "why the data is processed; the charter's first where it is left out")
    .option('--handling <code>', 'H0, H1, H2 or H3')
    .option('--caveat <text>', 'the restriction in words, for H3')
    .option('--case <reference>', 'case reference')
    .option('--drill', 'it is an exercise; must be said of every post of one')
    .option('--idempotency-key <key>', 'the same key with the same content sends nothing new');
}
