// @ts-check
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { withLock } from './lock.mjs';
import { runTool } from './run-tool.mjs';
import { SetupError, say } from './setup-error.mjs';

/**
 * `node_modules` of the project at `root` holds what package-lock.json names; nothing is done when it already does.
 * @param {string} root
 * @throws {SetupError} when npm cannot install it
 */
export async function ensureDependencies(root) {
  if (await isInstalled(root)) return;
  await withLock(join(root, '.cache', 'install.lock'), async () => {
    if (await isInstalled(root)) return;
    say('installing dependencies (npm ci)');
    const result = await runTool('npm', ['ci', '--no-progress'], { cwd: root });
    if (result.code === 0) return;
    throw new SetupError(
      'SETUP_DEPENDENCIES_FAILED',
      `the dependencies could not be installed, npm ci says: ${reasonOf(result.stderr, result.code)}`,
    );
  });
}

/**
 * npm writes its record of node_modules last, so a half-made installation has none; comparing it with the lock file
 * also sees an installation made by hand, which a stamp of our own would not.
 * @param {string} root
 */
async function isInstalled(root) {
  const wanted = await readPackages(join(root, 'package-lock.json'));
  const present = await readPackages(join(root, 'node_modules', '.package-lock.json'));
  if (wanted === undefined) return false;
  return Object.entries(wanted).every(([place, entry]) => {
    if (place === '') return true;
    const installed = present?.[place];
    // Packages for other platforms are optional and rightly absent.
    return installed === undefined ? entry.optional === true : installed.version === entry.version;
  });
}

/**
 * @param {string} file a package-lock.json of version 3
 * @returns {Promise<Record<string, { version?: string, optional?: boolean }> | undefined>}
 */
async function readPackages(file) {
  const text = await readFile(file, 'utf8').catch(() => undefined);
  return text === undefined ? undefined : JSON.parse(text).packages;
}

/**
 * @param {string} stderr
 * @param {number | null} code
 */
function reasonOf(stderr, code) {
  const lines = stderr.split('\n').map((line) => line.replace(/^npm (?:error|ERR!)\s*/, '').trim());
  const told = lines.find((line) => line !== '' && !/^(?:npm warn|code |errno |syscall |network request )/.test(line));
  return told ?? `exit code ${code}`;
}
