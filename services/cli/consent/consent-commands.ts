import { code } from '../codes/code-words.ts';
import type { OfficeOptions } from '../office-api/find-office.ts';
import { type JsonRecord, listOf, type OfficeClient, stringOf } from '../office-api/office-client.ts';
import { officeVerb } from '../office-api/office-verb.ts';
import { renderTable } from '../terminal/render-table.ts';
import { type Cli, noun } from '../verb.ts';
import { addedAnswer, renderConsent } from './render-consent.ts';

interface ForwardOptions extends OfficeOptions {
  readonly to: string;
  readonly purpose: string;
  readonly reason: string;
  readonly origin?: string;
}

interface AskOptions extends OfficeOptions {
  readonly to: string;
  readonly purpose: string;
  readonly part: readonly string[];
  readonly until?: string;
  readonly text?: string;
  readonly language?: string;
  readonly origin?: string;
  readonly idempotencyKey?: string;
}

interface ListOptions extends OfficeOptions {
  readonly side?: string;
  readonly state?: string;
}

interface AnswerOptions extends OfficeOptions {
  readonly ground?: string;
  readonly part?: readonly string[];
  readonly from?: string;
  readonly until?: string;
  readonly text?: string;
  readonly language?: string;
  readonly origin?: string;
}

/** `blo forward` and `blo consent ask|list|show|grant|refuse`. */
export function addConsentCommands(cli: Cli): void {
  officeVerb<ForwardOptions>(
    cli,
    cli.program,
    'forward <message>',
    "pass a received message on to a third office; H2 and H3 only with the originator's consent",
    'officer',
    async (office, { args, options }) => {
      const query = options.origin === undefined ? '' : `?origin=${encodeURIComponent(options.origin)}`;
      const result = await office.post(`/v1/messages/${encodeURIComponent(args[0] ?? '')}/forward${query}`, {
        recipient: options.to,
        purpose: code('PURPOSE', options.purpose),
        reason: options.reason,
      });
      return addedAnswer(result, 'It goes on to');
    },
  )
    .requiredOption('--to <office>', 'the neighbour that gets it')
    .requiredOption('--purpose <word>', 'what it may be used for there')
    .requiredOption('--reason <text>', 'why; stands in the ledger')
    .option('--origin <office>', 'its originator, where two offices used that id');

  const consent = noun(cli, 'consent', "the originator's word on passing its messages on");

  officeVerb<AskOptions>(
    cli,
    consent,
    'ask <message>',
    'ask the originator of a received message to let it go on',
    'officer',
    async (office, { args, options }) => {
      const result = await office.post('/v1/consents', {
        message: args[0],
        ...(options.origin === undefined ? {} : { origin: options.origin }),
        recipient: options.to,
        purpose: code('PURPOSE', options.purpose),
        categories: options.part.map((word) => code('DATA_CATEGORY', word)),
        ...(options.until === undefined ? {} : { until: options.until }),
        ...wordsSaid(options),
        ...(options.idempotencyKey === undefined ? {} : { idempotencyKey: options.idempotencyKey }),
      });
      return { json: result, text: stringOf(result['id']) };
    },
  )
    .requiredOption('--to <office>', 'the third office')
    .requiredOption('--purpose <word>', 'what it is to be used for there')
    .requiredOption('--part <word...>', 'kinds of data that are to go on, core among them')
    .option('--until <time>', 'until when, by RFC 3339; until the message expires where it is left out')
    .option('--text <text>', 'why, for people')
    .option('--language <tag>', 'language of the text; en where it is left out')
    .option('--origin <office>', 'its originator, where two offices used that id')
    .option('--idempotency-key <key>', 'the same key with the same content sends nothing new');

  officeVerb<ListOptions>(
    cli,
    consent,
    'list',
    'requests for consent, asked here and of this office',
    'officer',
    async (office, { options }) => {
      const result = await office.get('/v1/consents', { side: options.side, state: options.state });
      const rows = listOf(result['items']).map(rowOf);
      const table = renderTable(['asked', 'state', 'side', 'to go to', 'message', 'id'], rows);
      return { json: result, text: rows.length === 0 ? 'No consent was asked for.' : table };
    },
  )
    .option('--side <word>', 'asking or originator')
    .option('--state <word>', 'sending, failed, asked, granted, ended, revoked, refused or lapsed');

  officeVerb<AnswerOptions>(
    cli,
    consent,
    'show <id>',
    'what was asked and what the originator said',
    'officer',
    async (office, { args, options }) => {
      const path = `/v1/consents/${encodeURIComponent(args[0] ?? '')}`;
      const result = await office.get(path, { origin: options.origin });
      return { json: result, text: renderConsent(result) };
    },
  ).option('--origin <office>', 'the office that asked, where two used that id');

  officeVerb<AnswerOptions>(
    cli,
    consent,
    'grant <id>',
    'let a message of this office go on, under your name',
    'supervisor',
    async (office, { args, options }) => {
      const result = await answer(office, args[0], options, {
        granted: true,
        ...(options.part === undefined ? {} : { categories: options.part.map((word) => code('DATA_CATEGORY', word)) }),
        ...(options.from === undefined ? {} : { notBefore: options.from }),
        ...(options.until === undefined ? {} : { notAfter: options.until }),
      });
      return { json: result, text: `${stringOf(result['id'])}\nGranted.` };
    },
  )
    .option('--part <word...>', 'fewer kinds of data than were asked for, core among them')
    .option('--from <time>', 'from when, by RFC 3339; from now where it is left out')
    .option('--until <time>', 'until when; the time that was asked for where it is left out')
    .option('--text <text>', 'for people')
    .option('--language <tag>', 'language of the text; en where it is left out')
    .option('--origin <office>', 'the office that asked, where two used that id');

  officeVerb<AnswerOptions>(
    cli,
    consent,
    'refuse <id>',
    'do not let it go on, under your name',
    'supervisor',
    async (office, { args, options }) => {
      const ground = code('REFUSAL_GROUND', options.ground);
      const result = await answer(office, args[0], options, { granted: false, ground });
      return { json: result, text: `${stringOf(result['id'])}\nRefused.` };
    },
  )
    .requiredOption('--ground <word>', 'why: ongoing-investigation, safety-of-person, disproportionate, ...')
    .option('--text <text>', 'for people')
    .option('--language <tag>', 'language of the text; en where it is left out')
    .option('--origin <office>', 'the office that asked, where two used that id');
}

/** What is said for people, with its language. */
export function wordsSaid({ text, language }: { readonly text?: string; readonly language?: string }): JsonRecord {
  return text === undefined ? {} : { text, textLanguage: language ?? 'en' };
}

async function answer(
  office: OfficeClient,
  id: string | undefined,
  options: AnswerOptions,
  said: JsonRecord,
): Promise<JsonRecord> {
  const query = options.origin === undefined ? '' : `?origin=${encodeURIComponent(options.origin)}`;
  const path = `/v1/consents/${encodeURIComponent(id ?? '')}/answer${query}`;
  return await office.post(path, { ...said, ...wordsSaid(options) });
}

function rowOf(consent: JsonRecord): readonly string[] {
  const message = (consent['message'] ?? {}) as JsonRecord;
  return [
    stringOf(consent['askedAt']),
    stringOf(consent['state']),
    stringOf(consent['side']),
    stringOf(consent['recipient']),
    stringOf(message['id']),
    stringOf(consent['id']),
  ];
}
