// @ts-check
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

const pollMs = 500;
const shells = new Set(['sh', 'dash', 'bash', 'ash', 'busybox', 'zsh', 'ksh']);

/**
 * When the process that started this one is gone, this one receives SIGTERM, once: the ordinary shutdown begins even
 * where the parent was killed without a chance to pass anything on. npm runs a script through a shell that may stay in
 * between and outlive npm, so the chain is followed over shells up to the first process that is none.
 * @returns {() => void} ends the watch
 */
export function watchParent() {
  const chain = readChain(process.pid);
  if (chain.length < 2) return () => {};
  const timer = setInterval(() => {
    if (isIntact(chain)) return;
    clearInterval(timer);
    process.kill(process.pid, 'SIGTERM');
  }, pollMs);
  timer.unref();
  return () => clearInterval(timer);
}

/**
 * @param {number} pid
 * @returns {number[]} this process, the shells above it, and the first process above them; a process started by the system's first one has nobody to lose
 */
function readChain(pid) {
  const chain = [pid];
  for (let at = readProcess(pid); at !== undefined && at.parent > 1; ) {
    chain.push(at.parent);
    at = readProcess(at.parent);
    if (at === undefined || !shells.has(at.name)) break;
  }
  return chain;
}

/** @param {readonly number[]} chain */
function isIntact(chain) {
  // process.ppid needs no look at other processes; the rest only matters where a shell stands in between.
  if (process.ppid !== chain[1]) return false;
  return chain.slice(2).every((parent, index) => readProcess(chain[index + 1] ?? 0)?.parent === parent);
}

/**
 * @param {number} pid
 * @returns {{ parent: number, name: string } | undefined}
 */
function readProcess(pid) {
  try {
    if (process.platform === 'linux') {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
      // The name stands in brackets and may itself hold brackets and spaces.
      const name = stat.slice(stat.indexOf('(') + 1, stat.lastIndexOf(')'));
      return { name, parent: Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]) };
    }
    const row = execFileSync('ps', ['-o', 'ppid=,comm=', '-p', String(pid)], { encoding: 'utf8' }).trim();
    const [parent = '', ...command] = row.split(/\s+/);
    return { parent: Number(parent), name: command.join(' ').replace(/^-/, '').split('/').at(-1) ?? '' };
  } catch {
    return undefined;
  }
}
