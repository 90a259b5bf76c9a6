// @ts-check
import { randomUUID } from 'node:crypto';
import { link, mkdir, readFile, stat, unlink, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { dirname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { SetupError, say } from './setup-error.mjs';

const heartbeatMs = 2_000;
const staleAfterMs = 60_000;
const pollMs = 100;

/**
 * Runs `body` while no other process of any start holds the same lock; a lock whose holder died is taken over.
 * @template T
 * @param {string} path the lock file
 * @param {() => Promise<T>} body
 * @param {{ waitMs?: number }} [options] how long to wait for a living holder; 15 minutes unless told
 * @returns {Promise<T>}
 * @throws {SetupError} when a living holder keeps it for longer
 */
export async function withLock(path, body, options = {}) {
  await mkdir(dirname(path), { recursive: true });
  const token = JSON.stringify({ pid: process.pid, host: hostname(), id: randomUUID() });
  await acquire(path, token, Date.now() + (options.waitMs ?? 900_000));
  const beat = setInterval(() => void utimes(path, new Date(), new Date()).catch(() => {}), heartbeatMs);
  try {
    return await body();
  } finally {
    clearInterval(beat);
    await removeIfHolding(path, token);
  }
}

/**
 * @param {string} path
 * @param {string} token
 * @param {number} deadline
 */
async function acquire(path, token, deadline) {
  // The token is written before the lock appears under its name, so nobody ever reads an empty lock.
  const draft = `${path}.${randomUUID()}`;
  await writeFile(draft, token);
  try {
    for (let told = false; ; ) {
      try {
        return await link(draft, path);
      } catch (error) {
        if (codeOf(error) !== 'EEXIST') throw error;
      }
      if (await removeIfStale(path)) continue;
      if (Date.now() > deadline) {
        throw new SetupError(
          'SETUP_LOCKED',
          `another start holds ${path} for too long: end it, or delete that file if none is running.`,
        );
      }
      if (!told) say('waiting for another start to finish its set-up');
      told = true;
      await delay(pollMs);
    }
  } finally {
    await unlink(draft);
  }
}

/**
 * Each lock has its own token and only one waiter can create the tombstone of that token, so a takeover never removes a successor's lock.
 * @param {string} path
 * @returns {Promise<boolean>} whether it is worth trying again at once
 */
async function removeIfStale(path) {
  const token = await readFile(path, 'utf8').catch(() => undefined);
  if (token === undefined) return true;
  if (!(await isStale(path, token))) return false;
  const tombstone = `${path}.${JSON.parse(token).id}.dead`;
  try {
    await link(path, tombstone);
  } catch {
    return false;
  }
  try {
    return await removeIfHolding(path, token);
  } finally {
    await unlink(tombstone).catch(() => {});
  }
}

/**
 * @param {string} path
 * @param {string} token
 */
async function isStale(path, token) {
  const holder = JSON.parse(token);
  if (holder.host === hostname()) {
    try {
      process.kill(holder.pid, 0);
    } catch (error) {
      if (codeOf(error) === 'ESRCH') return true;
    }
  }
  // Covers a process id that was given out again, and a holder on another host or in another container.
  const seen = await stat(path).catch(() => undefined);
  return seen !== undefined && Date.now() - seen.mtimeMs > staleAfterMs;
}

/**
 * @param {string} path
 * @param {string} token
 */
async function removeIfHolding(path, token) {
  const current = await readFile(path, 'utf8').catch(() => undefined);
  if (current === token) await unlink(path);
  return true;
}

/** @param {unknown} error */
function codeOf(error) {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}
