/** A folder that imports from another: which ones it may, and why no others. Paths are under services/. */
export interface FolderRule {
  readonly folder: string;
  readonly mayImport: readonly string[];
  /** Of `mayImport`, those that may lend their types only. */
  readonly typesOnly?: readonly string[];
  readonly reason: string;
}

const core = (...names: string[]): string[] => names.map((name) => `core/${name}`);

const everyCoreFolder = core(
  'foundation',
  'subjects',
  'wire',
  'telemetry',
  'access',
  'trust',
  'envelope',
  'policy',
  'ledger',
  'matching',
  'files',
  'figures',
  'bus',
  'relay',
);

/** Every folder with a door. A folder that is not named here may not exist. */
export const folderRules: readonly FolderRule[] = [
  { folder: 'core/foundation', mayImport: [], reason: 'everything stands on it, so it stands on nothing' },
  { folder: 'core/subjects', mayImport: core('foundation'), reason: 'the subject grammar is text, not transport' },
  { folder: 'core/wire', mayImport: core('foundation'), reason: 'the contract knows no use of it' },
  {
    folder: 'core/telemetry',
    mayImport: core('foundation'),
    reason: 'logs and metrics take ids and numbers, never content',
  },
  {
    folder: 'core/access',
    mayImport: core('foundation'),
    reason: 'who may ask is settled without looking at what is asked',
  },
  {
    folder: 'core/trust',
    mayImport: core('foundation', 'wire'),
    reason: 'who may sign is settled before what was signed',
  },
  {
    folder: 'core/envelope',
    mayImport: core('foundation', 'wire', 'trust'),
    reason: 'proving a message must not depend on what policy then says of it',
  },
  {
    folder: 'core/policy',
    mayImport: core('foundation', 'subjects', 'wire', 'envelope'),
    typesOnly: core('envelope'),
    reason: 'a decision looks at facts; it neither signs nor opens anything',
  },
  {
    folder: 'core/ledger',
    mayImport: core('foundation', 'wire', 'trust', 'envelope'),
    reason: 'evidence must be checkable without the server or the policy engine',
  },
  {
    folder: 'core/matching',
    mayImport: core('foundation', 'wire'),
    reason: 'whether two may be the same is settled without knowing who asks, or what becomes of it',
  },
  {
    folder: 'core/files',
    mayImport: core('foundation', 'wire'),
    reason: 'what a file is, its bytes alone settle, whoever sent them',
  },
  {
    folder: 'core/figures',
    mayImport: core('foundation'),
    reason: 'what may be published of a count is settled without knowing what was counted',
  },
  {
    folder: 'core/bus',
    mayImport: core('foundation', 'subjects', 'telemetry'),
    reason: 'transport carries bytes and knows no meaning',
  },
  {
    folder: 'core/relay',
    mayImport: everyCoreFolder.filter((name) => name !== 'core/bus' && name !== 'core/relay'),
    reason: 'it declares the ports that bus implements, so that it can be tested without a server',
  },
  ...['office', 'hub', 'cli'].map((folder) => ({
    folder,
    mayImport: everyCoreFolder,
    reason: 'a process is composed of libraries, never of another process',
  })),
];

/** A library that is not ours, and the only folders that may import it. `services/` stands for any process. */
export interface LibraryRule {
  /** A package name, or a scope with a trailing slash. */
  readonly library: string;
  readonly owners: readonly string[];
  readonly reason: string;
}

const processes = ['office', 'hub', 'cli'];

/** Every library in use. One that is not named here may not be imported. */
export const libraryRules: readonly LibraryRule[] = [
  { library: 'protobufjs', owners: ['core/wire'], reason: 'a change of codec touches one folder' },
  {
    library: 'jose',
    owners: ['core/trust', 'core/envelope'],
    reason: 'what is accepted as a signature is decided in two places at most',
  },
  {
    library: '@cedar-policy/',
    owners: ['core/policy'],
    reason: 'an evaluation error must become a refusal in one place',
  },
  { library: 'nats', owners: ['core/bus'], reason: 'no pipeline may depend on the transport' },
  { library: '@nats-io/', owners: ['core/bus'], reason: 'no pipeline may depend on the transport' },
  { library: 'pkijs', owners: ['core/bus'], reason: 'certificates serve the links alone' },
  { library: 'asn1js', owners: ['core/bus'], reason: 'certificates serve the links alone' },
  { library: 'any-ascii', owners: ['core/matching'], reason: 'how names are romanised is decided in one place' },
  {
    library: '@skyra/jaro-winkler',
    owners: ['core/matching'],
    reason: 'how alike names must be is decided in one place',
  },
  { library: 'pino', owners: ['core/telemetry'], reason: 'what may be logged is decided in one place' },
  { library: 'prom-client', owners: ['core/telemetry'], reason: 'labels are bounded in one place' },
  { library: 'fastify', owners: processes, reason: 'only a process listens' },
  { library: '@fastify/', owners: processes, reason: 'only a process listens' },
  { library: 'cookie', owners: ['office'], reason: 'what is a session is decided in one place' },
  {
    library: '@simplewebauthn/',
    owners: ['office'],
    reason: 'whose passkey it is, is decided where sessions begin',
  },
  {
    library: 'openid-client',
    owners: ['office'],
    reason: 'whom a ministry vouches for is decided where sessions begin',
  },
  { library: 'yaml', owners: processes, reason: 'only a process reads configuration' },
  { library: 'commander', owners: ['cli'], reason: 'only the command line has arguments' },
];

/** Folders that log nothing and read no clock but the one passed in, and may not touch the process they run in. */
export const pureFolders: readonly string[] = core(
  'foundation',
  'subjects',
  'wire',
  'access',
  'trust',
  'envelope',
  'policy',
  'ledger',
  'matching',
  'files',
  'figures',
  'relay',
);

/** Error classes outside errors.ts, each with the reason why no caller can meet it. */
export const innerErrorClasses: Readonly<Record<string, string>> = {};

/** The one file in a pure folder that reads the system's clock: it is the clock that is passed in. */
export const clockFile = 'services/core/foundation/clock.ts';

/** What `process.` may be asked for in a library: facts about the runtime, never its environment, arguments or fate. */
export const processFacts: readonly string[] = [
  'versions',
  'version',
  'platform',
  'arch',
  'memoryUsage',
  'emitWarning',
];
