import type { DurationMs, EpochMs } from '../foundation/index.ts';

/** How often a password may be wrong. */
export interface LockOutRules {
  /** Wrong so often under one name, it is locked. */
  readonly failuresEach: number;
  /** Wrong so often from one address, it is locked. */
  readonly failuresFrom: number;
  readonly lockedMs: DurationMs;
  /** The delay after the third wrong one; it doubles with each further one. */
  readonly firstDelayMs: DurationMs;
}

/** Ten wrong passwords lock a name for a quarter of an hour; an address, behind which several people sit, may be wrong more often. */
export const LOCK_OUT_RULES: LockOutRules = {
  failuresEach: 10,
  failuresFrom: 50,
  lockedMs: (15 * 60_000) as DurationMs,
  firstDelayMs: 1000 as DurationMs,
};

/** Counts wrong passwords by name and by address. It ends by itself, and no other way of signing in is held up by it. */
export interface LockOut {
  /** 0 when a password may be tried now; otherwise the whole seconds to wait. */
  readonly waitSeconds: (name: string, address: string, now: EpochMs) => number;
  /** A password was wrong; whether the name is locked by it. */
  readonly failed: (name: string, address: string, now: EpochMs) => boolean;
  /** A password was right: what was counted under the name is forgotten. */
  readonly succeeded: (name: string) => void;
}

interface Count {
  failures: number;
  /** Nothing is tried before. */
  waitUntil: number;
  lastAt: number;
}

/** A lock-out with nothing counted, for at most `maxKeys` names and addresses: those that were quiet longest go first. */
export function lockOut(rules: LockOutRules = LOCK_OUT_RULES, maxKeys = 4096): LockOut {
  const counts = new Map<string, Count>();
  const countOf = (key: string, now: number): Count | undefined => {
    const count = counts.get(key);
    if (count === undefined || now - count.lastAt < rules.lockedMs) return count;
    counts.delete(key);
    return undefined;
  };
  const add = (key: string, now: number, locksAt: number): boolean => {
    const failures = (countOf(key, now)?.failures ?? 0) + 1;
    const free = Math.ceil(locksAt * 0.3);
    const delay = failures < free ? 0 : Math.min(rules.firstDelayMs * 2 ** (failures - free), 60_000);
    const isLocked = failures >= locksAt;
    counts.delete(key);
    counts.set(key, { failures, lastAt: now, waitUntil: now + (isLocked ? rules.lockedMs : delay) });
    const quietest = counts.keys().next().value;
    if (counts.size > maxKeys && quietest !== undefined) counts.delete(quietest);
    return failures === locksAt;
  };
  return {
    waitSeconds: (name, address, now) => {
      const waits = [`name ${name}`, `from ${address}`].map((key) => (countOf(key, now)?.waitUntil ?? 0) - now);
      return Math.ceil(Math.max(0, ...waits) / 1000);
    },
    failed: (name, address, now) => {
      const locked = add(`name ${name}`, now, rules.failuresEach);
      add(`from ${address}`, now, rules.failuresFrom);
      return locked;
    },
    succeeded: (name) => void counts.delete(`name ${name}`),
  };
}
