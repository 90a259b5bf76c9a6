import { dirname, resolve } from 'node:path';
import { parseDocument } from 'yaml';
import {
  type ByteCount,
  type DurationMs,
  type HubId,
  type KeyId,
  type NationCode,
  nationOf,
  type OfficeId,
  parseHubId,
  parseKeyId,
  parseOfficeId,
  seconds,
} from '../core/foundation/index.ts';
import { type LogLevel, parseLogLevel } from '../core/telemetry/index.ts';
import { type ConfigReader, configReader } from './config-reader.ts';
import { type ConsoleConfig, readConsole } from './console-config.ts';
import { OfficeError } from './errors.ts';

/** A neighbour, how it is reached, and with which key. */
export interface NeighbourConfig {
  readonly office: OfficeId;
  /** `direct`, or the hub whose link it lies behind. */
  readonly via: 'direct' | HubId;
  readonly keyFile: string;
  /** Further ways to it, through other hubs; the first is the one above. */
  readonly also: readonly WayConfig[];
}

/** A way to a neighbour, and the key of the link it goes over. */
export interface WayConfig {
  readonly via: 'direct' | HubId;
  readonly keyFile: string;
}

/** A regional hub, and the key of the link to it. */
export interface HubConfig {
  readonly hub: HubId;
  readonly keyFile: string;
}

/** Everything the office process is told; paths are absolute, secrets are elsewhere. */
export interface OfficeConfig {
  readonly office: OfficeId;
  readonly nation: NationCode;
  /** Thumbprint of the own nation's root key: everything else is trusted because of it. */
  readonly root: KeyId;
  readonly http: {
    readonly host: string;
    readonly port: number;
    /** Null where the node itself has no certificate. */
    readonly tls: { readonly certificateFile: string; readonly keyFile: string } | null;
  };
  readonly console: ConsoleConfig;
  readonly server: { readonly client: string; readonly monitor: string; readonly configFile: string };
  readonly keys: {
    readonly signingFile: string;
    readonly sealingFiles: readonly string[];
    readonly nodeFile: string;
    /** Null where the office has no key for exercises. */
    readonly drillSigningFile: string | null;
    readonly drillSealingFiles: readonly string[];
  };
  readonly neighbours: readonly NeighbourConfig[];
  /** Regional hubs that this office tells and asks, and the key of the link to each. */
  readonly hubs: readonly HubConfig[];
  readonly trustFolder: string;
  readonly bundleFile: string;
  readonly tokensFile: string;
  /** Where accounts, sessions and the code of the first run lie. */
  readonly peopleFolder: string;
  readonly heartbeatMs: DurationMs;
  readonly clockToleranceMs: DurationMs;
  readonly limits: {
    readonly ledgerBytes: ByteCount;
    readonly contentBytes: ByteCount;
    readonly inboundBytes: ByteCount;
    readonly minFreeDiskBytes: ByteCount;
  };
  readonly logLevel: LogLevel;
}

const MIB = 1024 * 1024;
const TIB = 1024 * 1024 * MIB;

/**
 * An office's configuration from the text of its office.yaml; unknown fields are faults, and all faults are told at once.
 *
 * @throws OfficeError OFFICE_CONFIG_INVALID with one fault for each place.
 */
export function parseOfficeConfig(text: string, file: string): OfficeConfig {
  const folder = dirname(file);
  const reader = configReader(parseYaml(text));
  const path = (at: ConfigReader, name: string): string =>
    at.read(name, 'the name of a file, relative to this one', (value) => resolve(folder, textOf(value)), '');
  const office = reader.read('office', 'an office id such as th-chiang-khong', parseOfficeId, 'xx-unknown' as OfficeId);
  const nation = nationOf(office);
  const http = reader.section('http');
  const server = reader.section('server');
  const keys = reader.section('keys');
  const policy = reader.section('policy');
  const relay = reader.optionalSection('relay');
  const limits = reader.section('limits');
  const log = reader.optionalSection('log');
  const bytes = (name: string): ByteCount =>
    limits.read(name, 'a number of bytes', (value) => numberOf(value, MIB, TIB), MIB) as ByteCount;
  const config: OfficeConfig = {
    office,
    nation,
    root: reader.read('root', "the thumbprint of the nation's root key", parseKeyId, '' as KeyId),
    http: {
      host: http.read('host', 'the address to listen on, such as 127.0.0.1', textOf, ''),
      port: http.read('port', 'a port from 0 to 65535', (value) => numberOf(value, 0, 65_535), 0),
      tls: readTls(http, path),
    },
    console: readConsole(reader, (name) => resolve(folder, name)),
    server: {
      client: server.read('client', 'an address such as nats://127.0.0.1:4222', (value) => urlOf(value, 'nats:'), ''),
      monitor: server.read('monitor', 'an address such as http://127.0.0.1:8222', (value) => urlOf(value, 'http:'), ''),
      configFile: path(server, 'config'),
    },
    keys: {
      signingFile: path(keys, 'signing'),
      sealingFiles: keys.read(
        'sealing',
        'a list of files, at least one',
        (value) => filesOf(value).map((name) => resolve(folder, name)),
        [],
      ),
      nodeFile: path(keys, 'node'),
      drillSigningFile: keys.readOptional(
        'drillSigning',
        'the name of a file, relative to this one',
        (value): string | null => resolve(folder, textOf(value)),
        null,
      ),
      drillSealingFiles: keys.readOptional(
        'drillSealing',
        'a list of files, at least one',
        (value) => filesOf(value).map((name) => resolve(folder, name)),
        [],
      ),
    },
    neighbours: readNeighbours(reader, folder, office),
    hubs: readHubs(reader, folder),
    trustFolder: path(reader, 'trust'),
    bundleFile: path(policy, 'bundle'),
    tokensFile: path(reader, 'tokens'),
    peopleFolder: folder,
    heartbeatMs: seconds(
      relay.readOptional('heartbeatSeconds', 'from 1 to 3600', (value) => numberOf(value, 1, 3600), 10),
    ),
    clockToleranceMs: seconds(
      relay.readOptional('clockToleranceSeconds', 'from 0 to 3600', (value) => numberOf(value, 0, 3600), 300),
    ),
    limits: {
      ledgerBytes: bytes('ledgerBytes'),
      contentBytes: bytes('contentBytes'),
      inboundBytes: bytes('inboundBytes'),
      minFreeDiskBytes: bytes('minFreeDiskBytes'),
    },
    logLevel: log.readOptional('level', 'one of debug, info, warn, error, silent', parseLogLevel, 'info'),
  };
  const faults = reader.faults();
  if (faults.length > 0) {
    const told = faults.map(({ field, message }) => `${field === '' ? 'the file' : field}: ${message}`).join('; ');
    throw new OfficeError('OFFICE_CONFIG_INVALID', { faults, context: { faults: told } });
  }
  return config;
}

