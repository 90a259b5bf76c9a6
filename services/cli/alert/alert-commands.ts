import { resolve } from 'node:path';
import type { Command } from 'commander';
import type { Answer } from '../answer.ts';
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
import { type AlertOptions, buildSubmission, readSubmission } from './build-submission.ts';

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
  const result = await office.post('/v1/alerts', await submissionOf(options, context));
  const recipients = listOf(result['recipients']);
  return {
    exitCode: exitCodeFor(recipients),
    json: result,
    text: `${stringOf(result['id'])}\n${outcomes(recipients)}`,
  };
}

async function previewAlert(
  office: OfficeClient,
  { options, context }: { options: Options; context: CommandContext },
): Promise<Answer> {
  const result = await office.post('/v1/preview', await submissionOf(options, context));
  const recipients = listOf(result['recipients']);
  const copies = listOf(result['copies']).map(
    (copy) =>
      `\n\nCopy for ${escapeText(stringOf(copy['office']))}\n${copy['alert'] === null ? '  none' : renderBody(copy['alert'], '  ')}`,
  );
  return { exitCode: exitCodeFor(recipients), json: result, text: `${outcomes(recipients)}${copies.join('')}` };
}

async function submissionOf(options: Options, context: CommandContext): Promise<JsonRecord> {
  if (options.file === undefined) return buildSubmission(options);
  const text =
    options.file === '-' ? await context.terminal.readInput() : await readText(resolve(context.cwd, options.file));
  return readSubmission(text, options);
}

function outcomes(recipients: readonly JsonRecord[]): string {
  return renderTable(
    ['to', 'outcome', 'withheld', 'policies', 'reason'],
    recipients.map((recipient) => [
      stringOf(recipient['office']),
      stringOf(recipient['outcome']),
      stringsOf(recipient['withheld']).map(shortCategory).join(' ') || '-',
      stringsOf(recipient['policies']).join(' ') || '-',
      stringOf(recipient['reason']) || '-',
    ]),
  );
}

/** `DATA_CATEGORY_FREE_TEXT` as people say it. */
function shortCategory(name: string): string {
  return name
    .replace(/^DATA_CATEGORY_/, '')
    .toLowerCase()
    .replaceAll('_', '-');
}

function exitCodeFor(recipients: readonly JsonRecord[]): ExitCode {
  const all = recipients.map((recipient) => recipient['outcome']);
  if (all.includes('held')) return ExitCode.HELD;
  return all.length > 0 && all.every((outcome) => outcome === 'refused') ? ExitCode.REFUSED : ExitCode.OK;
}

function withAlertOptions(command: Command): Command {
  const collect = (value: string, before: readonly string[] = []): readonly string[] => [...before, value];
  return command
    .option('--file <file>', 'a submission as JSON; - for the standard input')
    .option('--to <office>', 'a recipient; may be repeated', collect)
    .option('--precedence <word>', 'flash, immediate, priority or routine')
    .option('--purpose <word>', 'why the data is processed: investigation, victim-protection, life-safety, ...')
    .option('--handling <code>', 'H0, H1, H2 or H3')
    .option('--caveat <text>', 'the restriction in words, for H3')
    .option('--case <reference>', 'case reference')
    .option('--expires <time>', 'when it stops being current, by RFC 3339')
    .option('--drill', 'an exercise')
    .option('--idempotency-key <key>', 'the same key with the same content sends nothing new')
    .option('--supersedes <id>', 'the message that this one updates or cancels')
    .option('--type <word>', 'alert, update or cancel')
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
