import { resolve } from 'node:path';
import type { Command } from 'commander';
import type { Answer } from '../answer.ts';
import type { CommandContext } from '../context.ts';
import { readText } from '../home/files.ts';
import type { OfficeOptions } from '../office-api/find-office.ts';
import { type JsonRecord, listOf, type OfficeClient, stringOf } from '../office-api/office-client.ts';
import { officeVerb } from '../office-api/office-verb.ts';
import { escapeText } from '../terminal/escape-text.ts';
import { renderBody } from '../terminal/render-body.ts';
import { type Cli, noun } from '../verb.ts';
import type { AlertOptions } from './build-submission.ts';

type Options = AlertOptions & OfficeOptions;

/** `blo alert send|preview`. */
export function addAlertCommands(cli: Cli): void {
  const alert = noun(cli, 'alert', 'tell the office across the border');
  withAlertOptions(
    officeVerb<Options>(
      cli,
      alert,
      'send',
      'send an alert; exits 3 when a copy is held, 4 when all are refused',
      'officer',
      sendAlert,
    ),
  );
  withAlertOptions(
    officeVerb<Options>(
      cli,
      alert,
      'preview',
      "show each recipient's exact copy; nothing is sent",
      'officer',
      previewAlert,
    ),
  );
}

async function sendAlert(
  office: OfficeClient,
  { options, context }: { options: Options; context: CommandContext },
): Promise<Answer> {
  const { outcomeAnswer } = await import('../message/render-outcomes.ts');
  const result = await office.post('/v1/alerts', await submissionOf(options, context));
  const answer = outcomeAnswer(result);
  return { ...answer, text: `${answer.text}${pastHold(result, options)}` };
}

function pastHold(result: JsonRecord, { emergency }: Options): string {
  if (result['emergency'] === true) return '\nIt went past the hold; the oversight of both offices reviews it.';
  return emergency === undefined ? '' : '\nNothing held it, so it is no emergency and nobody reviews it.';
}

async function previewAlert(
  office: OfficeClient,
  { options, context }: { options: Options; context: CommandContext },
): Promise<Answer> {
  const result = await office.post('/v1/preview', await submissionOf(options, context));
  const { outcomeAnswer } = await import('../message/render-outcomes.ts');
  const { inWords } = await import('../codes/code-words.ts');
  const copies = listOf(result['copies']).map(
    (copy) =>
      `\n\nCopy for ${escapeText(stringOf(copy['office']))}\n${copy['alert'] === null ? '  none' : renderBody(inWords(copy['alert']), '  ')}`,
  );
  const answer = outcomeAnswer(result);
  return { ...answer, text: `${answer.text}${copies.join('')}` };
}

async function submissionOf(options: Options, context: CommandContext): Promise<JsonRecord> {
  const { buildSubmission, readSubmission } = await import('./build-submission.ts');
  if (options.file === undefined) return buildSubmission(options);
  const text =
    options.file === '-' ? await context.terminal.readInput() : await readText(resolve(context.cwd, options.file));
  return readSubmission(text, options);
}

function withAlertOptions(command: Command): Command {
  const collect = (value: string, before: readonly string[] = []): readonly string[] => [...before, value];
  return command
    .option('--file <file>', 'a submission as JSON; - for the standard input')
    .option('--to <office>', 'a recipient; may be repeated; not needed with --supersedes', collect)
    .option('--precedence <word>', 'flash, immediate, priority or routine')
    .option('--purpose <word>', 'why the data is processed: investigation, victim-protection, life-safety, ...')
    .option('--handling <code>', 'H0, H1, H2 or H3')
    .option('--caveat <text>', 'the restriction in words, for H3')
    .option('--case <reference>', 'case reference')
    .option('--expires <time>', 'when it stops being current, by RFC 3339')
    .option('--drill', 'an exercise')
    .option('--region', 'tell the region too, without personal data')
    .option(
      '--emergency <reason>',
      'a life is in danger: goes past the hold in your name (purpose life-safety), and oversight on both sides reviews it',
    )
    .option('--idempotency-key <key>', 'the same key with the same content sends nothing new')
    .option('--supersedes <id>', 'the message that this one updates, cancels or corrects; goes to all who have it')
    .option('--type <word>', 'alert, update, cancel or correction')
    .option('--crime-area <word>', 'drugs, people-smuggling, document-fraud, ...')
    .option('--urgency <word>', 'immediate, expected, future, past or unknown')
    .option('--severity <word>', 'extreme, severe, moderate, minor or unknown')
    .option('--certainty <word>', 'observed, likely, possible, unlikely or unknown')
    .option('--corridor <word>', 'golden-triangle, mekong-cyber-scam-centres, ...')
    .option('--headline <text>', 'one line that names nobody')
    .option('--narrative <text>', 'what happened')
    .option('--language <tag>', 'language of the narrative; en where it is left out')
    .option('--action <word>', 'what is asked for: observe, inspect, call-back, ...; may be repeated', collect)
    .option(
      '--person <fields>',
      'family=..;given=..;born=1988-04-12;nationality=TH;role=suspect; may be repeated',
      collect,
    )
    .option('--vehicle <fields>', 'registration=..;type=pickup;make=..;role=means; may be repeated', collect);
}
