import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** A file or folder of the release that this command belongs to, by its path in it; an absolute path. */
export function releasePath(path: string): string {
  return fileURLToPath(new URL(`../../${path}`, import.meta.url));
}

/** The version of the release, as package.json has it. */
export function releaseVersion(): string {
  const { version } = JSON.parse(readFileSync(releasePath('package.json'), 'utf8')) as { version: string };
  return version;
}
