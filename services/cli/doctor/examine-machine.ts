import { findNatsServer } from '../supervise/nats-server.ts';
import { type Finding, noterOf } from './finding.ts';

const NODE_FLOOR = [20, 19] as const;
const SERVER_FLOOR = [2, 14, 3] as const;

/** The programs that everything stands on. */
export async function examineMachine(env: NodeJS.ProcessEnv): Promise<Finding[]> {
  const { findings, note } = noterOf('this machine');
  const node = process.versions.node;
  note(
    isAtLeast(node, NODE_FLOOR) ? 'good' : 'bad',
    'Node.js',
    `${node}; ${NODE_FLOOR.join('.')} is the oldest that will do, 24 is recommended`,
  );
  try {
    const server = await findNatsServer(env);
    const verdict = isAtLeast(server.version, SERVER_FLOOR) ? 'good' : 'bad';
    note(
      verdict,
      'nats-server',
      `${server.version} at ${server.path}; ${SERVER_FLOOR.join('.')} is the oldest that will do`,
    );
  } catch {
    // A server that runs already needs none on the PATH; each office's own is examined below.
    note('soon', 'nats-server', 'none on the PATH and none named in NATS_SERVER');
  }
  return findings;
}

function isAtLeast(version: string, floor: readonly number[]): boolean {
  const parts = version.split('.').map((part) => Number.parseInt(part, 10));
  const differing = floor.findIndex((part, at) => parts[at] !== part);
  return differing < 0 || (parts[differing] ?? 0) > (floor[differing] ?? 0);
}
