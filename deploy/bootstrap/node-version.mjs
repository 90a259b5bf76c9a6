// @ts-check
import { SetupError } from './setup-error.mjs';

const floor = { major: 20, minor: 19 };

/**
 * The running Node is one the project supports (package.json `engines`).
 * @param {string} [version] as in `process.versions.node`
 * @throws {SetupError} when it is older
 */
export function ensureNodeVersion(version = process.versions.node) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major > floor.major || (major === floor.major && minor >= floor.minor)) return;
  throw new SetupError(
    'SETUP_NODE_TOO_OLD',
    `Node ${version} is too old: install Node ${floor.major}.${floor.minor} or newer (24 is recommended) and run the command again.`,
  );
}
