import { resolve } from 'node:path';
import { days, type KeyId, parseKeyId, rfc3339, systemClock } from '../../core/foundation/index.ts';
import type { Answer } from '../answer.ts';
import { CliError } from '../errors.ts';
import { readText } from '../home/files.ts';
import { nationHome } from '../home/paths.ts';
import { textInDocument } from '../home/signed-text.ts';
import { renderBody } from '../terminal/render-body.ts';
import { renderPairs } from '../terminal/render-table.ts';
import { type Cli, noun, type VerbInput } from '../verb.ts';

interface SignOptions {
  readonly home: string;
  readonly days: string;
  readonly revoke?: readonly string[];
  readonly reason?: string;
}

/** `blo directory sign|show`. */
export function addDirectoryCommands(cli: Cli): void {
  const directory = noun(cli, 'directory', "a nation's signed list of its offices and their keys");
  cli
    .verb<SignOptions>(
      directory,
      'sign',
      "issue the nation's next directory from the entries in its folder offices",
      signDirectory,
    )
    .requiredOption('--home <folder>', "the nation's folder, with its root key")
    .option('--days <count>', 'how long it is good', '365')
    .option(
      '--revoke <kid>',
      'a key to revoke from now on; may be repeated',
      (value: string, before: readonly string[] = []) => [...before, value],
    )
    .option('--reason <text>', 'why the keys are revoked');
  cli.verb(directory, 'show <file>', 'what a directory says; nothing is verified', showDirectory);
}

async function signDirectory({ options, context }: VerbInput<SignOptions>): Promise<Answer> {
  const { issueDirectory } = await import('../home/issue-directory.ts');
  const home = resolve(context.cwd, options.home);
  const now = systemClock.now();
  const count = Number(options.days);
  if (!Number.isInteger(count) || count < 1 || count > 3650)
    throw new CliError('CLI_USAGE', { context: { days: options.days } });
  const revoke = (options.revoke ?? []).map((kid): { kid: KeyId; at: typeof now; reason: string } => ({
    kid: parseKeyId(kid),
    at: now,
    reason: options.reason ?? '',
  }));
  const issued = await issueDirectory(home, { now, validFor: days(count), revoke });
  const file = nationHome.directory(home);
  const offices = issued.offices.map((office) => office.office);
  const text = renderPairs([
    ['nation', issued.nation],
    ['sequence', String(issued.sequence)],
    ['offices', offices.join(' ')],
    ['revoked keys', String(issued.revoked.length)],
    ['good until', rfc3339((now + days(count)) as typeof now)],
    ['file', file],
  ]);
  return {
    json: { nation: issued.nation, sequence: issued.sequence, offices, revoked: issued.revoked.length, file },
    text,
  };
}

async function showDirectory({ args, context }: VerbInput<object>): Promise<Answer> {
  const file = resolve(context.cwd, args[0] ?? '');
  const { parseDirectoryText, writeDirectoryText } = await import('../../core/trust/index.ts');
  const json: unknown = JSON.parse(writeDirectoryText(parseDirectoryText(textInDocument(await readText(file), file))));
  return { json, text: renderBody(json) };
}
