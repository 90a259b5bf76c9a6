import { type DurationMs, type HubId, type NationCode, type OfficeId, seconds, utf8 } from '../../foundation/index.ts';
import { linkAccountOf } from '../../subjects/index.ts';
import { request } from '../ask-server.ts';
import { BusError } from '../errors.ts';
import { nationAccountOf } from '../server-config/index.ts';
import type { BusConnection } from '../types.ts';
import { type MonitorAddress, readLeafs } from './read-server.ts';

interface CutOptions extends MonitorAddress {
  /** Signed in with the operator's key. */
  readonly operator: BusConnection;
  /** How long the neighbour must have stayed away before it counts as cut; it tries again every two seconds. Default 5 s. */
  readonly goneForMs?: DurationMs;
}

/** Whose link is cut. The configuration on disk must no longer let the neighbour in. */
export interface CutNeighbourOptions extends CutOptions {
  readonly neighbour: OfficeId | HubId;
}

/** Whose links to a hub are cut. The configuration on disk must no longer let that nation's offices in. */
export interface CutNationOptions extends CutOptions {
  readonly nation: NationCode;
}

const REQUEST_TIMEOUT_MS = seconds(5);
const GIVE_UP_AFTER_MS = seconds(60);
const POLL_MS = 200;

/** The server has read its configuration file again. @throws BusError BUS_REQUEST_REFUSED when it does not accept the file. */
export async function reloadServer(operator: BusConnection): Promise<void> {
  const answer = await tellServer(operator, 'RELOAD', {});
  if (answer['error'] !== undefined) throw new BusError('BUS_REQUEST_REFUSED', { context: { request: 'reload' } });
}

/**
 * The neighbour's leaf connection is gone and has stayed away. A reload alone leaves a link up whose user was taken
 * out of the configuration; so the server reads its configuration, every connection in the neighbour's account is
 * ended, and then the server is watched until none has come back.
 *
 * @throws BusError BUS_REQUEST_REFUSED when the server does not accept its configuration, BUS_TIMEOUT when the
 * neighbour keeps coming back, BUS_MONITOR_UNREACHABLE.
 */
export async function cutNeighbour(options: CutNeighbourOptions): Promise<void> {
  await cutAccount(options, linkAccountOf(options.neighbour));
}

/** As `cutNeighbour`, for every office of a nation at a hub. Resolves with how many connections were ended. */
export function cutNation(options: CutNationOptions): Promise<number> {
  return cutAccount(options, nationAccountOf(options.nation));
}

async function cutAccount(options: CutOptions, account: string): Promise<number> {
  await reloadServer(options.operator);
  const ended = new Set<number>();
  const giveUpAt = performance.now() + GIVE_UP_AFTER_MS;
  const goneForMs = options.goneForMs ?? seconds(5);
  let goneSince: number | undefined;
  for (;;) {
    const leafs = (await readLeafs(options)).filter((leaf) => leaf.account === account);
    for (const leaf of leafs) {
      await tellServer(options.operator, 'KICK', { cid: leaf.cid });
      ended.add(leaf.cid);
    }
    const now = performance.now();
    goneSince = leafs.length > 0 ? undefined : (goneSince ?? now);
    if (goneSince !== undefined && now - goneSince >= goneForMs) return ended.size;
    if (now >= giveUpAt) throw new BusError('BUS_TIMEOUT', { context: { account } });
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}

async function tellServer(
  operator: BusConnection,
  what: 'RELOAD' | 'KICK',
  body: object,
): Promise<Record<string, unknown>> {
  const subject = `$SYS.REQ.SERVER.${operator.serverId()}.${what}`;
  const reply = await request(operator, subject, utf8(JSON.stringify(body)), { timeoutMs: REQUEST_TIMEOUT_MS });
  return reply.json<Record<string, unknown>>();
}
