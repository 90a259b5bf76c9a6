import type { Clock, OfficeId } from '../../core/foundation/index.ts';
import type { OfficeBounds } from '../home/office-bounds.ts';
import type { NatsServer } from '../supervise/nats-server.ts';
import type { ProcessIdentity } from '../supervise/process-identity.ts';
import type { SupervisionEvents } from '../supervise/supervise-process.ts';
import { assertPortsFree } from './ports.ts';
import { provisionRegion, tokenFiles } from './provision-region.ts';
import type { DialVia } from './region-links.ts';
import { httpOf, monitorOf, type RegionMember } from './region-member.ts';
import { chooseRegionPorts, type MemberPorts, portUses, type RegionPorts } from './region-ports.ts';
import { allHubs, allOffices, type RegionSpec } from './region-spec.ts';
import {
  claimRegion,
  type HubState,
  type OfficeState,
  type RegionState,
  readRegionState,
  writeRegionState,
} from './region-state.ts';
import { type RunningMember, runMembers, stopMembers } from './run-members.ts';

/** What a region is brought up with. */
export interface BringUpOptions {
  readonly home: string;
  readonly spec: RegionSpec;
  /** Chosen anew from this port on; left out, those of the start before, else from 8100 on. */
  readonly portBase?: number;
  /** These very ports, for whoever has chosen already. */
  readonly ports?: RegionPorts;
  readonly natsServer: NatsServer;
  readonly env: NodeJS.ProcessEnv;
  readonly bounds: OfficeBounds;
  readonly via?: DialVia;
  readonly heartbeatSeconds?: number;
  /** Called when every folder is set up and nothing runs yet. */
  readonly prepare?: (homeOf: (office: OfficeId) => string) => Promise<void>;
  readonly clock: Clock;
  readonly events: SupervisionEvents;
  readonly signal: AbortSignal;
}

/** A region whose processes all run. */
export interface RunningRegion {
  readonly home: string;
  readonly members: readonly RunningMember[];
  readonly state: () => RegionState;
  /** Ends every process; the files stay for the next start. */
  readonly stop: () => Promise<void>;
}

const DEFAULT_PORT_BASE = 8100;

/**
 * The region is set up, its processes run and `region.json` says where they are; it follows every restart. Nothing of
 * it runs when it rejects.
 *
 * @throws RegionError; CliError; BusError; TrustError.
 */
export async function bringUpRegion(options: BringUpOptions): Promise<RunningRegion> {
  const claim = await claimRegion(options.home);
  try {
    return await bringUpClaimed(options, claim.supervisor, claim.release);
  } catch (failure) {
    await claim.release();
    throw failure;
  }
}

async function bringUpClaimed(
  options: BringUpOptions,
  supervisor: ProcessIdentity,
  release: () => Promise<void>,
): Promise<RunningRegion> {
  const ports = options.ports ?? (await portsOf(options));
  await assertPortsFree(portUses(ports));
  const members = await provisionRegion({
    ...options,
    ports,
    serverVersion: options.natsServer.version,
    via: options.via ?? (() => null),
  });
  await options.prepare?.((office) => members.find((member) => member.id === office)?.home ?? '');
  const pids = new Map<string, number>();
  let stopped = false;
  let writing = Promise.resolve();
  const state = (): RegionState => stateOf(members, pids, stopped ? null : supervisor);
  // One after the other, so that the newest is what stays.
  const save = (): Promise<void> => (writing = writing.then(() => writeRegionState(options.home, state())));
  const events: SupervisionEvents = {
    started: (name, pid) => {
      pids.set(name, pid);
      void save();
      options.events.started(name, pid);
    },
    ended: (name, end, againInMs) => {
      pids.delete(name);
      void save();
      options.events.ended(name, end, againInMs);
    },
  };
  await save();
  const close = async (): Promise<void> => {
    stopped = true;
    await save();
    await release();
  };
  try {
    const running = await runMembers(members, { ...options, events });
    return {
      home: options.home,
      members: running,
      state,
      stop: async () => {
        await stopMembers(running);
        await close();
      },
    };
  } catch (failure) {
    await close();
    throw failure;
  }
}

async function portsOf({ home, spec, portBase }: BringUpOptions): Promise<RegionPorts> {
  const before = portBase === undefined ? await readRegionState(home) : undefined;
  const members = [...allOffices(spec), ...allHubs(spec)];
  const known = members.map((id) => [id, before?.offices[id] ?? before?.hubs[id]] as const);
  if (known.every((entry): entry is [(typeof members)[number], OfficeState | HubState] => entry[1] !== undefined)) {
    return new Map(known.map(([id, member]) => [id, portsIn(member)]));
  }
  return chooseRegionPorts(spec, portBase ?? DEFAULT_PORT_BASE);
}

function portsIn({ http, server }: HubState): MemberPorts {
  const port = (url: string): number => Number(new URL(url).port);
  return {
    http: port(http),
    client: port(server.client),
    monitor: port(server.monitor),
    leaf: server.leaf === null ? null : port(server.leaf),
  };
}

function stateOf(
  members: readonly RegionMember[],
  pids: ReadonlyMap<string, number>,
  supervisor: ProcessIdentity | null,
): RegionState {
  const offices: Record<string, OfficeState> = {};
  const hubs: Record<string, HubState> = {};
  for (const member of members) {
    const { client, leaf } = member.ports;
    const state: HubState = {
      http: httpOf(member),
      pid: pids.get(member.id) ?? null,
      home: member.home,
      server: {
        pid: pids.get(`server of ${member.id}`) ?? null,
        client: `nats://127.0.0.1:${client}`,
        monitor: monitorOf(member),
        leaf: leaf === null ? null : `tls://127.0.0.1:${leaf}`,
      },
    };
    if (member.kind === 'hub') hubs[member.id] = state;
    else offices[member.id] = { ...state, tokens: tokenFiles(member.home), officers: member.officers ?? [] };
  }
  return { version: 1, supervisor, offices, hubs };
}
