import { readFile, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { parse } from 'yaml';
import type { HubStreamBounds } from '../core/bus/index.ts';
import { type EpochMs, epochMs, type HubId, isOfficeId, type OfficeId, parseHubId } from '../core/foundation/index.ts';
import { type LogLevel, parseLogLevel } from '../core/telemetry/index.ts';
import { HubError } from './errors.ts';

/** Everything the hub process is told; paths are absolute. */
export interface HubConfig {
  readonly hub: HubId;
  /** Offices that may link here. */
  readonly offices: readonly OfficeId[];
  readonly http: { readonly host: string; readonly port: number };
  readonly server: { readonly client: string; readonly monitor: string; readonly configFile: string };
  readonly nodeKeyFile: string;
  readonly signingKeyFile: string;
  /** Folder with `agreements` and `directories`, signed. */
  readonly trust: string;
  /** The nations that are cut off; read again whenever it changes. */
  readonly suspendedFile: string;
  readonly limits: HubLimits;
  readonly logLevel: LogLevel;
}

/** What the hub keeps and takes at the most. */
export interface HubLimits extends HubStreamBounds {
  /** From each office, on average. */
  readonly itemsPerMinute: number;
}

/** What the process reads besides its configuration. */
export interface HubFiles {
  readonly nodeKey: string;
  readonly signingKey: string;
  readonly serverConfig: { readonly text: string; readonly changedAt: EpochMs };
}

const FIELDS = ['hub', 'offices', 'http', 'server', 'keys', 'trust', 'suspended', 'limits', 'log'];
const LIMITS = ['logBytes', 'contentBytes', 'directoryBytes', 'subscriptionBytes', 'itemsPerMinute'] as const;

/** The configuration that the arguments name. @throws HubError HUB_ARGUMENTS_INVALID, HUB_FILE_UNREADABLE, HUB_CONFIG_INVALID. */
export async function readHubConfig(argv: readonly string[]): Promise<HubConfig> {
  const file = resolve(configArgument(argv));
  return parseHubConfig(await read(file), dirname(file));
}

/** The files that the configuration names. @throws HubError HUB_FILE_UNREADABLE. */
export async function readHubFiles(config: HubConfig): Promise<HubFiles> {
  const text = await read(config.server.configFile);
  const { mtimeMs } = await stat(config.server.configFile);
  return {
    nodeKey: await read(config.nodeKeyFile),
    signingKey: await read(config.signingKeyFile),
    serverConfig: { text, changedAt: epochMs(Math.floor(mtimeMs)) },
  };
}

/** A hub's configuration; every fault is named, unknown fields are faults. @throws HubError HUB_CONFIG_INVALID. */
export function parseHubConfig(text: string, folder: string): HubConfig {
  const faults: string[] = [];
  const root = mapOf(parseYaml(text), '', FIELDS, faults);
  const http = mapOf(root['http'], 'http', ['host', 'port'], faults);
  const server = mapOf(root['server'], 'server', ['client', 'monitor', 'config'], faults);
  const keys = mapOf(root['keys'], 'keys', ['node', 'signing'], faults);
  const limits = mapOf(root['limits'], 'limits', LIMITS, faults);
  const log = mapOf(root['log'], 'log', ['level'], faults);
  const check = <T>(place: string, read: () => T): T => {
    try {
      return read();
    } catch {
      faults.push(place);
      return undefined as T;
    }
  };
  const config: HubConfig = {
    hub: check('hub', () => parseHubId(root['hub'])),
    offices: check('offices', () => officesOf(root['offices'])),
    http: {
      host: check('http.host', () => textOf(http['host'])),
      port: check('http.port', () => portOf(http['port'])),
    },
    server: {
      client: check('server.client', () => urlOf(server['client'], 'nats:')),
      monitor: check('server.monitor', () => urlOf(server['monitor'], 'http:')),
      configFile: check('server.config', () => resolve(folder, textOf(server['config']))),
    },
    nodeKeyFile: check('keys.node', () => resolve(folder, textOf(keys['node']))),
    signingKeyFile: check('keys.signing', () => resolve(folder, textOf(keys['signing']))),
    trust: check('trust', () => resolve(folder, textOf(root['trust']))),
    suspendedFile: check('suspended', () => resolve(folder, textOf(root['suspended']))),
    limits: Object.fromEntries(
      LIMITS.map((name) => [name, check(`limits.${name}`, () => countOf(limits[name]))]),
    ) as unknown as HubLimits,
    logLevel: check('log.level', () => parseLogLevel(log['level'])),
  };
  if (faults.length > 0) throw new HubError('HUB_CONFIG_INVALID', { context: { faults: faults.join(', ') } });
  return config;
}

function configArgument(argv: readonly string[]): string {
  try {
    const { values } = parseArgs({ args: [...argv], options: { config: { type: 'string' } }, strict: true });
    if (values.config !== undefined) return values.config;
  } catch (cause) {
    throw new HubError('HUB_ARGUMENTS_INVALID', { cause });
  }
  throw new HubError('HUB_ARGUMENTS_INVALID');
}

async function read(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    throw new HubError('HUB_FILE_UNREADABLE', { cause, context: { file } });
  }
}

function parseYaml(text: string): unknown {
  try {
    return parse(text);
  } catch (cause) {
    throw new HubError('HUB_CONFIG_INVALID', { cause, context: { faults: 'not YAML' } });
  }
}

function mapOf(value: unknown, place: string, fields: readonly string[], faults: string[]): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    faults.push(place === '' ? 'the whole file' : place);
    return {};
  }
  for (const name of Object.keys(value))
    if (!fields.includes(name)) faults.push(`${place === '' ? '' : `${place}.`}${name}`);
  return value as Record<string, unknown>;
}

function officesOf(value: unknown): readonly OfficeId[] {
  if (!Array.isArray(value) || !value.every(isOfficeId)) throw new TypeError('not a list of offices');
  return value;
}

function textOf(value: unknown): string {
  if (typeof value !== 'string' || value === '') throw new TypeError('not a text');
  return value;
}

function countOf(value: unknown): number {
  if (!Number.isSafeInteger(value) || (value as number) < 1) throw new TypeError('not a count');
  return value as number;
}

function portOf(value: unknown): number {
  if (!Number.isInteger(value) || (value as number) < 0 || (value as number) > 65_535)
    throw new TypeError('not a port');
  return value as number;
}

function urlOf(value: unknown, protocol: string): string {
  const text = textOf(value);
  if (new URL(text).protocol !== protocol) throw new TypeError('another protocol');
  return text;
}
