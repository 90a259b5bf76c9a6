// @ts-check
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { watchParent } from './parent-watch.mjs';
import { projectRoot } from './paths.mjs';
import { prepareProject, prepareWithServer } from './prepare.mjs';

const longRunning = new Set(['region', 'office', 'hub']);

/**
 * Runs `blo` with these arguments in this process, prepared first where that is needed.
 * @param {readonly string[]} args
 * @returns {Promise<number>} its exit code
 * @throws {import('./setup-error.mjs').SetupError} when the preparation fails
 */
export async function launchBlo(args) {
  if (longRunning.has(args[0] ?? '')) watchParent();
  await (args[0] === 'region' ? prepareWithServer() : prepareProject());
  const entry = pathToFileURL(join(projectRoot, 'dist', 'cli', 'main.js')).href;
  const { main } = await import(entry);
  return main([...args]);
}
