// @ts-check
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { withLock } from './lock.mjs';
import { lastLine, runTool } from './run-tool.mjs';
import { SetupError, say } from './setup-error.mjs';

const inputFolders = ['services', 'proto'];
const inputFiles = ['tsconfig.json', 'package.json', 'package-lock.json'];

/**
 * `dist` of the project at `root` was built from the sources as they are now; nothing is done when it already was.
 * @param {string} root
 * @throws {SetupError} when they do not compile
 */
export async function ensureBuilt(root) {
  if (await isBuilt(root)) return;
  await withLock(join(root, '.cache', 'build.lock'), async () => {
    if (await isBuilt(root)) return;
    say('building (npm run build)');
    // Taken before the build: what is edited while it runs is built again next time.
    const digest = await digestOfSources(root);
    await rm(stampOf(root), { force: true });
    const result = await runTool('npm', ['run', 'build', '--silent'], { cwd: root });
    if (result.code !== 0)
      throw new SetupError(
        'SETUP_BUILD_FAILED',
        `the build failed, npm run build shows all of it: ${reasonOf(result)}`,
      );
    await mkdir(join(root, 'dist'), { recursive: true });
    await writeFile(stampOf(root), digest);
  });
}

/** @param {string} root */
const stampOf = (root) => join(root, 'dist', '.sources');

/** @param {string} root */
async function isBuilt(root) {
  const stamp = await readFile(stampOf(root), 'utf8').catch(() => undefined);
  return stamp !== undefined && stamp === (await digestOfSources(root));
}

/** @param {string} root */
async function digestOfSources(root) {
  const hash = createHash('sha256');
  const listed = await Promise.all(inputFolders.map((folder) => listFiles(root, folder)));
  for (const name of [...inputFiles, ...listed.flat()].sort()) {
    const content = await readFile(join(root, name)).catch(() => Buffer.alloc(0));
    hash.update(`${name}\n${content.length}\n`).update(content);
  }
  return hash.digest('hex');
}

/**
 * @param {string} root
 * @param {string} folder
 */
async function listFiles(root, folder) {
  const entries = await readdir(join(root, folder), { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1));
}

/** @param {import('./run-tool.mjs').ToolResult} result */
function reasonOf(result) {
  return /^.*\berror\b.*$/im.exec(`${result.stdout}\n${result.stderr}`)?.[0] ?? lastLine(result);
}
