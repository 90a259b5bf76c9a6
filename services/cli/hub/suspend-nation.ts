import { connectBus, cutNation, reloadServer } from '../../core/bus/index.ts';
import { isOfficeId, type NationCode, nationOf, parseHubId } from '../../core/foundation/index.ts';
import { inboxPrefixOf } from '../../core/subjects/index.ts';
import { CliError } from '../errors.ts';
import { readText } from '../home/files.ts';
import { serverHome } from '../home/paths.ts';
import { renderServerHome } from '../home/render-server.ts';
import { readServerPlan } from '../home/server-home.ts';
import type { ServerPlan } from '../home/server-plan.ts';
import { readSuspended, writeSuspended } from '../home/suspended.ts';

/** What was done to cut a nation off. */
export interface Suspension {
  readonly nation: NationCode;
  /** Connections that were up and were ended. */
  readonly ended: number;
  readonly tookMs: number;
}

/**
 * The nation is cut off: the hub's process refuses its offices, its server knows none of them, and every link of theirs
 * is gone and has stayed away when this resolves.
 *
 * @throws CliError CLI_INPUT_INVALID where no office of that nation links here, CLI_FILE_UNREADABLE; BusError BUS_TIMEOUT
 * when a link keeps coming back, BUS_CONNECT_FAILED, BUS_REQUEST_REFUSED, BUS_MONITOR_UNREACHABLE.
 */
export async function suspendNation(home: string, nation: NationCode, serverVersion: string): Promise<Suspension> {
  const started = performance.now();
  const plan = await readServerPlan(home);
  if (!plan.links.some(({ neighbour }) => isOfficeId(neighbour) && nationOf(neighbour) === nation))
    throw new CliError('CLI_INPUT_INVALID', { context: { nation, fault: 'no office of it links to this hub' } });
  // First of all: whatever fails after this, the process takes nothing from them any more.
  await writeSuspended(home, [...(await readSuspended(home)), nation]);
  await renderServerHome(home, serverVersion);
  const ended = await asOperator(home, plan, (operator) =>
    cutNation({ operator, nation, monitorUrl: `http://127.0.0.1:${plan.monitorPort}` }),
  );
  return { nation, ended, tookMs: Math.round(performance.now() - started) };
}

/** The nation's offices may link again; they dial by themselves. @throws CliError, BusError as `suspendNation`. */
export async function resumeNation(home: string, nation: NationCode, serverVersion: string): Promise<void> {
  const plan = await readServerPlan(home);
  const suspended = await readSuspended(home);
  if (!suspended.includes(nation))
    throw new CliError('CLI_INPUT_INVALID', { context: { nation, fault: 'it is not suspended' } });
  await writeSuspended(
    home,
    suspended.filter((each) => each !== nation),
  );
  await renderServerHome(home, serverVersion);
  await asOperator(home, plan, reloadServer);
}

async function asOperator<T>(
  home: string,
  plan: ServerPlan,
  work: (operator: Awaited<ReturnType<typeof connectBus>>) => Promise<T>,
): Promise<T> {
  const operator = await connectBus({
    servers: [`nats://127.0.0.1:${plan.clientPort}`],
    nkeySeed: await readText(serverHome.operatorKey(home)),
    inboxPrefix: inboxPrefixOf(parseHubId(plan.id)),
    name: 'blo hub',
    signal: new AbortController().signal,
  });
  try {
    return await work(operator);
  } finally {
    await operator.close();
  }
}
