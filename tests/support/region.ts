import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureBuilt } from '../../deploy/bootstrap/build.mjs';
import { projectRoot } from '../../deploy/bootstrap/paths.mjs';
import type { OfficeBounds } from '../../services/cli/home/office-bounds.ts';
import { type OfficeClient, officeClient } from '../../services/cli/office-api/office-client.ts';
import { bringUpRegion, type RunningRegion } from '../../services/cli/region/bring-up-region.ts';
import { chooseRegionPorts } from '../../services/cli/region/region-ports.ts';
import type { JointAgreement, RegionPair, RegionSpec } from '../../services/cli/region/region-spec.ts';
import type { OfficeState, RegionState } from '../../services/cli/region/region-state.ts';
import type { RunningMember } from '../../services/cli/region/run-members.ts';
import { waitForLinks } from '../../services/cli/region/wait-for-links.ts';
import { findNatsServer } from '../../services/cli/supervise/nats-server.ts';
import type { SupervisedProcess } from '../../services/cli/supervise/supervise-process.ts';
import { type HubId, type OfficeId, systemClock } from '../../services/core/foundation/index.ts';
import { type FaultProxy, type LineState, startFaultProxy } from './fault-proxy.ts';

/** Roles that a test may act as. */
export type TestRole = keyof OfficeState['tokens'];

/** A process of a region under a test's control. */
export interface TestProcess {
  readonly pid: () => number | null;
  /** As a crash or a power cut of that one process; it stays down until `restart`. */
  readonly kill9: () => Promise<void>;
  /** In order; it stays down until `restart`. */
  readonly halt: () => Promise<void>;
  readonly restart: () => void;
  /** Frozen, or going on: half-open for everyone connected. */
  readonly freeze: () => void;
  readonly thaw: () => void;
  readonly log: () => Promise<string>;
}

/** One office of a region: its node, its server, and clients that act as its people. */
export interface TestOfficeNode extends TestProcess {
  readonly id: OfficeId;
  readonly url: string;
  readonly home: string;
  readonly tokens: Readonly<Record<TestRole, string>>;
  readonly as: (role: TestRole) => OfficeClient;
  readonly server: TestProcess;
}

/** A region of real processes that belongs to one test. */
export interface TestRegion {
  readonly home: string;
  readonly state: () => RegionState;
  readonly office: (id: string) => TestOfficeNode;
  readonly hub: (id: string) => TestProcess & { readonly url: string; readonly server: TestProcess };
  /** The line on which the first of them dials the second, or a hub. */
  readonly line: (dialler: string, neighbour: string) => FaultProxy;
  readonly lines: () => readonly FaultProxy[];
  /** Resolves when every office has heard every neighbour. */
  readonly linked: () => Promise<void>;
  readonly close: () => Promise<void>;
}

/** What a test may choose about its region. */
export interface TestRegionOptions {
  readonly pairs: readonly RegionPair[];
  /** What several of its nations agreed together. */
  readonly joint?: readonly JointAgreement[];
  readonly heartbeatSeconds?: number;
  readonly bounds?: Partial<OfficeBounds>;
  /** For the processes, beside those of the test. */
  readonly env?: NodeJS.ProcessEnv;
  /** Called before any process is started, with the folder of each office. */
  readonly prepare?: (homeOf: (office: OfficeId) => string) => Promise<void>;
  /** What the lines do when the region comes up. Left out they pass, and the start waits until every office has heard every neighbour. */
  readonly lines?: LineState;
  /** Lines keep what goes over them. */
  readonly keepLines?: boolean;
}

const MIB = 1024 * 1024;
const LINKED_WITHIN_MS = 90_000;
const TEST_BOUNDS: OfficeBounds = {
  ledgerBytes: 128 * MIB,
  contentBytes: 128 * MIB,
  inboundBytes: 64 * MIB,
  minFreeDiskBytes: 64 * MIB,
};

