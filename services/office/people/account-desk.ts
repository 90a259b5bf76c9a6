import {
  AccessError,
  addAgency,
  addOfficer,
  assertPasswordGood,
  changeOfficer,
  disableOfficer,
  enableOfficer,
  hasEnded,
  hashPassword,
  newPassword,
  type OfficersTable,
  type OfficerTerms,
  officerIn,
  oneTimeEnd,
  type PasswordCost,
  type PasswordHash,
  removeAgency,
  resetSignIn,
  type SessionRecord,
  setPassword,
} from '../../core/access/index.ts';
import type { Clock, EpochMs } from '../../core/foundation/index.ts';
import { OfficeError } from '../errors.ts';
import type { FirstRun } from './first-run.ts';
import { CRIME_AREAS, type OfficersKeeper } from './officers-keeper.ts';
import type { Attempt, PasswordCheck } from './password-sign-in.ts';

/** A password for one sign-in, and until when it is taken. */
export interface OneTimePassword {
  readonly password: string;
  readonly until: EpochMs;
}

/** What an operator does to accounts, and everybody to their own; each is on record under who did it. */
export interface AccountDesk {
  /** A person more; the returned password is theirs for one sign-in. @throws AccessError as `addOfficer`. */
  readonly add: (by: string, name: string, terms: OfficerTerms & { readonly role: string }) => Promise<OneTimePassword>;
  /** @throws AccessError as `changeOfficer`. */
  readonly change: (by: string, name: string, terms: OfficerTerms) => Promise<void>;
  /** @throws AccessError as `disableOfficer`. */
  readonly disable: (by: string, name: string) => Promise<void>;
  /** @throws AccessError as `enableOfficer`. */
  readonly enable: (by: string, name: string) => Promise<void>;
  /** Another password for one sign-in; every session and passkey of before is gone. @throws AccessError ACCESS_OFFICER_UNKNOWN. */
  readonly reset: (by: string, name: string) => Promise<OneTimePassword>;
  /** The first operator, where the code is right. @throws OfficeError OFFICE_FIRST_RUN_REFUSED; AccessError ACCESS_NAME_INVALID, ACCESS_PASSWORD_WEAK. */
  readonly begin: (code: string, name: string, password: string) => Promise<void>;
  /**
   * Whether their password until now has to be known to choose another: not where they have none, nor one that they never
   * used and that is taken no more.
   */
  readonly needsCurrent: (own: Pick<SessionRecord, 'name' | 'means'>) => boolean;
  /** Their own password, which nobody else set. @throws AccessError ACCESS_PASSWORD_WEAK, ACCESS_PASSWORD_WRONG, ACCESS_PASSWORD_ENDED, ACCESS_LOCKED_OUT. */
  readonly changeOwn: (own: {
    readonly session: Pick<SessionRecord, 'name' | 'means'>;
    readonly current: string;
    readonly next: string;
    readonly address: string;
  }) => Promise<void>;
  readonly addAgency: (
    by: string,
    agency: { readonly id: string; readonly name: string; readonly crimeAreas: readonly string[] },
  ) => Promise<void>;
  /** @throws AccessError ACCESS_AGENCY_UNKNOWN, ACCESS_AGENCY_IN_USE. */
  readonly removeAgency: (by: string, id: string) => Promise<void>;
}

/** A desk over the people as they are in their file. */
export function accountDesk(parts: {
  readonly officers: OfficersKeeper;
  readonly passwords: PasswordCheck;
  readonly firstRun: FirstRun;
  readonly clock: Clock;
  readonly cost: PasswordCost;
}): AccountDesk {
  const { officers, passwords, firstRun, clock, cost } = parts;
  const hash = (password: string) => passwords.inTurn(() => hashPassword(password, cost));
  const change = async (by: string, work: (table: OfficersTable) => OfficersTable): Promise<void> => {
    await officers.change(by, work);
  };
  const oneTime = async (set: (hashed: PasswordHash, until: EpochMs) => Promise<void>): Promise<OneTimePassword> => {
    const password = newPassword();
    const hashed = await hash(password);
    const until = oneTimeEnd(clock.now());
    await set(hashed, until);
    return { password, until };
  };
  const needsCurrent: AccountDesk['needsCurrent'] = ({ name, means }) => {
    const officer = officerIn(officers.table(), name);
    return officer.password !== undefined && (means === 'password' || !hasEnded(officer, clock.now()));
  };
  return {
    add: (by, name, terms) =>
      oneTime((hashed, until) =>
        change(by, (table) => setPassword(addOfficer(table, name, terms, clock.now()), name, hashed, until)),
      ),
    change: (by, name, terms) => change(by, (table) => changeOfficer(table, name, terms)),
    disable: (by, name) => change(by, (table) => disableOfficer(table, name, clock.now())),
    enable: (by, name) => change(by, (table) => enableOfficer(table, name)),
    reset: async (by, name) => {
      officerIn(officers.table(), name);
      return oneTime((hashed, until) => change(by, (table) => resetSignIn(table, name, hashed, until)));
    },
    begin: async (code, name, password) => {
      if (!firstRun.isCode(code)) throw new OfficeError('OFFICE_FIRST_RUN_REFUSED');
      assertPasswordGood(password, name);
      const hashed = await hash(password);
      await change(name, (table) => {
        // Of two who have the code, one is the first.
        if (table.officers.size > 0) throw new OfficeError('OFFICE_FIRST_RUN_REFUSED');
        return setPassword(addOfficer(table, name, { role: 'operator' }, clock.now()), name, hashed, undefined);
      });
      await firstRun.prepare();
    },
    needsCurrent,
    changeOwn: async ({ session, current, next, address }) => {
      const { name } = session;
      assertPasswordGood(next, name, 'next');
      if (current === next)
        throw new AccessError('ACCESS_PASSWORD_WEAK', { context: { reason: 'same-as-before', field: 'next' } });
      const officer = officerIn(officers.table(), name);
      if (needsCurrent(session)) await assertOwn(passwords, { name, password: current, address });
      const hashed = await hash(next);
      await change(name, (table) => {
        // Meanwhile somebody may have been let in no more, or been given another password: that stays.
        if (officerIn(table, name).generation !== officer.generation) throw new AccessError('ACCESS_SESSION_INVALID');
        return setPassword(table, name, hashed, undefined);
      });
    },
    addAgency: (by, agency) => change(by, (table) => addAgency(table, agency, CRIME_AREAS)),
    removeAgency: (by, id) => change(by, (table) => removeAgency(table, id)),
  };
}

/** A wrong one does not end the session of whoever mistyped it. */
async function assertOwn(passwords: PasswordCheck, attempt: Attempt): Promise<void> {
  try {
    await passwords.officerOf(attempt);
  } catch (error) {
    if (error instanceof AccessError && error.code === 'ACCESS_SIGN_IN_REFUSED')
      throw new AccessError('ACCESS_PASSWORD_WRONG');
    throw error;
  }
}
