import {
  AccessError,
  csrfOf,
  endOfSession,
  findSession,
  formatSessionsFile,
  MAX_SESSIONS_EACH,
  newSession,
  type OfficerRecord,
  type OfficersTable,
  type Principal,
  parseSessionsFile,
  principalOfSession,
  provedSession,
  type SessionLimits,
  type SessionRecord,
  type SignInMeans,
} from '../../core/access/index.ts';
import { type Clock, type EpochMs, isLiaisonError } from '../../core/foundation/index.ts';
import type { PrivateFile } from './private-file.ts';

/** A session that was found good for a request. */
export interface LiveSession {
  readonly principal: Principal;
  readonly officer: OfficerRecord;
  readonly record: SessionRecord;
  /** What its pages send with what they change. */
  readonly csrf: string;
  /** When it ends, if nothing more is asked under it. */
  readonly endsAt: EpochMs;
}

/** Keeps the sessions of the office; a restart of the node ends none. */
export interface SessionKeeper {
  /** A session begins, of somebody who proved who they are now or at `provedAt`; its secret is returned and kept nowhere. */
  readonly begin: (officer: OfficerRecord, means: SignInMeans, provedAt?: EpochMs) => Promise<string>;
  /** The session goes on after its officer proved again who they are, under the returned secret alone. @throws AccessError ACCESS_SESSION_INVALID. */
  readonly prove: (session: SessionRecord) => Promise<string>;
  /** The session with that secret, which is asked nothing; `undefined` where it is not good. */
  readonly find: (secret: string) => SessionRecord | undefined;
  /** The session with that secret, which was asked under just now. @throws AccessError ACCESS_SESSION_INVALID, ACCESS_SESSION_EXPIRED. */
  readonly resume: (secret: string) => LiveSession;
  /** Asks again whether the session of that principal is good. @throws AccessError as `resume`. */
  readonly renew: (principal: Principal) => Principal;
  readonly end: (id: string) => Promise<void>;
  /** Every other session of whom that one is of is over. */
  readonly endOthers: (session: Pick<SessionRecord, 'name' | 'hash'>) => Promise<void>;
  /** Forgets what has ended and writes down when the others were last used. */
  readonly sweep: () => Promise<void>;
  /** By then everything is written down. */
  readonly close: () => Promise<void>;
  /** Takes in what was written down; a file that cannot be read ends all sessions. */
  readonly load: () => Promise<void>;
}

/** When a session was last used is written down so often: after a kill it ends that much earlier at the most. */
const SAVE_EVERY_MS = 60_000;

/** A keeper of sessions with these limits, of the people as they are at each request. */
export function sessionKeeper(parts: {
  readonly file: PrivateFile;
  readonly people: () => OfficersTable;
  readonly limits: SessionLimits;
  readonly clock: Clock;
  readonly refused: (code: string) => void;
}): SessionKeeper {
  const { file, people, limits, clock } = parts;
  const sessions = new Map<string, SessionRecord>();
  let changed = false;
  let savedAt = 0;
  let writing: Promise<void> = Promise.resolve();

  const save = (): Promise<void> => {
    changed = false;
    savedAt = clock.now();
    writing = writing.catch(() => undefined).then(() => file.write(formatSessionsFile(sessions.values())));
    return writing;
  };
  const isGood = (record: SessionRecord): boolean => {
    try {
      principalOfSession(record, people(), limits, clock.now());
      return true;
    } catch (error) {
      if (isLiaisonError(error)) return false;
      throw error;
    }
  };
  const forgetEnded = (): void => {
    for (const [hash, record] of sessions) if (!isGood(record)) changed = sessions.delete(hash);
  };

  return {
    begin: async (officer, means, provedAt) => {
      const { secret, record } = newSession(officer, means, clock.now(), provedAt);
      forgetEnded();
      const own = [...sessions.values()].filter(({ name }) => name === officer.name);
      for (const { hash } of own.slice(0, Math.max(0, own.length + 1 - MAX_SESSIONS_EACH))) sessions.delete(hash);
      sessions.set(record.hash, record);
      await save();
      return secret;
    },
    prove: async (session) => {
      const { secret, record } = provedSession(session, clock.now());
      // Meanwhile it may have been ended: nothing brings it back.
      if (!sessions.delete(session.hash)) throw new AccessError('ACCESS_SESSION_INVALID');
      sessions.set(record.hash, record);
      await save();
      return secret;
    },
    find: (secret) => {
      try {
        const record = findSession(sessions, secret);
        return isGood(record) ? record : undefined;
      } catch (error) {
        if (isLiaisonError(error)) return undefined;
        throw error;
      }
    },
    resume: (secret) => {
      const now = clock.now();
      const found = findSession(sessions, secret);
      const { principal, officer } = principalOfSession(found, people(), limits, now);
      const record = { ...found, seenAt: now };
      sessions.set(record.hash, record);
      changed = true;
      return { principal, officer, record, csrf: csrfOf(secret), endsAt: endOfSession(record, limits) };
    },
    renew: ({ id }) => {
      const record = [...sessions.values()].find((session) => session.id === id);
      if (record === undefined) throw new AccessError('ACCESS_SESSION_INVALID');
      return principalOfSession(record, people(), limits, clock.now()).principal;
    },
    end: async (id) => {
      for (const [hash, record] of sessions) if (record.id === id) sessions.delete(hash);
      await save();
    },
    endOthers: async ({ name, hash: own }) => {
      for (const [hash, record] of sessions) if (record.name === name && hash !== own) sessions.delete(hash);
      await save();
    },
    sweep: async () => {
      forgetEnded();
      if (changed && clock.now() - savedAt >= SAVE_EVERY_MS) await save();
    },
    close: async () => {
      if (changed) await save();
      await writing;
    },
    load: async () => {
      try {
        if ((await file.stamp()) === undefined) return;
        for (const [hash, record] of parseSessionsFile(await file.read())) sessions.set(hash, record);
      } catch (error) {
        parts.refused(isLiaisonError(error) ? error.code : 'OFFICE_FILE_UNREADABLE');
      }
    },
  };
}
