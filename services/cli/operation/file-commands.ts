import { basename, resolve } from 'node:path';
import type { Command } from 'commander';
import type { Answer } from '../answer.ts';
import { code, wordOf } from '../codes/code-words.ts';
import { CliError } from '../errors.ts';
import { assertAbsent, readBytes, writePrivateFile } from '../home/files.ts';
import type { OfficeOptions } from '../office-api/find-office.ts';
import {
  type JsonRecord,
  listOf,
  type OfficeClient,
  stringOf,
  stringsOf,
  withQuery,
} from '../office-api/office-client.ts';
import { officeVerb } from '../office-api/office-verb.ts';
import { escapeText } from '../terminal/escape-text.ts';
import { renderTable } from '../terminal/render-table.ts';
import type { Cli, VerbInput } from '../verb.ts';
import { idOf } from './find-post.ts';

interface AttachOptions extends OfficeOptions {
  readonly category: string;
  readonly name?: string;
  readonly keepMetadata?: boolean;
}

interface SaveOptions extends OfficeOptions {
  readonly to: string;
}

/** `blo operation attach|files|save|custody`. */
export function addFileCommands(cli: Cli, operation: Command): void {
  officeVerb<AttachOptions>(
    cli,
    operation,
    'attach <operation> <file>',
    'hand in a picture, PDF or text; the answer names it for the post that takes it along',
    'officer',
    attach,
  )
    .requiredOption('--category <word>', 'the kind of data that it shows: biometric, identity-document, location, ...')
    .option('--name <text>', 'another name than that of the file')
    .option('--keep-metadata', 'what an image says of itself is the evidence, and stays');
  officeVerb(
    cli,
    operation,
    'files <operation> <office> <post>',
    'the files of a post, by its number or id, and how far they are',
    'officer',
    files,
  );
  officeVerb<SaveOptions>(
    cli,
    operation,
    'save <operation> <office> <post> <label>',
    'save a file of a post, whole and proved; its sender learns that it was opened',
    'officer',
    save,
  ).requiredOption('--to <file>', 'where to; a file that is there is not overwritten');
  officeVerb(
    cli,
    operation,
    'custody <operation> <office> <post> <label>',
    'who handed a file in, when it was sent, arrived, was opened and erased',
    'officer',
    custody,
  );
}

async function attach(office: OfficeClient, { args, options, context }: VerbInput<AttachOptions>): Promise<Answer> {
  const [id = '', path = ''] = args;
  const bytes = await readBytes(resolve(context.cwd, path));
  const result = await office.upload(
    withQuery(`/v1/operations/${encodeURIComponent(id)}/attachments`, {
      category: code('DATA_CATEGORY', options.category),
      name: options.name ?? basename(path),
      keepMetadata: options.keepMetadata === true ? 'true' : undefined,
    }),
    bytes,
  );
  const removed = stringsOf(result['removed']);
  const out = removed.length === 0 ? '' : ` Taken out: ${removed.map(escapeText).join(', ')}.`;
  const type = wordOf(stringOf(result['mediaType']));
  return {
    json: result,
    text: `${type}, ${String(result['bytes'])} bytes, SHA-256 ${stringOf(result['digest'])}.${out}\nIts name for a post: ${stringOf(result['file'])}`,
  };
}

async function pathOf(
  office: OfficeClient,
  [operation = '', origin = '', post = '', label]: readonly string[],
): Promise<string> {
  const id = await idOf(office, operation, origin, post);
  const of = `/v1/operations/${encodeURIComponent(operation)}/posts/${encodeURIComponent(origin)}/${encodeURIComponent(id)}/attachments`;
  return label === undefined ? of : `${of}/${encodeURIComponent(label)}`;
}

async function files(office: OfficeClient, { args }: VerbInput<OfficeOptions>): Promise<Answer> {
  const result = await office.get(await pathOf(office, args.slice(0, 3)));
  const rows = listOf(result['items']).map((file) => [
    stringOf(file['label']),
    stringOf(file['name']),
    wordOf(stringOf(file['category'])),
    String(file['bytes']),
    stringOf(file['state']),
    `${String(file['piecesHere'])} of ${String(file['pieces'])}`,
    listOf(file['holders']).map(holderText).join('; '),
  ]);
  const table = renderTable(['file', 'name', 'shows', 'bytes', 'state', 'pieces here', 'members'], rows);
  return { json: result, text: rows.length === 0 ? 'There is no file that this office can open.' : table };
}

function holderText({ office, state, pieces, code: why }: JsonRecord): string {
  const count = state === 'sending' ? ` (${String(pieces)})` : '';
  const reason = stringOf(why) === '' ? '' : ` (${escapeText(stringOf(why))})`;
  return `${escapeText(stringOf(office))} ${stringOf(state)}${count}${reason}`;
}

async function save(office: OfficeClient, { args, options, context }: VerbInput<SaveOptions>): Promise<Answer> {
  const file = resolve(context.cwd, options.to);
  await assertAbsent(file);
  const response = await office.open(await pathOf(office, args), {});
  const bytes = new Uint8Array(await response.arrayBuffer());
  const { createHash } = await import('node:crypto');
  const digest = createHash('sha256').update(bytes).digest();
  if (response.headers.get('repr-digest') !== `sha-256=:${digest.toString('base64')}:`)
    throw new CliError('CLI_API_ANSWER_INVALID', { context: { fault: 'digest' } });
  await writePrivateFile(file, bytes);
  const json = { file, bytes: bytes.length, digest: digest.toString('hex') };
  return { json, text: `${bytes.length} bytes are in ${file}; SHA-256 ${json.digest}.` };
}

async function custody(office: OfficeClient, { args }: VerbInput<OfficeOptions>): Promise<Answer> {
  const result = await office.get(`${await pathOf(office, args)}/custody`);
  const rows = listOf(result['lines']).map((line) => [
    stringOf(line['at']),
    stringOf(line['event']),
    stringOf(line['office']),
    stringOf(line['by']),
    stringOf(line['code']),
    String(line['record']),
  ]);
  const facts = [
    `${wordOf(stringOf(result['mediaType']))}, ${String(result['bytes'])} bytes, SHA-256 ${stringOf(result['digest'])}`,
    ...(stringOf(result['originalDigest']) === ''
      ? []
      : [`As it was handed in: SHA-256 ${stringOf(result['originalDigest'])}`]),
  ];
  const table = renderTable(['when', 'what', 'where', 'by', 'why', 'record'], rows);
  return { json: result, text: [...facts, table].join('\n') };
}
