import { readdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Answer } from '../answer.ts';
import { CliError } from '../errors.ts';
import { ensurePrivateFolder, writePrivateFile } from '../home/files.ts';
import type { OfficeOptions } from '../office-api/find-office.ts';
import { listOf, type OfficeClient, stringOf } from '../office-api/office-client.ts';
import { officeVerb } from '../office-api/office-verb.ts';
import { type Cli, noun, type VerbInput } from '../verb.ts';
import { isEvidenceName } from './is-evidence-name.ts';

interface ExportOptions extends OfficeOptions {
  readonly origin?: string;
}

/** `blo evidence export`. */
export function addEvidenceCommands(cli: Cli): void {
  const evidence = noun(cli, 'evidence', 'what proves to a stranger what was said, decided and received');
  const about =
    'write the signed bytes, keys and documents of a message, with a README on how to check them without this software';
  officeVerb<ExportOptions>(cli, evidence, 'export <id> <folder>', about, 'auditor', exportEvidence).option(
    '--origin <office>',
    'where offices have given the same id to different messages',
  );
}

async function exportEvidence(
  office: OfficeClient,
  { args, options, context }: VerbInput<ExportOptions>,
): Promise<Answer> {
  const [id = '', place = ''] = args;
  const folder = resolve(context.cwd, place);
  const there = await readdir(folder).catch(() => []);
  if (there.length > 0) throw new CliError('CLI_FILE_EXISTS', { context: { file: folder } });
  const result = await office.get(`/v1/messages/${encodeURIComponent(id)}/evidence`, { origin: options.origin });
  const files = listOf(result['files']);
  const strange = files.map((file) => stringOf(file['name'])).find((name) => !isEvidenceName(name));
  if (strange !== undefined || files.length === 0)
    throw new CliError('CLI_API_ANSWER_INVALID', { context: { fault: 'file names' } });
  await ensurePrivateFolder(folder);
  for (const file of files) {
    await writePrivateFile(
      join(folder, stringOf(file['name'])),
      new Uint8Array(Buffer.from(stringOf(file['bytes']), 'base64')),
    );
  }
  const names = files.map((file) => stringOf(file['name']));
  return { json: { id, folder, files: names }, text: `${names.length} files are in ${folder}; begin with its README.` };
}
