import type { Role } from '../../core/access/index.ts';
import { readText } from '../home/files.ts';
import { type OfficeClient, officeClient } from '../office-api/office-client.ts';
import type { RegionState } from './region-state.ts';

/** A client of an office of the region that acts in that role. @throws CliError CLI_FILE_UNREADABLE. */
export async function officeAs(state: RegionState, id: string, role: Role): Promise<OfficeClient> {
  const office = state.offices[id];
  if (office === undefined) throw new TypeError('an office that is not in the region');
  return officeClient({ url: office.http, token: (await readText(office.tokens[role])).trim() });
}
