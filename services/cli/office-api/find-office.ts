import { dirname, join, resolve } from 'node:path';
import { ROLES, type Role } from '../../core/access/index.ts';
import type { CommandContext } from '../context.ts';
import { CliError } from '../errors.ts';
import { readText } from '../home/files.ts';
import { type RegionState, readRegionState } from '../region/region-state.ts';

/** How a command is told which office it speaks to. */
export interface OfficeOptions {
  readonly office?: string;
  readonly home?: string;
  readonly role?: string;
  readonly url?: string;
  readonly tokenFile?: string;
}

/** Where an office answers, and with which token. */
export interface OfficeAccess {
  readonly url: string;
  /** Secret: goes into one header and nowhere else. */
  readonly token: string;
}

const REGION_FOLDER = '.liaison';

/**
 * The office that is meant: the one at `--url`, else `--office` of the region, else the one that the environment names
 * (BLO_URL, BLO_TOKEN_FILE). In a region the token is the one of `role`.
 *
 * @throws CliError CLI_OFFICE_NOT_NAMED, CLI_REGION_MISSING, CLI_OFFICE_UNKNOWN, CLI_FILE_UNREADABLE; RegionError REGION_STATE_INVALID.
 */
export async function findOffice(options: OfficeOptions, role: Role, context: CommandContext): Promise<OfficeAccess> {
  const tokenFile = options.tokenFile ?? context.env['BLO_TOKEN_FILE'];
  if (options.url !== undefined) return accessAt(options.url, tokenFile, context);
  if (options.office !== undefined)
    return accessInRegion(options.office, roleOf(options.role) ?? role, options, context);
  const url = context.env['BLO_URL'];
  if (url !== undefined) return accessAt(url, tokenFile, context);
  throw new CliError('CLI_OFFICE_NOT_NAMED');
}

/** The state of the region whose folder is named, or lies here or in a folder above. @throws CliError CLI_REGION_MISSING; RegionError. */
export async function findRegion(
  home: string | undefined,
  cwd: string,
): Promise<{ readonly home: string; readonly state: RegionState }> {
  const places =
    home === undefined ? foldersUp(cwd).map((folder) => join(folder, REGION_FOLDER)) : [resolve(cwd, home)];
  for (const place of places) {
    const state = await readRegionState(place);
    if (state !== undefined) return { home: place, state };
  }
  throw new CliError('CLI_REGION_MISSING');
}

async function accessAt(url: string, tokenFile: string | undefined, context: CommandContext): Promise<OfficeAccess> {
  if (tokenFile === undefined)
    throw new CliError('CLI_OFFICE_NOT_NAMED', { context: { url, missing: '--token-file' } });
  return { url: parseUrl(url), token: (await readText(resolve(context.cwd, tokenFile))).trim() };
}

async function accessInRegion(
  office: string,
  role: Role,
  options: OfficeOptions,
  context: CommandContext,
): Promise<OfficeAccess> {
  const { state } = await findRegion(options.home, context.cwd);
  const found = Object.hasOwn(state.offices, office) ? state.offices[office] : undefined;
  if (found === undefined) {
    throw new CliError('CLI_OFFICE_UNKNOWN', { context: { office, region: Object.keys(state.offices).join(' ') } });
  }
  const tokenFile = options.tokenFile === undefined ? found.tokens[role] : resolve(context.cwd, options.tokenFile);
  return { url: found.http, token: (await readText(tokenFile)).trim() };
}

function roleOf(text: string | undefined): Role | undefined {
  if (text === undefined) return undefined;
  const role = ROLES.find((known) => known === text);
  if (role === undefined) throw new CliError('CLI_USAGE', { context: { role: text, roles: ROLES.join(' ') } });
  return role;
}

function parseUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !['http:', 'https:'].includes(url.protocol) || url.username !== '') {
    throw new CliError('CLI_INPUT_INVALID', { context: { url: text, fault: 'not an HTTP address' } });
  }
  return text;
}

function foldersUp(from: string): string[] {
  const above = dirname(from);
  return above === from ? [from] : [from, ...foldersUp(above)];
}
