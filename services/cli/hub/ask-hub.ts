import { resolve } from 'node:path';
import { parse } from 'yaml';
import type { CommandContext } from '../context.ts';
import { CliError } from '../errors.ts';
import { readText } from '../home/files.ts';
import { hubHome } from '../home/paths.ts';

/** How a command is told which hub it speaks to. */
export interface HubOptions {
  readonly home?: string;
  readonly url?: string;
}

/** What the hub answers to a GET. @throws CliError CLI_USAGE, CLI_FILE_UNREADABLE, CLI_API_UNREACHABLE, CLI_API_ANSWER_INVALID. */
export async function askHub<T>(options: HubOptions, path: string, context: CommandContext): Promise<T> {
  const base = options.url ?? (await urlInHome(options.home, context));
  let response: Response;
  try {
    response = await fetch(new URL(path, base), { signal: AbortSignal.timeout(10_000) });
  } catch (cause) {
    throw new CliError('CLI_API_UNREACHABLE', { cause, context: { url: base } });
  }
  const answer = (await response.json().catch(() => undefined)) as T | undefined;
  if (!response.ok || answer === undefined)
    throw new CliError('CLI_API_ANSWER_INVALID', { context: { status: response.status } });
  return answer;
}

async function urlInHome(home: string | undefined, context: CommandContext): Promise<string> {
  if (home === undefined) throw new CliError('CLI_USAGE', { context: { missing: '--home or --url' } });
  const { http } = parse(await readText(hubHome.config(resolve(context.cwd, home)))) as {
    http: { host: string; port: number };
  };
  return `http://${http.host}:${http.port}`;
}
