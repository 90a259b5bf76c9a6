import {
  type Agency,
  addAgency,
  addOfficer,
  changeOfficer,
  formatOfficersFile,
  hashPassword,
  NO_OFFICERS,
  type OfficerRole,
  type OfficersTable,
  setPassword,
} from '../../../services/core/access/index.ts';
import type { Clock, DurationMs, EpochMs, OfficeId } from '../../../services/core/foundation/index.ts';
import type { Act } from '../../../services/office/people/officer-acts.ts';
import { CRIME_AREAS } from '../../../services/office/people/officers-keeper.ts';
import { createPeople, type People, type PeopleParts } from '../../../services/office/people/people.ts';
import type { PrivateFile } from '../../../services/office/people/private-file.ts';

/** Cheap enough to hash with in every test. */
export const CHEAP = { cost: 2, blockSize: 1, parallelization: 1 };

/** The password of everybody in these tests. */
export const PASSWORD = 'seven grey herons wade';

/** Where the console's pages come from in these tests. */
export const ORIGIN = 'http://localhost:8101';

/** A file in memory. */
export function memoryFile(text?: string): { -readonly [Name in keyof PrivateFile]: PrivateFile[Name] } & {
  text: string | undefined;
  writes: number;
} {
  const file = {
    text,
    writes: 0,
    stamp: async () => (file.text === undefined ? undefined : file.text),
    read: async () => file.text ?? '',
    write: async (next: string) => {
      file.text = next;
      file.writes++;
    },
    alone: <T>(work: () => Promise<T>) => work(),
  };
  return file;
}

/** Somebody of a role, with the agencies of an officer. */
export interface FakeOfficer {
  readonly name: string;
  readonly role: OfficerRole;
  readonly agencies?: readonly string[];
}

let hashed: ReturnType<typeof hashPassword> | undefined;

/** People with `PASSWORD`, and their agencies. */
export async function tableOf(
  officers: readonly FakeOfficer[],
  agencies: readonly Agency[],
  now: EpochMs,
): Promise<OfficersTable> {
  hashed ??= hashPassword(PASSWORD, CHEAP);
  let table = NO_OFFICERS;
  for (const agency of agencies) table = addAgency(table, agency, CRIME_AREAS);
  for (const { name, role, agencies: own = [] } of officers) {
    table = setPassword(addOfficer(table, name, { role }, now), name, await hashed, undefined);
    table = changeOfficer(table, name, { agencies: own });
  }
  return table;
}

/** People in memory, with what would stand in the ledger of them. */
export interface FakePeople {
  readonly people: People;
  readonly acts: (Act & { readonly by: string })[];
  readonly files: Record<'officers' | 'recorded' | 'sessions' | 'firstRun', ReturnType<typeof memoryFile>>;
  /** To be awaited before anything is asked. */
  readonly ready: () => Promise<void>;
  /** Makes recording fail. */
  readonly failWith: (error: unknown) => void;
}

export function fakePeople(parts: {
  readonly clock: Clock;
  readonly officers?: readonly FakeOfficer[];
  readonly agencies?: readonly Agency[];
  readonly secure?: boolean;
  readonly cost?: typeof CHEAP;
  readonly oidc?: PeopleParts['oidc'];
}): FakePeople {
  const acts: (Act & { readonly by: string })[] = [];
  const files = { officers: memoryFile(), recorded: memoryFile(), sessions: memoryFile(), firstRun: memoryFile() };
  let failure: unknown;
  const people = createPeople({
    changed: () => undefined,
    files,
    firstRunPath: '/nonexistent/first-run-code',
    limits: { idleMs: (12 * 3_600_000) as DurationMs, absoluteMs: (24 * 3_600_000) as DurationMs },
    record: async (done, by) => {
      if (failure !== undefined) throw failure;
      acts.push(...done.map((act) => ({ ...act, by })));
    },
    office: 'th-chiang-khong' as OfficeId,
    ...(parts.oidc === undefined ? {} : { oidc: parts.oidc }),
    refused: () => undefined,
    clock: parts.clock,
    origins: () => [ORIGIN, 'http://127.0.0.1:8101'],
    secure: parts.secure ?? true,
    cost: parts.cost ?? CHEAP,
  });
  let ready: Promise<void> | undefined;
  return {
    people,
    acts,
    files,
    ready: () => {
      ready ??= (async () => {
        const table = await tableOf(parts.officers ?? [], parts.agencies ?? [], parts.clock.now());
        if (parts.officers !== undefined || parts.agencies !== undefined)
          files.officers.text = formatOfficersFile(table);
        await people.scan();
        acts.splice(0);
      })();
      return ready;
    },
    failWith: (error) => {
      failure = error;
    },
  };
}