function readTls(http: ConfigReader, path: (at: ConfigReader, name: string) => string): OfficeConfig['http']['tls'] {
  if (!http.has('tls')) return null;
  const tls = http.section('tls');
  return { certificateFile: path(tls, 'certificate'), keyFile: path(tls, 'key') };
}

function parseYaml(text: string): unknown {
  const document = parseDocument(text, { uniqueKeys: true, version: '1.2' });
  const [error] = [...document.errors, ...document.warnings];
  try {
    if (error === undefined) return document.toJS({ maxAliasCount: 0 }) as unknown;
  } catch {
    // An alias: a configuration says what it means where it stands.
  }
  const message = `is not YAML that can be read here, at line ${error?.linePos?.[0].line ?? 1}`;
  throw new OfficeError('OFFICE_CONFIG_INVALID', {
    faults: [{ field: '', reason: 'not-yaml', message }],
    context: { faults: message },
  });
}

function readNeighbours(reader: ConfigReader, folder: string, office: OfficeId): readonly NeighbourConfig[] {
  const seen = new Set<OfficeId>();
  return reader.list('neighbours').map((entry) => ({
    office: entry.read(
      'office',
      'an office of another nation, listed once',
      (value) => {
        const neighbour = parseOfficeId(value);
        if (nationOf(neighbour) === nationOf(office) || seen.has(neighbour)) throw new TypeError('not a neighbour');
        seen.add(neighbour);
        return neighbour;
      },
      office,
    ),
    ...readWay(entry, folder),
    also: readAlso(entry, folder),
  }));
}

function readHubs(reader: ConfigReader, folder: string): readonly HubConfig[] {
  const seen = new Set<HubId>();
  return reader.optionalList('hubs').map((entry) => ({
    hub: entry.read(
      'hub',
      'a hub id such as hub-mekong, listed once',
      (value) => {
        const hub = parseHubId(value);
        if (seen.has(hub)) throw new TypeError('listed twice');
        seen.add(hub);
        return hub;
      },
      'hub-unknown' as HubId,
    ),
    keyFile: entry.read(
      'key',
      'the name of a file, relative to this one',
      (value) => resolve(folder, textOf(value)),
      '',
    ),
  }));
}

function readWay(entry: ConfigReader, folder: string): WayConfig {
  return {
    via: entry.read(
      'via',
      'direct, or a hub id such as hub-mekong',
      (value) => (value === 'direct' ? value : parseHubId(value)),
      'direct',
    ),
    keyFile: entry.read(
      'key',
      'the name of a file, relative to this one',
      (value) => resolve(folder, textOf(value)),
      '',
    ),
  };
}

function readAlso(entry: ConfigReader, folder: string): readonly WayConfig[] {
  return entry.optionalList('also').map((way) => readWay(way, folder));
}

function textOf(value: unknown): string {
  if (typeof value !== 'string' || value === '') throw new TypeError('not a text');
  return value;
}

function numberOf(value: unknown, minimum: number, maximum: number): number {
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < minimum || value > maximum)
    throw new TypeError('not a whole number in range');
  return value;
}

function filesOf(value: unknown): readonly string[] {
  if (!Array.isArray(value) || value.length === 0) throw new TypeError('not a list');
  return value.map(textOf);
}

function urlOf(value: unknown, protocol: string): string {
  const text = textOf(value);
  const url = new URL(text);
  if (url.protocol !== protocol || url.username !== '' || url.password !== '')
    throw new TypeError('another protocol, or a password');
  return text;
}
