import {
  type AgencyClaims,
  claimsOf,
  lockOut,
  type OfficerRecord,
  type OfficersTable,
  officerIn,
  PASSWORD_COST,
  type PasswordCost,
  type Principal,
  type SessionLimits,
} from '../../core/access/index.ts';
import type { Clock, OfficeId } from '../../core/foundation/index.ts';
import { OfficerAct } from '../../core/wire/index.ts';
import type { OidcConfig } from '../console-config.ts';
import { OfficeError } from '../errors.ts';
import { type AccountDesk, accountDesk } from './account-desk.ts';
import { type FirstRun, firstRun } from './first-run.ts';
import { actOf, type RecordActs } from './officer-acts.ts';
import { type OfficersKeeper, officersKeeper } from './officers-keeper.ts';
import { type OidcDesk, oidcDesk } from './oidc-desk.ts';
import { type PasskeyDesk, passkeyDesk } from './passkey-desk.ts';
import { type PasswordCheck, passwordCheck } from './password-sign-in.ts';
import type { PrivateFile } from './private-file.ts';
import { type SessionKeeper, sessionKeeper } from './session-keeper.ts';

/** The people of the office, and how they sign in. */
export interface People {
  readonly officers: OfficersKeeper;
  readonly sessions: SessionKeeper;
  readonly passwords: PasswordCheck;
  readonly accounts: AccountDesk;
  readonly firstRun: FirstRun;
  readonly passkeys: PasskeyDesk;
  /** Null where the office uses no ministry's sign-in. */
  readonly oidc: OidcDesk | null;
  /** Somebody who is known to have an account. */
  readonly officerOf: (name: string) => OfficerRecord;
  readonly claims: () => AgencyClaims;
  readonly record: RecordActs;
  /** Where the console's pages come from; the first is where people are sent. */
  readonly origins: () => readonly string[];
  /** Nobody reads along where people sign in. */
  readonly secure: boolean;
  /** @throws OfficeError OFFICE_SIGN_IN_INSECURE where others could read along. */
  readonly assertSecure: () => void;
  /** Something left the node as a file; by a word of this software. */
  readonly recordExport: (by: Principal, what: string) => Promise<void>;
  /** Looks at the files; to be called at the start and again and again. */
  readonly scan: () => Promise<void>;
}

/** What the people of an office are put together from. */
export interface PeopleParts {
  readonly files: Readonly<Record<'officers' | 'recorded' | 'sessions' | 'firstRun', PrivateFile>>;
  readonly firstRunPath: string;
  readonly limits: SessionLimits;
  readonly record: RecordActs;
  readonly refused: (code: string) => void;
  /** The people are others than before, whoever changed them. */
  readonly changed: () => void;
  readonly clock: Clock;
  readonly origins: () => readonly string[];
  /** Nobody reads along where the node listens: it has TLS, or does not listen on the network. */
  readonly secure: boolean;
  readonly office: OfficeId;
  readonly oidc?: { readonly config: OidcConfig; readonly secret: string; readonly failed: (error: unknown) => void };
  /** Left out: `PASSWORD_COST`. */
  readonly cost?: PasswordCost;
}

/** The people as their files have them; nothing is read yet. */
export function createPeople(parts: PeopleParts): People {
  const { files, record, refused, clock, cost = PASSWORD_COST } = parts;
  const officers = officersKeeper({
    file: files.officers,
    record,
    refused,
    changed: parts.changed,
    recorded: files.recorded,
  });
  const sessions = sessionKeeper({
    file: files.sessions,
    people: officers.table,
    limits: parts.limits,
    clock,
    refused,
  });
  const passwords = passwordCheck({ officers, lockOut: lockOut(), record, clock, cost });
  const first = firstRun({ officers, file: files.firstRun, path: parts.firstRunPath });
  let claimed: { readonly of: OfficersTable['agencies']; readonly claims: AgencyClaims } | undefined;
  let isLoaded = false;
  return {
    officers,
    sessions,
    passwords,
    accounts: accountDesk({ officers, passwords, firstRun: first, clock, cost }),
    firstRun: first,
    passkeys: passkeyDesk({ office: parts.office, officers, origins: parts.origins, clock }),
    oidc: parts.oidc === undefined ? null : oidcDesk({ ...parts.oidc, officers, origins: parts.origins, clock }),
    officerOf: (name) => officerIn(officers.table(), name),
    claims: () => {
      const { agencies } = officers.table();
      if (claimed?.of !== agencies) claimed = { of: agencies, claims: claimsOf(agencies.values()) };
      return claimed.claims;
    },
    record,
    origins: parts.origins,
    secure: parts.secure,
    assertSecure: () => {
      if (!parts.secure) throw new OfficeError('OFFICE_SIGN_IN_INSECURE');
    },
    recordExport: ({ name }, what) => record([actOf(name, OfficerAct.EXPORTED, what)], name),
    scan: async () => {
      await officers.scan();
      if (!isLoaded) await sessions.load();
      isLoaded = true;
      await sessions.sweep();
      await first.prepare();
    },
  };
}
