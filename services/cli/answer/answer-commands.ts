import type { Command } from 'commander';
import type { Answer } from '../answer.ts';
import type { OfficeOptions } from '../office-api/find-office.ts';
import { listOf, type OfficeClient, stringOf } from '../office-api/office-client.ts';
import { officeVerb } from '../office-api/office-verb.ts';
import { previewAnswer, readInput } from '../request/request-commands.ts';
import { collect, withSubjectOptions } from '../request/subject-options.ts';
import { type Cli, noun, type VerbInput } from '../verb.ts';
import type { AnswerOptions } from './build-answer.ts';

type SendOptions = AnswerOptions & OfficeOptions;

interface ListOptions extends OfficeOptions {
  readonly request?: string;
  readonly peer?: string;
  readonly side?: string;
  readonly limit?: string;
  readonly cursor?: string;
}

/** `blo answer send|preview|list`. */
export function addAnswerCommands(cli: Cli): void {
  const answer = noun(cli, 'answer', 'answer what the office across the border asks');
  const send = 'answer a request, in whole or in part; exits 3 when it is held, 4 when it is refused';
  withAnswerOptions(
    officeVerb<SendOptions>(cli, answer, 'send <request>', send, 'officer', async (office, input) => {
      const { outcomeAnswer } = await import('../message/render-outcomes.ts');
      return outcomeAnswer(await office.post('/v1/answers', await submissionOf(office, input)));
    }),
  );
  withAnswerOptions(
    officeVerb<SendOptions>(
      cli,
      answer,
      'preview <request>',
      'show what the asking office would get; nothing is sent',
      'officer',
      async (office, input) =>
        previewAnswer(await office.post('/v1/answers/preview', await submissionOf(office, input)), 'answer'),
    ),
  );
  officeVerb<ListOptions>(cli, answer, 'list', 'answers given and received, the newest first', 'officer', list)
    .option('--request <id>', 'only answers to that request')
    .option('--side <side>', 'asking: to what this office asked; asked: to what it was asked')
    .option('--peer <office>', 'only those with that office')
    .option('--limit <count>', 'how many')
    .option('--cursor <place>', 'go on where the answer before ended');
}

async function submissionOf(
  office: OfficeClient,
  { args, options, context }: VerbInput<SendOptions>,
): Promise<unknown> {
  const { buildAnswer, withAnswerOptions: withOptions } = await import('./build-answer.ts');
  const { parseRecord } = await import('../request/build-request.ts');
  const request = await office.get(`/v1/requests/${encodeURIComponent(args[0] ?? '')}`, { origin: options.origin });
  if (options.file === undefined) return buildAnswer(request, options);
  return withOptions(parseRecord(await readInput(options.file, context), options.file), request, options);
}

async function list(office: OfficeClient, { options }: VerbInput<ListOptions>): Promise<Answer> {
  const { answerTable } = await import('../request/render-request.ts');
  const { request, side, peer, limit, cursor } = options;
  const result = await office.get('/v1/answers', { request, side, office: peer, limit, cursor });
  const items = listOf(result['items']);
  const next = stringOf(result['next']);
  const more = next === '' ? '' : `\nMore with --cursor ${next}`;
  return { json: result, text: items.length === 0 ? 'There are no answers.' : `${answerTable(items)}${more}` };
}

function withAnswerOptions(command: Command): Command {
  return withSubjectOptions(command)
    .option('--origin <office>', 'the office that asks, where two have given the same id')
    .option('--file <file>', 'a submission as JSON; - for the standard input')
    .option(
      '--result <text>',
      '1=answered, 2=partly, 3=nothing-held, 4=withheld:national-security, 5=refused:..; may be repeated',
      collect,
    )
    .option(
      '--text <text>',
      '"1=Twice." or "1 V1=Twice.": question, labels of subjects, text; may be repeated',
      collect,
    )
    .option('--language <tag>', 'language of the texts; en where it is left out')
    .option('--source <word>', 'evaluation of the source: a, b, c or x')
    .option('--information <word>', 'evaluation of the information: 1, 2, 3 or 4')
    .option('--precedence <word>', "the request's where it is left out")
    .option('--handling <code>', "the request's where it is left out, or a stricter one")
    .option('--caveat <text>', 'the restriction in words, for H3')
    .option('--case <reference>', "the request's where it is left out")
    .option('--idempotency-key <key>', 'the same key with the same content sends nothing new');
}
