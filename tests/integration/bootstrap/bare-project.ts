import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '../../support/temporary-folder.ts';

/** What `dist/cli/main.js` of a bare project does: prints its arguments, then stays until a signal unless told `--once`. */
const cli = `
export async function main(args) {
  const stopped = new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, resolve);
  });
  console.log(JSON.stringify({ args, server: process.env.NATS_SERVER ?? null }));
  if (args.includes('--once')) return 3;
  const alive = setInterval(() => {}, 1000);
  await stopped;
  clearInterval(alive);
  console.log('stopped in order');
  return 0;
}
`;

/**
 * A clone with nothing installed or built: the real bootstrap, no dependencies, and a build that copies `services/` and
 * counts how often it ran in `builds.log`.
 */
export function bareProject(): string {
  const root = temporaryFolder();
  cpSync('deploy/bootstrap', join(root, 'deploy', 'bootstrap'), { recursive: true });
  for (const folder of ['services/cli', 'proto']) mkdirSync(join(root, folder), { recursive: true });
  writeFileSync(join(root, 'services/cli/main.js'), cli);
  const build = `node -e "const fs=require('fs');fs.appendFileSync('builds.log','x');fs.cpSync('services','dist',{recursive:true})"`;
  const scripts = { start: 'node deploy/bootstrap/start.mjs', build };
  const manifest = {
    name: 'bare',
    version: '1.0.0',
    type: 'module',
    bin: { blo: 'deploy/bootstrap/blo.mjs' },
    scripts,
  };
  writeFileSync(join(root, 'package.json'), JSON.stringify(manifest));
  writePackageLock(root, {});
  return root;
}

/** The project depends on package `a` 1.0.0, which lies beside it as a tarball and needs no network. */
export function dependOnPackage(root: string): void {
  const tree = join(root, 'a', 'package');
  mkdirSync(tree, { recursive: true });
  writeFileSync(join(tree, 'package.json'), JSON.stringify({ name: 'a', version: '1.0.0' }));
  execFileSync('tar', ['-czf', join(root, 'a.tgz'), '-C', join(root, 'a'), 'package']);
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  writeFileSync(join(root, 'package.json'), JSON.stringify({ ...manifest, dependencies: { a: 'file:a.tgz' } }));
  writePackageLock(root, {
    'node_modules/a': { version: '1.0.0', resolved: 'file:a.tgz' },
    'node_modules/b': { version: '1.0.0', optional: true },
  });
}

function writePackageLock(root: string, packages: Record<string, object>): void {
  const { name, version, bin, dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const own = { name, version, bin, dependencies };
  const lock = { name, version, lockfileVersion: 3, requires: true, packages: { '': own, ...packages } };
  writeFileSync(join(root, 'package-lock.json'), JSON.stringify(lock));
}

/** What npm records of an installation that is complete. */
export function writeInstalledRecord(root: string, packages: Record<string, { version: string }>): void {
  mkdirSync(join(root, 'node_modules'), { recursive: true });
  writeFileSync(join(root, 'node_modules', '.package-lock.json'), JSON.stringify({ lockfileVersion: 3, packages }));
}
