import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { fetchThroughApt } from '../../../deploy/bootstrap/nats-server-apt.mjs';
import { readNatsServerVersion } from '../../../deploy/bootstrap/nats-server-version.mjs';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import {
  asMachineArchive,
  makeArchiveKey,
  missingTools,
  publishSuite,
  swapPackage,
  systemAptState,
} from './debian-archive.ts';

const missing = missingTools();
const title =
  missing.length === 0 ? 'fetchThroughApt' : `fetchThroughApt (skipped: ${missing.join(', ')} not on the PATH)`;

function stubMachineSettings(folder: string, lines: string[]): void {
  writeFileSync(join(folder, 'machine.conf'), `${lines.join('\n')}\n`);
  vi.stubEnv('APT_CONFIG', join(folder, 'machine.conf'));
}

describe.skipIf(missing.length > 0)(title, () => {
  it('unpacks the server of the first suite that carries one new enough, and leaves the system as it was', async () => {
    const folder = temporaryFolder();
    const { home, keyring } = makeArchiveKey(folder);
    publishSuite(folder, 'old', '2.10.27-1', home);
    publishSuite(folder, 'new', '2.15.1-1', home);
    const before = systemAptState();
    const archive = asMachineArchive(folder, keyring, ['absent', 'old', 'new']);
    const fetched = await fetchThroughApt(join(folder, 'work'), '2.14.3', archive);
    if (!('path' in fetched)) throw new Error(fetched.reason);
    expect(await readNatsServerVersion(fetched.path)).toBe('2.15.1');
    expect(systemAptState()).toBe(before);
  });

  it('refuses a suite that nobody signed', async () => {
    const folder = temporaryFolder();
    const { keyring } = makeArchiveKey(folder);
    publishSuite(folder, 'new', '2.15.1-1');
    const archive = asMachineArchive(folder, keyring, ['new']);
    expect(await fetchThroughApt(join(folder, 'work'), '2.14.3', archive)).not.toHaveProperty('path');
  });

  it('refuses it also where the machine’s own settings would take it, and runs none of the machine’s hooks', async () => {
    const folder = temporaryFolder();
    const { keyring } = makeArchiveKey(folder);
    publishSuite(folder, 'new', '2.15.1-1');
    stubMachineSettings(folder, [
      'Acquire::AllowInsecureRepositories "true";',
      'APT::Get::AllowUnauthenticated "true";',
      'APT::Get::Assume-Yes "true";',
      `APT::Update::Pre-Invoke { "touch ${folder}/hook"; };`,
      `APT::Update::Post-Invoke { "touch ${folder}/hook"; };`,
    ]);
    const archive = asMachineArchive(folder, keyring, ['new']);
    expect(await fetchThroughApt(join(folder, 'work'), '2.14.3', archive)).not.toHaveProperty('path');
    expect(existsSync(join(folder, 'hook'))).toBe(false);
  });

  it('refuses a suite that is signed with a key outside the keyring', async () => {
    const folder = temporaryFolder();
    const stranger = makeArchiveKey(join(folder, 'stranger'));
    const { keyring } = makeArchiveKey(folder);
    publishSuite(folder, 'new', '2.15.1-1', stranger.home);
    const archive = asMachineArchive(folder, keyring, ['new']);
    expect(await fetchThroughApt(join(folder, 'work'), '2.14.3', archive)).not.toHaveProperty('path');
  });

  it('refuses a package that is not the one in the signed index', async () => {
    const folder = temporaryFolder();
    const { home, keyring } = makeArchiveKey(folder);
    swapPackage(publishSuite(folder, 'new', '2.15.1-1', home));
    const archive = asMachineArchive(folder, keyring, ['new']);
    expect(await fetchThroughApt(join(folder, 'work'), '2.14.3', archive)).not.toHaveProperty('path');
  });

  it('gives a reason where every suite is too old', async () => {
    const folder = temporaryFolder();
    const { home, keyring } = makeArchiveKey(folder);
    publishSuite(folder, 'old', '2.14.2-1', home);
    const archive = asMachineArchive(folder, keyring, ['old']);
    expect(await fetchThroughApt(join(folder, 'work'), '2.14.3', archive)).toEqual({ reason: 'old: carries 2.14.2-1' });
  });
});