/** Starts a region in a temporary folder on random ports, every link through a line that the test can spoil. */
export async function startRegion(options: TestRegionOptions): Promise<TestRegion> {
  await ensureBuilt(projectRoot);
  const home = await mkdtemp(join(tmpdir(), 'liaison-region-'));
  const spec: RegionSpec = { pairs: options.pairs, names: {}, joint: options.joint ?? [] };
  const stop = new AbortController();
  const lines = new Map<string, FaultProxy>();
  let region: RunningRegion | undefined;
  const close = async (): Promise<void> => {
    stop.abort();
    await region?.stop();
    for (const line of lines.values()) await line.close();
    await rm(home, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    const ports = await chooseRegionPorts(spec, 20_000 + Math.floor(Math.random() * 10_000));
    for (const [dialler, neighbour] of diallers(options.pairs)) {
      const target = ports.get(neighbour)?.leaf ?? 0;
      const line = await startFaultProxy(target, { keep: options.keepLines === true });
      line.set(options.lines ?? { line: 'pass' });
      lines.set(`${dialler}/${neighbour}`, line);
    }
    region = await bringUpRegion({
      home,
      spec,
      ports,
      natsServer: await findNatsServer(process.env),
      env: { ...process.env, ...options.env },
      bounds: { ...TEST_BOUNDS, ...options.bounds },
      heartbeatSeconds: options.heartbeatSeconds ?? 1,
      via: (dialler, neighbour) => ({ host: '127.0.0.1', port: lines.get(`${dialler}/${neighbour}`)?.port ?? 0 }),
      clock: systemClock,
      events: { started: () => undefined, ended: () => undefined },
      signal: stop.signal,
      ...(options.prepare === undefined ? {} : { prepare: options.prepare }),
    });
    if (options.lines === undefined)
      await waitForLinks(region.state(), { withinMs: LINKED_WITHIN_MS, signal: stop.signal });
    return await regionOf(region, lines, stop.signal, close);
  } catch (failure) {
    await close();
    throw failure;
  }
}

async function regionOf(
  region: RunningRegion,
  lines: ReadonlyMap<string, FaultProxy>,
  signal: AbortSignal,
  close: () => Promise<void>,
): Promise<TestRegion> {
  const members = new Map(region.members.map((running) => [running.member.id as string, running]));
  const offices = new Map<string, TestOfficeNode>();
  for (const [id, state] of Object.entries(region.state().offices))
    offices.set(id, await officeOf(id as OfficeId, state, found(members, id)));
  return {
    home: region.home,
    state: region.state,
    office: (id) => found(offices, id),
    hub: (id) => {
      const { node, server, member } = found(members, id);
      return { ...processOf(node), url: `http://127.0.0.1:${member.ports.http}`, server: processOf(server) };
    },
    line: (dialler, neighbour) => found(lines, `${dialler}/${neighbour}`),
    lines: () => [...new Set(lines.values())],
    linked: () => waitForLinks(region.state(), { withinMs: LINKED_WITHIN_MS, signal }),
    close,
  };
}

async function officeOf(id: OfficeId, state: OfficeState, { node, server }: RunningMember): Promise<TestOfficeNode> {
  const tokens = Object.fromEntries(
    await Promise.all(
      Object.entries(state.tokens).map(async ([role, file]) => [role, (await readFile(file, 'utf8')).trim()] as const),
    ),
  ) as Record<TestRole, string>;
  return {
    ...processOf(node),
    id,
    url: state.http,
    home: state.home,
    tokens,
    as: (role) => officeClient({ url: state.http, token: tokens[role] }),
    server: processOf(server),
  };
}

function processOf(supervised: SupervisedProcess): TestProcess {
  return {
    pid: supervised.pid,
    kill9: supervised.crash,
    halt: supervised.pause,
    restart: supervised.resume,
    freeze: () => supervised.signal('STOP'),
    thaw: () => supervised.signal('CONT'),
    log: () => readFile(supervised.spec.logFile, 'utf8'),
  };
}

function diallers(pairs: readonly RegionPair[]): readonly (readonly [OfficeId, OfficeId | HubId])[] {
  return pairs.flatMap((pair): (readonly [OfficeId, OfficeId | HubId])[] =>
    'hub' in pair ? pair.offices.map((office) => [office, pair.hub] as const) : [[pair.dials, pair.accepts]],
  );
}

function found<Value>(map: ReadonlyMap<string, Value>, key: string): Value {
  const value = map.get(key);
  if (value === undefined) throw new Error(`the region has no ${key}`);
  return value;
}
