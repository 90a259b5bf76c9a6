import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ensureBuilt } from '../../../deploy/bootstrap/build.mjs';
import { ensureDependencies } from '../../../deploy/bootstrap/install.mjs';
import { bareProject, dependOnPackage, writeInstalledRecord } from './bare-project.ts';

const builds = (root: string) =>
  existsSync(join(root, 'builds.log')) ? readFileSync(join(root, 'builds.log')).length : 0;

/** npm empties node_modules when it installs, so a file of ours there shows whether it ran. */
function markModules(root: string): () => boolean {
  mkdirSync(join(root, 'node_modules'), { recursive: true });
  writeFileSync(join(root, 'node_modules', 'mark'), '');
  return () => !existsSync(join(root, 'node_modules', 'mark'));
}

describe('ensureDependencies', () => {
  it('installs nothing where node_modules holds what the lock file names, optional packages for other platforms aside', async () => {
    const root = bareProject();
    dependOnPackage(root);
    writeInstalledRecord(root, { 'node_modules/a': { version: '1.0.0' } });
    const wasInstalled = markModules(root);
    await ensureDependencies(root);
    expect(wasInstalled()).toBe(false);
  });

  it.each([
    ['there is no record of an installation', undefined],
    ['the record has another version', { 'node_modules/a': { version: '1.0.1' } }],
    ['the record lacks a package', {}],
  ])('installs when %s', async (_, installed) => {
    const root = bareProject();
    dependOnPackage(root);
    if (installed) writeInstalledRecord(root, installed);
    const wasInstalled = markModules(root);
    await ensureDependencies(root);
    expect(wasInstalled()).toBe(true);
    expect(existsSync(join(root, 'node_modules/a/package.json'))).toBe(true);
  });

  it('fails with one line where npm cannot install', async () => {
    const root = bareProject();
    dependOnPackage(root);
    rmSync(join(root, 'a.tgz'));
    const attempt = ensureDependencies(root);
    await expect(attempt).rejects.toMatchObject({
      code: 'SETUP_DEPENDENCIES_FAILED',
      message: expect.stringMatching(/^[^\n]+$/),
    });
  });

  it('installs once for two starts at the same time', async () => {
    const root = bareProject();
    dependOnPackage(root);
    const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
    manifest.scripts.prepare = `node -e "require('fs').appendFileSync('installs.log','x')"`;
    writeFileSync(join(root, 'package.json'), JSON.stringify(manifest));
    await Promise.all([ensureDependencies(root), ensureDependencies(root)]);
    expect(readFileSync(join(root, 'installs.log'), 'utf8')).toBe('x');
  });
});

describe('ensureBuilt', () => {
  it('builds once for two starts at the same time, and not again while the sources stay', async () => {
    const root = bareProject();
    await Promise.all([ensureBuilt(root), ensureBuilt(root)]);
    await ensureBuilt(root);
    expect(builds(root)).toBe(1);
    expect(existsSync(join(root, 'dist/cli/main.js'))).toBe(true);
  });

  it.each([
    ['a source changes', (root: string) => appendFileSync(join(root, 'services/cli/main.js'), '// a\n')],
    ['a source is added', (root: string) => writeFileSync(join(root, 'services/cli/added.js'), '')],
    ['the contract changes', (root: string) => writeFileSync(join(root, 'proto/a.proto'), 'a')],
    ['the dependencies change', (root: string) => appendFileSync(join(root, 'package-lock.json'), '\n')],
  ])('builds again when %s', async (_, change) => {
    const root = bareProject();
    await ensureBuilt(root);
    change(root);
    await ensureBuilt(root);
    expect(builds(root)).toBe(2);
  });

  it('fails with the first error of a build that fails, and tries again next time', async () => {
    const root = bareProject();
    const good = readFileSync(join(root, 'package.json'), 'utf8');
    const broken = JSON.parse(good);
    broken.scripts.build = `echo "services/a.ts(1,2): error TS1005: ';' expected." && exit 2`;
    writeFileSync(join(root, 'package.json'), JSON.stringify(broken));
    const error = await ensureBuilt(root).catch((reason: Error) => reason);
    expect(error).toMatchObject({ code: 'SETUP_BUILD_FAILED', message: expect.stringContaining('services/a.ts(1,2)') });
    writeFileSync(join(root, 'package.json'), good);
    await ensureBuilt(root);
    expect(builds(root)).toBe(1);
  });

  it('builds again when the sources are as they were before a build that failed half-way', async () => {
    const root = bareProject();
    await ensureBuilt(root);
    const source = join(root, 'services/cli/main.js');
    const [good, manifest] = [source, join(root, 'package.json')].map((file) => readFileSync(file, 'utf8'));
    const broken = JSON.parse(manifest ?? '');
    broken.scripts.build = `${broken.scripts.build} && exit 2`;
    writeFileSync(join(root, 'package.json'), JSON.stringify(broken));
    writeFileSync(source, 'half-way');
    await expect(ensureBuilt(root)).rejects.toMatchObject({ code: 'SETUP_BUILD_FAILED' });
    writeFileSync(join(root, 'package.json'), manifest ?? '');
    writeFileSync(source, good ?? '');
    await ensureBuilt(root);
    expect(readFileSync(join(root, 'dist/cli/main.js'), 'utf8')).toBe(good);
  });
});
