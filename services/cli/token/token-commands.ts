import { resolve } from 'node:path';
import type { TokenRecord } from '../../core/access/index.ts';
import { type EpochMs, epochMs, rfc3339, systemClock } from '../../core/foundation/index.ts';
import { CliError } from '../errors.ts';
import { writePrivateFile } from '../home/files.ts';
import { addToken, changeTokens, readTokens } from '../home/tokens.ts';
import { renderTable } from '../terminal/render-table.ts';
import { type Cli, noun } from '../verb.ts';

interface CreateOptions {
  readonly home: string;
  readonly role: string;
  readonly name: string;
  readonly expires?: string;
  readonly out?: string;
}

/** `blo token create|list|revoke`. */
export function addTokenCommands(cli: Cli): void {
  const token = noun(cli, 'token', "who may use an office's HTTP door");
  cli
    .verb<CreateOptions>(token, 'create', 'make a token; it is shown once and kept as a hash', createToken)
    .requiredOption('--home <folder>', "the office's folder")
    .requiredOption('--role <role>', 'system, officer, supervisor, oversight, auditor or operator')
    .requiredOption('--name <name>', 'of the post or system, not of a person: duty-officer-2')
    .option('--expires <time>', 'from then on it is refused, by RFC 3339')
    .option('--out <file>', 'write it to this file, readable by you alone, instead of showing it');
  cli
    .verb<{ home: string }>(token, 'list', 'the tokens of an office', async ({ options, context }) => {
      const records = [...(await readTokens(resolve(context.cwd, options.home))).values()];
      const rows = records.map((record) => [
        record.id,
        record.role,
        record.name,
        rfc3339(record.createdAt),
        stateOf(record, systemClock.now()),
      ]);
      return {
        json: { tokens: records.map(publicPart) },
        text:
          rows.length === 0 ? 'The office has no tokens.' : renderTable(['id', 'role', 'name', 'made', 'state'], rows),
      };
    })
    .requiredOption('--home <folder>', "the office's folder");
  cli
    .verb<{ home: string }>(token, 'revoke <id>', 'refuse a token from now on', async ({ args, options, context }) => {
      const { revokeToken } = await import('../../core/access/index.ts');
      const id = args[0] ?? '';
      await changeTokens(resolve(context.cwd, options.home), (table) => ({
        table: revokeToken(table, id, systemClock.now()),
      }));
      return { json: { revoked: id }, text: 'It is revoked.' };
    })
    .requiredOption('--home <folder>', "the office's folder");
}

async function createToken({ options, context }: { options: CreateOptions; context: { cwd: string } }) {
  const { role, name, expires, out } = options;
  const request = {
    role,
    name,
    now: systemClock.now(),
    ...(expires === undefined ? {} : { expiresAt: parseTime(expires) }),
  };
  const { text, record } = await addToken(resolve(context.cwd, options.home), request);
  if (out === undefined) return { json: { ...publicPart(record), token: text }, text };
  const file = resolve(context.cwd, out);
  await writePrivateFile(file, `${text}\n`);
  return { json: { ...publicPart(record), tokenFile: file }, text: `The token is in ${file}.` };
}

function publicPart(record: TokenRecord) {
  const { id, role, name, createdAt, expiresAt, revokedAt } = record;
  const time = (at: EpochMs | undefined): string | null => (at === undefined ? null : rfc3339(at));
  return { id, role, name, createdAt: rfc3339(createdAt), expiresAt: time(expiresAt), revokedAt: time(revokedAt) };
}

function stateOf(record: TokenRecord, now: EpochMs): string {
  if (record.revokedAt !== undefined) return `revoked ${rfc3339(record.revokedAt)}`;
  if (record.expiresAt === undefined) return 'good';
  return `${record.expiresAt <= now ? 'expired' : 'good until'} ${rfc3339(record.expiresAt)}`;
}

function parseTime(text: string): EpochMs {
  const time = /^[0-9]{4}-[0-9]{2}-[0-9]{2}T/.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(time))
    throw new CliError('CLI_INPUT_INVALID', { context: { time: text, fault: 'not a time by RFC 3339' } });
  return epochMs(time);
}
