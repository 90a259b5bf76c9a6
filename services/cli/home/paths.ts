import { join } from 'node:path';

/** The places in a nation's home. */
export const nationHome = {
  nation: (home: string) => join(home, 'nation.json'),
  rootKey: (home: string) => join(home, 'root.jwk'),
  /** Entries of the nation's offices, one file each: what the next directory lists. */
  offices: (home: string) => join(home, 'offices'),
  directory: (home: string) => join(home, 'directory.json'),
  bundle: (home: string) => join(home, 'bundle.json'),
} as const;

/** The places in an office's home that its own process reads. */
export const officeHome = {
  config: (home: string) => join(home, 'office.yaml'),
  entry: (home: string) => join(home, 'office-entry.json'),
  log: (home: string) => join(home, 'office.log'),
  signingKey: (home: string) => join(home, 'keys', 'signing.jwk'),
  /** Prepared, and not yet signing. */
  nextSigningKey: (home: string) => join(home, 'keys', 'signing-next.jwk'),
  sealingKey: (home: string) => join(home, 'keys', 'sealing-1.jwk'),
  drillSigningKey: (home: string) => join(home, 'keys', 'drill-signing.jwk'),
  /** Prepared, and not yet signing. */
  nextDrillSigningKey: (home: string) => join(home, 'keys', 'drill-signing-next.jwk'),
  drillSealingKey: (home: string) => join(home, 'keys', 'drill-sealing-1.jwk'),
  /** A key file by its name in the configuration. */
  keyFile: (home: string, name: string) => join(home, name),
  directory: (home: string, nation: string) => join(home, 'trust', 'directories', `${nation}.json`),
  agreement: (home: string, id: string) => join(home, 'trust', 'agreements', `${id}.json`),
  bundle: (home: string) => join(home, 'policy', 'bundle.json'),
  officers: (home: string) => join(home, 'officers.json'),
  /** What whoever makes the first operator has to know. */
  firstRunCode: (home: string) => join(home, 'first-run-code'),
  /** The passwords of a demonstration's officers. */
  demoPasswords: (home: string) => join(home, 'tokens', 'demo-passwords.json'),
  token: (home: string, role: string) => join(home, 'tokens', `${role}.token`),
} as const;

/** The places in the folder of an office or a hub. */
export const serverHome = {
  plan: (home: string) => join(home, 'server.yaml'),
  config: (home: string) => join(home, 'nats', 'nats-server.conf'),
  log: (home: string) => join(home, 'nats', 'nats-server.log'),
  nodeKey: (home: string) => join(home, 'keys', 'node.nk'),
  operatorKey: (home: string) => join(home, 'keys', 'operator.nk'),
  linkKey: (home: string, neighbour: string) => join(home, 'keys', `link-${neighbour}.nk`),
  leafKey: (home: string, neighbour: string) => join(home, 'keys', `leaf-${neighbour}.nk`),
  ownCard: (home: string, neighbour: string) => join(home, 'links', `for-${neighbour}.json`),
  card: (home: string, neighbour: string) => join(home, 'links', `${neighbour}.json`),
  tls: (home: string, file: string) => join(home, 'tls', file),
} as const;

/** The places in a hub's home that its own process reads. */
export const hubHome = {
  config: (home: string) => join(home, 'hub.yaml'),
  /** Its id and public key, for agreements. */
  entry: (home: string) => join(home, 'hub-entry.json'),
  log: (home: string) => join(home, 'hub.log'),
  signingKey: (home: string) => join(home, 'keys', 'signing.jwk'),
  directory: (home: string, nation: string) => join(home, 'trust', 'directories', `${nation}.json`),
  agreement: (home: string, id: string) => join(home, 'trust', 'agreements', `${id}.json`),
  /** The nations that are cut off, read by the process as well as when the server is rendered. */
  suspended: (home: string) => join(home, 'suspended.json'),
} as const;
