// @ts-check
import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { readMachineArchive } from './machine-archive.mjs';
import { isAtLeast } from './nats-server-version.mjs';
import { writePrivateApt } from './private-apt.mjs';
import { lastLine, runTool } from './run-tool.mjs';

/** @typedef {import('./machine-archive.mjs').Archive} Archive */

/**
 * Fetches a nats-server from the machine's own package archive into `folder`, without installing it and without
 * touching the system's apt state: own sources, lists, archives and state; the machine's mirror, proxy and keyring.
 * apt checks the archive's signature over the index and the package's digest in it.
 * @param {string} folder an empty folder to work in
 * @param {string} floor oldest version that will do
 * @param {Archive | { reason: string }} [from] another archive than the machine's
 * @returns {Promise<{ path: string, source: string } | { reason: string }>} the unpacked binary, or why there is none
 */
export async function fetchThroughApt(folder, floor, from) {
  const archive = from ?? (await readMachineArchive());
  if ('reason' in archive) return archive;
  const reasons = [];
  for (const suite of archive.suites) {
    const work = join(folder, suite);
    const attempt = await fetchFromSuite(work, archive, suite, floor);
    if ('path' in attempt) return attempt;
    reasons.push(`${suite}: ${attempt.reason}`);
  }
  return { reason: reasons.join('; ') };
}

/**
 * @param {string} work
 * @param {Archive} archive
 * @param {string} suite
 * @param {string} floor
 * @returns {Promise<{ path: string, source: string } | { reason: string }>}
 */
async function fetchFromSuite(work, archive, suite, floor) {
  const options = ['-c', await writePrivateApt(work, archive, suite)];
  const apt = (/** @type {string} */ program, /** @type {string[]} */ ...args) =>
    runTool(program, [...options, ...args], {
      cwd: work,
      timeoutMs: 300_000,
      env: { ...process.env, LC_ALL: 'C.UTF-8' },
    });

  const update = await apt('apt-get', 'update', '--error-on=any');
  if (update.code !== 0) return { reason: reasonOf(update) };
  const listed = await apt('apt-cache', 'madison', 'nats-server');
  const version = listed.stdout
    .split('\n')
    .map((line) => line.split('|')[1]?.trim() ?? '')
    .find((v) => v !== '');
  if (version === undefined) return { reason: 'carries no nats-server' };
  if (!isAtLeast(upstreamVersion(version), floor)) return { reason: `carries ${version}` };
  const download = await apt('apt-get', 'download', `nats-server=${version}`);
  const debName = (await readdir(work)).find((name) => name.endsWith('.deb'));
  if (download.code !== 0 || debName === undefined) return { reason: reasonOf(download) };
  const unpack = await runTool('dpkg-deb', ['-x', join(work, debName), join(work, 'unpacked')]);
  if (unpack.code !== 0) return { reason: lastLine(unpack) };
  const found = ['usr/sbin', 'usr/bin'].map((place) => join(work, 'unpacked', place, 'nats-server'));
  const path = found.find((candidate) => existsSync(candidate));
  return path === undefined ? { reason: `${debName} holds no nats-server` } : { path, source: `${suite} ${debName}` };
}

/**
 * @param {string} debianVersion
 * @returns the version without epoch, packaging revision or archive suffix
 */
function upstreamVersion(debianVersion) {
  return /^(?:\d+:)?(\d+\.\d+\.\d+)/.exec(debianVersion)?.[1] ?? '0.0.0';
}

/**
 * apt names the cause in its first error line; the last ones only sum up.
 * @param {import('./run-tool.mjs').ToolResult} result
 */
function reasonOf(result) {
  return /^E: (.*)$/m.exec(result.stderr)?.[1] ?? lastLine(result);
}
