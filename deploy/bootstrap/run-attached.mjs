// @ts-check
import { spawn } from 'node:child_process';

/** @type {readonly NodeJS.Signals[]} */
const forwarded = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/**
 * Runs a Node program on this terminal to its end; signals for us reach it, and its exit code is ours.
 * @param {readonly string[]} args file and arguments
 * @param {string} cwd
 * @returns {Promise<number>}
 */
export function runAttached(args, cwd) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { cwd, stdio: 'inherit' });
    for (const signal of forwarded) process.on(signal, () => child.kill(signal));
    child.on('error', reject);
    child.on('close', (code) => resolve(code ?? 1));
  });
}
