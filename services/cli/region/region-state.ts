import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type OfficerRole, ROLES, type Role } from '../../core/access/index.ts';
import { readIfThere, writePrivateFile } from '../home/files.ts';
import { isRunning, ownIdentity, type ProcessIdentity } from '../supervise/process-identity.ts';
import { RegionError } from './errors.ts';

/** A server as scripts find it. */
export interface ServerState {
  readonly pid: number | null;
  readonly client: string;
  readonly monitor: string;
  readonly leaf: string | null;
}

/** A hub as scripts find it. */
export interface HubState {
  readonly http: string;
  readonly pid: number | null;
  readonly home: string;
  readonly server: ServerState;
}

/** Somebody who can sign in at the console of the demonstration. */
export interface DemoSignIn {
  readonly name: string;
  readonly role: OfficerRole;
  readonly password: string;
}

/** An office as scripts find it, with a token file per role. */
export interface OfficeState extends HubState {
  readonly tokens: Readonly<Record<Role, string>>;
  /** Who signs in at its console; their passwords are for the demonstration, made anew for every region's folder. */
  readonly officers: readonly DemoSignIn[];
}

/** What `region.json` says: where everything of a region is. Process ids are null while it does not run. */
export interface RegionState {
  readonly version: 1;
  readonly supervisor: ProcessIdentity | null;
  readonly offices: Readonly<Record<string, OfficeState>>;
  readonly hubs: Readonly<Record<string, HubState>>;
}

/** The file of a region's state. */
export function regionFile(home: string): string {
  return join(home, 'region.json');
}

/** The state in a region's file; `undefined` where there is none. @throws RegionError REGION_STATE_INVALID. */
export async function readRegionState(home: string): Promise<RegionState | undefined> {
  const text = await readIfThere(regionFile(home));
  if (text === undefined) return undefined;
  try {
    const state = JSON.parse(text) as RegionState;
    if (state.version !== 1 || !isComplete(state)) throw new TypeError('not a state of this version');
    return state;
  } catch (cause) {
    throw new RegionError('REGION_STATE_INVALID', { cause, context: { file: regionFile(home) } });
  }
}

/** The file says exactly this, whole or not at all; with the passwords in it, its owner alone may read it. */
export async function writeRegionState(home: string, state: RegionState): Promise<void> {
  await writePrivateFile(regionFile(home), `${JSON.stringify(state, null, 2)}\n`);
}

/**
 * This process alone may run the region until it gives the claim back or ends.
 * @throws RegionError REGION_ALREADY_RUNNING, naming the process that does.
 */
export async function claimRegion(
  home: string,
): Promise<{ readonly supervisor: ProcessIdentity; readonly release: () => Promise<void> }> {
  const file = join(home, 'supervisor.json');
  const supervisor = await ownIdentity();
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  for (let attempt = 0; attempt < 3; attempt += 1) {
    const claimed = await writeNew(file, JSON.stringify(supervisor));
    if (claimed) return { supervisor, release: () => rm(file, { force: true }) };
    const other = await readClaim(file);
    if (other !== undefined && (await isRunning(other))) {
      throw new RegionError('REGION_ALREADY_RUNNING', { context: { home, pid: other.pid } });
    }
    await rm(file, { force: true });
  }
  throw new RegionError('REGION_ALREADY_RUNNING', { context: { home } });
}

/** Linked into place rather than written there, so that nobody ever reads a claim that is half written. */
async function writeNew(file: string, text: string): Promise<boolean> {
  const own = `${file}.${process.pid}`;
  try {
    await writeFile(own, text, { mode: 0o600 });
    await link(own, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    await rm(own, { force: true });
  }
}

async function readClaim(file: string): Promise<ProcessIdentity | undefined> {
  try {
    const claim = JSON.parse(await readFile(file, 'utf8')) as Partial<ProcessIdentity>;
    return typeof claim.pid === 'number' ? { pid: claim.pid, started: String(claim.started) } : undefined;
  } catch {
    return undefined;
  }
}

function isComplete(state: RegionState): boolean {
  const hasAddresses = (member: HubState): boolean =>
    [member.http, member.home, member.server.client, member.server.monitor].every((value) => typeof value === 'string');
  return (
    Object.values(state.hubs).every(hasAddresses) &&
    Object.values(state.offices).every(
      (office) => hasAddresses(office) && ROLES.every((role) => typeof office.tokens[role] === 'string'),
    )
  );
}
