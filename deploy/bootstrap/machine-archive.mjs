// @ts-check
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { lastLine, runTool } from './run-tool.mjs';

/**
 * The archives whose suites are known to carry a new server, cheapest index first.
 * `{codename}` is the machine's own release. Keyrings are where the archive's own package puts them.
 */
const archives = {
  debian: {
    suites: ['{codename}-backports', 'stable-backports', 'testing', 'sid'],
    keyrings: ['/usr/share/keyrings/debian-archive-keyring.gpg', '/usr/share/keyrings/debian-archive-keyring.pgp'],
  },
  ubuntu: {
    suites: ['{codename}-backports', 'devel'],
    keyrings: ['/usr/share/keyrings/ubuntu-archive-keyring.gpg'],
  },
};

/** @typedef {{ uri: string, architecture: string, keyring: string, suites: string[] }} Archive */

/**
 * The package archive of the Debian family that this machine is set up to use, with its keyring; or why there is none.
 * @returns {Promise<Archive | { reason: string }>}
 */
export async function readMachineArchive() {
  const release = parseOsRelease(await readFile('/etc/os-release', 'utf8').catch(() => ''));
  const family = `${release.ID} ${release.ID_LIKE}`.split(' ').find((name) => name in archives);
  if (family === undefined) return { reason: 'this system is not of the Debian family' };
  const known = archives[/** @type {keyof typeof archives} */ (family)];
  const codename = release.UBUNTU_CODENAME ?? release.DEBIAN_CODENAME ?? release.VERSION_CODENAME ?? '';
  const targets = await runTool('apt-get', [
    'indextargets',
    '--format',
    '$(REPO_URI) $(RELEASE) $(COMPONENT) $(ARCHITECTURE)',
    'Created-By: Packages',
  ]);
  if (targets.code !== 0) return { reason: `apt-get: ${lastLine(targets)}` };
  const uri = findMainArchive(targets.stdout, codename);
  if (uri === undefined) return { reason: `apt on this machine has no source for ${family} ${codename}` };
  const keyring = known.keyrings.find((path) => existsSync(path));
  if (keyring === undefined) return { reason: `no archive keyring at ${known.keyrings.join(' or ')}` };
  const architecture = (await runTool('dpkg', ['--print-architecture'])).stdout.trim();
  const suites = known.suites
    .map((suite) => suite.replace('{codename}', codename))
    .filter((suite) => !suite.startsWith('-'));
  return { uri, architecture, keyring, suites };
}

/**
 * The mirror this machine takes its distribution from, out of what `apt-get indextargets` says; apt has read every form of source file for us.
 * @param {string} targets lines of `uri release component architecture`
 * @param {string} codename the machine's release; a machine that follows `testing` or `sid` may have none
 */
export function findMainArchive(targets, codename) {
  const wanted = new Set([codename, 'stable', 'testing', 'unstable', 'sid'].filter((name) => name !== ''));
  const rows = targets.split('\n').map((line) => line.split(' '));
  return rows.find(([, release = '', component]) => component === 'main' && wanted.has(release))?.[0];
}

/** @param {string} text */
function parseOsRelease(text) {
  /** @type {Record<string, string>} */
  const values = {};
  for (const [, key = '', value = ''] of text.matchAll(/^([A-Z_]+)="?([^"\n]*)"?$/gm)) values[key] = value;
  return values;
}
