// @ts-check
import { runTool } from './run-tool.mjs';

/**
 * The oldest server an office may run: earlier ones do not enforce a leaf's publish permissions or can be crashed
 * through the leaf port before authentication (CVE-2026-29785, CVE-2026-33218).
 */
export const natsServerFloor = '2.14.3';

/**
 * Whether version `a` is at least version `b`; a pre-release is older than its release.
 * @param {string} a for example `2.15.1` or `2.15.0-RC.2`
 * @param {string} b
 */
export function isAtLeast(a, b) {
  const [left, right] = [parts(a), parts(b)];
  for (let i = 0; i < left.length; i += 1) {
    const difference = (left[i] ?? 0) - (right[i] ?? 0);
    if (difference !== 0) return difference > 0;
  }
  return true;
}

/** @param {string} version */
function parts(version) {
  const [release = '', ...pre] = version.split('-');
  return [...release.split('.').map(Number), pre.length === 0 ? 1 : 0];
}

/**
 * What the program at `path` says it is: asked with `--version`, within ten seconds.
 * @param {string} path
 * @returns {Promise<string | undefined>} undefined when it does not run here or is no nats-server
 */
export async function readNatsServerVersion(path) {
  const result = await runTool(path, ['--version'], { timeoutMs: 10_000 });
  if (result.code !== 0) return undefined;
  return /^nats-server: v(\d+\.\d+\.\d+(?:-[0-9A-Za-z.]+)?)\s*$/m.exec(result.stdout)?.[1];
}
