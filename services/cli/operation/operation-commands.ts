import { resolve } from 'node:path';
import type { Command } from 'commander';
import type { Answer } from '../answer.ts';
import { wordOf } from '../codes/code-words.ts';
import { CliError } from '../errors.ts';
import { readBytes, readText, writePublicFile } from '../home/files.ts';
import { isSignedDocument, textInDocument } from '../home/signed-text.ts';
import type { OfficeOptions } from '../office-api/find-office.ts';
import { type JsonRecord, listOf, stringOf, withQuery } from '../office-api/office-client.ts';
import { officeVerb } from '../office-api/office-verb.ts';
import { escapeText } from '../terminal/escape-text.ts';
import { renderTable } from '../terminal/render-table.ts';
import { type Cli, noun, type VerbInput } from '../verb.ts';
import { renderOperation } from './render-operation.ts';

interface ActOptions extends OfficeOptions {
  readonly text?: string;
  readonly language?: string;
  readonly document?: string;
}

interface ListOptions extends OfficeOptions {
  readonly state?: string;
}

interface ProposeOptions extends OfficeOptions {
  readonly idempotencyKey?: string;
}

interface CharterOptions extends OfficeOptions {
  readonly unsigned?: true;
  readonly out?: string;
}

const ACTS: readonly (readonly [usage: string, action: string, about: string])[] = [
  ['sign <id>', 'SIGN', 'sign the charter for this office, and so join'],
  ['decline <id>', 'DECLINE', 'say that this office will not take part'],
  ['leave <id>', 'LEAVE', 'end the part of this office for good'],
  ['remove <id> <member>', 'REMOVE', 'as the lead, end the part of a member for good'],
  ['suspend <id>', 'SUSPEND', 'as the lead, let nothing be posted for now'],
  ['resume <id>', 'RESUME', 'as the lead, let posts go on'],
  ['close <id>', 'CLOSE', 'as the lead, end the operation'],
];

/** `blo operation propose|list|show|sign|decline|leave|remove|suspend|resume|close|charter|sign-charter`; returns the noun, for what else is done in an operation. */
export function addOperationCommands(cli: Cli): Command {
  const operation = noun(cli, 'operation', 'joint operations: their charters, members and acts');

  officeVerb<ProposeOptions>(
    cli,
    operation,
    'propose <charter.json>',
    'sign a charter as its lead and send it to all whom it names',
    'supervisor',
    async (office, { args, options, context }) => {
      const file = resolve(context.cwd, args[0] ?? '');
      const { charter, document } = await readCharter(file);
      const result = await office.post('/v1/operations', {
        charter,
        ...(document === undefined ? {} : { document }),
        ...(options.idempotencyKey === undefined ? {} : { idempotencyKey: options.idempotencyKey }),
      });
      return { json: result, text: `${stringOf(charter['id'])} is proposed to ${recipientsOf(result)}.` };
    },
  ).option('--idempotency-key <key>', 'the same key with the same content sends nothing new');

  officeVerb<ListOptions>(
    cli,
    operation,
    'list',
    'operations of this office',
    'officer',
    async (office, { options }) => {
      const result = await office.get(withQuery('/v1/operations', { state: options.state }));
      const rows = listOf(result['items']).map(rowOf);
      const table = renderTable(['operation', 'name', 'state', 'lead', 'members', 'ends'], rows);
      return { json: result, text: rows.length === 0 ? 'There is no operation.' : table };
    },
  ).option('--state <word>', 'proposed, live, suspended, closing, closed or ended');

  officeVerb<OfficeOptions>(
    cli,
    operation,
    'show <id>',
    'where it stands, its members with duty contacts, its charter in plain words, its acts',
    'officer',
    async (office, { args }) => {
      const result = await office.get(pathOf(args[0]));
      return { json: result, text: renderOperation(result) };
    },
  );

  officeVerb<CharterOptions>(
    cli,
    operation,
    'charter <id>',
    'the signed charter with all signatures, which anybody can verify',
    'officer',
    async (office, { args, options, context }) => {
      const response = await office.open(`${pathOf(args[0])}/charter`, { accept: 'application/json' });
      const signed = await response.text();
      const text = options.unsigned === true ? textInDocument(signed, 'charter') : signed;
      if (options.out === undefined) return { json: JSON.parse(text) as JsonRecord, text: text.trimEnd() };
      const file = resolve(context.cwd, options.out);
      await writePublicFile(file, text);
      return {
        json: { file },
        text: `The ${options.unsigned === true ? 'text of the' : 'signed'} charter is in ${file}.`,
      };
    },
  )
    .option('--unsigned', 'its text alone, as propose takes it: a start for another charter')
    .option('--out <file>', 'write it to a file');

  for (const [usage, action, about] of ACTS) {
    const verb = officeVerb<ActOptions>(
      cli,
      operation,
      usage,
      about,
      'supervisor',
      async (office, { args, options, context }) => {
        const document =
          options.document === undefined ? undefined : await readText(resolve(context.cwd, options.document));
        const result = await office.post(`${pathOf(args[0])}/acts`, {
          action: `OPERATION_ACTION_${action}`,
          ...(args[1] === undefined || args[1] === '' ? {} : { member: args[1] }),
          ...(document === undefined ? {} : { document }),
          ...(options.text === undefined ? {} : { text: options.text, textLanguage: options.language ?? 'en' }),
        });
        const whom = recipientsOf(result);
        return { json: result, text: `${wordOf(`OPERATION_ACTION_${action}`)}: said to ${whom}.` };
      },
    )
      .option('--text <text>', 'why, for people')
      .option('--language <tag>', 'language of the text; en where it is left out');
    if (action === 'SIGN')
      verb.option('--document <file>', 'of the national form: the charter as the own authority signed it');
  }

  cli
    .verb<{ nation: string }>(
      operation,
      'sign-charter <file>',
      "add a national authority's signature to a charter of the national form",
      signCharter,
    )
    .requiredOption('--nation <folder>', "the nation's folder, with its root key");
  return operation;
}

