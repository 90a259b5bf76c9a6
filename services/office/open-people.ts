import { join } from 'node:path';
import type { Clock } from '../core/foundation/index.ts';
import type { Ledger } from '../core/ledger/index.ts';
import type { OfficeConfig } from './config.ts';
import { isLoopback } from './console-config.ts';
import { createPeople, type People } from './people/people.ts';
import { privateFile } from './people/private-file.ts';

/** The people of an office as its folder has them, every act on record; nothing is read yet. */
export function openPeople(parts: {
  readonly config: OfficeConfig;
  readonly ledger: Pick<Ledger, 'append'>;
  readonly clock: Clock;
  readonly refused: (code: string) => void;
  readonly changed: () => void;
  readonly oidcSecret: string | null;
  readonly oidcFailed: (error: unknown) => void;
  /** The port that is listened on. */
  readonly port: () => number;
}): People {
  const { config, ledger, clock, refused } = parts;
  const at = (name: string): string => join(config.peopleFolder, name);
  return createPeople({
    files: {
      officers: privateFile(at('officers.json')),
      recorded: privateFile(at('officers-recorded.json')),
      sessions: privateFile(at('sessions.json')),
      firstRun: privateFile(at('first-run-code')),
    },
    firstRunPath: at('first-run-code'),
    limits: { idleMs: config.console.idleMs, absoluteMs: config.console.absoluteMs },
    record: async (acts, by) => {
      await ledger.append(acts.map((act) => ({ officerRecorded: { ...act, agencies: [...act.agencies], by } })));
    },
    office: config.office,
    ...(config.console.oidc === null || parts.oidcSecret === null
      ? {}
      : { oidc: { config: config.console.oidc, secret: parts.oidcSecret, failed: parts.oidcFailed } }),
    refused,
    changed: parts.changed,
    clock,
    origins: originsOf(config, parts.port),
    secure: config.http.tls !== null || isLoopback(config.http.host),
  });
}

/** Where the console's pages come from: as configured, or else every name of the machine that the node listens on. */
function originsOf({ http, console }: OfficeConfig, port: () => number): () => readonly string[] {
  const { origin } = console;
  if (origin !== null) return () => [origin];
  const scheme = http.tls === null ? 'http' : 'https';
  const hosts = isLoopback(http.host) ? ['localhost', '127.0.0.1'] : [http.host];
  return () => hosts.map((host) => new URL(`${scheme}://${host}:${port()}`).origin);
}
