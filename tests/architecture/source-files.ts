import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** The project's top folder. */
export const projectRoot = resolve(import.meta.dirname, '..', '..');

/** Paths of all files under `folder` whose name passes, relative to the project, generated code left out. */
export function listFiles(folder: string, accept: (path: string) => boolean): string[] {
  return readdirSync(join(projectRoot, folder), { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => !path.includes('__generated__') && !path.includes('node_modules') && accept(path))
    .sort();
}

/** The text of a file of the project. */
export function readSource(path: string): string {
  return readFileSync(join(projectRoot, path), 'utf8');
}
