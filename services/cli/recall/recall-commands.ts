import { code, wordOf } from '../codes/code-words.ts';
import type { OfficeOptions } from '../office-api/find-office.ts';
import { type JsonRecord, listOf, stringOf } from '../office-api/office-client.ts';
import { officeVerb } from '../office-api/office-verb.ts';
import { escapeText } from '../terminal/escape-text.ts';
import { renderTable } from '../terminal/render-table.ts';
import { type Cli, noun } from '../verb.ts';
import { renderRecall, stateOfRecall } from './render-recall.ts';

interface SendOptions extends OfficeOptions {
  readonly action: string;
  readonly ground: string;
  readonly answerBy?: string;
  readonly text?: string;
  readonly language?: string;
  readonly idempotencyKey?: string;
}

interface ListOptions extends OfficeOptions {
  readonly direction?: string;
  readonly state?: string;
}

interface AnswerOptions extends OfficeOptions {
  readonly outcome: string;
  readonly ground?: string;
  readonly text?: string;
  readonly language?: string;
  readonly origin?: string;
}

/** `blo recall send|list|show|answer`. */
export function addRecallCommands(cli: Cli): void {
  const recall = noun(cli, 'recall', 'messages that are called back, and who has answered');

  officeVerb<SendOptions>(
    cli,
    recall,
    'send <message>',
    'call a message of this office back from everybody who has it',
    'supervisor',
    async (office, { args, options }) => {
      const result = await office.post('/v1/recalls', {
        message: args[0],
        action: code('RECALL_ACTION', options.action),
        ground: code('RECALL_GROUND', options.ground),
        ...(options.answerBy === undefined ? {} : { answerBy: options.answerBy }),
        ...wordsOf(options),
        ...(options.idempotencyKey === undefined ? {} : { idempotencyKey: options.idempotencyKey }),
      });
      const holders = listOf(result['recipients']).map((recipient) => escapeText(stringOf(recipient['office'])));
      const whom = holders.length === 0 ? 'It has left for nobody.' : `It goes to ${holders.join(', ')}.`;
      return { json: result, text: `${stringOf(result['id'])}\n${whom}` };
    },
  )
    .requiredOption('--action <word>', 'delete or restrict')
    .requiredOption('--ground <word>', 'incorrect, unlawful, court-order, safety-of-person, wrong-recipient, ...')
    .option('--answer-by <time>', 'by when every holder is to answer, by RFC 3339; 3 days where it is left out')
    .option('--text <text>', 'why, for people')
    .option('--language <tag>', 'language of the text; en where it is left out')
    .option('--idempotency-key <key>', 'the same key with the same content sends nothing new');

  officeVerb<ListOptions>(cli, recall, 'list', 'recalls of both directions', 'officer', async (office, { options }) => {
    const query = new URLSearchParams();
    if (options.direction !== undefined) query.set('direction', options.direction);
    if (options.state !== undefined) query.set('state', options.state);
    const result = await office.get(`/v1/recalls${query.size === 0 ? '' : `?${query}`}`);
    const rows = listOf(result['items']).map(rowOf);
    const table = renderTable(['answer by', 'state', 'origin', 'action', 'message', 'id'], rows);
    return { json: result, text: rows.length === 0 ? 'Nothing was called back.' : table };
  })
    .option('--direction <word>', 'outbound or inbound')
    .option('--state <word>', 'open, overdue or answered');

  officeVerb<OfficeOptions>(
    cli,
    recall,
    'show <id>',
    'where each copy is, and who answered how',
    'officer',
    async (office, { args }) => {
      const result = await office.get(`/v1/recalls/${encodeURIComponent(args[0] ?? '')}`);
      return { json: result, text: renderRecall(result) };
    },
  );

  officeVerb<AnswerOptions>(
    cli,
    recall,
    'answer <id>',
    'say, under your name, what was done; a deletion erases the body here in the same step',
    'supervisor',
    async (office, { args, options }) => {
      const outcome = code('RECALL_OUTCOME', options.outcome);
      const query = options.origin === undefined ? '' : `?origin=${encodeURIComponent(options.origin)}`;
      const result = await office.post(`/v1/recalls/${encodeURIComponent(args[0] ?? '')}/answer${query}`, {
        outcome,
        ...(options.ground === undefined ? {} : { ground: code('RETENTION_GROUND', options.ground) }),
        ...wordsOf(options),
      });
      return { json: result, text: `${stringOf(result['id'])}\nAnswered: ${wordOf(outcome)}.` };
    },
  )
    .requiredOption('--outcome <word>', 'done, partly or refused')
    .option('--ground <word>', 'court-evidence, ongoing-proceedings, statutory-duty, danger-to-life, copied-elsewhere')
    .option('--text <text>', 'what was not done, and why')
    .option('--language <tag>', 'language of the text; en where it is left out')
    .option('--origin <office>', 'the originator, where two offices used that id');
}

function wordsOf({ text, language }: { readonly text?: string; readonly language?: string }): JsonRecord {
  return text === undefined ? {} : { text, textLanguage: language ?? 'en' };
}

function rowOf(recall: JsonRecord): readonly string[] {
  const message = (recall['message'] ?? {}) as JsonRecord;
  return [
    stringOf(recall['answerBy']),
    stateOfRecall(recall),
    stringOf(recall['origin']),
    wordOf(stringOf(recall['action'])),
    stringOf(message['id']),
    stringOf(recall['id']),
  ];
}