function pathOf(id: string | undefined): string {
  return `/v1/operations/${encodeURIComponent(id ?? '')}`;
}

function recipientsOf(result: JsonRecord): string {
  const offices = listOf(result['recipients']).map(({ office }) => escapeText(stringOf(office)));
  return offices.length === 0 ? 'nobody' : offices.join(', ');
}

function rowOf(operation: JsonRecord): readonly string[] {
  const members = listOf(operation['members']);
  const joined = members.filter(({ state }) => state === 'joined');
  return [
    stringOf(operation['id']),
    `${operation['drill'] === true ? 'EXERCISE ' : ''}${stringOf(operation['name'])}`,
    stringOf(operation['state']),
    stringOf(operation['lead']),
    `${joined.length} of ${members.length}`,
    stringOf(operation['ends']),
  ];
}

/** A charter from its text, or from what an authority signed. @throws CliError CLI_INPUT_INVALID. */
async function readCharter(file: string): Promise<{ readonly charter: JsonRecord; readonly document?: string }> {
  const text = await readText(file);
  const isSigned = isSignedDocument(text);
  let charter: unknown;
  try {
    charter = JSON.parse(isSigned ? textInDocument(text, file) : text);
  } catch (cause) {
    if (cause instanceof CliError) throw cause;
    throw new CliError('CLI_INPUT_INVALID', { cause, context: { file, fault: 'no JSON' } });
  }
  return isSigned ? { charter: charter as JsonRecord, document: text } : { charter: charter as JsonRecord };
}

async function signCharter({ args, options, context }: VerbInput<{ nation: string }>): Promise<Answer> {
  const { addSignature, checkCharter, parseCharterText, signDocument, writeCharterText } = await import(
    '../../core/trust/index.ts'
  );
  const { nationOf, parseOfficeId } = await import('../../core/foundation/index.ts');
  const { CharterForm } = await import('../../core/wire/index.ts');
  const { readNation, readRootSigner } = await import('../home/nation-home.ts');
  const file = resolve(context.cwd, args[0] ?? '');
  const home = resolve(context.cwd, options.nation);
  const text = await readText(file);
  const isSigned = isSignedDocument(text);
  const charter = parseCharterText(isSigned ? textInDocument(text, file) : text);
  checkCharter(charter);
  const { nation, thumbprint } = await readNation(home);
  const isMember = charter.members.some(({ office }) => nationOf(parseOfficeId(office)) === nation);
  if (charter.form !== CharterForm.NATIONAL || !isMember) {
    const fault = isMember ? 'is of the light form, which offices sign' : `no office of ${nation} is a member`;
    throw new CliError('CLI_INPUT_INVALID', { context: { file, fault } });
  }
  const signer = await readRootSigner(home);
  const bytes = isSigned
    ? await addSignature(await readBytes(file), signer)
    : await signDocument('charter', writeCharterText(charter), [signer]);
  await writePublicFile(file, bytes);
  return { json: { file, nation, kid: thumbprint, id: charter.id }, text: `${nation} has signed ${charter.id}.` };
}
