// @ts-check
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The clone's top folder. */
export const projectRoot = resolve(dirname(fileURLToPath(import.meta.url)), '..', '..');

/**
 * Where fetched tools and stamps are kept: `$LIAISON_CACHE`, else `.cache` in the clone (ignored by git).
 * @param {NodeJS.ProcessEnv} [env]
 */
export function cacheFolder(env = process.env) {
  return env.LIAISON_CACHE ? resolve(env.LIAISON_CACHE) : resolve(projectRoot, '.cache');
}
