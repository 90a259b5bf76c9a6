import { readFile } from 'node:fs/promises';
import type { NatsServer } from '../supervise/nats-server.ts';
import { type SupervisedProcess, type SupervisionEvents, superviseProcess } from '../supervise/supervise-process.ts';
import { RegionError } from './errors.ts';
import { httpOf, monitorOf, nodeProcess, type RegionMember, serverProcess } from './region-member.ts';
import { answersWell, waitUntil } from './wait-until.ts';

/** A member whose two processes run. */
export interface RunningMember {
  readonly member: RegionMember;
  readonly server: SupervisedProcess;
  readonly node: SupervisedProcess;
}

/** What the members are run with. */
export interface RunOptions {
  readonly natsServer: NatsServer;
  readonly env: NodeJS.ProcessEnv;
  readonly events: SupervisionEvents;
  readonly signal: AbortSignal;
}

const READY_WITHIN_MS = 60_000;
/** What ends so often before it is ready will not become ready. */
const MAX_FAILED_STARTS = 3;

/**
 * The members' servers and then their processes are started, each kept running from then on; all are ready when it
 * resolves. When it rejects, none of them runs.
 *
 * @throws RegionError REGION_START_FAILED, REGION_NOT_READY, REGION_STOPPED.
 */
export async function runMembers(
  members: readonly RegionMember[],
  options: RunOptions,
): Promise<readonly RunningMember[]> {
  const servers = members.map((member) =>
    superviseProcess(serverProcess(member, options.natsServer, options.env), options.events),
  );
  const nodes: SupervisedProcess[] = [];
  const failed = new AbortController();
  const signal = AbortSignal.any([options.signal, failed.signal]);
  try {
    await Promise.all(
      members.map((member, index) => untilReady(servers[index], `${monitorOf(member)}/healthz`, signal)),
    );
    nodes.push(...members.map((member) => superviseProcess(nodeProcess(member, options.env), options.events)));
    await Promise.all(members.map((member, index) => untilReady(nodes[index], `${httpOf(member)}/readyz`, signal)));
    return members.map((member, index) => ({
      member,
      server: servers[index] as SupervisedProcess,
      node: nodes[index] as SupervisedProcess,
    }));
  } catch (failure) {
    failed.abort();
    await stopAll(nodes, servers);
    throw failure;
  }
}

/** Ends every process in order: first those that write, then what they write to. */
export async function stopMembers(members: readonly RunningMember[]): Promise<void> {
  await stopAll(
    members.map((member) => member.node),
    members.map((member) => member.server),
  );
}

async function stopAll(nodes: readonly SupervisedProcess[], servers: readonly SupervisedProcess[]): Promise<void> {
  await Promise.all(nodes.map((node) => node.stop()));
  await Promise.all(servers.map((server) => server.stop()));
}

async function untilReady(supervised: SupervisedProcess | undefined, url: string, signal: AbortSignal): Promise<void> {
  if (supervised === undefined) throw new TypeError('no such process');
  const { name, logFile } = supervised.spec;
  const ready = await waitUntil(
    async () => {
      if (supervised.failures() >= MAX_FAILED_STARTS) return 'failed' as const;
      return supervised.pid() !== null && (await answersWell(url)) ? ('ready' as const) : undefined;
    },
    { withinMs: READY_WITHIN_MS, signal },
  );
  if (ready === 'ready') return;
  if (signal.aborted) throw new RegionError('REGION_STOPPED');
  const context = { process: name, log: logFile, last: await lastLine(logFile) };
  throw new RegionError(ready === 'failed' ? 'REGION_START_FAILED' : 'REGION_NOT_READY', { context });
}

async function lastLine(file: string): Promise<string> {
  const text = await readFile(file, 'utf8').catch(() => '');
  return text.trimEnd().split('\n').at(-1)?.slice(-400) ?? '';
}
