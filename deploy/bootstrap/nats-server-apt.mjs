// @ts-check
import { access, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isAtLeast } from './nats-server-version.mjs';
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

/**
 * Fetches a nats-server from the machine's own package archive into `folder`, without installing it and without
 * touching the system's apt state: own sources, lists, archives and state; the machine's mirror, proxy and keyring.
 * apt checks the archive's signature over the index and the package's digest in it.
 * @param {string} folder an empty folder to work in
 * @param {string} floor oldest version that will do
 * @returns {Promise<{ path: string, source: string } | { reason: string }>} the unpacked binary, or why there is none
 */
export async function fetchThroughApt(folder, floor) {
  const archive = await readArchive();
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

/** @typedef {{ uri: string, architecture: string, keyring: string, suites: string[] }} Archive */

/** @returns {Promise<Archive | { reason: string }>} */
async function readArchive() {
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
  const keyring = await firstExisting(known.keyrings);
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
  if (update.code !== 0) return { reason: lastLine(update) };
  const listed = await apt('apt-cache', 'madison', 'nats-server');
  const version = listed.stdout
    .split('\n')
    .map((line) => line.split('|')[1]?.trim() ?? '')
    .find((v) => v !== '');
  if (version === undefined) return { reason: 'carries no nats-server' };
  if (!isAtLeast(upstreamVersion(version), floor)) return { reason: `carries ${version}` };
  const download = await apt('apt-get', 'download', `nats-server=${version}`);
  const debName = (await readdir(work)).find((name) => name.endsWith('.deb'));
  if (download.code !== 0 || debName === undefined) return { reason: lastLine(download) };
  const unpack = await runTool('dpkg-deb', ['-x', join(work, debName), join(work, 'unpacked')]);
  if (unpack.code !== 0) return { reason: lastLine(unpack) };
  const found = ['usr/sbin', 'usr/bin'].map((place) => join(work, 'unpacked', place, 'nats-server'));
  const path = await firstExisting(found);
  return path === undefined ? { reason: `${debName} holds no nats-server` } : { path, source: `${suite} ${debName}` };
}

/**
 * apt's configuration of its own for one suite. The machine's apt.conf stays in force for mirrors, proxies and
 * credentials; its hooks are cleared because they work on the system's folders, and no machine setting may turn
 * the signature check off. The sandbox user could not write into a private cache, so the downloads run as us.
 * @param {string} work
 * @param {Archive} archive
 * @param {string} suite
 */
async function writePrivateApt(work, archive, suite) {
  for (const folder of ['lists/partial', 'archives/partial', 'state', 'unpacked'])
    await mkdir(join(work, folder), { recursive: true });
  await writeFile(join(work, 'status'), '');
  await writeFile(
    join(work, 'suite.sources'),
    `Types: deb\nURIs: ${archive.uri}\nSuites: ${suite}\nComponents: main\n` +
      `Architectures: ${archive.architecture}\nTargets: Packages\nSigned-By: ${archive.keyring}\n`,
  );
  const file = join(work, 'apt.conf');
  const hooks = [
    'APT::Update::Pre-Invoke',
    'APT::Update::Post-Invoke',
    'APT::Update::Post-Invoke-Success',
    'DPkg::Post-Invoke',
  ];
  const settings = {
    'Dir::Etc::SourceList': join(work, 'suite.sources'),
    'Dir::Etc::SourceParts': '/dev/null',
    'Dir::Etc::Preferences': '/dev/null',
    'Dir::Etc::PreferencesParts': '/dev/null',
    'Dir::State': join(work, 'state'),
    'Dir::State::Lists': join(work, 'lists'),
    'Dir::State::Status': join(work, 'status'),
    'Dir::Cache': work,
    'Dir::Cache::Archives': join(work, 'archives'),
    'APT::Sandbox::User': 'root',
    'APT::Architecture': archive.architecture,
    'APT::Get::AllowUnauthenticated': 'false',
    'Acquire::AllowInsecureRepositories': 'false',
    'Acquire::AllowWeakRepositories': 'false',
    'Acquire::AllowDowngradeToInsecureRepositories': 'false',
    'Acquire::Languages': 'none',
    'Acquire::Retries': '2',
    'Acquire::http::Timeout': '30',
    'Acquire::https::Timeout': '30',
  };
  const lines = [
    ...hooks.map((hook) => `#clear ${hook};`),
    ...Object.entries(settings).map(([key, value]) => `${key} "${value}";`),
  ];
  await writeFile(file, `${lines.join('\n')}\n`);
  return file;
}

/**
 * @param {string} debianVersion
 * @returns the version without epoch, packaging revision or archive suffix
 */
function upstreamVersion(debianVersion) {
  return /^(?:\d+:)?(\d+\.\d+\.\d+)/.exec(debianVersion)?.[1] ?? '0.0.0';
}

/** @param {string} text */
function parseOsRelease(text) {
  /** @type {Record<string, string>} */
  const values = {};
  for (const [, key = '', value = ''] of text.matchAll(/^([A-Z_]+)="?([^"\n]*)"?$/gm)) values[key] = value;
  return values;
}

/** @param {readonly string[]} paths */
async function firstExisting(paths) {
  for (const path of paths) {
    if (
      await access(path).then(
        () => true,
        () => false,
      )
    )
      return path;
  }
  return undefined;
}
