import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { writeFakeServer } from './fake-server.ts';

const architecture = 'amd64';

/** A key pair of an archive's own, made for one test. */
export function makeArchiveKey(folder: string): { home: string; keyring: string } {
  const home = join(folder, 'gnupg');
  const keyring = join(folder, 'archive-keyring.gpg');
  mkdirSync(home, { recursive: true, mode: 0o700 });
  gpg(home, '--quick-generate-key', 'Archive of a test', 'rsa2048', 'sign', 'never');
  gpg(home, '--output', keyring, '--export');
  gpg(home, '--kill-agent');
  return { home, keyring };
}

/** A package archive in `folder` with one suite that carries nats-server `version`; signed where a key is given. */
export function publishSuite(folder: string, suite: string, version: string, signer?: string): string {
  const tree = join(folder, `package-${suite}`);
  writeFakeServer(join(tree, 'usr/sbin/nats-server'), version.split('-')[0] ?? '');
  mkdirSync(join(tree, 'DEBIAN'));
  const fields = `Package: nats-server\nVersion: ${version}\nArchitecture: ${architecture}\nMaintainer: Nobody <nobody@example.org>\nDepends: not-on-this-machine\n`;
  writeFileSync(join(tree, 'DEBIAN/control'), `${fields}Description: says its version\n`);
  const pool = join(folder, 'pool', suite);
  const dists = join(folder, 'dists', suite);
  const index = join(dists, 'main', `binary-${architecture}`);
  for (const place of [pool, index]) mkdirSync(place, { recursive: true });
  const deb = join(pool, `nats-server_${version}_${architecture}.deb`);
  execFileSync('dpkg-deb', ['--root-owner-group', '--build', tree, deb], { stdio: 'ignore' });
  const bytes = readFileSync(deb);
  const packages = `${fields}Filename: ${deb.slice(folder.length + 1)}\nSize: ${bytes.length}\nSHA256: ${sha256(bytes)}\nDescription: says its version\n`;
  writeFileSync(join(index, 'Packages'), packages);
  const release =
    `Origin: Test\nSuite: ${suite}\nCodename: ${suite}\nDate: ${new Date().toUTCString()}\nArchitectures: ${architecture}\nComponents: main\n` +
    `SHA256:\n ${sha256(Buffer.from(packages))} ${packages.length} main/binary-${architecture}/Packages\n`;
  writeFileSync(join(dists, 'Release'), release);
  if (signer !== undefined) {
    gpg(signer, '--output', join(dists, 'InRelease'), '--clearsign', join(dists, 'Release'));
    gpg(signer, '--kill-agent');
  }
  return deb;
}

/** That archive as a machine's own. */
export function asMachineArchive(folder: string, keyring: string, suites: string[]) {
  return { uri: pathToFileURL(folder).href, architecture, keyring, suites };
}

/** Puts other bytes of the same length where the index says the package is. */
export function swapPackage(deb: string): void {
  const bytes = readFileSync(deb);
  bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
  writeFileSync(`${deb}.new`, bytes);
  renameSync(`${deb}.new`, deb);
}

/** What the system's apt and dpkg remember: names, sizes and times of change. */
export function systemAptState(): string {
  const places = ['/etc/apt', '/var/lib/apt', '/var/cache/apt', '/var/lib/dpkg'];
  return execFileSync('find', [...places, '-printf', '%p %s %T@\n'], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
}

/** The tools this needs that are not on this machine. */
export function missingTools(): string[] {
  const folders = (process.env['PATH'] ?? '').split(':');
  const present = new Set(folders.flatMap((folder) => listed(folder)));
  return ['apt-get', 'dpkg-deb', 'gpg'].filter((tool) => !present.has(tool));
}

function listed(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function gpg(home: string, ...args: string[]): void {
  const quiet = ['--homedir', home, '--batch', '--yes', '--quiet', '--pinentry-mode', 'loopback', '--passphrase', ''];
  const tool =
    args[0] === '--kill-agent' ? ['gpgconf', '--homedir', home, '--kill', 'gpg-agent'] : ['gpg', ...quiet, ...args];
  execFileSync(tool[0] ?? '', tool.slice(1), { stdio: 'ignore' });
}

function sha256(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}
