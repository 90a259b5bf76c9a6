// @ts-check
import { ensureBuilt } from './build.mjs';
import { ensureDependencies } from './install.mjs';
import { ensureNatsServer } from './nats-server.mjs';
import { ensureNodeVersion } from './node-version.mjs';
import { projectRoot } from './paths.mjs';

/**
 * Dependencies are installed and the sources are built: everything a command without a server of its own needs.
 * @throws {import('./setup-error.mjs').SetupError} one sentence that says what to do
 */
export async function prepareProject() {
  ensureNodeVersion();
  await ensureDependencies(projectRoot);
  await ensureBuilt(projectRoot);
}

/**
 * As {@link prepareProject}, and `$NATS_SERVER` of this process and its children names a server that will do.
 * @throws {import('./setup-error.mjs').SetupError} one sentence that says what to do
 */
export async function prepareWithServer() {
  await prepareProject();
  process.env.NATS_SERVER = (await ensureNatsServer()).path;
}
