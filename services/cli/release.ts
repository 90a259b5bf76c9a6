import { fileURLToPath } from 'node:url';

/** A file or folder of the release that this command belongs to, by its path in it; an absolute path. */
export function releasePath(path: string): string {
  return fileURLToPath(new URL(`../../${path}`, import.meta.url));
}
